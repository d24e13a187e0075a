"""The editor's form of an own question, read into a question. No technical word is asked of the person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Lang, Text
from publicc.surveys.asking import cleaned
from publicc.surveys.brought import own_name
from publicc.surveys.conditions import terms_of
from publicc.surveys.definition import Choice, Definition, Form, Kind, Question

KINDS: Final[dict[str, tuple[Text, Kind, Form]]] = {
    "single": (Text("Un choix", "One choice"), Kind.SINGLE, Form.ANY),
    "multiple": (Text("Plusieurs choix", "Several choices"), Kind.MULTIPLE, Form.ANY),
    "scale": (Text("Une note de 0 à 10", "A mark from 0 to 10"), Kind.SCALE, Form.ANY),
    "number": (Text("Un nombre", "A number"), Kind.LINE, Form.NUMBER),
    "comment": (Text("Un commentaire", "A comment"), Kind.COMMENT, Form.ANY),
}
"""What the editor offers; a questionnaire brought from elsewhere may hold other kinds, which stay as they are."""

_LONGEST: Final = 300
_MOST_CHOICES: Final = 30
_TOP_NUMBER: Final = 100_000


@dataclass(frozen=True, slots=True)
class Condition:
    """An answer of an earlier question on which another may depend."""

    value: str
    words: str


def question_read(posted: QueryDict, definition: Definition, replaced: Question | None = None) -> Question:
    """The question that the form describes. Raises BadInput for a form that describes none."""
    told = {name: cleaned(posted.get(name, ""))[:_LONGEST] for name in ("title_fr", "title_en", "help_fr", "help_en")}
    if not (told["title_fr"] or told["title_en"]):
        raise BadInput(Text("La question est vide.", "The question is empty."))
    kind, form = _kind(posted.get("kind", ""), replaced)
    helped = Text(told["help_fr"], told["help_en"])
    return Question(
        id=replaced.id if replaced else own_name(told["title_fr"] or told["title_en"], _taken(definition)),
        kind=kind,
        title=Text(told["title_fr"], told["title_en"]),
        help=helped if helped.fr or helped.en else None,
        choices=_choices(posted) if kind.has_choices else (),
        rows=replaced.rows if replaced else (),
        low=0,
        high=10 if kind is Kind.SCALE else _TOP_NUMBER if form is Form.NUMBER else 10,
        form=form,
        required="required" in posted,
        declines="declines" in posted and kind in {Kind.SINGLE, Kind.LIST, Kind.MULTIPLE},
        other="other" in posted and kind in {Kind.SINGLE, Kind.LIST, Kind.MULTIPLE},
        longest=500 if kind is Kind.COMMENT else 0,
        condition=_condition(posted.get("condition", ""), definition, replaced),
    )


def as_form(question: Question) -> dict[str, object]:
    """A question as the form shows it."""
    kind = next((name for name, (_, kind, form) in KINDS.items() if (kind, form) == (question.kind, question.form)), "")
    return {
        "title_fr": question.title.fr,
        "title_en": question.title.en,
        "help_fr": question.help.fr if question.help else "",
        "help_en": question.help.en if question.help else "",
        "kind": kind,
        "choices_fr": "\n".join(one.label.fr for one in question.choices),
        "choices_en": "\n".join(one.label.en for one in question.choices),
        "required": question.required,
        "declines": question.declines,
        "other": question.other,
        "condition": question.condition,
    }


def conditions(definition: Definition, lang: Lang, before: str = "") -> list[tuple[str, list[Condition]]]:
    """What a question may depend on: each earlier question with choices, and its answers."""
    offered = []
    for question in definition.questions:
        if question.id == before:
            break
        if question.kind in {Kind.SINGLE, Kind.LIST, Kind.MULTIPLE}:
            sign = "contains" if question.kind is Kind.MULTIPLE else "="
            every = [
                Condition(f"{{{question.id}}} {sign} '{one.value}'", one.label.said(lang)) for one in question.choices
            ]
            offered.append((question.title.said(lang) or question.title.fr, every))
    return offered


def _kind(name: str, replaced: Question | None) -> tuple[Kind, Form]:
    if name in KINDS:
        return KINDS[name][1:]
    if replaced is not None and not name:
        return replaced.kind, replaced.form
    raise BadInput(Text("Choisir le genre de réponse.", "Choose the kind of answer."))


def _choices(posted: QueryDict) -> tuple[Choice, ...]:
    fr, en = (_lines(posted.get(f"choices_{lang}", "")) for lang in ("fr", "en"))
    if len(fr) != len(en):
        raise BadInput(
            Text(
                "Les deux langues n'ont pas le même nombre de choix.",
                "The two languages have different numbers of choices.",
            ),
            found=Text("Français : {fr}. Anglais : {en}.", "French: {fr}. English: {en}.").filled(
                fr=len(fr), en=len(en)
            ),
            do=Text("Écrire un choix par ligne, dans le même ordre.", "Write one choice a line, in the same order."),
        )
    labels = [Text(*pair) for pair in zip(fr, en, strict=True)]
    return tuple(Choice(value, label) for value, label in zip(_values(fr), labels, strict=True))


def _lines(words: str) -> list[str]:
    return [line for one in words.splitlines() if (line := cleaned(one)[:_LONGEST])][:_MOST_CHOICES]


def _values(labels: Sequence[str]) -> list[str]:
    """A value for each choice, made of its words: a choice that moves keeps its value."""
    values: list[str] = []
    for label in labels:
        plain = own_name(label, set()).removeprefix("own.").removesuffix(".v1")
        values.append(plain if plain not in values else f"{plain}-{len(values) + 1}")
    return values


def _condition(written: str, definition: Definition, replaced: Question | None) -> str:
    if not written or (replaced is not None and written == replaced.condition):
        return written
    asked: Mapping[str, Question] = {one.id: one for one in definition.questions}
    for term in terms_of(written):
        if term.question not in asked:
            raise BadInput(Text("Cette condition n'est pas proposée.", "This condition is not offered."))
    return written


def _taken(definition: Definition) -> set[str]:
    return {re.sub(r"\.v\d+$", ".v1", one.id) for one in definition.questions}
