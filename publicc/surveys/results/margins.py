"""What respondents are weighted to: buyers of the surveyed performances, by first visit and by distance.

Buyers are those with a valid ticket to a surveyed performance. New = it is their first visit. Distance = from the
buyer's place to the venue; a respondent's, from the middle of their postal area to the venue of most tickets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import duckdb
import numpy as np

from publicc.directory.distance import distance_km
from publicc.directory.places import fsa_points
from publicc.kernel.errors import PublicCError
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.surveys.results.doubts import Answered
from publicc.surveys.results.weighting import Margin

BANDS_KM: Final = (5.0, 10.0, 25.0, 50.0)
FEWEST_BUYERS: Final = 100
_BEFORE: Final = timedelta(days=30)
_YEAR: Final = timedelta(days=365)
_BUYERS: Final = """
    WITH surveyed AS (
        SELECT purchases.buyer_id, min(persons.first_visit_on) AS first_visit_on, min(purchases.distance_km) AS km,
               min(purchases.starts_on) AS came_on
        FROM purchases JOIN persons USING (buyer_id)
        WHERE purchases.ticket_status = 'VALID' AND purchases.buyer_id IS NOT NULL
          AND purchases.starts_on BETWEEN $first AND $last
          AND ($everything OR list_contains($targets, purchases.show_id)
               OR list_contains($targets, purchases.performance_id))
        GROUP BY purchases.buyer_id
    )
    SELECT count(*), count(*) FILTER (WHERE first_visit_on >= came_on),
           count(*) FILTER (WHERE km < $b1), count(*) FILTER (WHERE km >= $b1 AND km < $b2),
           count(*) FILTER (WHERE km >= $b2 AND km < $b3), count(*) FILTER (WHERE km >= $b3 AND km < $b4),
           count(*) FILTER (WHERE km >= $b4)
    FROM surveyed
"""
_VENUE: Final = """
    SELECT venues.latitude, venues.longitude FROM purchases JOIN venues USING (venue_id)
    WHERE venues.latitude IS NOT NULL AND purchases.starts_on BETWEEN $first AND $last
    GROUP BY ALL ORDER BY count(*) DESC, venues.latitude, venues.longitude LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """The buyers that respondents stand for: how many, of which period, how many new, how many in each band."""

    period: Period
    buyers: int
    new: int
    bands: tuple[int, ...]
    venue: tuple[float, float] | None

    def margins(self, responses: Sequence[Answered]) -> list[Margin]:
        """The margins of these respondents; a respondent who did not say is in no category."""
        found = []
        if 0 < self.new < self.buyers:
            codes = [_visit(one.answers.get("core.first.v1")) for one in responses]
            targets = np.array([self.new, self.buyers - self.new], dtype=np.float64)
            found.append(Margin("visit", np.array(codes, dtype=np.int64), targets / targets.sum()))
        if self.venue is not None and any(self.bands):
            codes = [_band(one.answers.get("core.place.v1"), self.venue) for one in responses]
            targets = np.array(self.bands, dtype=np.float64)
            found.append(Margin("distance", np.array(codes, dtype=np.int64), targets / targets.sum()))
        return found


def frame_of(scope: OwnRows, first: date, last: date, targets: Sequence[str] = ()) -> Frame | None:
    """The buyers of these shows or performances, else of the month before the first answer to the last one.

    When these are fewer than a hundred, those of the year before the last answer; None when there are none at all, or
    nothing was harmonised yet.
    """
    spans = [Period(first - _BEFORE, last), Period(last - _YEAR, last)]
    if targets:
        spans = [Period(date(1990, 1, 1), last)]
    try:
        with own_facts(Home.from_environment(), scope) as facts:
            frames = (_frame(facts, span, list(targets)) for span in spans)
            return next((one for one in frames if one.buyers >= FEWEST_BUYERS), None)
    except (PublicCError, duckdb.Error):
        return None


def _frame(facts: duckdb.DuckDBPyConnection, span: Period, targets: list[str]) -> Frame:
    told: dict[str, object] = {"first": span.first_on, "last": span.last_on}
    bands = {f"b{n}": km for n, km in enumerate(BANDS_KM, start=1)}
    row = facts.execute(_BUYERS, told | bands | {"targets": targets, "everything": not targets}).fetchone()
    venue = facts.execute(_VENUE, told).fetchone()
    counts = [int(one) for one in row or (0,) * 7]
    return Frame(span, counts[0], counts[1], tuple(counts[2:]), (venue[0], venue[1]) if venue else None)


def _visit(first: object) -> int:
    if not isinstance(first, str):
        return -1
    return 0 if first == "first" else 1


def _band(fsa: object, venue: tuple[float, float]) -> int:
    point = fsa_points().get(fsa) if isinstance(fsa, str) else None
    if point is None:
        return -1
    return int(np.searchsorted(BANDS_KM, distance_km(*point, *venue), side="right"))
