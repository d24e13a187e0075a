"""What the common segmentation learns from: how many people of the pool have each pattern of traits. Nobody's row.

Behind the wall of numbers about others: only organizations whose agreement allows pooled statistics, only counts, only
for training in the background. What is published of it must rest on enough people and organizations (`SUPPORT`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from publicc.kernel.errors import BadInput
from publicc.kernel.period import months_before
from publicc.kernel.text import Text
from publicc.metrics.traits import CODES, TRAITS, WINDOW_MONTHS, traits_of_buyers
from publicc.releases.consent import Consent
from publicc.releases.units import snapshot_facts

PEOPLE: Final = 50
ORGANIZATIONS: Final = 5
"""How many people and organizations must stand behind each published probability."""
LEAST_PEOPLE: Final = 500
LEAST_MONTHS: Final = 18
UNKNOWN: Final = -1

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Patterns:
    """Patterns of traits: `places` patterns × traits (which code, −1 = unknown), `people` patterns × organizations.

    A person counts once, at the organization visited most.
    """

    traits: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    places: NDArray[np.int8]
    people: Ints
    on: date

    @property
    def total(self) -> int:
        """Number of people."""
        return int(self.people.sum())


def training_patterns(folder: Path, consent: Consent, on: date) -> Patterns:
    """The patterns of everyone in the pool with a visit in the 36 months before `on`, of the organizations that agree.

    Raises BadInput for fewer organizations, people or months than a model may rest on.
    """
    asked = {"on": on, "first_on": months_before(on, WINDOW_MONTHS)}
    with snapshot_facts(folder, consent.counted) as pool:
        columns = ", ".join(TRAITS)
        rows = pool.execute(
            f"SELECT home, {columns}, count(*) FROM ({traits_of_buyers(own=False)}) WHERE buyer IS NOT NULL"
            f" GROUP BY ALL ORDER BY ALL",
            asked,
        ).fetchall()
        first = pool.execute("SELECT min(starts_on) FROM purchases WHERE is_paid AND starts_on <= $on", {"on": on})
        oldest = (first.fetchone() or (None,))[0]
    _check_enough(len({row[0] for row in rows}), sum(row[-1] for row in rows), oldest, on)
    return _gathered(rows, on)


def _gathered(rows: list[tuple[object, ...]], on: date) -> Patterns:
    homes = {home: at for at, home in enumerate(sorted({str(row[0]) for row in rows}))}
    place = {name: {code: at for at, code in enumerate(CODES[name])} for name in TRAITS}
    found: dict[tuple[int, ...], Ints] = {}
    for home, *codes, people in rows:
        key = tuple(place[name].get(str(code), UNKNOWN) for name, code in zip(TRAITS, codes, strict=True))
        found.setdefault(key, np.zeros(len(homes), dtype=np.int64))[homes[str(home)]] += int(str(people))
    keys = sorted(found)
    return Patterns(
        TRAITS, CODES, np.array(keys, dtype=np.int8), np.stack([found[key] for key in keys]).astype(np.int64), on
    )


def _check_enough(organizations: int, people: int, oldest: date | None, on: date) -> None:
    if organizations < ORGANIZATIONS:
        raise BadInput(
            Text(
                "Trop peu d'organismes pour une segmentation commune.",
                "Too few organizations for a common segmentation.",
            ),
            found=Text("{n} avec des acheteurs, il en faut {least}.", "{n} with buyers, {least} are needed.").filled(
                n=organizations, least=ORGANIZATIONS
            ),
            do=Text(
                "Attendre d'autres ententes qui permettent les statistiques du collectif.",
                "Wait for more agreements that allow pooled statistics.",
            ),
        )
    if oldest is None or oldest > months_before(on, LEAST_MONTHS):
        raise BadInput(
            Text("L'historique est trop court pour une segmentation.", "The history is too short for a segmentation."),
            found=Text("Il en faut {n} mois.", "{n} months are needed.").filled(n=LEAST_MONTHS),
            do=Text("Déposer des saisons plus anciennes.", "Deposit older seasons."),
        )
    if people < LEAST_PEOPLE:
        raise BadInput(
            Text("Trop peu de personnes pour une segmentation.", "Too few people for a segmentation."),
            found=Text("{n} en 36 mois, il en faut {least}.", "{n} in 36 months, {least} are needed.").filled(
                n=people, least=LEAST_PEOPLE
            ),
            do=Text("Déposer les ventes de plus d'organismes.", "Deposit the sales of more organizations."),
        )
