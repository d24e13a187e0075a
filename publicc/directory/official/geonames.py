"""Postal codes of Canada as GeoNames publishes them (`CA_full.txt`): point and place of each full code.

The FSAs that the file holds replace those that are shipped; the others stay. What GeoNames does not say is kept from
the shipped table: today's municipality of a place name, region of a known code, region of the FSA for a new one.
"""

import io
import zipfile
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from publicc.directory.distance import distance_sql
from publicc.directory.official.layers import Layer, Prepared, refused, truncated
from publicc.directory.official.recognise import GEONAMES_COLUMNS, member_named, opened
from publicc.directory.places import CODES_SCHEMA, LETTERS, codes_table, fsas_table
from publicc.kernel.postal_codes import bare_code, full_code
from publicc.kernel.text import Text

FILE: Final = "postal_codes.parquet"
_CODE_AT, _PLACE_AT, _PROVINCE_AT, _LATITUDE_AT, _LONGITUDE_AT = 1, 2, 4, 9, 10
_FARTHEST_NORTH: Final = 84.0
_FULL_LENGTH: Final = 6
_MERGED: Final = f"""
WITH named AS (
    SELECT province, place, mode(municipality ORDER BY municipality) AS municipality
    FROM shipped GROUP BY ALL),
middles AS (
    SELECT code[1:3] AS fsa, median(latitude) AS latitude, median(longitude) AS longitude FROM given GROUP BY 1),
away AS (
    SELECT g.*, {distance_sql("g.latitude", "g.longitude", "m.latitude", "m.longitude")} AS km
    FROM given g JOIN middles m ON m.fsa = g.code[1:3]),
judged AS (SELECT *, km <= greatest(6 * median(km) OVER (PARTITION BY code[1:3]), 2) AS precise FROM away)
SELECT j.code, j.place, coalesce(n.municipality, j.place) AS municipality, j.province,
    CASE WHEN j.province = 'QC' THEN coalesce(s.admin_region, f.admin_region) END AS admin_region,
    round(j.latitude * 10000)::INTEGER AS latitude_e4, round(j.longitude * 10000)::INTEGER AS longitude_e4, j.precise
FROM judged j
LEFT JOIN named n ON n.province = j.province AND n.place = j.place
LEFT JOIN shipped s ON s.code = j.code
LEFT JOIN fsas f ON f.fsa = j.code[1:3]
UNION ALL
SELECT * FROM shipped WHERE code[1:3] NOT IN (SELECT code[1:3] FROM given)
ORDER BY code
"""
"""A point is believed when it is not farther from its FSA's median than six times the usual distance, or 2 km."""


def read_geonames(path: Path) -> Prepared:
    """`postal_codes.parquet`: every code of the FSAs of the file, then the shipped codes of the others, by code.

    Raises BadInput for the file of FSAs alone, another country, a file that stops before its end.
    """
    rows, left_out = _rows(path)
    if not rows:
        raise refused(
            Text("Ce fichier ne donne que les RTA, pas les codes.", "This file gives FSAs only, not codes."),
            do=Text("Importer CA_full.txt.", "Import CA_full.txt."),
        )
    out = io.BytesIO()
    pq.write_table(_merged(rows), out, compression="zstd")
    replaced = len({code[:3] for code in rows})
    notes = [
        Text(
            f"{replaced} RTA remplacées; les autres restent celles d'origine.",
            f"{replaced} FSAs replaced; the others stay as shipped.",
        )
    ]
    if left_out:
        notes.append(Text(f"{left_out} lignes sans code utilisable.", f"{left_out} lines without a usable code."))
    covers = tuple(sorted({province for _, province, _, _ in rows.values()}))
    return Prepared(Layer.POSTAL_CODES, "", len(rows), {FILE: out.getvalue()}, covers, notes=tuple(notes))


def _merged(rows: dict[str, tuple[str, str, float, float]]) -> pa.Table:
    places, provinces, latitudes, longitudes = zip(*rows.values(), strict=True)
    given = pa.table(
        {
            "code": list(rows), "place": places, "province": provinces, "latitude": latitudes, "longitude": longitudes,
        }
    )  # fmt: skip
    with duckdb.connect() as connection:
        for name, table in (("given", given), ("shipped", codes_table()), ("fsas", fsas_table())):
            connection.register(name, table)
        return connection.execute(_MERGED).to_arrow_table().cast(CODES_SCHEMA)


def _rows(path: Path) -> tuple[dict[str, tuple[str, str, float, float]], int]:
    """Code → place, province, latitude, longitude; and how many lines have no usable full code."""
    with opened(path) as file:
        if isinstance(file, zipfile.ZipFile):
            member = member_named(file, "_full.txt") or member_named(file, ".txt")
            content = file.read(member) if member else b""
        else:
            content = file.read()
    lines = content.decode("utf-8-sig", errors="replace").split("\n")
    if lines[-1]:
        raise truncated(Text(f"Il s'arrête à la ligne {len(lines)}.", f"It stops at line {len(lines)}."))
    rows: dict[str, tuple[str, str, float, float]] = {}
    left_out = 0
    for number, line in enumerate(lines[:-1], start=1):
        cells = line.rstrip("\r").split("\t")
        if len(cells) != GEONAMES_COLUMNS:
            raise truncated(Text(f"La ligne {number} est incomplète.", f"Line {number} is incomplete."))
        if cells[0] != "CA":
            raise refused(
                Text("Ce fichier est celui d'un autre pays.", "This file is another country's."),
                do=Text("Importer CA_full.txt.", "Import CA_full.txt."),
            )
        code = full_code(cells[_CODE_AT])
        point = _point(cells)
        if code is None or point is None:
            left_out += len(bare_code(cells[_CODE_AT])) == _FULL_LENGTH
            continue
        province = cells[_PROVINCE_AT] or LETTERS.get(code[0], "")
        rows.setdefault(code, (cells[_PLACE_AT], province, *point))
    return rows, left_out


def _point(cells: list[str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(cells[_LATITUDE_AT]), float(cells[_LONGITUDE_AT])
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= _FARTHEST_NORTH else None
