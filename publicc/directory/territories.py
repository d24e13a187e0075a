"""Québec's administrative regions, and the named territories a hub counts as local. Territories are data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

REGIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "01": "Bas-Saint-Laurent",
        "02": "Saguenay–Lac-Saint-Jean",
        "03": "Capitale-Nationale",
        "04": "Mauricie",
        "05": "Estrie",
        "06": "Montréal",
        "07": "Outaouais",
        "08": "Abitibi-Témiscamingue",
        "09": "Côte-Nord",
        "10": "Nord-du-Québec",
        "11": "Gaspésie–Îles-de-la-Madeleine",
        "12": "Chaudière-Appalaches",
        "13": "Laval",
        "14": "Lanaudière",
        "15": "Laurentides",
        "16": "Montérégie",
        "17": "Centre-du-Québec",
    }
)
"""Code → name. Names are the same in both languages."""

PROVINCES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "AB": Text("Alberta", "Alberta"),
        "BC": Text("Colombie-Britannique", "British Columbia"),
        "MB": Text("Manitoba", "Manitoba"),
        "NB": Text("Nouveau-Brunswick", "New Brunswick"),
        "NL": Text("Terre-Neuve-et-Labrador", "Newfoundland and Labrador"),
        "NS": Text("Nouvelle-Écosse", "Nova Scotia"),
        "NT": Text("Territoires du Nord-Ouest", "Northwest Territories"),
        "NU": Text("Nunavut", "Nunavut"),
        "ON": Text("Ontario", "Ontario"),
        "PE": Text("Île-du-Prince-Édouard", "Prince Edward Island"),
        "QC": Text("Québec", "Québec"),
        "SK": Text("Saskatchewan", "Saskatchewan"),
        "YT": Text("Yukon", "Yukon"),
    }
)
REGION_UNKNOWN: Final = Text("Région inconnue", "Unknown region")
REGION_UNCERTAIN: Final = Text("région incertaine", "uncertain region")

_TABLE: Final = Path(__file__).parent / "data" / "territories.toml"


@dataclass(frozen=True, slots=True)
class Territory:
    """A named set of FSAs: everything that starts with one of `prefixes`, less what starts with one of `exceptions`."""

    slug: str
    name: Text
    note: Text
    prefixes: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    home: bool = False
    """Whether people may be said to live in it: a city, never a district, since an FSA is not a district."""

    def holds(self, fsa: str) -> bool:
        """Whether the FSA belongs to the territory."""
        return fsa.startswith(self.prefixes) and not (self.exceptions and fsa.startswith(self.exceptions))


def territories_in(table: str) -> Mapping[str, Territory]:
    """The territories of a TOML table: `[slug]` with `fr`, `en`, `prefixes`; `exceptions`, `note_fr`, `note_en` if any.

    Raises BadInput when the table cannot be read or a territory lacks its name or prefixes.
    """
    try:
        told = tomllib.loads(table)
        return MappingProxyType(
            {
                slug: Territory(
                    slug=slug,
                    name=Text(one["fr"], one["en"]),
                    note=Text(one.get("note_fr", ""), one.get("note_en", "")),
                    prefixes=tuple(one["prefixes"]),
                    exceptions=tuple(one.get("exceptions", ())),
                    home=bool(one.get("home")),
                )
                for slug, one in told.items()
            }
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise BadInput(
            Text("La table des territoires ne se lit pas.", "The table of territories cannot be read."),
            do=Text(
                "Donner à chaque territoire fr, en et prefixes.", "Give each territory its fr, its en and its prefixes."
            ),
        ) from problem


@cache
def territories() -> Mapping[str, Territory]:
    """The territories shipped with Public C, by slug."""
    return territories_in(_TABLE.read_text(encoding="utf-8"))


def local_territory_of(fsa: str) -> str | None:
    """The slug of the first shipped territory that counts as a home for `fsa` (Montréal's island, Laval), if any."""
    return next((slug for slug, one in territories().items() if one.home and one.holds(fsa)), None)


def territory_holding(fsa: str | None, declared: str | None) -> str | None:
    """Where something offered is: the district that holds its FSA, else what was declared, else the city.

    A declared district holds what has no address, never what is known to be elsewhere (as `harmonise.same_days`).
    """
    named = territories()
    if fsa is not None:
        district = next((slug for slug, one in named.items() if not one.home and one.holds(fsa)), None)
        if district is not None:
            return district
    is_district = declared in named and not named[declared or ""].home
    if declared and (fsa is None or not is_district):
        return declared
    return local_territory_of(fsa) if fsa else None
