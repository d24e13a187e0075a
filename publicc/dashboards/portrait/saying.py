"""What the blocks of a portrait say alike: names of homes, order of cells, cells without their base. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import period_words
from publicc.kernel.period import Period
from publicc.kernel.text import Text

_ELSEWHERE: Final = {
    "CANADA": Text("Ailleurs au Canada", "Elsewhere in Canada"),
    "FOREIGN": Text("Étranger", "Abroad"),
    "UNKNOWN": Text("Domicile inconnu", "Home unknown"),
    "OTHER": Text("Hors Québec", "Outside Québec"),
}


def region_name(value: str) -> Text:
    """Of a home or of an organization."""
    return Text(REGIONS[value], REGIONS[value]) if value in REGIONS else _ELSEWHERE[value]


def by_value(cells: Mapping[str, Cell], told: Mapping[str, Cell] | None = None) -> list[tuple[str, Cell]]:
    """From the greatest to the least; withheld ones last, in the order of the catalogue.

    `told`: the cells to give, when they are not those that order.
    """
    places = {value: at for at, value in enumerate(cells)}
    ordered = sorted(cells, key=lambda one: (*_place(cells[one]), places[one]))
    return [(value, (told or cells)[value]) for value in ordered]


def _place(cell: Cell) -> tuple[int, float]:
    return (0, -float(cell.value)) if isinstance(cell, Shown) else (1, 0.0)


def first_shown(cells: Iterable[Cell]) -> Shown | None:
    """The first cell that is shown."""
    return next((cell for cell in cells if isinstance(cell, Shown)), None)


def bare(cell: Cell) -> Cell:
    """Without its base: organizations are told in words, and eight of them are not a fragile base."""
    return Shown(cell.value) if isinstance(cell, Shown) else cell


def period_text(period: Period) -> Text:
    """A period in words."""
    return Text(period_words(period, "fr"), period_words(period, "en"))
