"""Where a postal code is: from the code when it is known, else from its FSA, else from its first letter, else unknown.

Tables embedded in `data/`, made by `make places`. Without the table of codes, the FSA answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from publicc.directory.names import folded
from publicc.kernel import postal_codes

DATA: Final = Path(__file__).parent / "data"
CODES_FILE: Final = "postal_codes.parquet"
FSAS_FILE: Final = "fsas.csv"

LETTERS: Final = {
    "A": "NL", "B": "NS", "C": "PE", "E": "NB", "G": "QC", "H": "QC", "J": "QC", "K": "ON", "L": "ON", "M": "ON",
    "N": "ON", "P": "ON", "R": "MB", "S": "SK", "T": "AB", "V": "BC", "Y": "YT",
}  # fmt: skip
"""First letter of a code → province. X is left out: Nunavut and the Northwest Territories share it."""

CODES_SCHEMA: Final = pa.schema(
    {
        "code": pa.string(), "place": pa.string(), "municipality": pa.string(), "province": pa.string(),
        "admin_region": pa.string(), "latitude_e4": pa.int32(), "longitude_e4": pa.int32(), "precise": pa.bool_(),
    }
)  # fmt: skip


class Precision(StrEnum):
    """How well a place is known. Ordered from the finest."""

    POINT = "point"
    FSA = "fsa"
    PROVINCE = "province"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a postal code. `latitude` and `longitude` are None when only the province is known.

    `precision` is that of the point and region; a code whose own point cannot be believed takes its FSA's.
    """

    fsa: str | None
    place: str | None
    municipality: str | None
    province: str
    admin_region: str | None
    region_certain: bool
    latitude: float | None
    longitude: float | None
    precision: Precision


@cache
def codes_table() -> pa.Table:
    """The postal codes of Canada as shipped, sorted by code; an empty table when an operator removed the file."""
    file = DATA / CODES_FILE
    return pq.read_table(file) if file.is_file() else CODES_SCHEMA.empty_table()


@cache
def fsas_table() -> pa.Table:
    """The FSAs as shipped, sorted: point of an inhabited place, region, whether the region is certain, name."""
    types = {
        "fsa": pa.string(), "latitude": pa.float64(), "longitude": pa.float64(), "admin_region": pa.string(),
        "region_certain": pa.bool_(), "province": pa.string(), "name": pa.string(), "codes": pa.int32(),
    }  # fmt: skip
    convert = pacsv.ConvertOptions(column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False)
    return pacsv.read_csv(DATA / FSAS_FILE, convert_options=convert)


@dataclass(frozen=True, slots=True)
class Official:
    """Imported tables that stand in place of what is shipped, or mend it; None where nothing was imported."""

    postal_codes: Path | None = None
    municipalities: Path | None = None


SHIPPED: Final = Official()


def register(connection: duckdb.DuckDBPyConnection, official: Official = SHIPPED, *, copied: bool = True) -> None:
    """Create the temporary tables `postal_codes` and `fsas` in `connection`; works where files are shut off.

    `copied`: whether they are copied into the engine, which costs as much as a dozen questions about them; else they
    are read where they are at each question.

    Imported postal codes stand in place of those that are shipped; the imported register of municipalities settles the
    region of a code whose municipality bears a name that no other bears.

    `postal_codes(code, fsa, place, municipality, province, admin_region, latitude, longitude, precise)`: a row a code.
    `fsas(fsa, latitude, longitude, admin_region, region_certain, province, name, rural)`: one row an FSA.
    """
    codes = pq.read_table(official.postal_codes) if official.postal_codes else codes_table()
    for name, table, columns in (
        ("postal_codes", codes, _CODES_COLUMNS),
        ("fsas", fsas_table(), _FSAS_COLUMNS),
    ):
        connection.register(f"shipped_{name}", table)
        kind = "TABLE" if copied or official.municipalities else "VIEW"
        connection.execute(f"CREATE OR REPLACE TEMP {kind} {name} AS SELECT {columns} FROM shipped_{name}")
        if kind == "TABLE":
            connection.unregister(f"shipped_{name}")
    if official.municipalities:
        _settle_regions(connection, pq.read_table(official.municipalities))


def _settle_regions(connection: duckdb.DuckDBPyConnection, municipalities: pa.Table) -> None:
    regions: dict[str, set[str]] = {}
    for name, region in zip(*(municipalities.column(one).to_pylist() for one in ("name", "admin_region")), strict=True):
        regions.setdefault(folded(name), set()).add(region)
    found = connection.execute("SELECT DISTINCT municipality FROM postal_codes WHERE province = 'QC'").fetchall()
    settled = {town: one for (town,) in found if town and len(one := regions.get(folded(town), set())) == 1}
    named = pa.table({"town": list(settled), "region": [next(iter(one)) for one in settled.values()]})
    connection.register("settled", named)
    try:
        connection.execute(
            """UPDATE postal_codes SET admin_region = settled.region FROM settled
            WHERE postal_codes.municipality = settled.town AND postal_codes.province = 'QC'"""
        )
    finally:
        connection.unregister("settled")


