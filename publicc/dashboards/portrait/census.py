"""Households of Québec's regions, from the census that the operator imported."""

from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from publicc.dashboards.portrait.screen import NO_CENSUS, Census
from publicc.directory.official.census import FILE as CENSUS_FILE
from publicc.directory.official.layers import Layer
from publicc.directory.official.traits import HOUSEHOLDS
from publicc.directory.territories import REGIONS
from publicc.metrics.market import territory_of
from publicc.store.home import Home
from publicc.store.shelf import Shelf


def census_of(home: Home) -> Census:
    """Households by region and the line of their source; nothing when no census is on the shelf."""
    shelf = Shelf.of(home)
    file, imported = shelf.file(Layer.CENSUS, CENSUS_FILE), shelf.imported().get(Layer.CENSUS)
    if file is None or imported is None:
        return NO_CENSUS
    return Census(_households(file), imported.attribution)


@lru_cache(maxsize=4)
def _households(file: Path) -> dict[str, int]:
    """The folder of a layer is named by its version: a path that is known is never another census."""
    rows = pq.read_table(file, columns=["fsa", "part"], filters=[("trait", "==", HOUSEHOLDS)]).to_pylist()
    found: dict[str, int] = {}
    for row in rows:
        region = territory_of(row["fsa"])
        if region in REGIONS:
            found[region] = found.get(region, 0) + int(row["part"])
    return found
