"""A questionnaire from elsewhere: its questions are recognised in the bank or become the organization's own. Pure."""

import re
import unicodedata
from typing import Final

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.surveys.bank import bank_questions
from publicc.surveys.definition import Definition, Question
from publicc.surveys.writing import with_new_names

_OURS: Final = re.compile(r"^own\.[a-z0-9_+.-]{1,50}\.v[0-9]{1,3}$")


def adopted(definition: Definition) -> Definition:
    """The questionnaire with names of ours: common questions as they are, all others `own.….v1`.

    Raises BadInput when a question bears a common name and asks something else.
    """
    names: dict[str, str] = {}
    for question in definition.questions:
        names[question.id] = _name(question, set(names.values()))
    return with_new_names(definition, names)


def own_name(words: str, taken: set[str]) -> str:
    """A name `own.….v1` made from these words, that nothing else bears."""
    plain = unicodedata.normalize("NFD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:32].strip("-") or "question"
    every = (f"own.{slug}{f'-{n}' if n > 1 else ''}.v1" for n in range(1, 10_000))
    return next(name for name in every if name not in taken)


def _name(question: Question, taken: set[str]) -> str:
    common = bank_questions().get(question.id)
    if common is not None and common != question:
        raise BadInput(
            Text(
                "Une question de ce fichier porte le nom d'une question commune et demande autre chose.",
                "A question of this file bears the name of a common question and asks something else.",
            ),
            where=Text("Question {q}.", "Question {q}.").filled(q=question.id),
            do=Text("Changer son nom dans le fichier.", "Change its name in the file."),
        )
    return question.id if common is not None or _OURS.match(question.id) else own_name(question.id, taken)
