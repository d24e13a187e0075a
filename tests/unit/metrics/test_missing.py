"""Every reason why a figure is not there can be read by a person."""

import re
from pathlib import Path

from publicc.metrics.missing import MISSING, missing_words
from publicc.metrics.registry import METRICS

PUBLICC = Path(__file__).parents[3] / "publicc"
GIVEN = re.compile(r'(?:no_base|no_data|Field)\(\s*"([a-z0-9_]+)"|UnknownReason\.\w+, "([a-z0-9_]+)"')
CHOSEN = re.compile(r'no_base\(\s*(?:None if \w+ else )?"([a-z0-9_]+)"(?: if [^)]*? else (?:None|"([a-z0-9_]+)"))?')


def test_every_code_of_a_missing_thing_has_its_words_in_both_languages() -> None:
    sources = [
        file.read_text(encoding="utf-8")
        for room in ("metrics", "dashboards")
        for file in (PUBLICC / room).rglob("*.py")
    ]
    codes = {code for text in sources for form in (GIVEN, CHOSEN) for found in form.findall(text) for code in found}
    codes |= {field for one in METRICS.values() for field in one.needs}
    assert len(codes) > 20
    assert sorted(codes - set(MISSING) - {""}) == []


def test_a_code_that_is_not_ours_is_said_as_it_is() -> None:
    assert missing_words("weather").fr == "weather"
