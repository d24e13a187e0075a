"""How organizations do: amounts by territory, and the middle of the collective for each figure compared. Pure."""

from collections.abc import Sequence
from typing import Final

from publicc.dashboards.page import Chart, Column, DataTable, Tile, Value
from publicc.dashboards.portrait.saying import bare, by_value, period_text, region_name
from publicc.dashboards.wording import said
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS
from publicc.releases.contents import COMPARED, COMPARISON, SUMS, TERRITORY
from publicc.releases.portrait import Portrait

TILES: Final = ("occupancy_rate", "average_price_paid", "new_buyer_share", "lead_time_median")
TREND: Final = (
    "occupancy_rate",
    "average_price_paid",
    "discount_rate",
    "new_buyer_share",
    "retention_rate",
    "lead_time_median",
    "distance_median",
)
_DRAWN: Final = (
    "occupancy_rate",
    "paid_occupancy_rate",
    "comp_rate",
    "reduced_share",
    "discount_rate",
    "late_sales_share",
    "new_buyer_share",
    "retention_rate",
    "multi_buyer_share",
)
_KINDS: Final = (
    ("shares", Text("Médianes et quartiles, en parts", "Medians and quartiles, shares"), Unit.RATIO),
    ("money", Text("Médianes et quartiles, en dollars", "Medians and quartiles, dollars"), Unit.MONEY),
    ("days", Text("Médianes et quartiles, en jours", "Medians and quartiles, days"), Unit.DAYS),
    ("distance", Text("Médianes et quartiles, en kilomètres", "Medians and quartiles, kilometres"), Unit.KM),
    ("numbers", Text("Médianes et quartiles, en nombre", "Medians and quartiles, numbers"), Unit.PLAIN),
)


def amounts(portrait: Portrait) -> DataTable:
    """Admissions and revenue by territory of the organization; the whole collective on the last row."""
    columns = (Column("territory", Text("Territoire", "Territory")), *(_amount_column(one.metric) for one in SUMS))
    first, *_ = SUMS
    cut = portrait.values(first.id, first.metric, "sum", TERRITORY.name)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            region_name(value),
            *(bare(portrait.cell(one.id, one.metric, "sum", **{TERRITORY.name: value})) for one in SUMS),
        )
        for value, _ in by_value(cut)
    )
    total = (
        Text("Tout le collectif", "The whole collective"),
        *(bare(portrait.cell(one.id, one.metric, "sum")) for one in SUMS),
    )
    title = Text("Entrées et revenus, par territoire", "Admissions and revenue, by territory")
    return DataTable("amounts", title, columns, rows, total=total)


def _amount_column(metric: str) -> Column:
    unit = METRICS[metric].unit
    return Column(metric, METRICS[metric].label, unit, 0 if unit is Unit.MONEY else None)


def tiles(portrait: Portrait) -> tuple[Tile, ...]:
    """The figures that head the page: what the middle organization does."""
    found = []
    for metric in TILES:
        one, median = METRICS[metric], portrait.cell(COMPARISON, metric, "median")
        note = (
            Text("médiane de {n} organismes", "median of {n} organizations").filled(n=said(median.n or 0, Unit.COUNT))
            if isinstance(median, Shown)
            else None
        )
        found.append(Tile(metric, one.label, bare(median), one.unit, _digits(median, one.unit), note=note))
    return tuple(found)


def _digits(cell: Cell, unit: Unit) -> int | None:
    """Two significant digits are told: no place for more decimals."""
    if not isinstance(cell, Shown):
        return None
    value = abs(float(cell.value)) * (100 if unit is Unit.RATIO else 1)
    return max(0, 2 - len(str(int(value)))) if value else 0