_CODES_COLUMNS: Final = """
    code, code[1:3] AS fsa, place::VARCHAR AS place, municipality::VARCHAR AS municipality,
    province::VARCHAR AS province, admin_region::VARCHAR AS admin_region, latitude_e4 / 10000.0::DOUBLE AS latitude,
    longitude_e4 / 10000.0::DOUBLE AS longitude, precise
"""
_FSAS_COLUMNS: Final = """
    fsa, latitude, longitude, admin_region, coalesce(region_certain, false) AS region_certain, province, name,
    fsa[2:2] = '0' AS rural
"""

PLACED: Final = f"""
    SELECT asked.code, coalesce(c.fsa, f.fsa) AS fsa, c.place, c.municipality,
        coalesce(c.province, f.province, l.province) AS province,
        coalesce(c.admin_region, f.admin_region) AS admin_region,
        coalesce(c.precise AND c.admin_region IS NOT NULL, false) OR coalesce(f.region_certain, false)
            AS region_certain,
        CASE WHEN c.precise THEN c.latitude ELSE f.latitude END AS latitude,
        CASE WHEN c.precise THEN c.longitude ELSE f.longitude END AS longitude,
        CASE WHEN c.precise THEN '{Precision.POINT}' WHEN f.fsa IS NOT NULL THEN '{Precision.FSA}'
             WHEN l.province IS NOT NULL THEN '{Precision.PROVINCE}' ELSE '{Precision.NONE}' END AS precision
    FROM asked
    LEFT JOIN postal_codes c ON c.code = asked.code
    LEFT JOIN fsas f ON f.fsa = asked.code[1:3]
    LEFT JOIN (VALUES {", ".join(f"('{letter}', '{province}')" for letter, province in LETTERS.items())})
        AS l(letter, province) ON l.letter = asked.code[1:1]
"""
"""SELECT to follow `WITH asked(code) AS (…)` once `register` was called: one row a code asked, always.

`code` is a full code or an FSA, cleaned by `kernel.postal_codes`. The same rules as `place_of`, by join.
"""


def place_of(raw: str) -> Place | None:
    """What is known of one postal code or FSA as typed; None when it is none of Canada's.

    For many codes at once, join with `PLACED`.
    """
    fsa = postal_codes.fsa(raw)
    if fsa is None:
        return None
    around, exact = _found(fsas_table, fsa), _found(codes_table, postal_codes.bare_code(raw))
    province = exact.get("province") or around.get("province") or LETTERS.get(fsa[0])
    if province is None:
        return None
    precise = bool(exact.get("precise"))
    return Place(
        fsa=fsa if exact or around else None,
        place=exact.get("place"),
        municipality=exact.get("municipality"),
        province=province,
        admin_region=exact.get("admin_region") or around.get("admin_region"),
        region_certain=bool((precise and exact.get("admin_region")) or around.get("region_certain")),
        latitude=exact["latitude_e4"] / 10_000 if precise else around.get("latitude"),
        longitude=exact["longitude_e4"] / 10_000 if precise else around.get("longitude"),
        precision=Precision.POINT if precise else Precision.FSA if around else Precision.PROVINCE,
    )


@cache
def home_territories() -> Mapping[str, str]:
    """FSA → the territory that its people live in: an administrative region in Québec (`06`), elsewhere the province.

    An FSA that lies in two regions is whole in that of most of its codes: a census counts FSAs, not halves of them.
    """
    columns = (fsas_table().column(name).to_pylist() for name in ("fsa", "admin_region", "province"))
    return MappingProxyType({fsa: region or province for fsa, region, province in zip(*columns, strict=True)})


@cache
def fsa_points() -> Mapping[str, tuple[float, float]]:
    """FSA → latitude and longitude of an inhabited place in it."""
    columns = (fsas_table().column(name).to_pylist() for name in ("fsa", "latitude", "longitude"))
    return MappingProxyType({fsa: (latitude, longitude) for fsa, latitude, longitude in zip(*columns, strict=True)})


@cache
def _keys(table: Callable[[], pa.Table]) -> npt.NDArray[np.bytes_]:
    return np.asarray(table().column(0).to_numpy(), dtype="S6")


def _found(table: Callable[[], pa.Table], key: str) -> dict[str, Any]:
    keys, wanted = _keys(table), key.encode()
    at = int(np.searchsorted(keys, wanted))
    return table().slice(at, 1).to_pylist()[0] if at < len(keys) and keys[at] == wanted else {}
