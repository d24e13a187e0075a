"""The areas that maps draw, and what must be said beside each table of places: source, vintage, attribution."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text

DATA: Final = Path(__file__).parent / "data"
AREAS: Final = DATA / "areas"
"""Files that pages may fetch as they are."""
AREA_NAME: Final = Text("Zones habitées approximatives", "Approximate inhabited areas")
"""What these areas are called wherever they are drawn: not official limits, and nothing is measured on them."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table comes from, how fine it is, and the line that must stand beside it."""

    table: str
    source: str
    vintage: str
    precision: str
    license: str
    attribution: Text


def fsa_topojson_path(province: str = "QC") -> Path:
    """File of the approximate inhabited areas of a province's FSAs: TopoJSON, object `fsa`, `id` of a feature = FSA.

    Coordinates are WGS 84 degrees, exterior rings clockwise as drawn. Raises NotFound for a province without areas.
    """
    file = AREAS / f"fsa_areas_{province.lower()}.topojson"
    if province.lower() not in {"qc", "on"} or not file.is_file():
        raise NotFound(
            Text("Cette province n'a pas de zones à dessiner.", "This province has no areas to draw."),
            do=Text("Montrer un tableau.", "Show a table."),
        )
    return file


@cache
def drawn_fsas(province: str = "QC") -> frozenset[str]:
    """The FSAs that have an area in the province's file; figures of others go to the table only."""
    told = json.loads(fsa_topojson_path(province).read_text(encoding="utf-8"))
    return frozenset(one["id"] for one in told["objects"]["fsa"]["geometries"])


@cache
def sources() -> Mapping[str, Source]:
    """Every shipped table's source by name (`postal_codes`, `fsas`, `fsa_areas`)."""
    told = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            table: Source(
                table, one["source"], one["vintage"], one["precision"], one["licence"], Text(one["fr"], one["en"])
            )
            for table, one in told.items()
        }
    )
