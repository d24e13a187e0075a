"""Entries out as files and in again, and candidate venues of the official list."""

import pytest

from publicc.collective.models import Organization
from publicc.directory.common import Seen, SeenVenue
from publicc.directory.exchange import Row, from_csv, to_csv
from publicc.directory.keeping import rows, take_facilities, take_rows
from publicc.directory.models import Entry, Label
from publicc.directory.odcaf import Facility
from publicc.directory.proposing import propose
from publicc.kernel.errors import BadInput

pytestmark = pytest.mark.django_db

FILE = [
    Row(kind="VENUE", name_fr="Théâtre Granada", municipality="Sherbrooke", latitude="45.4", longitude="-71.9"),
    Row(kind="SHOW", name_fr="Le Fleuve", name_en="The River", discipline="THEATRE", genre="K6-100"),
]
HOUSES = [
    Facility("12", "Théâtre Granada", "Sherbrooke", "J1H5E5", 45.4, -71.9),
    Facility("13", "Théâtre Granada", "Rimouski", "G5L1A1", None, None),
]


def test_a_file_is_taken_once_and_given_back_as_it_was() -> None:
    assert take_rows(FILE) == (2, 0)
    assert take_rows(FILE) == (0, 0)
    written = rows()
    assert [(row.name_fr, row.name_en, row.latitude) for row in written] == [
        ("Théâtre Granada", "", "45.4"), ("Le Fleuve", "The River", ""),
    ]  # fmt: skip
    assert take_rows(from_csv(to_csv(written))) == (0, 0)


def test_a_row_with_a_code_changes_that_entry_and_a_room_finds_its_venue() -> None:
    take_rows(FILE)
    venue = rows()[0].code
    room = Row(kind="ROOM", name_fr="Grande salle", within=venue)
    assert take_rows([room, Row(code=venue, kind="VENUE", name_fr="Le Granada", municipality="Sherbrooke")]) == (1, 1)
    assert {row.name_fr: row.within for row in rows()}["Grande salle"] == venue
    with pytest.raises(BadInput):
        take_rows([Row(kind="ROOM", name_fr="Foyer", within="V999999")])
    assert not Entry.objects.filter(name_fr="Foyer").exists()


def test_official_houses_are_candidates_until_a_label_leads_to_them() -> None:
    assert take_facilities(HOUSES) == (2, 0)
    assert take_facilities(HOUSES) == (0, 2)
    assert rows() == []
    Organization.objects.create(slug="nord", name="nord")
    propose(Seen((), (SeenVenue("nord", "v1", "Salle Granada", "Sherbrooke", "J1H"),)))
    label = Label.objects.select_related("entry").get(own_id="v1")
    assert label.entry is not None
    assert (label.entry.origin, label.entry.municipality, label.confidence >= 0.9) == ("ODCAF", "Sherbrooke", True)
    assert Entry.objects.count() == 2
