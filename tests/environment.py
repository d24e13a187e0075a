"""Loaded before Django starts (`-p tests.environment`): tests get a home folder of their own, thrown away after."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest

_HOME = tempfile.mkdtemp(prefix="publicc-test-home-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["PUBLICC_HOME"] = _HOME
os.environ["PUBLICC_TESTING"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")


@pytest.fixture(autouse=True)
def emptied_trail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the trail's guards off after a test that commits: emptying every table needs it, and puts them on again."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from django.db import connection  # after Django's start

    from publicc.collective import trail_guard

    on = " ON collective_trailentry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in trail_guard.guards():
            cursor.execute(f"DROP TRIGGER {name}{on}")
