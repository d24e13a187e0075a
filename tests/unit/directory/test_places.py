"""Postal codes to places: the rules, whatever the table; the exceptions of the map of Québec."""

import duckdb
import pytest

from publicc.directory import places
from publicc.directory.distance import distance_km, distance_sql
from publicc.directory.places import PLACED, Precision, place_of, register


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET enable_external_access = false")
    register(connection)
    return connection


def region(raw: str) -> str | None:
    place = place_of(raw)
    return place.admin_region if place else None


def test_a_known_code_gives_its_own_point_and_town() -> None:
    place = place_of("h2x 1y4")
    assert place is not None
    assert (place.fsa, place.municipality, place.province, place.admin_region) == ("H2X", "Montréal", "QC", "06")
    assert (place.precision, place.region_certain) == (Precision.POINT, True)
    assert distance_km(place.latitude or 0, place.longitude or 0, 45.51, -73.57) < 1.5


def test_a_code_younger_than_the_table_takes_its_fsa() -> None:
    place = place_of("G9A 5M7")
    assert place is not None
    assert (place.precision, place.place, place.admin_region, place.fsa) == (Precision.FSA, None, "04", "G9A")


def test_an_unknown_fsa_gives_its_province_only() -> None:
    place = place_of("J9W 1A1")
    assert place is not None
    assert (place.precision, place.province, place.latitude, place.fsa) == (Precision.PROVINCE, "QC", None, None)


@pytest.mark.parametrize("raw", ["H0H 0H0", "90210", "", "O0H 0H0", "W1A 1A1", "H2X 1Y", "X9Z 1A1"])
def test_what_is_no_place_of_canada_is_none(raw: str) -> None:
    assert place_of(raw) is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [("G7A", "12"), ("H0M", "16"), ("J6Y", "14"), ("J6Z", "15"), ("J7M", "14"), ("J0A", "17"), ("J0G", "16"),
     ("H7N", "13"), ("H3B 1A7", "06"), ("J4K", "16"), ("G6W 5M6", "12"), ("G9H 1A1", "17"), ("M5V", None)],
)  # fmt: skip
def test_the_exceptions_of_the_region_table_hold(raw: str, code: str | None) -> None:
    assert region(raw) == code


@pytest.mark.parametrize("fsa", ["G0J", "G0M", "G0S", "G0T", "G0X", "J0A", "J0G", "J0J", "J0V", "J0Y"])
def test_a_mixed_fsa_alone_is_not_certain(fsa: str) -> None:
    place = place_of(fsa)
    assert place is not None
    assert not place.region_certain


def test_k1a_alone_is_ottawa_and_its_gatineau_codes_are_in_quebec() -> None:
    alone, gatineau = place_of("K1A"), place_of("K1A 0C9")
    assert alone is not None
    assert gatineau is not None
    assert (alone.province, alone.admin_region) == ("ON", None)
    assert (gatineau.province, gatineau.admin_region, gatineau.municipality) == ("QC", "07", "Gatineau")


@pytest.mark.parametrize(
    ("raw", "province"), [("X0A", "NU"), ("X0E", "NT"), ("A1C", "NL"), ("Y1A", "YT"), ("C1A", "PE")]
)
def test_provinces_follow_the_letter_but_for_x(raw: str, province: str) -> None:
    place = place_of(raw)
    assert place is not None
    assert place.province == province


def test_points_that_cannot_be_believed_are_not_used() -> None:
    for raw in ("G3Z 0L5", "L9E 1N5"):
        place = place_of(raw)
        assert place is not None
        assert (place.precision, place.place is not None) == (Precision.FSA, True)


@pytest.mark.parametrize(
    ("raw", "town"),
    [("H4L 1A1", "Montréal"), ("G7H 1A1", "Saguenay"), ("J3Y 1A1", "Longueuil"),
     ("J3V 1A1", "Saint-Bruno-de-Montarville"), ("G8V 1A1", "Trois-Rivières"), ("M2N 1A1", "Toronto"),
     ("G3N 0A1", "Sainte-Catherine-de-la-Jacques-Cartier")],
)  # fmt: skip
def test_a_postal_name_becomes_the_municipality_of_today(
    raw: str, town: str, connection: duckdb.DuckDBPyConnection
) -> None:
    towns = connection.execute("SELECT DISTINCT municipality FROM postal_codes WHERE fsa = ?", [raw[:3]]).fetchall()
    assert town in {name for (name,) in towns}


