"""The venue behind room names."""

import pytest

from publicc.directory.recognition.venues import Kin, Spot, group_places, place_likeness


def likeness(one: str, other: str, *cities: str | None) -> tuple[bool, Kin]:
    here, there = cities or ("Montréal", "Montréal")
    found = place_likeness(Spot(one, "a", here), Spot(other, "b", there))
    assert found == place_likeness(Spot(other, "b", there), Spot(one, "a", here))
    return found.score >= 0.9, found.kin


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("Salle Pauline-Tremblay", "SALLE PAULINE TREMBLAY", Kin.SAME),
        ("Théâtre du Vieux-Quai", "Vieux Quai (théâtre)", Kin.SAME),
        ("Salle Wilfrid-Roy (Place des Muses)", "Place des Muses - Salle Wilfrid Roy", Kin.SAME),
        ("Place des Muses, Salle Wilfrid-Roy", "Place des Muses, Cinquième Salle", Kin.HOUSE),
        ("Place des Muses", "Place des Muses – Salle Wilfrid-Roy", Kin.HOUSE),
        ("Cinematheque TM ID: 61", "Cinematheque", Kin.SAME),
    ],
)
def test_one_place_is_recognised(one: str, other: str, kin: Kin) -> None:
    assert likeness(one, other) == (True, kin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grande salle", "Grande salle"),
        ("Studio", "Studio"),
        ("Salle Pauline-Tremblay", "Salle Pauline-Gagnon"),
        ("Salle 1", "Salle 1"),
        ("", "Théâtre du Vieux-Quai"),
    ],
)
def test_names_that_tell_nothing_or_differ_are_no_place(one: str, other: str) -> None:
    assert not likeness(one, other)[0]


def test_the_same_name_in_two_cities_is_two_venues() -> None:
    assert not likeness("Théâtre Granada", "Théâtre Granada", "Sherbrooke", "Rimouski")[0]
    spots = [Spot("Théâtre Granada", "a", "Sherbrooke"), Spot("Théâtre Granada", "b", "Rimouski")]
    assert group_places(spots).venue_of == (0, 1)


def test_a_place_of_unknown_city_is_asked_about() -> None:
    found = group_places([Spot("Théâtre Granada", "a", "Sherbrooke"), Spot("Granada", "b", None)])
    assert found.venue_of == (0, 1)
    assert [(one, other) for one, other, _ in found.doubts] == [(0, 1)]


def test_an_unknown_city_joins_no_two_cities() -> None:
    spots = [Spot("Granada", "a", "Sherbrooke"), Spot("Granada", "b", None), Spot("Granada", "c", "Rimouski")]
    assert len(set(group_places(spots).venue_of)) == 3


def test_groups_of_places_do_not_depend_on_their_order() -> None:
    spots = [
        Spot("Place des Muses, Salle Roy", "a", "Laval", "H7A"),
        Spot("Salle Roy", "b", "Laval", "H7A"),
        Spot("Place des Muses", "c", "Laval", "H7A"),
        Spot("Cabaret Bleu", "d", "Laval"),
    ]
    assert group_places(spots).venue_of[3] == 3
    forward = group_places(spots).venue_of
    backward = group_places(spots[::-1]).venue_of[::-1]
    assert all((forward[a] == forward[b]) == (backward[a] == backward[b]) for a in range(4) for b in range(4))
