"""Approximate inhabited areas of FSAs, computed from postal codes alone. They are not official limits.

Every code keeps the ground nearest to it, within a distance that follows how close its neighbours are: towns are
filled, wilderness stays empty. Nothing is clipped by a coastline: that would delete islands and shores where people
live.
"""

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from scipy.spatial import cKDTree
from shapely import MultiPolygon, Polygon

from .postal import Code, Floats

GRID_M = 50
FEWEST_CELLS = 12
NEIGHBOURS = 8
REACH = 1.5
NEAREST_M, FARTHEST_M = 700, 20_000
GAP_M = 400
CRUMB_SHARE, CRUMB_M2, MOST_PARTS = 0.01, 200_000, 40

Labels = npt.NDArray[np.str_]
Areas = dict[str, Polygon | MultiPolygon]

_TO_METRES = Transformer.from_crs(4326, 3347, always_xy=True)
_TO_DEGREES = Transformer.from_crs(3347, 4326, always_xy=True)


def inhabited_areas(codes: list[Code]) -> Areas:
    """FSA → its approximate inhabited area, in metres (EPSG:3347), without overlaps."""
    x, y = _TO_METRES.transform([c.longitude for c in codes], [c.latitude for c in codes])
    points, labels = _believed(np.column_stack((x, y)), np.array([c.code[:3] for c in codes]))
    points, labels = _one_label_a_cell(points, labels)
    for _ in range(2):
        points, labels = _without_strays(points, labels)
    grown = {
        fsa: shapely.buffer(shapely.buffer(shapely.union_all(cells), GAP_M), -GAP_M)
        for fsa, cells in _cells(points, labels).items()
    }
    return {fsa: _without_crumbs(area) for fsa, area in _apart(grown).items()}


def in_degrees(shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """The same shape in longitude and latitude."""
    return shapely.transform(shape, lambda xy: np.column_stack(_TO_DEGREES.transform(xy[:, 0], xy[:, 1])))


def _believed(points: Floats, labels: Labels) -> tuple[Floats, Labels]:
    """Points not too far from their FSA's median: six times the median distance, at least 2 km."""
    keep = np.zeros(len(points), dtype=bool)
    for fsa in np.unique(labels):
        rows = np.flatnonzero(labels == fsa)
        away = np.linalg.norm(points[rows] - np.median(points[rows], axis=0), axis=1)
        keep[rows] = away <= max(6 * float(np.median(away)), 2000.0)
    return points[keep], labels[keep]


def _one_label_a_cell(points: Floats, labels: Labels) -> tuple[Floats, Labels]:
    """One point a cell of the grid, the FSA of most of its codes (the first by name when equal)."""
    cells = np.round(points / GRID_M).astype(np.int64)
    names, label = np.unique(labels, return_inverse=True)
    rows, count = np.unique(np.column_stack((cells, label)), axis=0, return_counts=True)
    order = np.lexsort((rows[:, 2], -count, rows[:, 1], rows[:, 0]))
    rows = rows[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = np.any(rows[1:, :2] != rows[:-1, :2], axis=1)
    return rows[first, :2] * float(GRID_M), names[rows[first, 2]]


def _without_strays(points: Floats, labels: Labels) -> tuple[Floats, Labels]:
    """Points with fewer than a quarter of their neighbours in their own FSA go, unless the FSA is tiny."""
    _, near = cKDTree(points).query(points, k=NEIGHBOURS + 1)
    same = (labels[near[:, 1:]] == labels[:, None]).sum(axis=1)
    names, count = np.unique(labels, return_counts=True)
    tiny = np.isin(labels, names[count < FEWEST_CELLS])
    keep = tiny | (same >= NEIGHBOURS / 4)
    return points[keep], labels[keep]


def _cells(points: Floats, labels: Labels) -> dict[str, list[Polygon]]:
    """Voronoi cells clipped by discs, by FSA."""
    away, _ = cKDTree(points).query(points, k=NEIGHBOURS + 1)
    radius = np.clip(REACH * away[:, NEIGHBOURS], NEAREST_M, FARTHEST_M)
    sites = shapely.points(points)
    voronoi = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(sites), ordered=True))
    clipped = shapely.intersection(voronoi, shapely.buffer(sites, radius, quad_segs=6))
    cells: dict[str, list[Polygon]] = {}
    for fsa, cell in zip(labels, clipped, strict=True):
        cells.setdefault(str(fsa), []).append(cell)
    return cells


def _apart(areas: Areas) -> Areas:
    """The same areas without overlaps: the smaller keeps the ground."""
    order = sorted(areas, key=lambda fsa: (areas[fsa].area, fsa))
    shapes = np.array([areas[fsa] for fsa in order])
    tree = shapely.STRtree(shapes)
    apart = {}
    for rank, fsa in enumerate(order):
        smaller = [at for at in sorted(tree.query(shapes[rank])) if at < rank]
        apart[fsa] = shapely.difference(shapes[rank], shapely.union_all(shapes[smaller])) if smaller else shapes[rank]
    return {fsa: area for fsa, area in sorted(apart.items()) if not area.is_empty}


def _without_crumbs(area: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """The parts worth drawing: more than a hundredth of the largest or than 0.2 km², forty at most."""
    parts = sorted((p for p in shapely.get_parts(area) if p.area > 0), key=lambda part: -part.area)
    kept = [part for part in parts if part.area > CRUMB_SHARE * parts[0].area or part.area > CRUMB_M2]
    return shapely.union_all((kept or parts[:1])[:MOST_PARTS])
