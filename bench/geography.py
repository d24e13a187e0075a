"""Official files at their real size: limits of 15 million vertices, a census profile of 4.3 million rows; time, memory.

The files are invented in the shape of Statistics Canada's (`lfsa000b21a_e.zip`, `98-401-X2021013_eng_CSV.zip`): same
members, columns, projection and encoding, every FSA of Canada. Each is read in a process of its own.
`PUBLICC_BENCH_VERTICES` (15 000 000), `PUBLICC_BENCH_CHARACTERISTICS` (2 631).
"""

import csv
import io
import multiprocessing
import os
import resource
import struct
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import numpy as np
import pyproj

from publicc.directory.official.census import MOST_CHARACTERISTIC
from publicc.directory.official.read import read_official
from publicc.directory.official.recognise import CENSUS_COLUMNS
from publicc.directory.places import fsas_table

VERTICES = int(os.environ.get("PUBLICC_BENCH_VERTICES", "15000000"))
CHARACTERISTICS = int(os.environ.get("PUBLICC_BENCH_CHARACTERISTICS", str(MOST_CHARACTERISTIC)))
BARS = {"limits_peak_mb": 2_500, "census_peak_mb": 500}
_METRES: Final = 3347
_POLYGON: Final = 5
_HEADER: Final = (
    "CENSUS_YEAR", "DGUID", "ALT_GEO_CODE", "GEO_LEVEL", "GEO_NAME", "TNR_SF", "TNR_LF", "DATA_QUALITY_FLAG",
    "CHARACTERISTIC_ID", "CHARACTERISTIC_NAME", "CHARACTERISTIC_NOTE", "C1_COUNT_TOTAL", "SYMBOL",
)  # fmt: skip


def run() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        limits, census = Path(folder) / "lfsa000b21a_e.zip", Path(folder) / "98-401-X2021013_eng_CSV.zip"
        drawn, told = write_limits(limits), write_census(census)
        return {
            "limits_archive_mb": round(limits.stat().st_size / 1e6),
            "limits_shp_mb": round(drawn / 1e6),
            **{f"limits_{name}": value for name, value in _read_alone(limits).items()},
            "census_archive_mb": round(census.stat().st_size / 1e6),
            "census_csv_mb": round(told / 1e6),
            **{f"census_{name}": value for name, value in _read_alone(census).items()},
            "bars": BARS,
        }


def _read_alone(path: Path) -> dict[str, object]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        return alone.submit(_measured, str(path)).result()


def _measured(path: str) -> dict[str, object]:
    started, worked = time.perf_counter(), time.process_time()
    read = read_official(Path(path))
    return {
        "rows": read.rows,
        "seconds": round(time.perf_counter() - started, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "kept_octets": sum(len(content) for content in read.files.values()),
    }


def write_limits(path: Path) -> int:
    """A zipped shapefile of every FSA, jagged coasts in metres; octets of its `.shp`."""
    codes, east, north = _points()
    each = max(8, VERTICES // len(codes))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        record = 8 + 44 + 4 + 16 * (each + 1)
        size = 100 + record * len(codes)
        with archive.open("lfsa000b21a_e.shp", "w", force_zip64=True) as file:
            file.write(struct.pack(">i20xi", 9994, size // 2) + struct.pack("<ii", 1000, _POLYGON) + bytes(64))
            for at in range(len(codes)):
                file.write(_outline(at, float(east[at]), float(north[at]), each))
        archive.writestr("lfsa000b21a_e.dbf", _attributes(codes))
        archive.writestr("lfsa000b21a_e.prj", pyproj.CRS.from_epsg(_METRES).to_wkt("WKT1_ESRI"))
    return size


def _points() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Every FSA with its place, in metres."""
    table = fsas_table()
    codes, latitudes, longitudes = (table.column(name).to_pylist() for name in ("fsa", "latitude", "longitude"))
    known = [at for at, latitude in enumerate(latitudes) if latitude is not None]
    to_metres = pyproj.Transformer.from_crs(4326, _METRES, always_xy=True)
    east, north = to_metres.transform([longitudes[at] for at in known], [latitudes[at] for at in known])
    return [codes[at] for at in known], np.array(east), np.array(north)


def _outline(at: int, east: float, north: float, vertices: int) -> bytes:
    """One record: a star-shaped ring, clockwise, whose radius wanders as a coast does."""
    chance = np.random.default_rng(at)
    angles = -np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    reach = 2_000 + 400 * np.sin(9 * angles) + chance.normal(0, 3, vertices)
    ring = np.column_stack((east + reach * np.cos(angles), north + reach * np.sin(angles)))
    ring = np.vstack((ring, ring[:1]))
    box = struct.pack("<4d", *ring.min(axis=0), *ring.max(axis=0))
    content = struct.pack("<i", _POLYGON) + box + struct.pack("<iii", 1, len(ring), 0) + ring.astype("<f8").tobytes()
    return struct.pack(">ii", at + 1, len(content) // 2) + content


def _attributes(codes: list[str]) -> bytes:
    """The `.dbf`: CFSAUID and DGUID, as text."""
    fields = (("CFSAUID", 3), ("DGUID", 21))
    width = 1 + sum(size for _, size in fields)
    head = struct.pack("<B3xIHH20x", 3, len(codes), 33 + 32 * len(fields), width)
    told = b"".join(
        name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([size]) + bytes(15) for name, size in fields
    )
    rows = b"".join(b" " + code.encode() + f"2021A0011{code}".encode().ljust(21) for code in codes)
    return head + told + b"\r" + rows


def write_census(path: Path) -> int:
    """A zipped census profile of every FSA, in the publisher's order; octets of its CSV."""
    written = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        name = "98-401-X2021013_English_CSV_data.csv"
        with archive.open(name, "w", force_zip64=True) as file:
            for block in _blocks():
                written += file.write(block.encode("cp1252"))
    return written


def _blocks() -> Iterator[str]:
    """The header, then the rows of one area at a time."""
    yield _lines([[*_HEADER, *(["C2_COUNT_MEN+", "SYMBOL"] * 5)][:CENSUS_COLUMNS]])
    for code in sorted(fsas_table().column("fsa").to_pylist()):
        area = ["2021", f"2021A0011{code}", code, "Forward sortation area", code, "3.1", "4.2", "00000"]
        yield _lines(
            [
                [*area, str(one), f"  Total - Characteristic {one} of households", "", str(one % 97 * 5), "", "50", "",
                 "45", "", "100.0", "", "50.0", "", "50.0", ""]
                for one in range(1, CHARACTERISTICS + 1)
            ]
        )  # fmt: skip


def _lines(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
