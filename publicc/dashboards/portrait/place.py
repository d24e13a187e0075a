"""Where a portrait is read, and by whom: in an organization, at the hub, or in public. Its addresses follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from publicc.dashboards.filters import season_or_period
from publicc.dashboards.page import Chart, DataTable
from publicc.releases.portrait import Portrait

EMBEDDED: Final = "embed"


@dataclass(frozen=True, slots=True)
class Place:
    """`route`: the name of the page, before which those of its parts begin. `slug`: of the organization, if any."""

    route: str
    is_public: bool = False
    slug: str = ""

    def address(self, part: str = "", *args: str, period: str = "") -> str:
        """Of the page, or of one of its parts."""
        name = f"{self.route}_{part}" if part else self.route
        found = reverse(name, args=[*([self.slug] if self.slug else []), *args])
        return f"{found}?season={period}" if period else found


@dataclass(frozen=True, slots=True)
class DrawnAt:
    """A chart and where its forms are."""

    chart: Chart
    spec: str
    png: str
    svg: str
    csv: str
    embed: str
    """Where it may be taken from to another site; empty when it may not."""


@dataclass(frozen=True, slots=True)
class TableAt:
    """A table and where its files are."""

    table: DataTable
    csv: str
    xlsx: str


def drawn_at(place: Place, chosen: Portrait, charts: Sequence[Chart]) -> list[DrawnAt]:
    """Each chart with its addresses; those of the public edition may be embedded."""
    period = season_or_period(chosen.period)
    return [
        DrawnAt(
            chart=one,
            spec=place.address("chart", one.id, period=period),
            png=place.address("picture", one.id, "png", period=period),
            svg=place.address("picture", one.id, "svg", period=period),
            csv=place.address("table", one.table.id, "csv", period=period),
            embed="",
        )
        for one in charts
    ]


def tables_at(place: Place, chosen: Portrait, tables: Sequence[DataTable]) -> list[TableAt]:
    """Each table with its addresses."""
    period = season_or_period(chosen.period)
    return [
        TableAt(
            one,
            place.address("table", one.id, "csv", period=period),
            place.address("table", one.id, "xlsx", period=period),
        )
        for one in tables
    ]
