"""The directory as files, and the official list of houses."""

import json

import pytest

from publicc.directory.exchange import Row, from_csv, from_json_ld, to_csv, to_json_ld
from publicc.directory.groupings import GTFAS, OCCQ
from publicc.directory.odcaf import facilities
from publicc.kernel.errors import BadInput
from publicc.kernel.vocabulary import Discipline
from tests.shared_data import SHARED, needs_shared

ROWS = [
    Row("V000001", "VENUE", "Théâtre Granada", municipality="Sherbrooke", postal_code="J1H5E5",
        latitude="45.4", longitude="-71.89", artsdata="K2-196"),
    Row("R000002", "ROOM", "Grande salle", within="V000001"),
    Row("F000003", "SERIES", "Festival du Nord"),
    Row("S000004", "SHOW", "Le Fleuve", "The River", "THEATRE", "K6-100", "fr,en", "FAMILIES", within="F000003"),
]  # fmt: skip


def test_what_is_written_is_read_again() -> None:
    assert from_csv(to_csv(ROWS)) == ROWS
    assert from_json_ld(to_json_ld(ROWS)) == ROWS


def test_the_graph_speaks_schema_org_and_names_artsdata() -> None:
    venue, room, _, show = json.loads(to_json_ld(ROWS))["@graph"]
    assert (venue["@type"], venue["sameAs"]) == ("Place", "http://kg.artsdata.ca/resource/K2-196")
    assert room["containedInPlace"] == {"@id": "urn:publicc:V000001"}
    assert (show["@type"], show["additionalType"]) == ("EventSeries", "http://kg.artsdata.ca/resource/K6-100")
    assert show["name"] == {"fr": "Le Fleuve", "en": "The River"}


def test_groupings_stand_beside_the_discipline_in_a_table() -> None:
    lines = to_csv(ROWS).splitlines()
    assert lines[0].endswith("artsdata,gtfas,occq")
    assert lines[4].endswith(",Théâtre,Théâtre")
    assert len({one.fr for one in GTFAS.values()}) == 10
    assert len({one.fr for one in OCCQ.values()}) == 6
    assert Discipline.CINEMA not in GTFAS


def test_a_cell_is_no_formula() -> None:
    written = to_csv([Row("S000001", "SHOW", "=1+1")])
    assert ",'=1+1," in written
    assert from_csv(written)[0].name_fr == "=1+1"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("PLANET,x,,", "kind"),
        ("SHOW,,,", "name_fr"),
        ("VENUE,x,95,2", "latitude"),
        ("VENUE,x,45,", "longitude"),
        ("VENUE,x,nord,2", "latitude"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, column: str) -> None:
    with pytest.raises(BadInput) as problem:
        from_csv(f"kind,name_fr,latitude,longitude\nSHOW,Hamlet,,\n{line}\n")
    assert f"Line 3, column {column}" in problem.value.sentence("en")


@pytest.mark.parametrize("told", ["", "[]x", "{}", '{"@graph": 3}', '["x"]'])
def test_what_is_no_graph_is_refused(told: str) -> None:
    with pytest.raises(BadInput):
        from_json_ld(told)


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(BadInput):
        from_csv("name\nHamlet\n")
    with pytest.raises(BadInput):
        list(facilities(b"name\nHamlet\n", provinces=frozenset({"QC"})))


@needs_shared
@pytest.mark.shared
def test_the_houses_of_quebec_are_read_from_the_real_file() -> None:
    told = (SHARED / "geography" / "venues" / "ODCAF_v1.0.csv").read_bytes()
    houses = list(facilities(told, provinces=frozenset({"QC"})))
    assert len(houses) == 222 + 90
    assert len({house.number for house in houses}) == len(houses)
    assert not any(".." in (house.name, house.municipality, house.postal_code) for house in houses)
    assert any("œ" in house.name.lower() or "é" in house.name.lower() for house in houses)
