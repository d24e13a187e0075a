"""What keeps a questionnaire from being published: missing words, changed common questions, conditions. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from publicc.kernel.errors import PublicCError
from publicc.kernel.text import Text
from publicc.surveys.bank import bank_questions
from publicc.surveys.conditions import terms_of
from publicc.surveys.definition import Definition, Kind, Question

MOST_OWN: Final = 20
ADVISED_OWN: Final = 5
_ID: Final = re.compile(r"^[a-z][a-z0-9_+-]*(\.[a-z0-9_+-]+)*\.v[0-9]{1,3}$")
_OWN_ID: Final = re.compile(r"^own\.")


def problems_of(definition: Definition) -> tuple[Text, ...]:
    """Everything to mend before publishing, in the order of the questionnaire; empty when it may be published."""
    return tuple(_problems(definition))


def _problems(definition: Definition) -> Iterator[Text]:
    if not definition.questions:
        yield Text("Le questionnaire n'a aucune question.", "The questionnaire has no question.")
    if not (definition.title.fr and definition.title.en):
        yield Text("Le titre manque dans une langue.", "The title is missing in one language.")
    yield from _repeated(one.id for one in definition.questions)
    own = [one for one in definition.questions if _OWN_ID.match(one.id)]
    if len(own) > MOST_OWN:
        yield Text("{n} questions propres : {most} au plus.", "{n} own questions: {most} at most.").filled(
            n=len(own), most=MOST_OWN
        )
    before: dict[str, Question] = {}
    for question in definition.questions:
        yield from _of_question(question, before)
        before[question.id] = question


def _repeated(ids: Iterable[str]) -> Iterator[Text]:
    for name, times in Counter(ids).items():
        if times > 1:
            told = Text("La question {q} est là {n} fois.", "Question {q} is there {n} times.")
            yield told.filled(q=name, n=times)


def _of_question(question: Question, before: dict[str, Question]) -> Iterator[Text]:
    name = question.title.fr or question.title.en or question.id
    common = bank_questions().get(question.id)
    if common is not None:
        if common != question:
            yield Text(
                "« {q} » n'est plus la question du tronc commun : ses réponses ne se compareraient pas.",
                "“{q}” is no longer the common question: its answers would not compare.",
            ).filled(q=name)
        yield from _of_condition(question, before)
        return
    if not _ID.match(question.id) or not _OWN_ID.match(question.id):
        told = Text(
            "« {q} » : son nom doit avoir la forme own.nom.v1.", "“{q}”: its name must have the form own.name.v1."
        )
        yield told.filled(q=name)
    yield from (missing.filled(q=name) for missing in _words_missing(question))
    yield from _of_choices(question, name)
    yield from _of_condition(question, before)


def _words_missing(question: Question) -> Iterator[Text]:
    if any(not text.fr for text in question.texts):
        yield Text("« {q} » : il manque des mots en français.", "“{q}”: words are missing in French.")
    if any(not text.en for text in question.texts):
        yield Text("« {q} » : il manque des mots en anglais.", "“{q}”: words are missing in English.")


def _of_choices(question: Question, name: str) -> Iterator[Text]:
    values = [one.value for one in question.choices]
    if question.kind.has_choices and len(values) < 2:
        yield Text("« {q} » : il faut au moins deux choix.", "“{q}”: at least two choices are needed.").filled(q=name)
    if len(set(values)) < len(values) or "" in values:
        yield Text("« {q} » : deux choix sont les mêmes.", "“{q}”: two choices are the same.").filled(q=name)
    if question.kind is Kind.GRID and not question.rows:
        yield Text("« {q} » : il faut au moins un énoncé.", "“{q}”: at least one statement is needed.").filled(q=name)
    if question.kind is Kind.SCALE and not question.low < question.high <= question.low + 20:
        yield Text("« {q} » : l'échelle n'est pas possible.", "“{q}”: the scale is not possible.").filled(q=name)


def _of_condition(question: Question, before: dict[str, Question]) -> Iterator[Text]:
    try:
        terms = list(terms_of(question.condition))
    except PublicCError as problem:
        yield problem.what
        return
    for term in terms:
        asked = before.get(term.question)
        if asked is None:
            yield Text(
                "La condition de « {q} » lit une question qui ne vient pas avant elle : {id}.",
                "The condition of “{q}” reads a question that does not come before it: {id}.",
            ).filled(q=question.title.fr or question.id, id=term.question)
        elif asked.kind.has_choices and not set(term.values) <= {one.value for one in asked.every_choice}:
            yield Text(
                "La condition de « {q} » attend une réponse qui n'est pas proposée.",
                "The condition of “{q}” waits for an answer that is not offered.",
            ).filled(q=question.title.fr or question.id)
