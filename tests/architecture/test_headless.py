"""`publicc run` works without a site: its modules load where no settings are."""

import os
import subprocess
import sys


def test_the_main_job_loads_without_the_settings_of_a_site() -> None:
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-c", "import publicc.cli.run"], env=bare, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-600:]
