"""Official limits of FSAs, whatever the form: zipped shapefile in any known projection, GeoJSON or TopoJSON.

Source: Statistics Canada, cartographic boundary file `lfsa000b21a`; coastlines are cut, unlike in its digital twin.
"""

import gzip
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError

from publicc.directory.official.layers import Layer, Prepared, refused, truncated
from publicc.directory.official.recognise import json_of, member_named, opened
from publicc.directory.official.shapefile import attributes, closed, polygons
from publicc.directory.places import LETTERS
from publicc.directory.topology import topojson
from publicc.kernel.errors import BadInput
from publicc.kernel.postal_codes import FSA_PATTERN
from publicc.kernel.text import Text

CODE_COLUMNS: Final = ("CFSAUID", "cfsauid", "FSA", "fsa", "RTA", "rta", "id")
DRAWN: Final = ("QC", "ON")
"""Provinces that maps draw."""
MOST_GZIPPED: Final = 150_000
"""Octets of a province's limits as a page receives them."""
_YEAR: Final = "2021"
_FSA: Final = re.compile(FSA_PATTERN)
_WEST, _SOUTH, _EAST, _NORTH = -142.0, 41.0, -52.0, 84.0
_METRES: Final = 3347
_STEPS: Final = 30_000
_FIRST_TOLERANCE_M: Final = 60.0
_COARSER: Final = 1.2
_CRUMB_SHARE, _CRUMB_M2, _MOST_PARTS = 0.01, 200_000, 40
_LEAST_SHARE_OF_FSAS: Final = 0.9
_DIGITAL: Final = "lfsa000a"

Shape: TypeAlias = Any
Found: TypeAlias = list[tuple[str, Shape]]


def read_limits(path: Path) -> Prepared:
    """The limits of Québec's and Ontario's FSAs as TopoJSON files `fsa_areas_qc.topojson`, `fsa_areas_on.topojson`.

    Raises BadInput for another level of geography, another year, coordinates that cannot be placed, a cut file.
    """
    with opened(path) as file:
        shaped = isinstance(file, zipfile.ZipFile) and member_named(file, ".shp") is not None
        rows, vintage = _of_shapefile(file) if shaped and isinstance(file, zipfile.ZipFile) else ([], "")
    if not shaped:
        rows, vintage = _of_json(json_of(path))
    _check_on_earth(rows)
    whole, mended = _whole(rows)
    files, drawn = {}, 0
    for province in DRAWN:
        inside = {fsa: shape for fsa, shape in whole.items() if LETTERS.get(fsa[0]) == province}
        if inside:
            files[f"fsa_areas_{province.lower()}.topojson"] = _drawn(inside)
            drawn += len(inside)
    if not files:
        raise _no_fsa((), "")
    return Prepared(
        layer=Layer.FSA_LIMITS,
        vintage=vintage,
        rows=len(whole),
        files=files,
        covers=tuple(sorted({LETTERS.get(fsa[0], fsa[0]) for fsa in whole})),
        notes=(_said(mended, len(whole) - drawn)),
    )


def _said(mended: int, not_drawn: int) -> tuple[Text, ...]:
    notes = []
    if mended:
        notes.append(Text(f"{mended} contours réparés.", f"{mended} outlines mended."))
    if not_drawn:
        notes.append(
            Text(
                f"{not_drawn} RTA d'autres provinces lues mais pas dessinées.",
                f"{not_drawn} FSAs of other provinces read but not drawn.",
            )
        )
    return tuple(notes)


