"""The portrait that an address asks for: which release, read by whom; its screen, its stamp, its provenance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from publicc.dashboards.describing import Chip, Definition, defined
from publicc.dashboards.filters import season_or_period
from publicc.dashboards.page import DataTable, Screen
from publicc.dashboards.portrait.census import census_of
from publicc.dashboards.portrait.saying import period_text
from publicc.dashboards.portrait.screen import portrait_screen
from publicc.dashboards.wording import on_day
from publicc.dashboards.writing import Provenance
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS
from publicc.releases.portrait import Portrait, portraits_of
from publicc.store.home import Home


@dataclass(frozen=True)
class Asked:
    """One release among those in force."""

    portraits: tuple[Portrait, ...]
    chosen: Portrait
    home: Home

    @cached_property
    def screen(self) -> Screen:
        """The page."""
        return portrait_screen(self.portraits, self.chosen, census_of(self.home))

    @property
    def period(self) -> str:
        """As an address says it."""
        return season_or_period(self.chosen.period)

    def over(self, season: str) -> "Asked | None":
        """The same for another released period; None when it was not released."""
        found = next((one for one in self.portraits if season_or_period(one.period) == season), None)
        return Asked(self.portraits, found, self.home) if found else None

    def chips(self) -> tuple[Chip, ...]:
        """The choice of a release."""
        options = tuple((season_or_period(one.period), period_text(one.period)) for one in self.portraits)
        return (Chip("season", Text("Période", "Period"), options, self.period),)

    def definitions(self) -> tuple[Definition, ...]:
        """Of every figure of the page, once each."""
        screen = self.screen
        tables = (*screen.tables, *(chart.table for chart in screen.charts))
        found = [*screen.metrics, *(one.metric for one in screen.tiles)]
        found += [column.id for table in tables for column in table.columns]
        return tuple(defined(METRICS[one]) for one in dict.fromkeys(found) if one in METRICS)

    def stamp(self) -> tuple[Text, ...]:
        """What makes a figure traceable: period, release, policy, day."""
        told = self.chosen.certificate
        return (
            period_text(self.chosen.period),
            Text("publication {id}", "release {id}").filled(id=self.chosen.name),
            Text("politique {v}", "policy {v}").filled(v=told["policy"]["version"]),
            Text("en vigueur depuis le {day}", "in force since {day}").filled(day=_day(self.chosen.publication.on)),
        )

    def provenance(self, table: DataTable) -> Provenance:
        """What a file of a table carries."""
        told = self.chosen.certificate
        columns = [METRICS[column.id] for column in table.columns if column.id in METRICS]
        return Provenance(
            definitions=tuple((one.label, one.formula) for one in columns),
            stamp=(
                (Text("Période", "Period"), str(self.chosen.period)),
                (Text("Publication", "Release"), self.chosen.name),
                (Text("Politique", "Policy"), str(told["policy"]["version"])),
            ),
        )


def asked_portrait(asked: Mapping[str, Any], *, is_public: bool, period: str = "") -> Asked | None:
    """The release of `period`, else of the address's `season`, else the newest that counts persons.

    None before any release is in force. Raises NotFound for a period that was not released.
    """
    home = Home.from_environment()
    portraits = portraits_of(home, is_public=is_public)
    if not portraits:
        return None
    newest = Asked(portraits, next((one for one in portraits if one.counts_persons), portraits[0]), home)
    wanted = period or str(asked.get("season", ""))
    told = newest.over(wanted) if wanted else newest
    if told is None:
        raise NotFound(
            Text("Rien n'a été publié sur cette période.", "Nothing was released for this period."),
            do=Text("Choisir une période publiée.", "Choose a released period."),
        )
    return told


def _day(iso: str) -> Text:
    return on_day(date.fromisoformat(iso))
