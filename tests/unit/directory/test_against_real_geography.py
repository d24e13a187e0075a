"""The shipped tables against the official layers, which stay outside the project."""

import csv
import json
from collections import defaultdict
from statistics import median
from typing import Any

import duckdb
import pytest
import shapely

from publicc.directory.names import folded
from publicc.directory.places import codes_table, place_of, register
from tests.shared_data import SHARED, needs_shared
from tests.unit.directory.test_areas import Ring, shapes

GEOGRAPHY = SHARED / "geography"
pytestmark = [pytest.mark.shared, needs_shared]


@pytest.fixture(scope="module")
def codes() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    register(connection)
    return connection


def reference() -> list[dict[str, str]]:
    with (GEOGRAPHY / "checks" / "fsa_qc_reference.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def municipalities() -> dict[str, set[tuple[str, str]]]:
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    with (GEOGRAPHY / "admin" / "MUN.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            known[folded(row["munnom"])].add((row["munnom"], row["regadm"][-3:-1]))
    return known


def test_every_fsa_of_quebec_lies_in_its_region() -> None:
    wrong = [
        row["fsa"]
        for row in reference()
        if row["fsa"] != "K1A" and ((place := place_of(row["fsa"])) is None or place.admin_region != row["region_code"])
    ]
    assert wrong == []


def test_population_by_region_is_that_of_the_reference() -> None:
    people: dict[str, int] = defaultdict(int)
    for row in reference():
        place = place_of(row["fsa"])
        if place and place.admin_region:
            people[place.admin_region] += int(row["census_population_2021"] or 0)
    assert (people["06"], people["13"], people["16"], people["03"]) == (2_004_256, 438_374, 1_447_946, 753_896)
    assert sum(people.values()) == 8_501_832


def test_the_region_of_a_code_is_that_of_its_municipality(codes: duckdb.DuckDBPyConnection) -> None:
    towns = municipalities()
    right = checked = 0
    query = "SELECT municipality, admin_region, count(*) FROM postal_codes WHERE province = 'QC' GROUP BY ALL"
    for town, region, n in codes.execute(query).fetchall():
        regions = {code for _, code in towns.get(folded(town), ())}
        if len(regions) == 1:
            checked += n
            right += n if region in regions else 0
    assert checked > 220_000
    assert right / checked >= 0.995


def test_municipalities_are_spelled_as_the_register_spells_them(codes: duckdb.DuckDBPyConnection) -> None:
    spelled = {name for names in municipalities().values() for name, _ in names}
    query = "SELECT municipality, count(*) FROM postal_codes WHERE province = 'QC' GROUP BY 1"
    counted = codes.execute(query).fetchall()
    assert sum(n for town, n in counted if town in spelled) / sum(n for _, n in counted) >= 0.997


def test_former_towns_lead_to_their_successor(codes: duckdb.DuckDBPyConnection) -> None:
    with (GEOGRAPHY / "checks" / "place_aliases_qc.csv").open(encoding="utf-8") as file:
        aliases = {row["place_name"]: row["municipality"] for row in csv.DictReader(file) if row["municipality"]}
    query = "SELECT DISTINCT place, municipality FROM postal_codes WHERE province = 'QC'"
    found = dict(codes.execute(query).fetchall())
    assert {place: found[place] for place in aliases} == aliases


def test_geonames_own_file_agrees_code_by_code() -> None:
    with (GEOGRAPHY / "postal" / "CA_full_layout_sample.txt").open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    known = set(codes_table().column("code").to_pylist())
    missing = [row[1] for row in rows if row[1].replace(" ", "") not in known]
    assert missing == ["H0H 0H0"]


def test_an_fsa_point_lies_where_people_live() -> None:
    rows = [row for row in reference() if row["inside_lat"] and row["fsa"][1] != "0"]
    near = 0
    for row in rows:
        place = place_of(row["fsa"])
        assert place is not None
        assert place.latitude is not None
        assert place.longitude is not None
        near += (
            abs(place.latitude - float(row["inside_lat"])) < 0.1
            and abs(place.longitude - float(row["inside_lon"])) < 0.15
        )
    assert near / len(rows) > 0.9


def test_approximate_areas_look_like_the_official_ones() -> None:
    def built(parts: list[list[Ring]]) -> Any:  # noqa: ANN401
        return shapely.make_valid(shapely.MultiPolygon([(exterior, holes) for exterior, *holes in parts]))

    official = json.loads((GEOGRAPHY / "polygons" / "fsa_2021_qc_raw_rings.geojson").read_text(encoding="utf-8"))
    drawn = {fsa: built(parts) for fsa, parts in shapes("QC").items()}
    alike = {}
    for feature in official["features"]:
        limits = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        area = drawn[feature["properties"]["CFSAUID"]]
        common = area.intersection(limits).area
        alike[feature["properties"]["CFSAUID"]] = common / (area.area + limits.area - common)
    assert len(alike) == 414
    assert median(alike.values()) >= 0.55
    assert median(share for fsa, share in alike.items() if fsa[:2] in {"H1", "H2", "H3", "H4"}) >= 0.72
