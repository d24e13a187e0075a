"""One door for every official file: recognise it, read it, hand on what is kept."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from publicc.directory.official.census import read_census
from publicc.directory.official.geonames import read_geonames
from publicc.directory.official.layers import Layer, Prepared
from publicc.directory.official.limits import read_limits
from publicc.directory.official.municipalities import read_municipalities
from publicc.directory.official.recognise import layer_of
from publicc.directory.official.weather import read_weather

_READERS: Final[Mapping[Layer, Callable[[Path], Prepared]]] = {
    Layer.FSA_LIMITS: read_limits,
    Layer.CENSUS: read_census,
    Layer.MUNICIPALITIES: read_municipalities,
    Layer.POSTAL_CODES: read_geonames,
    Layer.WEATHER: read_weather,
}


def read_official(path: Path) -> Prepared:
    """What is kept of an official file. Raises BadInput, in words for the person who gave it; writes nothing."""
    return _READERS[layer_of(path)](path)
