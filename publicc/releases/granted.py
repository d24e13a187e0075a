"""What partners of a show were shown beside releases, as the audit takes it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from publicc.disclosure.granted import Knower
from publicc.releases.contents import SUMS

METRICS: Final = tuple(table.metric for table in SUMS)
"""Figures that releases add up: the only ones that a grant of exact figures helps to take apart."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One exact figure of one night, as a partner was shown it. Slugs; `amount` in dollars or tickets."""

    known_to: str
    owner: str
    performance: str
    on: date
    metric: str
    amount: float


@dataclass(frozen=True, slots=True)
class Granted:
    """Grantee → metric → owner → what it was shown of the owner's amount in a period."""

    amounts: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)

    def beside(self, figures: Iterable[ShownFigure]) -> "Granted":
        """The same, once these are shown too; one that was shown already does not count twice when it is no more."""
        amounts = {who: {metric: dict(told) for metric, told in mine.items()} for who, mine in self.amounts.items()}
        fresh: dict[tuple[str, str, str], float] = {}
        for one in figures:
            key = (one.known_to, one.metric, one.owner)
            fresh[key] = fresh.get(key, 0.0) + one.amount
        for (who, metric, owner), amount in fresh.items():
            told = amounts.setdefault(who, {}).setdefault(metric, {})
            told[owner] = max(told.get(owner, 0.0), amount)
        return Granted(amounts)

    def knowers(self, metric: str, slugs: Sequence[str], heads: Mapping[str, str] | None = None) -> tuple[Knower, ...]:
        """The grantees of a metric over the units of a table, in its order. `heads`: who stands for a legal group."""
        place, stands = {slug: at for at, slug in enumerate(slugs)}, heads or {}
        known: dict[str, dict[str, float]] = {}
        for grantee, told in sorted(self.amounts.items()):
            mine = known.setdefault(stands.get(grantee, grantee), {})
            for owner, amount in told.get(metric, {}).items():
                mine[owner] = max(mine.get(owner, 0.0), amount)
        found = []
        for grantee, mine in known.items():
            least = np.zeros(len(slugs))
            for owner, amount in sorted(mine.items()):
                head = stands.get(owner, owner)
                if head in place and head != grantee:
                    least[place[head]] += amount
            if least.any():
                found.append(Knower(place.get(grantee), least))
        return tuple(found)


NOTHING_GRANTED: Final = Granted()
