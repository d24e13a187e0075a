"""What partners of a show were shown beside releases, as the audit takes it. Pure."""

from collections.abc import Mapping, Sequence
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

    def knowers(self, metric: str, slugs: Sequence[str]) -> tuple[Knower, ...]:
        """The grantees of a metric over the organizations of a table, in its order."""
        place = {slug: at for at, slug in enumerate(slugs)}
        found = []
        for grantee, told in sorted(self.amounts.items()):
            least = np.zeros(len(slugs))
            for owner, amount in told.get(metric, {}).items():
                if owner in place:
                    least[place[owner]] = amount
            if least.any():
                found.append(Knower(place.get(grantee), least))
        return tuple(found)


NOTHING_GRANTED: Final = Granted()
