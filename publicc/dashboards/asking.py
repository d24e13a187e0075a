"""How screens ask: one organization's own rows under the filters of the address; what a filter cannot cut is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Self

from publicc.dashboards.filters import Choices, Filters, season_of_period
from publicc.dashboards.known import Known
from publicc.directory.almanac import SHIPPED, Almanac
from publicc.directory.official.layers import Layer
from publicc.kernel.cells import Cell, Unknown, UnknownReason
from publicc.kernel.period import Period, season_period
from publicc.kernel.scope import OwnRows
from publicc.metrics.answers import Answer, Row, answer, look_ahead
from publicc.metrics.counted import source_of
from publicc.metrics.dimensions import can_cut
from publicc.metrics.questions import Question
from publicc.metrics.registry import metric
from publicc.metrics.source import Readable, Source
from publicc.releases.catalogue import NOTHING_RELEASED, Catalogue
from publicc.releases.portrait import Portrait
from publicc.store.shelf import Imported
from publicc.store.supply import NO_SUPPLY, PublicSupply

NOT_WITH_FILTER = "filter"
"""`Unknown.missing` of a figure that the filters in use cannot cut (occupancy has no sales channel)."""


@dataclass(frozen=True)
class Asker:
    """A person's own rows under filters, as of the day of the data."""

    facts: Source
    scope: OwnRows
    filters: Filters
    as_of: date
    known: Known
    imported: Mapping[Layer, Imported] = field(default_factory=dict)
    """Official geography that stands in place of what is shipped."""
    supply: PublicSupply = NO_SUPPLY
    """What everyone offers in public: never a row of another organization's sales."""
    others: Catalogue = NOTHING_RELEASED
    """What may be read of other organizations: released cells, and nothing else."""
    almanac: Almanac = SHIPPED
    """Holidays, breaks and weather of each day."""
    territory: str = ""
    """The named territory that the page was asked for; empty: the organization's own."""

    segment: str = ""
    """`axis:code` of the segment that the page is about, when one was chosen."""

    collective: Portrait | None = None
    """What is published of the people of the whole collective, as its members read it; None when nothing is."""

    @classmethod
    def of(cls, facts: Readable, scope: OwnRows, filters: Filters, as_of: date) -> Self:
        """Over facts that nothing is known of yet."""
        return cls(source_of(facts), scope, filters, as_of, Known(as_of))

    @property
    def choices(self) -> Choices:
        """What the filters may hold."""
        return self.known.choices(self.facts)

    @property
    def titles(self) -> dict[str, str]:
        """Show id → title."""
        return self.known.titles(self.facts)

    def can_answer(self, metric_id: str) -> bool:
        """Whether the filters in use mean something for that figure."""
        return all(can_cut(metric(metric_id), dimension) for dimension, _ in self.filters.where)

    def figures(self, *metrics: str) -> dict[str, Cell]:
        """One cell a metric over the whole period."""
        asked = tuple(one for one in metrics if self.can_answer(one))
        cells: dict[str, Cell] = {one: Unknown(UnknownReason.NO_BASE, NOT_WITH_FILTER) for one in metrics}
        if asked:
            found = self.answer(asked)
            cells.update(found.rows[0].cells if found.rows else {})
        return cells

    def rows(self, *metrics: str, by: str) -> tuple[Row, ...]:
        """One row a value of `by`; figures that the filters cannot cut are unknown in each."""
        asked = tuple(one for one in metrics if self.can_answer(one))
        if not asked:
            return ()
        found = self.answer(asked, by=(by,)).rows
        left_out = {one: Unknown(UnknownReason.NO_BASE, NOT_WITH_FILTER) for one in metrics if one not in asked}
        return tuple(Row(row.dims, row.cells | left_out) for row in found) if left_out else found

    def answer(self, metrics: Iterable[str], *, by: tuple[str, ...] = ()) -> Answer:
        """The answer of `metrics` over the filters."""
        return answer(self.facts, self._question(metrics, by), self.scope)

    def look_ahead(self, *wanted: tuple[Iterable[str], str | None]) -> None:
        """What the page will ask for, figures and what they are cut by: read together what reads the same rows."""
        asked = ((tuple(one for one in metrics if self.can_answer(one)), by) for metrics, by in wanted)
        questions = [self._question(metrics, (by,) if by else ()) for metrics, by in asked if metrics]
        look_ahead(self.facts, questions, self.scope)

    def _question(self, metrics: Iterable[str], by: tuple[str, ...]) -> Question:
        return Question(
            metrics=tuple(metrics),
            by=by,
            where=self.filters.as_mapping,
            period=self.filters.period,
            as_of=self.as_of,
            with_coverage=False,
        )

    def over(self, period: Period) -> Self:
        """The same question over another period, as known today, without any filter."""
        return replace(self, filters=Filters(period, season_of_period(period)))

    def season_before(self) -> "Asker | None":
        """The same question a season earlier, as it stood at the same point; None outside a season or without one.

        The same point is the same number of days before the season closes on 31 August.
        """
        season = self.filters.season
        if season is None or season - 1 not in self.choices.seasons:
            return None
        closes, closed = season_period(season).last_on, season_period(season - 1).last_on
        same_point = closed - (closes - self.as_of) if self.as_of < closes else self.as_of
        return replace(self, filters=self.filters.for_season(season - 1), as_of=same_point)

    @property
    def is_closed(self) -> bool:
        """Whether the whole period has been played."""
        return self.filters.period.last_on <= self.as_of

    def for_season(self, season: int) -> "Asker":
        """The same filters over another season, as known today."""
        return replace(self, filters=self.filters.for_season(season))

    @property
    def played_to(self) -> date:
        """Last day of the period that has been played."""
        return min(self.filters.period.last_on, max(self.as_of, self.filters.period.first_on - timedelta(1)))
