"""Where a portrait is read, and by whom: in an organization, at the hub, or in public. Its addresses follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from publicc.dashboards.charts.drawing import MAP_KINDS
from publicc.dashboards.filters import season_or_period
from publicc.dashboards.page import Chart, DataTable
from publicc.dashboards.responses import lang
from publicc.kernel.text import Text
from publicc.releases.portrait import Portrait

MAP_HEIGHT: Final = 780
FRAME_HEIGHT: Final = 260
ROW_HEIGHT: Final = 40
DOCUMENTS: Final = {
    "pdf": Text("PDF", "PDF"),
    "xlsx": Text("Classeur Excel", "Excel workbook"),
    "csv": Text("CSV", "CSV"),
    "pptx": Text("Présentation", "Slides"),
}


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
    """The lines that put it in another site; empty when it may not be."""


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
            embed=snippet(one, period) if place.is_public else "",
        )
        for one in charts
    ]


def documents_at(place: Place, period: str) -> list[tuple[Text, str]]:
    """The whole portrait as documents, with their addresses; none at the hub, which reads the public edition's."""
    if place.is_public:
        addresses = {form: reverse("public_portrait_file", args=[lang(), form]) for form in DOCUMENTS}
        return [(label, f"{addresses[form]}?season={period}") for form, label in DOCUMENTS.items()]
    if not place.slug:
        return []
    there = reverse("report_file", args=[place.slug, "portrait"])
    asked = f"season={period}&lang={lang()}"
    return [(label, f"{there}?format={form}&{asked}") for form, label in DOCUMENTS.items()]


def snippet(chart: Chart, period: str) -> str:
    """What another site copies to show a chart of the public edition, in the language of the page."""
    there = reverse("embedded_chart", args=[lang(), period, chart.id])
    title = escape(chart.title.said(lang()))
    return (
        f'<iframe src="{settings.SITE_ADDRESS}{there}" title="{title}" width="100%" height="{_height(chart)}" '
        'loading="lazy" style="border:0"></iframe>'
    )


def _height(chart: Chart) -> int:
    """Room for the title, the drawing and the foot, in pixels."""
    return MAP_HEIGHT if chart.kind in MAP_KINDS else FRAME_HEIGHT + ROW_HEIGHT * len(chart.table.rows)


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
