"""Planned dates out of files: what is taken, what is refused and how it is said, and the file that comes back."""

from datetime import date, time
from itertools import pairwise

import pytest

from publicc.directory.dates.openness import Openness
from publicc.directory.dates.reading import MOST_BYTES, Planned, read_plans
from publicc.directory.dates.writing import to_calendar
from publicc.kernel.errors import BadInput

ZONE = "America/Toronto"
EVENT = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"


def read(told: str, openness: Openness = Openness.HELD) -> tuple[Planned, ...]:
    return read_plans(told.encode(), openness, ZONE)


def refused(told: str | bytes) -> str:
    with pytest.raises(BadInput) as raised:
        read_plans(told if isinstance(told, bytes) else told.encode(), Openness.HELD, ZONE)
    return raised.value.sentence("fr")


def test_columns_are_found_by_name_in_french_or_english_whatever_their_order() -> None:
    french = read(
        "Titre;Date;Heure;Discipline;Salle;Code postal;Jauge\n"
        "Le Fleuve;2027-03-05;19 h 30;Danse;Cinquième Salle;h2x 1y4;1 100\n"
    )
    english = read(
        "seats,venue,date,time,title,discipline,postal code\n"
        "1100,Cinquième Salle,2027-03-05,19:30,Le Fleuve,Dance,H2X1Y4\n"
    )
    assert french == english
    (only,) = french
    told = (only.on, only.at, only.discipline, only.room, only.postal_code, only.seats, only.openness)
    assert told == (date(2027, 3, 5), time(19, 30), "DANCE", "Cinquième Salle", "H2X1Y4", 1100, "HELD")


def test_a_spreadsheet_of_a_windows_machine_is_read() -> None:
    (only,) = read_plans("date;titre\n2027-03-05;Été\n".encode("cp1252"), Openness.OFFERED, ZONE)
    assert (only.title, only.openness, only.at) == ("Été", "OFFERED", None)


def test_every_fault_is_told_with_its_line_and_nothing_is_taken() -> None:
    told = refused(
        "date,title,time,seats,postal code,discipline\n05/03/2027,A,,,,\n2027-03-05,,,,,\n2027-03-05,B,25:00,,,\n"
        "2027-03-05,C,,many,,\n2027-03-05,D,,,O0H 0H0,\n2027-03-05,E,,,,Plomberie\n"
        "1827-03-05,F,,,,\n2027-03-06,Good,,,,\n"
    )
    for line in (
        "ligne 2\u00a0: la date ne s'écrit pas AAAA-MM-JJ", "ligne 3\u00a0: aucun titre", "ligne 4\u00a0: l'heure",
        "ligne 5\u00a0: la jauge", "ligne 6\u00a0: le code postal", "ligne 7\u00a0: la discipline",
        "ligne 8\u00a0: l'année",
    ):  # fmt: skip
        assert line in told
    assert "ligne 9" not in told
    assert "Plomberie" not in told


def test_only_the_first_ten_faults_are_told_and_the_rest_counted() -> None:
    assert "et 4 autres" in refused("date,title\n" + "x,A\n" * 14)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("jour,quoi\n2027-03-05,A\n", "colonne de la date ou du titre"),
        ("date,title\n\n", "aucune date"),
        ("", "colonne"),
        (b"x" * (MOST_BYTES + 1), "5 Mo"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:hier\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR\n", ""),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR\n", "ne se lit pas"),
        (f"{EVENT}UID:1\nDTSTART:20270305\nRRULE:FREQ=WEEKLY\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR", "se répète"),
        ("date,title\n" + "".join(f"2027-03-05,A{at}\n" for at in range(5001)), "5 000"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(content: str | bytes, said: str) -> None:
    assert said in refused(content)


def test_a_line_said_twice_is_one_date_and_an_id_finds_a_date_that_moved() -> None:
    assert len(read("date,title\n2027-03-05,A\n2027-03-05,A\n")) == 1
    first, moved = (read(f"id,date,title\n7,2027-03-{at},A\n")[0] for at in ("05", "06"))
    assert first.key == moved.key


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//FR
BEGIN:VEVENT
UID:a@x
DTSTART:20270306T003000Z
SUMMARY:Le Fleuve
LOCATION:Cinquième Salle
CATEGORIES:Tournée,Danse
END:VEVENT
BEGIN:VEVENT
UID:b@x
DTSTART;VALUE=DATE:20270307
SUMMARY:Relâche possible
END:VEVENT
BEGIN:VEVENT
UID:c@x
DTSTART:20270308T200000
STATUS:CANCELLED
SUMMARY:Annulé
END:VEVENT
END:VCALENDAR
"""


def test_an_icalendar_file_gives_local_days_hours_and_disciplines_without_what_was_cancelled() -> None:
    assert read(CALENDAR) == (
        Planned("id:a@x", "Le Fleuve", date(2027, 3, 5), time(19, 30), "DANCE", "Cinquième Salle"),
        Planned("id:b@x", "Relâche possible", date(2027, 3, 7)),
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_exported_comes_back_as_it_was(lang: str) -> None:
    plans = read(
        "id,date,title,time,discipline,room,postal code,seats,openness\n"
        "1,2027-03-05,A,19:30,OPERA,Salle,H2X1Y4,900,OFFERED\n2,2027-11-07,B,,,,,,\n"
    )
    content = to_calendar(plans, name="Théâtre", zone=ZONE, lang="fr" if lang == "fr" else "en")
    assert read_plans(content, Openness.HELD, ZONE) == plans
    assert all(a.on <= b.on for a, b in pairwise(plans))


def test_an_hour_of_midnight_is_an_unknown_hour_and_a_wrong_openness_is_said() -> None:
    assert read("date,title,time\n2027-03-05,A,00:00\n")[0].at is None
    assert "ouverture" in refused("date,title,openness\n2027-03-05,A,MAYBE\n")
    assert read("date,title,openness\n2027-03-05,A,Annoncée au public\n")[0].openness == "ANNOUNCED"
