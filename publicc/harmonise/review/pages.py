"""What the page of a pair shows, ready to draw: one line a field, what each side says, what it weighs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from publicc.harmonise.review import words
from publicc.harmonise.review.actions import Question
from publicc.harmonise.review.book import Answer
from publicc.harmonise.review.evidence import Degree, FieldEvidence
from publicc.harmonise.review.identities import Identity
from publicc.kernel.formats import number, percent, short_day
from publicc.kernel.text import Lang, Text

_SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "given_name": ("title", "first_name"),
    "surname": ("last_name",),
    "place": ("address", "city", "postal_code"),
    "phone": ("phone",),
    "email": ("email",),
}
"""What of a record stands beside each field."""
_MARKS: Final = {Degree.AGREE: "=", Degree.NEAR: "≈", Degree.DIFFER: "≠", Degree.ABSENT: "–"}
KEYS: Final = {Answer.SAME: "1", Answer.DIFFERENT: "2", Answer.HOUSEHOLD: "3", Answer.UNSURE: "4"}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the pair. `left` and `right` are empty for who may not see values."""

    name: str
    left: str
    right: str
    degree: str
    mark: str
    level: str
    says: str
    rarity: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer, as a button."""

    value: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class PairPage:
    """A pair, in one language."""

    id: str
    done: str
    chance: str
    shows_values: bool
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]


def pair_page(asked: Question, lang: Lang) -> PairPage | None:
    """The page of the pair that is asked about; None when nothing waits."""
    pair = asked.pair
    if pair is None:
        return None
    lines = [_line(one, asked.identities, lang) for one in pair.evidence]
    if asked.identities:
        lines += _bare_lines(asked.identities, lang)
    chance = Text(
        "D'après l'ensemble des indices, {chance} de chances qu'il s'agisse d'une seule personne.",
        "All evidence together gives a {chance} chance that they are one person.",
    )
    return PairPage(
        id=pair.id,
        done=words.done_words(pair).said(lang),
        chance=chance.said(lang, chance=percent(pair.chance, lang, 0)),
        shows_values=asked.identities is not None,
        lines=tuple(lines),
        choices=tuple(Choice(a.value, words.ANSWERS[a].said(lang), KEYS[a]) for a in Answer),
    )


def _line(evidence: FieldEvidence, identities: tuple[Identity, Identity] | None, lang: Lang) -> Line:
    left, right = (_joined(one, _SHOWN.get(evidence.field, ())) for one in identities) if identities else ("", "")
    return Line(
        name=words.field_words(evidence).said(lang),
        left=left,
        right=right,
        degree=evidence.degree.value,
        mark=_MARKS[evidence.degree],
        level=words.level_words(evidence).said(lang),
        says=words.strength_words(evidence).said(lang),
        rarity=words.rarity_words(evidence, lang),
    )


def _bare_lines(identities: tuple[Identity, Identity], lang: Lang) -> Sequence[Line]:
    """What no field of the model weighs, and a person may: the name in one field, what was bought and when."""
    a, b = identities
    lines = [
        (Text("Nom complet", "Full name"), a.fields["full_name"], b.fields["full_name"]),
        (Text("Achats", "Purchases"), _bought(a, lang), _bought(b, lang)),
    ]
    return [Line(name.said(lang), left, right, "", "", "", "", "") for name, left, right in lines if left or right]


def _joined(identity: Identity, fields: Sequence[str]) -> str:
    return ", ".join(value for field in fields if (value := identity.fields[field]))


def _bought(identity: Identity, lang: Lang) -> str:
    if not identity.first_on:
        return ""
    days = [short_day(date.fromisoformat(day), lang) for day in (identity.first_on, identity.last_on)]
    when = days[0] if days[0] == days[1] else Text("du {a} au {b}", "{a} to {b}").said(lang, a=days[0], b=days[1])
    orders = Text("commandes : {n}", "orders: {n}").said(lang, n=number(identity.orders, lang))
    return f"{orders}, {when}"
