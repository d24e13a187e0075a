"""The days as this installation knows them, for every page that dates something."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from publicc.directory.almanac import Almanac, Weather
from publicc.directory.breaks import current_rules
from publicc.directory.official.layers import Layer
from publicc.directory.official.weather import FILE
from publicc.store.shelf import Shelf


def current_almanac(shelf: Shelf) -> Almanac:
    """Holidays, the table of breaks as the hub last set it, and the weather that was imported."""
    rules, version = current_rules()
    file = shelf.file(Layer.WEATHER, FILE)
    if file is None:
        return Almanac(rules, version)
    return Almanac(rules, version, _weather(file), shelf.imported()[Layer.WEATHER].attribution)


@lru_cache(maxsize=2)
def _weather(file: Path) -> Mapping[date, Weather]:
    """A new import has a folder of its own, so what was read of a file stands."""
    rows = pq.read_table(file).to_pylist()
    return {row["on"]: Weather(row["celsius"], row["rain_mm"], row["snow_cm"]) for row in rows}
