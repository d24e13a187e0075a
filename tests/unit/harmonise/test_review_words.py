"""Evidence as it is kept, and as it is read."""

import pytest

from publicc.harmonise.review import words
from publicc.harmonise.review.book import Answer, Pair, RecordRef
from publicc.harmonise.review.evidence import Degree, FieldEvidence, evidence_json, evidence_of
from publicc.kernel.text import Lang

EXACT = FieldEvidence("given_name", Degree.AGREE, "exact", 7, 5.25)
GONE = FieldEvidence("phone", Degree.ABSENT, "absent", None, 0.0)


def test_evidence_is_kept_whole() -> None:
    assert evidence_of(evidence_json((EXACT, GONE))) == (EXACT, GONE)


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        (9.0, "speaks strongly for"),
        (3.0, "speaks for"),
        (0.5, "says next to nothing"),
        (-3.0, "speaks against"),
        (-9.0, "speaks strongly against"),
    ],
)
def test_weights_are_said_in_plain_words(weight: float, said: str) -> None:
    assert words.strength_words(FieldEvidence("email", Degree.NEAR, "alike", None, weight)).en == said


def test_a_field_that_is_missing_says_nothing() -> None:
    assert words.strength_words(GONE).fr == "ne dit rien"


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "porté par environ 1 personne sur 128"), ("en", "borne by about 1 person in 128")]
)
def test_a_rare_value_is_said_rare(lang: Lang, said: str) -> None:
    assert words.rarity_words(EXACT, lang) == said
    assert words.rarity_words(GONE, lang) == ""


def test_every_field_level_and_answer_has_its_words() -> None:
    assert words.field_words(EXACT).fr == "Prénom"
    assert words.level_words(GONE).en.startswith("Unknown")
    assert words.field_words(FieldEvidence("birth_date", Degree.AGREE, "same year", None, 1.0)).en == "birth_date"
    assert words.level_words(FieldEvidence("birth_date", Degree.AGREE, "same year", None, 1.0)).en == "same year"
    assert set(words.ANSWERS) == set(Answer)
    assert set(words.DEGREES) == set(Degree)


@pytest.mark.parametrize(
    ("joined", "reason", "said"),
    [
        (True, "JOINED", "one person"),
        (False, "APART", "two persons."),
        (False, "LARGE", "more records than any person has"),
    ],
)
def test_what_was_done_is_said(joined: bool, reason: str, said: str) -> None:
    ref = RecordRef("opera", "box", "1")
    assert said in words.done_words(Pair("p", ref, ref, 0.5, joined, reason, 1.0, ())).en
