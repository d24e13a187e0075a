"""A large library is loaded when something of it is first asked for, and never by what serves pages before that."""

import subprocess
import sys

from publicc.kernel.later import later

_ASKED = """
import sys, warnings
warnings.simplefilter("ignore")
import publicc.config.wsgi
print(sorted({"altair", "scipy", "pptx", "xlsxwriter", "icalendar", "markdown_it", "segno"} & set(sys.modules)))
"""


def test_a_module_answers_as_itself() -> None:
    assert later("json").dumps([1]) == "[1]"


def test_a_site_begins_without_the_libraries_that_few_pages_need() -> None:
    done = subprocess.run([sys.executable, "-c", _ASKED], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