def _of_shapefile(archive: zipfile.ZipFile) -> tuple[Found, str]:
    content = {}
    for suffix in (".shp", ".dbf", ".prj"):
        member = member_named(archive, suffix)
        if member is None:
            raise refused(
                Text(f"L'archive n'a pas de fichier {suffix}.", f"The archive has no {suffix} file."),
                do=Text("Donner l'archive telle que publiée.", "Give the archive as it is published."),
            )
        if _DIGITAL in Path(member.filename).name.lower():
            raise refused(
                Text("Cette couche comprend les eaux.", "This layer includes water."),
                do=Text("Importer lfsa000b21a (cartographique).", "Import lfsa000b21a (cartographic)."),
            )
        try:
            content[suffix] = archive.read(member)
        except (zipfile.BadZipFile, EOFError, OSError) as problem:
            raise truncated(Text(f"Le fichier {suffix} ne se lit pas.", f"The {suffix} cannot be read.")) from problem
    names, rows = attributes(content[".dbf"])
    codes = _codes(names, rows)
    shapes = list(polygons(content[".shp"]))
    if len(shapes) != len(codes):
        raise truncated(
            Text(
                f"{len(codes)} lignes d'attributs pour {len(shapes)} contours.",
                f"{len(codes)} rows of attributes for {len(shapes)} outlines.",
            )
        )
    degrees = _in_degrees(content[".prj"].decode("latin-1"), shapes)
    found = [(code, shape) for code, shape in zip(codes, degrees, strict=True) if shape is not None]
    return found, _year(row.get("DGUID", "") for row in rows)


def _in_degrees(projection: str, shapes: Sequence[Shape]) -> list[Shape]:
    try:
        to_degrees = pyproj.Transformer.from_crs(pyproj.CRS.from_user_input(projection), 4326, always_xy=True)
    except CRSError as problem:
        raise refused(
            Text("La projection de ce fichier n'est pas connue.", "The projection of this file is not known."),
            do=Text("L'enregistrer en WGS 84 (EPSG:4326).", "Save it as WGS 84 (EPSG:4326)."),
        ) from problem
    return [
        None if shape is None else shapely.transform(shape, lambda xy: np.column_stack(to_degrees.transform(*xy.T)))
        for shape in shapes
    ]


def _of_json(document: object) -> tuple[Found, str]:
    if not isinstance(document, dict):
        raise _no_fsa((), "")
    features = _topojson(document) if document.get("type") == "Topology" else document.get("features")
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise _no_fsa((), "")
    rows = [{**(one.get("properties") or {}), "id": one.get("id")} for one in features]
    told = [{name: str(value) for name, value in row.items() if value is not None} for row in rows]
    codes = _codes(tuple(dict.fromkeys(name for row in told for name in row)), told)
    shapes = [shapely.geometry.shape(one["geometry"]) if one.get("geometry") else None for one in features]
    named = (document.get("crs") or {}).get("properties", {}).get("name")
    if named:
        shapes = _in_degrees(str(named), shapes)
    return [(c, s) for c, s in zip(codes, shapes, strict=True) if s is not None], _year(
        row.get("DGUID", "") for row in told
    )


