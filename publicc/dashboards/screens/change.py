"""Why revenue differs from the season before at the same point: by its factors, then by where the difference lies.

Effects of factors add up to the difference (metrics.change); so do the differences of each dimension.
"""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Value
from publicc.dashboards.screens.common import named
from publicc.dashboards.wording import said, shown_value, signed
from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.change import effects
from publicc.metrics.dimensions import DIMENSIONS

FIGURES: Final = (
    "performance_count",
    "seats_offered",
    "paid_admission_count",
    "ticket_revenue",
    "capacity_coverage",
    "price_coverage",
)
COMPLETE: Final = 0.95
"""Coverage of capacities and prices, on both sides, from which a factor may be told apart."""
_WHERE: Final = ("discipline", "venue", "admin_region", "channel", "price_group")
_PERFORMANCES: Final = Text("Nombre de représentations", "Number of performances")
_SEATS: Final = Text("Places par représentation", "Seats per performance")
_FULL: Final = Text("Places payées sur places offertes", "Paid seats out of seats offered")
_TICKETS: Final = Text("Billets payants par représentation", "Paid tickets per performance")
_PRICE: Final = Text("Prix moyen", "Average price")


def gap_charts(asker: Asker, before: Asker | None) -> tuple[Chart, ...]:
    """The effects of the factors of revenue; nothing without a season before or with prices too incomplete."""
    if before is None or not all(asker.can_answer(one) for one in FIGURES):
        return ()
    now, then = asker.figures(*FIGURES), before.figures(*FIGURES)
    if any(_value(side["price_coverage"]) < COMPLETE for side in (now, then)):
        return ()
    seated = all(_value(side["capacity_coverage"]) >= COMPLETE for side in (now, then))
    factors_now, factors_then = _factors(now, seated=seated), _factors(then, seated=seated)
    found = effects([value for _, value, _ in factors_then], [value for _, value, _ in factors_now])
    if found is None:
        return ()
    gap = _value(now["ticket_revenue"]) - _value(then["ticket_revenue"])
    rows = tuple(
        (label, Shown(effect), said(was, unit), said(value, unit))
        for (label, value, unit), (_, was, _), effect in zip(factors_now, factors_then, found, strict=True)
    )
    return (_effects_chart(rows, gap),)


def where_table(asker: Asker, before: Asker | None) -> tuple[DataTable, ...]:
    """Revenue by each dimension beside the season before: within a dimension, the differences add up to the whole."""
    if before is None:
        return ()
    lines: list[tuple[Value, ...]] = []
    for dimension in _WHERE:
        now, then = _revenue_by(asker, dimension), _revenue_by(before, dimension)
        names = _names(asker, dimension)
        moved = sorted(
            ((now.get(one, 0.0) - then.get(one, 0.0), one) for one in now.keys() | then.keys()),
            key=lambda move: (-abs(move[0]), move[1]),
        )
        lines += [
            (
                DIMENSIONS[dimension].label,
                named(dimension, one, names),
                Shown(then.get(one, 0.0)),
                Shown(now.get(one, 0.0)),
                Shown(difference),
            )
            for difference, one in moved
            if len(moved) > 1
        ]
    if not lines:
        return ()
    columns = (
        Column("cut", Text("Selon", "By")),
        Column("value", Text("Valeur", "Value")),
        Column("before", Text("Saison d'avant", "Season before"), Unit.MONEY, 0),
        Column("now", Text("Maintenant", "Now"), Unit.MONEY, 0),
        Column("difference", Text("Écart", "Difference"), Unit.MONEY, 0),
    )
    note = Text(
        "Revenus des représentations jouées, au même point des deux saisons. Dans chaque découpage, la somme des "
        "écarts est l'écart de l'ensemble.",
        "Revenue of performances played, at the same point of both seasons. Within each cut, the differences add up "
        "to the difference of all.",
    )
    return (
        DataTable("where", Text("D'où vient l'écart", "Where the difference lies"), columns, tuple(lines), note=note),
    )


def _factors(cells: Mapping[str, Cell], *, seated: bool) -> list[tuple[Text, float, Unit]]:
    """Label, value, unit of each factor; their product is the revenue, 0 where there is nothing to divide by."""
    performances, seats = _value(cells["performance_count"]), _value(cells["seats_offered"])
    paid, revenue = _value(cells["paid_admission_count"]), _value(cells["ticket_revenue"])
    parts = (
        ((_SEATS, _over(seats, performances), Unit.COUNT), (_FULL, _over(paid, seats), Unit.RATIO))
        if seated
        else ((_TICKETS, _over(paid, performances), Unit.COUNT),)
    )
    return [(_PERFORMANCES, performances, Unit.COUNT), *parts, (_PRICE, _over(revenue, paid), Unit.MONEY)]


def _effects_chart(rows: tuple[tuple[Text, Shown, Text, Text], ...], gap: float) -> Chart:
    largest = max(rows, key=lambda row: abs(float(row[1].value)))
    with_sign = [signed(float(row[1].value), Unit.MONEY, 0) for row in rows]
    columns = (
        Column("factor", Text("Ce qui joue", "What counts")),
        Column("effect", Text("Effet", "Effect"), Unit.MONEY, 0),
        Column("before", Text("Saison d'avant", "Season before")),
        Column("now", Text("Maintenant", "Now")),
    )
    summary = Text("{parts}.", "{parts}.").filled(
        parts=Text(
            "; ".join(f"{row[0].fr} : {sign.fr}" for row, sign in zip(rows, with_sign, strict=True)),
            "; ".join(f"{row[0].en}: {sign.en}" for row, sign in zip(rows, with_sign, strict=True)),
        )
    )
    return Chart(
        id="why",
        kind="contributions",
        title=Text(
            "Ce qui explique l'écart, d'abord : {factor}", "What explains the difference, first: {factor}"
        ).filled(
            factor=Text(largest[0].fr[:1].lower() + largest[0].fr[1:], largest[0].en[:1].lower() + largest[0].en[1:])
        ),
        subtitle=Text(
            "{gap} de revenus contre la saison d'avant au même point; les effets s'additionnent",
            "{gap} of revenue against the season before at the same point; effects add up",
        ).filled(gap=signed(gap, Unit.MONEY, 0)),
        summary=summary,
        table=DataTable("why", Text("Ce qui explique l'écart", "What explains the difference"), columns, rows),
        metrics=("ticket_revenue", "performance_count", "seats_offered", "paid_admission_count"),
    )


def _revenue_by(asker: Asker, dimension: str) -> dict[str, float]:
    rows = asker.rows("ticket_revenue", by=dimension)
    return {row.dims[dimension]: _value(row.cells["ticket_revenue"]) for row in rows}


def _names(asker: Asker, dimension: str) -> Mapping[str, str]:
    own = {one.value: one.label.fr for one in asker.choices.by_dimension.get(dimension, ())}
    return REGIONS if dimension == "admin_region" else own


def _value(cell: Cell) -> float:
    return float(shown_value(cell) or 0)


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
