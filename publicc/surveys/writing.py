"""What the editor does to a questionnaire: modules in and out, own questions added, changed, moved. Pure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.surveys.bank import OWN_PAGE, OWN_TITLE, bank_pages, modules
from publicc.surveys.conditions import asked_about
from publicc.surveys.definition import Definition, Page, Question

_LAST: Final = ("core.open", "core.you")
_VERSION: Final = re.compile(r"\.v(\d{1,3})$")


def is_own(question: Question) -> bool:
    """Whether the question is the organization's, not the collective's."""
    return question.id.startswith("own.")


def own_questions(definition: Definition) -> tuple[Question, ...]:
    """The organization's questions, in order."""
    return tuple(one for one in definition.questions if is_own(one))


def module_ids(definition: Definition) -> frozenset[str]:
    """The modules that the questionnaire holds."""
    every = {one.page.id for one in modules()}
    return frozenset(page.id for page in definition.pages if page.id in every)


def with_modules(definition: Definition, wanted: Iterable[str]) -> Definition:
    """The questionnaire with these modules and no other, each in its place; own questions stay where they are."""
    chosen = [one.page for one in modules() if one.page.id in set(wanted)]
    held = module_ids(definition)
    pages = [page for page in definition.pages if page.id not in held]
    at = next((n for n, page in enumerate(pages) if page.id in {OWN_PAGE, *_LAST} or _has_own(page)), len(pages))
    return replace(definition, pages=(*pages[:at], *chosen, *pages[at:]))


def with_question(definition: Definition, question: Question, replaced: str = "") -> Definition:
    """The questionnaire with this own question: in place of `replaced`, or at the end of the own page."""
    if replaced:
        _check_own(definition, replaced)
        renamed = {replaced: question.id} if question.id != replaced else {}
        swapped = _each(definition, lambda one: question if one.id == replaced else one)
        return with_new_names(swapped, renamed)
    pages = list(definition.pages)
    at = next((n for n, page in enumerate(pages) if page.id == OWN_PAGE), None)
    if at is None:
        at = next((n for n, page in enumerate(pages) if page.id in _LAST), len(pages))
        pages.insert(at, Page(OWN_PAGE, OWN_TITLE, ()))
    pages[at] = replace(pages[at], questions=(*pages[at].questions, question))
    return replace(definition, pages=tuple(pages))


def without_question(definition: Definition, question_id: str) -> Definition:
    """The questionnaire without an own question, nor the conditions that read it; a page left empty goes too."""
    _check_own(definition, question_id)

    def freed(one: Question) -> Question:
        return replace(one, condition="") if question_id in asked_about(one.condition) else one

    pages = (
        replace(page, questions=tuple(freed(one) for one in page.questions if one.id != question_id))
        for page in definition.pages
    )
    return replace(definition, pages=tuple(page for page in pages if page.questions))


def with_question_earlier(definition: Definition, question_id: str) -> Definition:
    """The questionnaire with an own question asked before the one that precedes it on its page."""
    _check_own(definition, question_id)
    return replace(definition, pages=tuple(_lifted(page, question_id) for page in definition.pages))


def with_new_names(definition: Definition, names: dict[str, str]) -> Definition:
    """The questionnaire with questions renamed, in conditions too."""

    def renamed(one: Question) -> Question:
        condition = re.sub(r"\{([^}]+)\}", lambda found: "{" + names.get(found[1], found[1]) + "}", one.condition)
        return replace(one, id=names.get(one.id, one.id), condition=condition)

    return _each(definition, renamed) if names else definition


def with_new_versions(definition: Definition, published: Definition) -> Definition:
    """The questionnaire where each own question that changed since it was published bears its next version."""
    before = {one.id: one for one in published.questions}
    changed = [one for one in own_questions(definition) if one.id in before and before[one.id] != one]
    return with_new_names(definition, {one.id: _next_version(one.id) for one in changed})


def is_sensitive(question_id: str) -> bool:
    """Whether the question belongs to a module that is never crossed with anything."""
    pages = (one for one in bank_pages().values() if one.sensitive)
    return any(question.id == question_id for one in pages for question in one.page.questions)


def _next_version(question_id: str) -> str:
    return _VERSION.sub(lambda found: f".v{int(found[1]) + 1}", question_id)


def _each(definition: Definition, change: Callable[[Question], Question]) -> Definition:
    pages = (replace(page, questions=tuple(change(one) for one in page.questions)) for page in definition.pages)
    return replace(definition, pages=tuple(pages))


def _lifted(page: Page, question_id: str) -> Page:
    order = list(page.questions)
    at = next((n for n, one in enumerate(order) if one.id == question_id), 0)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    return replace(page, questions=tuple(order))


def _has_own(page: Page) -> bool:
    return any(is_own(one) for one in page.questions)


def _check_own(definition: Definition, question_id: str) -> None:
    found = definition.question(question_id)
    if found is None or not is_own(found):
        raise NotFound(Text("Cette question n'existe pas.", "There is no such question."))
