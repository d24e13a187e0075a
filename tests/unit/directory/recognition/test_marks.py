"""What a box office writes beside a title is lifted out of it, and only that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicc.directory.names import words
from publicc.directory.recognition.marks import Mark, lift, marks_of


@pytest.mark.parametrize(
    ("title", "bare", "marks"),
    [
        ("ROMÉO ET JULIETTE – supplémentaire", "ROMÉO ET JULIETTE", {Mark.EXTRA}),
        ("Roméo & Juliette (première)", "Roméo & Juliette", {Mark.OPENING}),
        ("Hamlet - EXTRA SHOW", "Hamlet", {Mark.EXTRA}),
        ("Hamlet suppl.", "Hamlet", {Mark.EXTRA}),
        ("COMPLET - L'Étoile (première mondiale)", "L'Étoile", {Mark.SOLD_OUT, Mark.OPENING}),
        ("SOLD OUT! The Variety Hour", "The Variety Hour", {Mark.SOLD_OUT}),
        ("Moondance - Cancelled", "Moondance", {Mark.CANCELLED}),
        ("ANNULÉ - Rencontre", "Rencontre", {Mark.CANCELLED}),
        ("POSTPONED The Long Night", "The Long Night", {Mark.POSTPONED}),
        ("Hamlet (reporté - nouvelle date)", "Hamlet", {Mark.POSTPONED, Mark.RESCHEDULED}),
        ("Hamlet (nouvelle date)", "Hamlet", {Mark.RESCHEDULED}),
        ("La Souris verte - scolaire", "La Souris verte", {Mark.SCHOOL}),
        ("La Souris verte (matinée scolaire)", "La Souris verte", {Mark.SCHOOL}),
        ("Loretta Grey Matinee", "Loretta Grey", {Mark.MATINEE}),
        ("Hamlet (version française)", "Hamlet", {Mark.FRENCH}),
        ("Hamlet (in English)", "Hamlet", {Mark.ENGLISH}),
        ("The Late Strippers (19+ Only)", "The Late Strippers", {Mark.AGES}),
        ("Hamlet – supplémentaire (dernière)", "Hamlet", {Mark.EXTRA, Mark.CLOSING}),
        ("Metropolis (Q&A with the director)", "Metropolis", {Mark.TALK}),
        ("Metropolis: The Final Cut", "Metropolis", {Mark.VERSION}),
    ],
)
def test_a_mark_that_stands_apart_is_lifted(title: str, bare: str, marks: set[Mark]) -> None:
    lifted = lift(title)
    assert (lifted.title, set(lifted.marks)) == (bare, marks)


@pytest.mark.parametrize(
    "title",
    [
        "La Dernière Cassette", "Première neige", "Extra-vagance", "Le Portrait complet", "Matinée d'ivresse",
        "Hamlet (version jeunesse)", "Hamlet - 24", "Halloween (1978)", "Oh, Hello", "Soirée d'humour",
    ],
)  # fmt: skip
def test_the_words_of_a_title_stay(title: str) -> None:
    assert lift(title).title == title


@pytest.mark.parametrize("title", ["Supplémentaire", "(première)", "SOLD OUT", "!!!", "- extra -", ""])
def test_a_title_made_only_of_marks_keeps_them(title: str) -> None:
    assert words(lift(title).title) == words(title)


def test_markup_and_entities_are_no_part_of_a_title() -> None:
    assert lift("<b>Roméo &amp; Juliette</b><br/> – <i>supplémentaire</i>").title == "Roméo & Juliette"
    assert lift("a < b & c > d").title == "a < b & c > d"


def test_a_title_of_more_than_400_characters_is_cut() -> None:
    assert len(lift("La très longue histoire " * 40).title) <= 400


def test_a_part_that_says_more_than_marks_is_no_mark() -> None:
    assert marks_of("supplémentaire et première") == {Mark.EXTRA, Mark.OPENING}
    assert marks_of("supplémentaire de taille") == frozenset()
    assert marks_of("19") == frozenset()


@given(st.text(max_size=80))
def test_any_title_can_be_read_and_reading_again_changes_nothing(title: str) -> None:
    once = lift(title)
    assert lift(once.title).title == once.title or len(once.marks) < len(Mark)
