"""The language of a command: asked, else that of the terminal; its last sentence is in it too."""

import pytest

from publicc.cli import app
from publicc.kernel.errors import BadInput, BadUsage, PublicCError
from publicc.kernel.text import Text


@pytest.fixture(autouse=True)
def french_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_LANG", "fr")
    app._asked.set(None)


def ending(monkeypatch: pytest.MonkeyPatch, problem: Exception, *, lang: str | None) -> int:
    def command() -> None:
        app.speak(lang)
        raise problem

    monkeypatch.setattr(app, "app", command)
    with pytest.raises(SystemExit) as left:
        app.main()
    return int(str(left.value.code))


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "This file is empty."), (None, "Ce fichier est vide."), ("fr-CA", "Ce")]
)
def test_the_last_sentence_is_in_the_language_that_was_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str | None, said: str
) -> None:
    problem = BadInput(Text("Ce fichier est vide.", "This file is empty."))
    assert ending(monkeypatch, problem, lang=lang) == 2
    assert capsys.readouterr().err.startswith(said)


def test_a_language_that_is_not_offered_is_bad_usage() -> None:
    with pytest.raises(BadUsage, match="not offered"):
        app.speak("de")


def test_a_fault_is_told_by_its_lines_and_never_by_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(monkeypatch, ValueError("ada@example.org"), lang="en") == 1
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "test_language.py" in told
    assert "ada@" not in told
    assert told.splitlines()[-1].startswith("Something unforeseen stopped the work.")


def test_a_known_problem_that_is_nobodys_mistake_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ending(monkeypatch, PublicCError(Text("Non.", "No.")), lang="en") == 1
