from pathlib import Path

import pytest

from publicc.dashboards import showing
from publicc.kernel.errors import NotFound
from publicc.kernel.scope import OwnRows
from publicc.store.snapshots import NoSnapshot


def test_a_screen_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFound):
        showing.show(OwnRows("theatre"), "nowhere", {})


def test_before_the_first_harmonisation_there_is_nothing_to_prepare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    with pytest.raises(NoSnapshot):
        showing.prepare(OwnRows("theatre"))
