"""What the blocks of a portrait say alike: names of homes, order of cells, cells without their base. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from publicc.directory.territories import REGIONS
from publicc.disclosure.tables import TOGETHER
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import period_words
from publicc.kernel.period import Period
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.releases.contents import MAIN_DISCIPLINE

_ELSEWHERE: Final = {
    "CANADA": Text("Ailleurs au Canada", "Elsewhere in Canada"),
    "FOREIGN": Text("Étranger", "Abroad"),
    "UNKNOWN": Text("Domicile inconnu", "Home unknown"),
    "OTHER": Text("Hors Québec", "Outside Québec"),
}


def region_name(value: str) -> Text:
    """Of a home or of an organization."""
    return Text(REGIONS[value], REGIONS[value]) if value in REGIONS else _ELSEWHERE[value]


_FAMILIES: Final = {
    "THEATRE": Text("théâtre et arts de la parole", "theatre and spoken word"),
    "DANCE": Text("danse et cirque", "dance and circus"),
    "CLASSICAL_MUSIC": Text("musique", "music"),
    "SONG_FR": Text("chanson et comédie musicale", "song and musical theatre"),
    "HUMOUR": Text("humour et variétés", "comedy and variety"),
    "CINEMA": Text("autres disciplines", "other disciplines"),
}
"""A whole family of disciplines, by its first."""


def home_name(value: str) -> Text:
    """A home, or several that are told together."""
    told = value.split(TOGETHER)
    if set(told) == set(REGIONS):
        return Text("Tout le Québec", "All of Québec")
    if set(told) > set(REGIONS):
        return Text("Québec et {others}", "Québec and {others}").filled(
            others=_inside(_listed([region_name(one) for one in told if one not in REGIONS]))
        )
    return _listed([region_name(one) for one in told])


def discipline_name(value: str) -> Text:
    """A discipline, or several that are told together: whole families by their name."""
    if TOGETHER not in value:
        return Discipline(value).label
    left, names = value.split(TOGETHER), list[Text]()
    for family in MAIN_DISCIPLINE.families:
        held = [one for one in family if one in left]
        whole = len(held) == len(family)
        labels = [Discipline(one).label for one in held]
        names += [_FAMILIES[family[0]]] if whole else [Text(one.fr.lower(), one.en.lower()) for one in labels]
    told = _listed(names)
    return Text(told.fr[:1].upper() + told.fr[1:], told.en[:1].upper() + told.en[1:])


def alone(value: str) -> bool:
    """Whether it is one value, told with no other."""
    return TOGETHER not in value


def homes_of(value: str) -> tuple[str, ...]:
    """The homes that are told together."""
    return tuple(value.split(TOGETHER))


def _inside(told: Text) -> Text:
    """As words in the middle of a line."""
    return Text(told.fr[:1].lower() + told.fr[1:], told.en[:1].lower() + told.en[1:])


def _listed(names: list[Text]) -> Text:
    return Text(", ".join(one.fr for one in names), ", ".join(one.en for one in names))


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
