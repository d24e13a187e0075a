"""TopoJSON with shared arcs: neighbours keep one common border through simplification and rounding."""

import itertools
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

Point: TypeAlias = tuple[int, int]
Arc: TypeAlias = tuple[Point, ...]
Shape: TypeAlias = Any
"""A shapely Polygon or MultiPolygon."""

SNAP_M: Final = 1.0


def simplified(areas: dict[str, Shape], share: float) -> dict[str, Shape]:
    """The same coverage with about `share` of its vertices; borders are simplified once, for both sides."""
    names = list(areas)
    coverage = _one_coverage([areas[name] for name in names])
    wanted = share * shapely.get_num_coordinates(coverage).sum()
    low, high = 0.0, 5000.0
    for _ in range(24):
        middle = (low + high) / 2
        kept = shapely.get_num_coordinates(shapely.coverage_simplify(coverage, middle)).sum()
        low, high = (middle, high) if kept > wanted else (low, middle)
    return dict(zip(names, shapely.coverage_simplify(coverage, high), strict=True))


def _one_coverage(shapes: list[Shape]) -> npt.NDArray[np.object_]:
    """The shapes cut from one common set of borders, so that both sides of a border have the same vertices."""
    snapped = shapely.set_precision(np.array(shapes), SNAP_M)
    borders = shapely.union_all(shapely.boundary(snapped), grid_size=SNAP_M)
    faces = shapely.get_parts(shapely.polygonize([borders]))
    inside = shapely.STRtree(snapped).query(shapely.point_on_surface(faces), predicate="within")
    owner = {int(face): int(area) for face, area in zip(*inside, strict=True)}
    owned = defaultdict(list)
    for face, area in sorted(owner.items()):
        owned[area].append(faces[face])
    return np.array([shapely.coverage_union_all(owned[at]) for at in range(len(shapes))])


def topojson(shapes: Mapping[str, Shape], *, name: str, steps: int) -> dict[str, Any]:
    """Shapes in degrees as quantised TopoJSON, exterior rings clockwise as d3 draws them, each with its `id`.

    A shape too small for the grid is left out.
    """
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    scale = ((east - west) / (steps - 1), (north - south) / (steps - 1))
    rings = {fsa: _whole_rings(shape, (west, south), scale) for fsa, shape in shapes.items()}
    corners = _corners([ring for parts in rings.values() for part in parts for ring in part])
    arcs: dict[Arc, int] = {}
    geometries = [
        {
            "type": "MultiPolygon",
            "id": fsa,
            "arcs": [[_as_arcs(ring, corners, arcs) for ring in part] for part in parts],
        }
        for fsa, parts in rings.items()
        if parts
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [round(s, 12) for s in scale], "translate": [round(west, 6), round(south, 6)]},
        "objects": {name: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_deltas(arc) for arc in arcs],
    }


def _whole_rings(shape: Shape, low: tuple[float, float], scale: tuple[float, float]) -> list[list[Arc]]:
    """Polygons as lists of rings of whole numbers, exterior first and clockwise; rings that vanish are left out."""
    polygons = []
    for part in shapely.get_parts(shape):
        whole = shapely.geometry.polygon.orient(part, sign=-1.0)
        rings = [_whole(np.asarray(ring.coords), low, scale) for ring in (whole.exterior, *whole.interiors)]
        if rings[0]:
            polygons.append([ring for ring in rings if ring])
    return polygons


def _whole(coordinates: npt.NDArray[np.float64], low: tuple[float, float], scale: tuple[float, float]) -> Arc:
    steps = np.rint((coordinates - np.array(low)) / np.array(scale)).astype(int).tolist()
    ring = [tuple(steps[0])]
    for point in map(tuple, steps[1:]):
        if point != ring[-1]:
            ring.append(point)
    return tuple(ring[:-1]) if len(ring) > 3 else ()


def _corners(rings: list[Arc]) -> set[Point]:
    """Points where borders meet: those whose neighbours differ from ring to ring, or that a ring passes twice."""
    around: dict[Point, set[Point]] = defaultdict(set)
    passes: dict[Point, int] = defaultdict(int)
    for ring in rings:
        for at, point in enumerate(ring):
            around[point] |= {ring[at - 1], ring[(at + 1) % len(ring)]}
        for point in ring:
            passes[point] += 1
    return {point for point, near in around.items() if len(near) > 2 or passes[point] > 2}


def _as_arcs(ring: Arc, corners: set[Point], arcs: dict[Arc, int]) -> list[int]:
    """The ring as numbers of arcs, new ones added; a number n < 0 is arc ~n walked backwards."""
    cuts = [at for at, point in enumerate(ring) if point in corners] or [min(range(len(ring)), key=ring.__getitem__)]
    turned = ring[cuts[0] :] + ring[: cuts[0]]
    at = [(cut - cuts[0]) % len(ring) for cut in cuts] + [len(ring)]
    closed = (*turned, turned[0])
    return [_number(closed[first : last + 1], arcs) for first, last in itertools.pairwise(at)]


def _number(arc: Arc, arcs: dict[Arc, int]) -> int:
    if arc in arcs:
        return arcs[arc]
    backwards = arc[::-1]
    if backwards in arcs:
        return ~arcs[backwards]
    return arcs.setdefault(arc, len(arcs))


def _deltas(arc: Arc) -> list[list[int]]:
    steps = np.diff(np.array(arc), axis=0, prepend=np.array([[0, 0]]))
    told: list[list[int]] = steps.tolist()
    return told
