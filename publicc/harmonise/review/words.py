"""Evidence in plain words: the field, how far it agrees, how much that says, and what was done with the pair."""

from typing import Final

from publicc.harmonise.linkage.words import FIELDS, LEVELS
from publicc.harmonise.review.book import Answer, Pair
from publicc.harmonise.review.doubts import Reason
from publicc.harmonise.review.evidence import Degree, FieldEvidence
from publicc.kernel.formats import number
from publicc.kernel.text import Lang, Text

DEGREES: Final[dict[Degree, Text]] = {
    Degree.AGREE: Text("concorde", "agrees"),
    Degree.NEAR: Text("s'approche", "is near"),
    Degree.DIFFER: Text("diffère", "differs"),
    Degree.ABSENT: Text("manque", "is missing"),
}
ANSWERS: Final[dict[Answer, Text]] = {
    Answer.SAME: Text("Même personne", "Same person"),
    Answer.DIFFERENT: Text("Personnes différentes", "Different persons"),
    Answer.HOUSEHOLD: Text("Même ménage, personnes différentes", "Same household, different persons"),
    Answer.UNSURE: Text("Je ne sais pas", "Not sure"),
}
_STRONG: Final = 6.0
_SOME: Final = 1.0


def field_words(evidence: FieldEvidence) -> Text:
    """The name of a field; a model of other columns says its own."""
    return FIELDS.get(evidence.field, Text(evidence.field, evidence.field))


def level_words(evidence: FieldEvidence) -> Text:
    """How far it agrees; a model of other columns says its own."""
    return LEVELS.get(evidence.level, Text(evidence.level, evidence.level))


def strength_words(evidence: FieldEvidence) -> Text:
    """How much the field says, for or against one person."""
    if evidence.degree is Degree.ABSENT:
        return Text("ne dit rien", "says nothing")
    size, side = abs(evidence.weight), evidence.weight > 0
    if size < _SOME:
        return Text("ne dit presque rien", "says next to nothing")
    if size < _STRONG:
        return Text("parle pour", "speaks for") if side else Text("parle contre", "speaks against")
    return (
        Text("parle fortement pour", "speaks strongly for")
        if side
        else Text("parle fortement contre", "speaks strongly against")
    )


def rarity_words(evidence: FieldEvidence, lang: Lang) -> str:
    """How many people share the value, when agreeing on it counts: nothing otherwise."""
    if evidence.rarity is None:
        return ""
    people = number(2**evidence.rarity, lang)
    return Text("porté par environ 1 personne sur {n}", "borne by about 1 person in {n}").said(lang, n=people)


def done_words(pair: Pair) -> Text:
    """What the last harmonisation did with the two records."""
    if pair.joined:
        return Text(
            "Pour l'instant, ces deux fiches sont réunies en une seule personne.",
            "For now, these two records are joined as one person.",
        )
    if pair.reason == Reason.LARGE:
        return Text(
            "Pour l'instant, ces deux fiches sont deux personnes : réunies, elles auraient plus de fiches qu'une "
            "personne n'en a. Un compte de comptoir ou de groupe, peut-être ?",
            "For now, these two records are two persons: joined, they would have more records than any person has. "
            "An account of the counter or of a group, perhaps?",
        )
    return Text("Pour l'instant, ces deux fiches sont deux personnes.", "For now, these two records are two persons.")
