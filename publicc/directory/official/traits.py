"""What is kept of a census about each FSA: shares of its people or households, by the ids of the 2021 profile. Pure.

A share is a part and a whole, never a percentage: parts and wholes add up over areas, percentages and medians do not.
Where the file leaves a total out, the sum of its groups or the whole population stands for it, in the order listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from publicc.kernel.text import Text

Ids: TypeAlias = tuple[int, ...]
Counts: TypeAlias = Mapping[int, float | None]

POPULATION: Final = "population"
HOUSEHOLDS: Final = "households"
INCOME: Final = "median_income"


@dataclass(frozen=True, slots=True)
class Trait:
    """A share of people or households. `parts` and `wholes`: ways to add it up, the first whose ids are all there."""

    id: str
    theme: Text
    label: Text
    parts: tuple[Ids, ...]
    wholes: tuple[Ids, ...]


_AGE: Final = Text("Âge", "Age")
_LANGUAGE: Final = Text("Langue parlée à la maison", "Language spoken at home")
_INCOME: Final = Text("Revenu du ménage", "Household income")
_HOUSEHOLD: Final = Text("Type de ménage", "Type of household")
_TENURE: Final = Text("Mode d'occupation", "Tenure")
_SCHOOLING: Final = Text("Scolarité", "Schooling")
_ORIGIN: Final = Text("Immigration", "Immigration")

_PEOPLE: Final = ((8,), (1,))
_OLDER: Final = ((24,), (25, 26, 27, 28, 29), (25, 26, 27, 28, 30, 31, 32, 33))
_HOUSES_BY_INCOME: Final = ((260,), tuple(range(261, 277)))
_KINDS: Final = ((100,),)

_ALL: Final = (
    Trait("age_0_14", _AGE, Text("0 à 14 ans", "0 to 14"), ((9,), (10, 11, 12)), _PEOPLE),
    Trait("age_15_34", _AGE, Text("15 à 34 ans", "15 to 34"), ((14, 15, 16, 17),), _PEOPLE),
    Trait("age_35_64", _AGE, Text("35 à 64 ans", "35 to 64"), ((18, 19, 20, 21, 22, 23),), _PEOPLE),
    Trait("age_65_up", _AGE, Text("65 ans et plus", "65 and over"), _OLDER, _PEOPLE),
    Trait("home_french", _LANGUAGE, Text("Français", "French"), ((739,),), ((735,),)),
    Trait("home_english", _LANGUAGE, Text("Anglais", "English"), ((738,),), ((735,),)),
    Trait("home_other", _LANGUAGE, Text("Autre langue", "Another language"), ((740,),), ((735,),)),
    Trait(
        "income_under_40", _INCOME, Text("Moins de 40 000 $", "Under $40,000"), (tuple(range(261, 269)),),
        _HOUSES_BY_INCOME,
    ),
    Trait(
        "income_40_99", _INCOME, Text("40 000 à 99 999 $", "$40,000 to $99,999"), (tuple(range(269, 276)),),
        _HOUSES_BY_INCOME,
    ),
    Trait("income_100_up", _INCOME, Text("100 000 $ et plus", "$100,000 and over"), ((276,),), _HOUSES_BY_INCOME),
    Trait("one_person", _HOUSEHOLD, Text("Une personne", "One person"), ((110,),), _KINDS),
    Trait("couple_children", _HOUSEHOLD, Text("Couple avec enfants", "Couple with children"), ((103,),), _KINDS),
    Trait("couple_alone", _HOUSEHOLD, Text("Couple sans enfant", "Couple without children"), ((104,),), _KINDS),
    Trait("one_parent", _HOUSEHOLD, Text("Famille monoparentale", "One-parent family"), ((105,),), _KINDS),
    Trait("renter", _TENURE, Text("Locataire", "Renter"), ((1416,),), ((1414,), (1415, 1416))),
    Trait(
        "degree", _SCHOOLING, Text("Baccalauréat ou plus", "Bachelor's degree or higher"), ((2008,),), ((1998,),)
    ),
    Trait("immigrant", _ORIGIN, Text("Personnes immigrantes", "Immigrants"), ((1529,),), ((1527,),)),
)  # fmt: skip
TRAITS: Final[Mapping[str, Trait]] = MappingProxyType({one.id: one for one in _ALL})
"""Traits by id, in the order in which they are read."""

LABELS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        POPULATION: Text("population", "population"),
        HOUSEHOLDS: Text("ménages", "households"),
        INCOME: Text("revenu médian", "median income"),
        **{one.id: Text(one.label.fr.lower(), one.label.en.lower()) for one in _ALL},
    }
)
"""Everything that is measured of an area, in words."""

_HOUSEHOLD_WAYS: Final = ((5,), (41,), (42, 43, 44, 45, 46, 47, 48, 49), (1414,), (1415, 1416))
"""Occupied private dwellings, or what adds up to them."""
_INCOME_ID: Final = 244
_POPULATION_ID: Final = 1
WANTED: Final = frozenset(
    {_POPULATION_ID, _INCOME_ID}
    | {one for way in _HOUSEHOLD_WAYS for one in way}
    | {one for trait in _ALL for way in (*trait.parts, *trait.wholes) for one in way}
)
"""Characteristics that are read; the others are passed over."""


def measured(counts: Counts) -> dict[str, tuple[float | None, float | None]]:
    """Part and whole of each trait of one area, and `population`, `households`, `median_income` with a whole of 1.

    None where the file does not say. An area without people has wholes of 0.
    """
    told: dict[str, tuple[float | None, float | None]] = {
        POPULATION: (_added(counts, ((_POPULATION_ID,),)), 1.0),
        HOUSEHOLDS: (_added(counts, _HOUSEHOLD_WAYS), 1.0),
        INCOME: (counts.get(_INCOME_ID), 1.0),
    }
    for trait in _ALL:
        part, whole = _added(counts, trait.parts), _added(counts, trait.wholes)
        told[trait.id] = (part, whole) if part is not None and whole is not None else (None, None)
    return told


def _added(counts: Counts, ways: tuple[Ids, ...]) -> float | None:
    """The sum of the first way whose ids are all known."""
    for way in ways:
        values = [counts.get(one) for one in way]
        known = [value for value in values if value is not None]
        if len(known) == len(way):
            return sum(known)
    return None