def middles(portrait: Portrait) -> tuple[tuple[Chart, ...], tuple[DataTable, ...]]:
    """Every figure compared, by kind: the median, between the quartiles when there are enough organizations."""
    tables = tuple(
        DataTable(f"middles-{name}", title, _columns(unit), tuple(_line(portrait, metric) for metric in metrics))
        for name, title, unit in _KINDS
        if (metrics := [one.metric for one in COMPARED if METRICS[one.metric].unit is unit])
    )
    shown = tuple(one for one in _DRAWN if isinstance(portrait.cell(COMPARISON, one, "median"), Shown))
    drawn = tuple(_line(portrait, metric) for metric in shown)
    if len(drawn) < 2:
        return (), tables
    middle = Text(
        "La moitié du milieu des organismes, part par part", "The middle half of organizations, share by share"
    )
    chart = Chart(
        id="middles",
        kind="bands",
        title=_spread(drawn),
        subtitle=Text(
            "Point : médiane, une voix par organisme; barre : la moitié du milieu. Ni minimum, ni maximum, ni rang.",
            "Point: median, one vote an organization; bar: the middle half. No minimum, maximum or rank.",
        ),
        summary=Text("Médiane et quartiles de chaque part.", "Median and quartiles of each share."),
        table=DataTable("middles-drawn", middle, _columns(Unit.RATIO), drawn),
        metrics=shown,
    )
    return (chart,), tables


def _spread(rows: Sequence[tuple[Value, ...]]) -> Text:
    """Where organizations differ most: the widest middle half among the shares drawn."""
    widths = [
        (float(high.value) - float(low.value), row[0])
        for row in rows
        if isinstance(low := row[2], Shown) and isinstance(high := row[3], Shown)
    ]
    if not widths:
        return Text("Ce que fait l'organisme du milieu", "What the middle organization does")
    _, label = max(widths, key=lambda one: one[0])
    return Text(
        "C'est sur « {label} » que les organismes diffèrent le plus", "Organizations differ most on “{label}”"
    ).filled(label=label)


def _columns(unit: Unit) -> tuple[Column, ...]:
    decimals = 0 if unit is Unit.RATIO else None
    return (
        Column("metric", Text("Chiffre", "Figure")),
        Column("median", Text("Médiane", "Median"), unit, decimals),
        Column("p25", Text("1er quartile", "Lower quartile"), unit, decimals),
        Column("p75", Text("3e quartile", "Upper quartile"), unit, decimals),
        Column("n", Text("Organismes", "Organizations"), Unit.COUNT),
    )


def _line(portrait: Portrait, metric: str) -> tuple[Value, ...]:
    cells = [portrait.cell(COMPARISON, metric, name) for name in ("median", "p25", "p75")]
    median = cells[0]
    n: Value = Shown(median.n or 0) if isinstance(median, Shown) else median
    return (METRICS[metric].label, *(bare(cell) for cell in cells), n)


def _said(cell: Cell, unit: Unit) -> Value:
    """In its own unit: the column holds many."""
    return said(cell.value, unit, _digits(cell, unit)) if isinstance(cell, Shown) else cell


def trend(portraits: Sequence[Portrait]) -> tuple[DataTable, ...]:
    """The medians, release after release, the oldest first; nothing for a single release."""
    if len(portraits) < 2:
        return ()
    told = list(reversed(portraits))
    columns = (
        Column("metric", Text("Chiffre (médiane)", "Figure (median)")),
        *(Column(f"at-{at}", _headed(one)) for at, one in enumerate(told)),
    )
    rows = tuple(
        (METRICS[metric].label, *(_said(one.cell(COMPARISON, metric, "median"), METRICS[metric].unit) for one in told))
        for metric in TREND
    )
    title = Text("D'une publication à l'autre", "Release after release")
    note = Text(
        "Les organismes ne sont pas tous les mêmes d'une période à l'autre : une médiane peut bouger sans que personne "
        "n'ait changé.",
        "Organizations are not all the same from one period to the next: a median may move though nobody changed.",
    )
    return (DataTable("trend", title, columns, rows, note=note),)


def _headed(portrait: Portrait) -> Text:
    said_period = period_text(portrait.period)
    return Text("{period} ({n} org.)", "{period} ({n} org.)").filled(
        period=said_period, n=said(portrait.organizations, Unit.COUNT)
    )
