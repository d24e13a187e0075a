"""Which entry each label is taken to be."""

from publicc.directory.common import SeenShow, SeenVenue
from publicc.directory.planning import Known, common_name, plan_shows, plan_venues
from publicc.kernel.vocabulary import Discipline


def test_two_houses_that_play_one_show_make_one_entry() -> None:
    seen = [
        SeenShow("nord", "1", "LE FLEUVE", Discipline.THEATRE),
        SeenShow("sud", "9", "Le Fleuve – supplémentaire", Discipline.UNKNOWN),
        SeenShow("sud", "8", "La Marée"),
    ]
    plan = plan_shows(seen, [])
    assert plan.placed == {}
    assert [(new.name, new.discipline, new.labels) for new in plan.made] == [
        ("Le Fleuve", Discipline.THEATRE, (0, 1)),
        ("La Marée", Discipline.UNKNOWN, (2,)),
    ]


def test_a_known_show_takes_the_labels_that_are_surely_it() -> None:
    plan = plan_shows([SeenShow("nord", "1", "SWAN LAKE (première)")], [Known(7, "Le Lac des cygnes")])
    assert plan.made == []
    assert plan.placed[0][0] == 7
    assert plan.placed[0][1] >= 0.9


def test_what_a_person_settled_teaches_the_next_label() -> None:
    known = [Known(7, "Le Lac des cygnes"), Known(7, "Ballet Nord 25/26 – cygnes", "nord")]
    plan = plan_shows([SeenShow("nord", "2", "Ballet Nord 25/26 – cygnes (scolaire)")], known)
    assert plan.placed[0][0] == 7


def test_a_doubt_is_suggested_with_its_confidence_instead_of_a_new_entry() -> None:
    plan = plan_shows([SeenShow("nord", "1", "A Northern Tale")], [Known(3, "A Northern Tale The Musical")])
    assert plan.made == []
    entry, confidence = plan.placed[0]
    assert entry == 3
    assert 0.6 <= confidence < 0.9


def test_an_empty_title_is_suggested_nothing() -> None:
    plan = plan_shows([SeenShow("nord", "1", "  ")], [])
    assert (plan.placed, plan.made) == ({}, [])


def test_rooms_of_two_cities_are_two_venues_and_a_general_name_is_its_own() -> None:
    seen = [
        SeenVenue("nord", "1", "Théâtre Granada", "Sherbrooke"),
        SeenVenue("sud", "2", "Granada", "Rimouski"),
        SeenVenue("est", "3", "Salle Granada", "Sherbrooke"),
    ]
    plan = plan_venues(seen, [])
    assert [(new.municipality, new.labels) for new in plan.made] == [("Sherbrooke", (0, 2)), ("Rimouski", (1,))]
    placed = plan_venues(seen, [Known(5, "Théâtre Granada", municipality="Sherbrooke")])
    assert {label: entry for label, (entry, _) in placed.placed.items()} == {0: 5, 2: 5}


def test_the_same_labels_plan_the_same_whatever_their_order() -> None:
    seen = [SeenShow("nord", "1", "Le Fleuve"), SeenShow("sud", "2", "FLEUVE"), SeenShow("est", "3", "La Marée")]
    names = {frozenset(seen[n].own_id for n in new.labels): new.name for new in plan_shows(seen, []).made}
    back = seen[::-1]
    assert names == {frozenset(back[n].own_id for n in new.labels): new.name for new in plan_shows(back, []).made}


def test_a_name_in_capitals_is_taken_only_when_there_is_no_other() -> None:
    assert common_name(["LE FLEUVE", "LE FLEUVE", "Le Fleuve"]) == "Le Fleuve"
    assert common_name(["LE FLEUVE"]) == "LE FLEUVE"
