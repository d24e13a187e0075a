"""The common questions: complete in both languages, short, with names that never clash."""

from pathlib import Path

import pytest

from publicc.kernel.text import Text
from publicc.surveys import questionnaire
from publicc.surveys.asking import steps
from publicc.surveys.bank import assembled, bank_pages, bank_questions, consents, modules
from publicc.surveys.definition import Kind, seconds_to_answer
from publicc.surveys.exchange import as_text, from_text
from publicc.surveys.proofing import problems_of

CORE = assembled(Text("Votre sortie", "Your visit"))
EVERYTHING = assembled(Text("Tout", "All"), tuple(one.page.id for one in modules()))
DOCS = Path(__file__).parents[3] / "docs" / "reference"


def test_the_core_has_at_most_twelve_questions_and_takes_under_two_minutes() -> None:
    assert len(CORE.questions) == 12
    assert seconds_to_answer(CORE) < 120


@pytest.mark.parametrize("question_id", sorted(bank_questions()))
def test_a_common_question_has_words_and_a_purpose_in_both_languages(question_id: str) -> None:
    question = bank_questions()[question_id]
    page = next(one for one in bank_pages().values() if question in one.page.questions)
    for text in (*question.texts, page.page.title, page.purposes[question_id]):
        assert text.fr.strip()
        assert text.en.strip()
    assert question.kind is not Kind.GRID or question.rows


def test_every_questionnaire_that_the_bank_can_make_may_be_published() -> None:
    assert problems_of(EVERYTHING) == ()
    assert problems_of(CORE) == ()


def test_people_met_elsewhere_are_asked_the_two_questions_of_non_publics_and_nothing_about_a_visit() -> None:
    asked = [one.id for one in assembled(Text("Ailleurs", "Elsewhere"), visited=False).questions]
    assert asked[:2] == ["mod.nonpublic.appeal.v1", "mod.nonpublic.attended.v1"]
    assert not any(one.startswith("core.nps") for one in asked)


def test_personal_questions_may_be_declined() -> None:
    for name in ("core.age.v1", "core.gender.v1", "core.language.v1", "mod.disability.v1"):
        assert bank_questions()[name].declines


def test_a_questionnaire_goes_out_and_comes_back_the_same() -> None:
    assert from_text(as_text(EVERYTHING)) == EVERYTHING


def test_a_question_never_shares_a_screen_with_what_its_condition_reads() -> None:
    for step in steps(EVERYTHING):
        ids = {one.id for one in step.questions}
        assert not any(f"{{{name}}}" in one.condition for one in step.questions for name in ids)


def test_the_consent_says_the_same_number_of_things_in_both_languages() -> None:
    for consent in consents().values():
        assert all(one.fr and one.en for one in consent.paragraphs)
        assert consent.said("fr", "Théâtre du Nord")[0].count("Théâtre du Nord") == 1


@pytest.mark.parametrize(("name", "content"), tuple(questionnaire.pages()))
def test_the_questionnaire_in_the_documents_is_the_bank_s(name: str, content: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == content, "run tools/metric-pages"
