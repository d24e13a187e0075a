"""Labels as houses write them → disciplines."""

import json

import pytest

from publicc.directory.disciplines import discipline_of, genres, read_label
from publicc.kernel.vocabulary import Discipline
from tests.shared_data import SHARED, needs_shared


@pytest.mark.parametrize(
    ("label", "discipline"),
    [
        ("Théâtre", "THEATRE"),
        ("THEATRE", "THEATRE"),
        ("théâtre jeune public", "THEATRE"),
        ("Theatre - Comedy", "THEATRE"),
        ("Comédie", "THEATRE"),
        ("Comedy", "HUMOUR"),
        ("Comedy - All", "HUMOUR"),
        ("Humour", "HUMOUR"),
        ("Comédie musicale", "MUSICAL"),
        ("Performing Arts - Musical Theatre", "MUSICAL"),
        ("Danse", "DANCE"),
        ("Dance - Ballet", "DANCE"),
        ("Danse contemporaine", "DANCE"),
        ("Musique contemporaine", "CLASSICAL_MUSIC"),
        ("Music - Classical", "CLASSICAL_MUSIC"),
        ("Music - Chamber Music", "CLASSICAL_MUSIC"),
        ("Opéra", "OPERA"),
        ("Music", "INSTRUMENTAL_MUSIC"),
        ("Live music - Rock", "INSTRUMENTAL_MUSIC"),
        ("Jazz & Blues", "INSTRUMENTAL_MUSIC"),
        ("Chanson", "SONG_FR"),
        ("Chanson francophone", "SONG_FR"),
        ("Chanson anglophone", "SONG_EN"),
        ("Cirque", "CIRCUS"),
        ("Variété", "VARIETY"),
        ("Magie", "VARIETY"),
        ("Conte", "SPOKEN_WORD"),
        ("Film - Documentary", "CINEMA"),
        ("Exposition", "EXHIBITION"),
        ("Atelier", "OTHER"),
        ("Performing Arts - All", "OTHER"),
        ("Festival", "UNKNOWN"),
        ("Rental", "UNKNOWN"),
        ("", "UNKNOWN"),
        ("Jeune public", "UNKNOWN"),
        ("???", "UNKNOWN"),
    ],
)
def test_a_label_means_a_discipline(label: str, discipline: str) -> None:
    assert discipline_of(label) is Discipline(discipline)


@pytest.mark.parametrize(
    ("language", "discipline"),
    [
        ("fr", "SONG_FR"),
        ("fr-CA", "SONG_FR"),
        ("en", "SONG_EN"),
        ("es", "SONG_OTHER"),
        (None, "INSTRUMENTAL_MUSIC"),
        ("zxx", "INSTRUMENTAL_MUSIC"),
    ],
)
def test_sung_music_follows_the_language_of_the_show(language: str | None, discipline: str) -> None:
    assert discipline_of("Rock", language) is Discipline(discipline)


def test_the_language_of_a_show_changes_nothing_to_theatre() -> None:
    assert discipline_of("Théâtre", "en") is Discipline.THEATRE


def test_a_label_that_names_a_language_is_believed_before_the_show() -> None:
    reading = read_label("Chanson anglophone", "fr")
    assert (reading.discipline, reading.language, reading.genre and reading.genre.id) == (
        Discipline.SONG_EN,
        "en",
        "K6-309",
    )


def test_genres_carry_their_open_identifier() -> None:
    assert genres()["K6-902"].address == "http://kg.artsdata.ca/resource/K6-902"
    assert len(genres()) == 38


@pytest.mark.shared
@needs_shared
def test_footlight_disciplines_are_read() -> None:
    told = json.loads((SHARED / "ticketing" / "footlight_qc" / "events.json").read_text(encoding="utf-8"))
    labels = [kind["name"]["fr"] for event in told["data"] for kind in event.get("additionalType", ())]
    unread = {label for label in labels if discipline_of(label) is Discipline.UNKNOWN}
    assert unread <= {"Festival"}


@pytest.mark.shared
@needs_shared
def test_spektrix_genres_are_read_but_for_words_that_are_no_discipline() -> None:
    labels = []
    for file in sorted((SHARED / "ticketing" / "spektrix_ca").glob("*.json")):
        for row in json.loads(file.read_text(encoding="utf-8")):
            event = row.get("event", row)
            labels += [
                str(event[key])
                for key in ("attribute_Genre", "attribute_SubGenre1", "attribute_Genre1")
                if event.get(key) not in {None, "", "None"}
            ]
    unread = [label for label in labels if discipline_of(label) is Discipline.UNKNOWN]
    assert len(labels) > 400
    assert len(unread) / len(labels) < 0.2
    assert len(set(unread)) <= 12, sorted(set(unread))