def _topojson(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The features of a TopoJSON document: arcs put end to end again, as rings of degrees."""
    scale, shift = (document.get("transform") or {"scale": (1, 1), "translate": (0, 0)}).values()
    steps = "transform" in document
    arcs = [np.array(arc, dtype=np.float64)[:, :2] for arc in document["arcs"]]
    lines = [(arc.cumsum(axis=0) if steps else arc) * np.array(scale) + np.array(shift) for arc in arcs]

    def ring(numbers: Iterable[int]) -> list[list[float]]:
        parts = [lines[n] if n >= 0 else lines[~n][::-1] for n in numbers]
        told: list[list[float]] = closed(np.vstack([parts[0], *(part[1:] for part in parts[1:])])).tolist()
        return told

    def geometry(one: Mapping[str, Any]) -> dict[str, Any] | None:
        if one.get("type") not in {"Polygon", "MultiPolygon"}:
            return None
        many = [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]
        return {"type": "MultiPolygon", "coordinates": [[ring(numbers) for numbers in part] for part in many]}

    several = [one for each in document["objects"].values() for one in each.get("geometries", [])]
    return [{"id": one.get("id"), "properties": one.get("properties"), "geometry": geometry(one)} for one in several]


def _codes(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The FSA of each row. Raises BadInput when no column holds FSAs: another level of geography."""
    for name in CODE_COLUMNS:
        codes = [row.get(name, "") for row in rows]
        if codes and sum(bool(_FSA.fullmatch(code)) for code in codes) >= _LEAST_SHARE_OF_FSAS * len(codes):
            return codes
    raise _no_fsa(names, ", ".join(names[:6]))


def _no_fsa(names: Sequence[str], said: str) -> BadInput:
    return refused(
        Text(
            "Ce fichier ne dessine pas les RTA : ce n'est pas le bon niveau de géographie.",
            "This file does not draw FSAs: it is not the right level of geography.",
        ),
        found=Text(f"Colonnes : {said}.", f"Columns: {said}.") if names else None,
        do=Text(
            "Importer les limites des régions de tri d'acheminement (lfsa000b21a_e.zip).",
            "Import the forward sortation area boundaries (lfsa000b21a_e.zip).",
        ),
    )


def _year(ids: Iterable[str]) -> str:
    """The year in the first DGUID. Raises BadInput when it is not the one that the census here is of."""
    year = next((one[:4] for one in ids if len(one) > 4 and one[:4].isdecimal()), "")
    if year and year != _YEAR:
        raise refused(
            Text(f"Ces limites sont celles de {year}.", f"These limits are those of {year}."),
            do=Text(f"Importer celles de {_YEAR}.", f"Import those of {_YEAR}."),
        )
    return year


def _check_on_earth(rows: Found) -> None:
    west, south, east, north = shapely.total_bounds([shape for _, shape in rows])
    if not (west >= _WEST and south >= _SOUTH and east <= _EAST and north <= _NORTH):
        raise refused(
            Text(
                "Les coordonnées ne sont pas des degrés du Canada : le fichier est dans une autre projection.",
                "The coordinates are not degrees in Canada: the file is in another projection.",
            ),
            found=Text(f"De {west:.0f} à {east:.0f} d'est en ouest.", f"From {west:.0f} to {east:.0f} west to east."),
            do=Text("L'enregistrer en WGS 84 (EPSG:4326).", "Save it as WGS 84 (EPSG:4326)."),
        )


def _whole(rows: Found) -> tuple[dict[str, Shape], int]:
    """One valid shape an FSA, and how many outlines had to be mended; lines and points that mending leaves are gone."""
    parts: dict[str, list[Shape]] = {}
    mended = 0
    for code, shape in rows:
        mended += not shapely.is_valid(shape)
        valid = shape if shapely.is_valid(shape) else shapely.make_valid(shape)
        parts.setdefault(code, []).extend(
            one for one in shapely.get_parts(shapely.get_parts(valid)) if one.geom_type in {"Polygon", "MultiPolygon"}
        )
    united = {code: shapely.union_all(several) for code, several in sorted(parts.items()) if several}
    return {code: shape for code, shape in united.items() if _FSA.fullmatch(code)}, mended


def _drawn(areas: Mapping[str, Shape]) -> bytes:
    """The limits as a page draws them: borders simplified once for both sides, as coarse as the weight asks."""
    to_metres = pyproj.Transformer.from_crs(4326, _METRES, always_xy=True)
    to_degrees = pyproj.Transformer.from_crs(_METRES, 4326, always_xy=True)
    metres = [shapely.transform(one, lambda xy: np.column_stack(to_metres.transform(*xy.T))) for one in areas.values()]
    simple = np.array([_without_crumbs(one) for one in metres])
    tolerance = _FIRST_TOLERANCE_M
    while True:
        simple = shapely.coverage_simplify(simple, tolerance)
        drawn = {
            fsa: shapely.transform(one, lambda xy: np.column_stack(to_degrees.transform(*xy.T)))
            for fsa, one in zip(areas, simple, strict=True)
            if not one.is_empty
        }
        content = json.dumps(topojson(drawn, name="fsa", steps=_STEPS), separators=(",", ":")).encode()
        weight = len(gzip.compress(content, 6))
        if weight <= MOST_GZIPPED:
            return content + b"\n"
        tolerance *= max(_COARSER, weight / MOST_GZIPPED)


def _without_crumbs(area: Shape) -> Shape:
    """The parts worth drawing: more than a hundredth of the largest or than 0.2 km², forty at most."""
    parts = sorted(shapely.get_parts(area), key=lambda part: -part.area)
    kept = [part for part in parts if part.area > _CRUMB_SHARE * parts[0].area or part.area > _CRUMB_M2]
    return shapely.multipolygons((kept or parts[:1])[:_MOST_PARTS])
