"""The register of Québec's municipalities (`MUN.csv`, MAMH): name, kind, region, MRC, area, population.

The file also names elected people and officers, with addresses and telephones: those columns are never read.
"""

import csv
import io
import re
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from publicc.directory.official.layers import Layer, Prepared, refused, truncated
from publicc.directory.official.recognise import opened
from publicc.directory.territories import REGIONS
from publicc.kernel.text import Text

FILE: Final = "municipalities.parquet"
NEEDED: Final = ("mcode", "munnom", "mdes", "regadm", "divrec", "mrc", "msuperf", "mpopul")
_CODE: Final = re.compile(r"\((\d{2,3})\)\s*$")
_SCHEMA: Final = pa.schema(
    {
        "mcode": pa.string(), "name": pa.string(), "designation": pa.string(), "admin_region": pa.string(),
        "mrc_code": pa.string(), "mrc": pa.string(), "area_km2": pa.float64(), "population": pa.int64(),
    }
)  # fmt: skip


def read_municipalities(path: Path) -> Prepared:
    """One row a municipality: `municipalities.parquet`. `mrc_code` has three digits, padded right, None outside an MRC.

    Raises BadInput when a column is missing, or when the file stops before its end.
    """
    with opened(path) as file:
        text = file.read() if not hasattr(file, "namelist") else b""
    rows = csv.reader(io.StringIO(_decoded(text), newline=""))
    names = next(rows, [])
    missing = [name for name in NEEDED if name not in names]
    if missing:
        said = ", ".join(missing)
        raise refused(
            Text("Des colonnes manquent au répertoire.", "Columns are missing from the register."),
            found=Text(f"Absentes : {said}.", f"Absent: {said}."),
            do=Text("Télécharger MUN.csv tel que publié.", "Download MUN.csv as it is published."),
        )
    at = {name: names.index(name) for name in NEEDED}
    kept = []
    for number, row in enumerate(rows, start=2):
        if len(row) != len(names):
            raise truncated(Text(f"Il s'arrête à la ligne {number}.", f"It stops at line {number}."))
        kept.append(_municipality({name: row[place].strip() for name, place in at.items()}, number))
    absent = set(REGIONS) - {one["admin_region"] for one in kept}
    if absent:
        said = ", ".join(REGIONS[code] for code in sorted(absent))
        raise truncated(Text(f"Régions sans municipalité : {said}.", f"Regions without a municipality: {said}."))
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(kept, schema=_SCHEMA), out, compression="zstd")
    return Prepared(Layer.MUNICIPALITIES, "", len(kept), {FILE: out.getvalue()}, ("QC",))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _municipality(row: dict[str, str], number: int) -> dict[str, str | float | int | None]:
    region = _CODE.search(row["regadm"])
    if region is None or region[1] not in REGIONS:
        raise refused(
            Text("Une région administrative ne se lit pas.", "An administrative region cannot be read."),
            found=Text(f"Ligne {number}, colonne regadm.", f"Line {number}, column regadm."),
        )
    mrc = _CODE.search(row["mrc"])
    return {
        "mcode": row["mcode"],
        "name": row["munnom"],
        "designation": row["mdes"],
        "admin_region": region[1],
        "mrc_code": mrc[1].ljust(3, "0") if mrc else None,
        "mrc": _CODE.sub("", row["mrc"]).strip() or None,
        "area_km2": _number(row["msuperf"]),
        "population": int(_number(row["mpopul"]) or 0),
    }


def _number(said: str) -> float | None:
    try:
        return float(said.replace(",", "."))
    except ValueError:
        return None
