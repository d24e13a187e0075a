"""Daily weather of one station (Environment and Climate Change Canada): mean temperature, rain, snow.

One file a year, or a zip of several, in English or in French; columns are found by name. A day without a figure stays
without one.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from publicc.directory.official.layers import Layer, Prepared, refused
from publicc.directory.official.recognise import opened
from publicc.kernel.text import Text

FILE: Final = "weather.parquet"
COLUMNS: Final = {
    "on": ("date/time", "date/heure"),
    "station": ("station name", "nom de la station"),
    "celsius": ("mean temp", "temp moy"),
    "rain_mm": ("total rain", "pluie tot"),
    "snow_cm": ("total snow", "neige tot"),
}
"""What is kept → how the column begins, in English and in French, without its unit."""
_SCHEMA: Final = pa.schema(
    {"on": pa.date32(), "celsius": pa.float64(), "rain_mm": pa.float64(), "snow_cm": pa.float64()}
)
_NEEDED: Final = ("on", "celsius")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    on: date
    station: str
    celsius: float | None
    rain_mm: float | None
    snow_cm: float | None


def read_weather(path: Path) -> Prepared:
    """One row a day: `weather.parquet`. Raises BadInput for two stations, a day that cannot be read, or no day."""
    days: dict[date, _Day] = {}
    stations: set[str] = set()
    with opened(path) as file:
        texts = _texts(file) if isinstance(file, zipfile.ZipFile) else iter([file.read()])
        for content in texts:
            for row in _rows(content):
                stations.add(row.station)
                days[row.on] = row
    if len(stations - {""}) > 1:
        raise refused(
            Text("Le fichier contient plusieurs stations.", "The file holds several stations."),
            do=Text("Donner les fichiers d'une seule station.", "Give the files of one station."),
        )
    if not days:
        raise refused(Text("Le fichier ne contient aucun jour.", "The file holds no day."))
    kept = [{name: getattr(days[on], name) for name in _SCHEMA.names} for on in sorted(days)]
    table = pa.Table.from_pylist(kept, schema=_SCHEMA)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    years = f"{min(days).year}–{max(days).year}" if min(days).year < max(days).year else str(min(days).year)
    name = next(iter(stations - {""}), "")
    note = Text("Station : {name}.", "Station: {name}.").filled(name=name)
    return Prepared(Layer.WEATHER, years, len(days), {FILE: out.getvalue()}, notes=(note,) if name else ())


def _texts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for one in sorted(archive.namelist()):
        if one.lower().endswith(".csv"):
            yield archive.read(one)


def _rows(content: bytes) -> Iterator[_Day]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    lines = csv.reader(io.StringIO(text, newline=""))
    at = _places(next(lines, []))
    if not set(_NEEDED) <= set(at):
        raise refused(
            Text("Il manque la date ou la température moyenne.", "The date or the mean temperature is missing."),
            do=Text("Télécharger les données quotidiennes en CSV.", "Download the daily data as CSV."),
        )
    for number, line in enumerate(lines, 2):
        if any(line):
            yield _day({name: line[place] if place < len(line) else "" for name, place in at.items()}, number)


def _places(names: list[str]) -> dict[str, int]:
    bare = [name.strip().lower() for name in names]
    found: dict[str, int] = {}
    for kept, begins in COLUMNS.items():
        for place, name in enumerate(bare):
            if name.startswith(begins) and "flag" not in name and "indicateur" not in name:
                found.setdefault(kept, place)
    return found


def _day(row: dict[str, str], number: int) -> _Day:
    try:
        figures = {name: _figure(row.get(name, "")) for name in ("celsius", "rain_mm", "snow_cm")}
        return _Day(on=date.fromisoformat(row["on"].strip()), station=row.get("station", "").strip(), **figures)
    except ValueError as problem:
        raise refused(
            Text("Un jour de la météo ne se lit pas.", "A day of the weather cannot be read."),
            found=Text(f"Ligne {number}.", f"Line {number}."),
            do=Text("Donner le fichier tel que publié.", "Give the file as it is published."),
        ) from problem


def _figure(told: str) -> float | None:
    bare = told.strip().replace(",", ".")
    return float(bare) if bare else None
