"""The discipline suggested from title, venue and history."""

import json
from collections.abc import Iterator

import pytest

from publicc.directory.disciplines import read_label
from publicc.directory.recognition.discipline import LIKELY, Classed, History
from publicc.kernel.vocabulary import Discipline
from tests.shared_data import SHARED, needs_shared

HUMOUR, OPERA, DANCE = Discipline.HUMOUR, Discipline.OPERA, Discipline.DANCE


def test_what_an_organization_always_gave_is_suggested() -> None:
    history = History([Classed(f"Soirée {n}", "opera", "Grand Théâtre", OPERA) for n in range(30)])
    found = history.suggest("Les Contes du fjord", "opera", "Grand Théâtre")
    assert found is not None
    assert found.discipline is OPERA
    assert found.confidence >= LIKELY


def test_a_genre_named_in_the_title_needs_no_history() -> None:
    found = History([]).suggest("Gala d'humour", "maison", "")
    assert found is not None
    assert found.discipline is HUMOUR


def test_nothing_is_suggested_from_nothing() -> None:
    assert History([]).likely("La Marée du soir", "maison", "") is None
    assert History([Classed("La Marée", "maison", "", Discipline.UNKNOWN)]).likely("La Marée", "maison", "") is None


def test_a_house_of_many_disciplines_is_asked() -> None:
    told = [HUMOUR, DANCE, OPERA, Discipline.THEATRE]
    history = History([Classed(f"Titre {n}", "maison", "Salle", told[n % 4]) for n in range(40)])
    assert history.suggest("La Marée du soir", "maison", "Salle") is None


def test_what_is_forgotten_no_longer_speaks() -> None:
    history = History([Classed("La Marée", "maison", "", HUMOUR)])
    history.add(Classed("La Marée", "maison", "", HUMOUR), -1)
    assert history.likely("La Marée", "maison", "") is None


@needs_shared
@pytest.mark.shared
def test_suggestions_on_real_titles_are_right_85_times_in_100() -> None:
    """Each real show whose house gave a genre, suggested from all the others."""
    shows = list(_classed())
    assert len(shows) > 600
    history = History(shows)
    made = right = 0
    for one in shows:
        history.add(one, -1)
        found = history.suggest(one.title, one.organization, one.venue)
        history.add(one)
        made += found is not None
        right += found is not None and found.discipline is one.discipline
    assert right / made >= 0.85
    assert made / len(shows) >= 0.55


def _classed() -> Iterator[Classed]:
    for file in sorted((SHARED / "ticketing" / "spektrix_ca").glob("*.json")):
        rows = {row["name"]: row for row in json.loads(file.read_text(encoding="utf-8"))}
        for title, row in rows.items():
            names = ("SubGenre1", "Genre", "Genre1", "EventCategory")
            told = _first(row.get(f"attribute_{name}") or "" for name in names)
            if told:
                places = row.get("locations") or [{}]
                yield Classed(title, file.stem.partition("_")[0], places[0].get("name") or "", told)
    for row in json.loads((SHARED / "ticketing" / "footlight_qc" / "events.json").read_text(encoding="utf-8"))["data"]:
        told = _first(kind["name"].get("fr") or "" for kind in row.get("additionalType", []))
        if told:
            organizers = row.get("organizer") or [{}]
            places = row.get("location") or [{}]
            house = organizers[0].get("name", {}).get("fr") or "footlight"
            yield Classed(row["name"].get("fr") or "", house, places[0].get("name", {}).get("fr") or "", told)


def _first(labels: Iterator[str]) -> Discipline | None:
    found = (read_label(label, "fr").discipline for label in labels)
    return next((one for one in found if one not in {Discipline.UNKNOWN, Discipline.OTHER}), None)