def test_joins_and_single_answers_follow_the_same_rules(connection: duckdb.DuckDBPyConnection) -> None:
    asked = ["H2X1Y4", "G9A5M7", "J9W1A1", "K1A0C9", "G3Z0L5", "J0G", "M5V", "X0A", "G6W5M6", "V6B1A1"]
    rows = connection.execute(f"WITH asked(code) AS (SELECT unnest(?)) {PLACED}", [asked])
    names = [column[0] for column in rows.description or ()]
    joined = {row[0]: dict(zip(names, row, strict=True)) for row in rows.fetchall()}
    for code in asked:
        place = place_of(code)
        assert place is not None
        for field in ("fsa", "place", "municipality", "province", "admin_region", "region_certain", "precision"):
            assert joined[code][field] == getattr(place, field), (code, field)
        assert joined[code]["latitude"] == pytest.approx(place.latitude)


def test_the_tables_have_the_columns_agreed(connection: duckdb.DuckDBPyConnection) -> None:
    def columns(table: str) -> list[str]:
        return [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]

    assert columns("postal_codes") == [
        "code",
        "fsa",
        "place",
        "municipality",
        "province",
        "admin_region",
        "latitude",
        "longitude",
        "precise",
    ]
    assert columns("fsas") == [
        "fsa",
        "latitude",
        "longitude",
        "admin_region",
        "region_certain",
        "province",
        "name",
        "rural",
    ]


def test_the_table_counts_what_its_source_counts(connection: duckdb.DuckDBPyConnection) -> None:
    counted = dict(
        connection.execute("SELECT code[1:1], count(*) FROM postal_codes WHERE province = 'QC' GROUP BY 1").fetchall()
    )
    assert counted == {"G": 75_332, "H": 56_133, "J": 93_916, "K": 22}
    assert connection.execute("SELECT count(*), count(DISTINCT code) FROM postal_codes").fetchall() == [
        (891_909, 891_909)
    ]


def test_every_code_of_quebec_has_a_region_and_no_other_has(connection: duckdb.DuckDBPyConnection) -> None:
    odd = connection.execute("SELECT count(*) FROM postal_codes WHERE (province = 'QC') <> (admin_region IS NOT NULL)")
    assert odd.fetchall() == [(0,)]


def test_shipped_tables_stay_small() -> None:
    assert (places.DATA / places.CODES_FILE).stat().st_size < 4_500_000
    assert (places.DATA / places.FSAS_FILE).stat().st_size < 150_000


def test_without_the_table_of_codes_the_fsa_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "CODES_FILE", "removed.parquet")
    places.codes_table.cache_clear()
    places._keys.cache_clear()
    try:
        place = place_of("H2X 1Y4")
        connection = duckdb.connect()
        register(connection)
        assert connection.execute("SELECT count(*) FROM postal_codes").fetchall() == [(0,)]
    finally:
        monkeypatch.undo()
        places.codes_table.cache_clear()
        places._keys.cache_clear()
    assert place is not None
    assert (place.precision, place.admin_region) == (Precision.FSA, "06")


def test_distances_are_great_circles() -> None:
    montreal, quebec = (45.5088, -73.5878), (46.8139, -71.2080)
    assert distance_km(*montreal, *quebec) == pytest.approx(233.4, abs=0.5)
    assert distance_km(*montreal, *montreal) == 0
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015.115, abs=0.01)


def test_sql_distance_is_the_same_figure() -> None:
    expression = distance_sql("a", "b", "c", "d")
    pairs = [(45.5, -73.6, 46.8, -71.2), (45.5, -73.6, 45.5, -73.6), (48.0, -79.0, 49.5, -61.0)]
    for pair in pairs:
        (found,) = duckdb.execute(f"SELECT {expression} FROM (SELECT ? a, ? b, ? c, ? d)", pair).fetchone() or (None,)
        assert found == pytest.approx(distance_km(*pair), abs=1e-9)
    assert duckdb.execute(f"SELECT {expression} FROM (SELECT 1.0 a, 1.0 b, 2.0 c, NULL::DOUBLE d)").fetchall() == [
        (None,)
    ]
