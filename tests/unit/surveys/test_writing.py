"""The editor's changes to a questionnaire, and what keeps it from being published."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text
from publicc.surveys.bank import assembled, bank_questions
from publicc.surveys.definition import Choice, Kind, Question
from publicc.surveys.forms import as_form, conditions, question_read
from publicc.surveys.proofing import problems_of
from publicc.surveys.writing import (
    module_ids,
    own_questions,
    with_modules,
    with_new_versions,
    with_question,
    with_question_earlier,
    without_question,
)

CORE = assembled(Text("Votre sortie", "Your visit"))
BAR = Question("own.bar.v1", Kind.COMMENT, Text("Le bar ?", "The bar?"), longest=500)
YES = (Choice("y", Text("Oui", "Yes")), Choice("n", Text("Non", "No")))
BACK = Question("own.back.v1", Kind.SINGLE, Text("Revenir ?", "Back?"), choices=YES)


def test_own_questions_come_after_the_core_and_before_who_one_is() -> None:
    pages = [page.id for page in with_question(CORE, BAR).pages]
    assert pages == ["core.visit", "core.coming", "own", "core.open", "core.you"]


def test_modules_come_in_before_own_questions_and_go_out_again() -> None:
    written = with_modules(with_question(CORE, BAR), ["mod.price", "mod.access"])
    assert [page.id for page in written.pages][2:5] == ["mod.access", "mod.price", "own"]
    assert module_ids(written) == {"mod.access", "mod.price"}
    assert with_modules(written, []) == with_question(CORE, BAR)


def test_an_own_question_is_changed_moved_and_removed() -> None:
    both = with_question(with_question(CORE, BAR), replace(BACK, condition="{own.bar.v1} notempty"))
    assert [one.id for one in own_questions(with_question_earlier(both, "own.back.v1"))] == [
        "own.back.v1",
        "own.bar.v1",
    ]
    assert own_questions(without_question(both, "own.bar.v1")) == (BACK,)
    changed = with_question(both, replace(BAR, longest=200), "own.bar.v1")
    assert own_questions(changed)[0].longest == 200
    assert without_question(with_question(CORE, BAR), "own.bar.v1") == CORE


def test_a_common_question_cannot_be_touched() -> None:
    with pytest.raises(NotFound):
        without_question(CORE, "core.nps.v1")
    with pytest.raises(NotFound):
        with_question(CORE, BAR, "core.nps.v1")


def test_an_own_question_that_changed_after_publication_bears_its_next_version() -> None:
    published = with_question(with_question(CORE, BACK), replace(BAR, condition="{own.back.v1} = 'y'"))
    words = replace(BACK, title=Text("Reviendrez-vous ?", "Will you be back?"))
    again = with_new_versions(with_question(published, words, "own.back.v1"), published)
    assert [one.id for one in own_questions(again)] == ["own.back.v2", "own.bar.v1"]
    assert own_questions(again)[1].condition == "{own.back.v2} = 'y'"


def false_words(question: Question) -> Question:
    return replace(question, title=Text("Autre chose ?", "Something else?"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (replace(BACK, title=Text("Revenir ?", "")), "anglais"),
        (replace(BACK, title=Text("", "Back?")), "français"),
        (replace(BACK, choices=YES[:1]), "deux choix"),
        (replace(BACK, choices=(YES[0], YES[0])), "les mêmes"),
        (replace(BACK, kind=Kind.GRID), "énoncé"),
        (replace(BACK, kind=Kind.SCALE, low=5, high=5), "échelle"),
        (replace(BACK, id="q1"), "own.nom.v1"),
        (replace(BACK, condition="{own.later.v1} = 'y'"), "ne vient pas avant"),
        (replace(BACK, condition="{core.first.v1} = 'never'"), "n'est pas proposée"),
        (replace(BACK, condition="(1)"), "comprise"),
        (false_words(bank_questions()["mod.barriers.v1"]), "tronc commun"),
        (bank_questions()["core.nps.v1"], "2 fois"),
    ],
)
def test_what_is_wrong_is_said_before_publishing(wrong: Question, told: str) -> None:
    problems = problems_of(with_question(CORE, wrong))
    assert any(told in one.fr for one in problems), problems


def test_an_empty_questionnaire_without_a_title_is_not_published() -> None:
    assert len(problems_of(replace(CORE, pages=(), title=Text("", "")))) == 2


def form(**fields: str) -> QueryDict:
    told = QueryDict(mutable=True)
    told.update({"title_fr": "Le bar ?", "title_en": "The bar?", "kind": "single"} | fields)
    return told


def test_the_form_of_a_question_reads_choices_line_by_line() -> None:
    told = form(choices_fr="Oui\n\n Non ", choices_en="Yes\nNo", declines="on", condition="{core.first.v1} = 'first'")
    read = question_read(told, CORE)
    assert read.id == "own.le-bar.v1"
    assert [(one.value, one.label.en) for one in read.choices] == [("oui", "Yes"), ("non", "No")]
    assert read.declines
    assert problems_of(with_question(CORE, read)) == ()
    assert as_form(read)["choices_fr"] == "Oui\nNon"


@pytest.mark.parametrize(
    "told",
    [
        form(choices_fr="a\nb", choices_en="a"),
        form(title_fr="", title_en=" "),
        form(kind="signature"),
        form(choices_fr="a\nb", choices_en="a\nb", condition="{own.nobody.v1} = 'x'"),
    ],
)
def test_a_form_that_describes_no_question_ends_in_a_sentence(told: QueryDict) -> None:
    with pytest.raises(BadInput):
        question_read(told, CORE)


def test_a_question_may_depend_on_what_was_asked_before_it() -> None:
    offered = conditions(with_question(CORE, BACK), "fr", "own.back.v1")
    assert "{core.first.v1} = 'first'" in {one.value for _, every in offered for one in every}
    assert "{core.motive.v1} contains 'artist'" in {one.value for _, every in offered for one in every}
    assert not any("own.back" in one.value for _, every in offered for one in every)
