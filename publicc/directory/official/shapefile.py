"""Shapefiles: polygons with NumPy (an official layer has some 15 million vertices), attributes as they are needed.

A reader that gives a Python pair for each vertex would need gigabytes for the limits of Canada; this one copies octets.
Format: ESRI Shapefile Technical Description (1998), polygon shapes only.
"""

import struct
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from publicc.directory.official.layers import refused, truncated
from publicc.kernel.text import Text

_HEADER: Final = 100
_POLYGONS: Final = frozenset({5, 15, 25})
_LENGTH_AT: Final = 24
_TYPE_AT: Final = 32

Floats: TypeAlias = npt.NDArray[np.float64]


def polygons(content: bytes) -> Iterator[Any]:
    """The shapes of a `.shp`, in order, in its own coordinates; None for a record without shape.

    Raises BadInput when the file is shorter than it says, or draws something else than areas.
    """
    if len(content) < _HEADER or struct.unpack_from(">i", content, _LENGTH_AT)[0] * 2 > len(content):
        raise truncated(Text("Le fichier .shp est plus court qu'il le dit.", "The .shp is shorter than it says."))
    if struct.unpack_from("<i", content, _TYPE_AT)[0] not in _POLYGONS:
        raise refused(
            Text("Ce fichier ne dessine pas des territoires.", "This file does not draw areas."),
            do=Text("Importer une couche de polygones.", "Import a layer of polygons."),
        )
    at = _HEADER
    while at < len(content):
        (_, words) = struct.unpack_from(">ii", content, at)
        yield _shape(content, at + 8)
        at += 8 + 2 * words


def _shape(content: bytes, at: int) -> Any:  # noqa: ANN401 - a shapely geometry or None
    (kind,) = struct.unpack_from("<i", content, at)
    if kind == 0:
        return None
    parts, points = struct.unpack_from("<ii", content, at + 36)
    starts = np.frombuffer(content, "<i4", parts, at + 44)
    vertices = np.frombuffer(content, "<f8", 2 * points, at + 44 + 4 * parts).reshape(-1, 2)
    rings = [vertices[a:b] for a, b in zip(starts, (*starts[1:], points), strict=True) if b - a > 3]
    return shapely.build_area(shapely.geometrycollections([shapely.linestrings(closed(ring)) for ring in rings]))


def closed(ring: Floats) -> Floats:
    """The ring with its first point again at its end."""
    return ring if np.array_equal(ring[0], ring[-1]) else np.vstack((ring, ring[:1]))


def attributes(content: bytes, *, encoding: str = "cp1252") -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Names of the columns of a `.dbf`, and its rows as text, trimmed. Raises BadInput when it is cut short."""
    try:
        count, header, width = struct.unpack_from("<IHH", content, 4)
        fields, at = [], 32
        while content[at] != 0x0D:
            name = content[at : at + 11].split(b"\0")[0].decode("ascii", "replace")
            fields.append((name, content[at + 16]))
            at += 32
    except (struct.error, IndexError) as problem:
        raise truncated(Text("Le fichier .dbf ne se lit pas.", "The .dbf cannot be read.")) from problem
    if len(content) < header + count * width:
        raise truncated(Text("Le fichier .dbf est plus court qu'il le dit.", "The .dbf is shorter than it says."))
    return tuple(name for name, _ in fields), [
        _row(content[header + i * width + 1 : header + (i + 1) * width], fields, encoding) for i in range(count)
    ]


def _row(record: bytes, fields: list[tuple[str, int]], encoding: str) -> dict[str, str]:
    row, at = {}, 0
    for name, size in fields:
        row[name] = record[at : at + size].decode(encoding, "replace").strip()
        at += size
    return row
