"""`publicc release`: what there is to list and to show, and one sentence when there is nothing."""

import sys
from pathlib import Path

import pytest

from publicc.cli import app


def ended(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["publicc", "release", *words])
    try:
        app.main()
    except SystemExit as left:
        return int(str(left.code or 0))
    return 0


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PUBLICC_LANG", "en")


@pytest.mark.parametrize("words", [("list",), ("show", "nowhere"), ("audit", "nowhere"), ("build",)])
def test_where_there_is_nothing_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert ended(monkeypatch, *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "Traceback" not in told.err


def test_an_empty_list_is_json_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(monkeypatch, "list", "--json") == 0
    assert capsys.readouterr().out.split() == ["{", '"releases":', "[]", "}"]
