"""What people met outside venues are weighted to: the people of 15 and over who live where they live, by the census.

Territory = the home territories where ten respondents or more live. Margins: age (15–34, 35–64, 65 and over), French
or another language at home, territory. Source: docs/reference/surveys.en.md (weights).
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from publicc.directory.places import home_territories
from publicc.metrics.source import Census
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.weighting import SMALLEST_CATEGORY, Margin

AGES: Final = ("age_15_34", "age_35_64", "age_65_up")
_AGE_OF: Final = {"15-24": 0, "25-34": 0, "35-44": 1, "45-54": 1, "55-64": 1, "65-74": 2, "75+": 2}
_FRENCH: Final = "home_french"


def population_margins(people: Sequence[Answered], census: Census) -> list[Margin]:
    """The margins of these respondents; none where too few of them say where they live."""
    lives = [home_territories().get(_text(one.answers.get("core.place.v1"))) for one in people]
    counts = Counter(one for one in lives if one is not None)
    territories = sorted(name for name, n in counts.items() if n >= SMALLEST_CATEGORY)
    homes = {fsa: name for fsa, name in home_territories().items() if name in territories and fsa in census}
    if not homes:
        return []
    ages = [sum(_part(census, fsa, age) for fsa in homes) for age in AGES]
    adults = [
        sum(_part(census, fsa, age) for fsa, name in homes.items() if name == territory for age in AGES)
        for territory in territories
    ]
    found = [
        ("age", [_AGE_OF.get(_text(one.answers.get("core.age.v1")), -1) for one in people], ages),
        ("language", [_language(one.answers.get("core.language.v1")) for one in people], _languages(census, homes)),
        ("territory", [territories.index(one) if one in territories else -1 for one in lives], adults),
    ]
    return [
        Margin(name, np.array(codes, dtype=np.int64), np.array(targets, dtype=np.float64) / sum(targets))
        for name, codes, targets in found
        if sum(targets) > 0 and max(codes, default=-1) >= 0
    ]


def _languages(census: Census, homes: dict[str, str]) -> list[float]:
    """People who speak French at home, and the others."""
    french = sum(_part(census, fsa, _FRENCH) for fsa in homes)
    whole = sum(census[fsa][_FRENCH][1] for fsa in homes if _FRENCH in census[fsa])
    return [french, whole - french]


def _language(said: Any) -> int:  # noqa: ANN401 - an answer of any kind
    if not isinstance(said, list) or not said or "refused" in said:
        return -1
    return 0 if "fr" in said else 1


def _part(census: Census, fsa: str, trait: str) -> float:
    return census[fsa].get(trait, (0.0, 0.0))[0]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
