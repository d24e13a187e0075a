"""How the sales of a show build up: paid tickets, cumulated by days before each performance. One's own, or shared."""

from collections.abc import Sequence
from typing import Final

from publicc.dashboards.page import Chart, Column, DataTable
from publicc.dashboards.screens.common import figure_column
from publicc.dashboards.wording import counted
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

STEP_DAYS: Final = 7
LONGEST_DAYS: Final = 365


def build_up_chart(points: Sequence[tuple[int, Cell]], *, half: int, subtitle: Text) -> Chart:
    """The curve of `points` (days before, sold by then); `half`: days before when half of the tickets were sold."""
    columns = (
        Column("days", Text("Jours avant la représentation", "Days before the performance"), Unit.COUNT),
        figure_column("paid_admission_count", label=Text("Billets payants vendus", "Paid tickets sold")),
    )
    rows = tuple((Shown(day), cell) for day, cell in points)
    return Chart(
        id="build-up",
        kind="build_up",
        title=Text(
            "La moitié des billets est vendue {days} avant la date",
            "Half of the tickets are sold {days} before the date",
        ).filled(days=counted(half, Text("jour", "day"), Text("jours", "days"))),
        subtitle=subtitle,
        summary=Text(
            "Une ligne monte jusqu'au jour de la représentation.", "A line rises to the day of the performance."
        ),
        table=DataTable("build-up", Text("Ventes cumulées", "Cumulated sales"), columns, rows),
        metrics=("sales_curve",),
    )


def half_sold(points: Sequence[tuple[int, Cell]]) -> int:
    """Days before the date when at least half of what was sold at the last point had been."""
    sold = [(day, float(cell.value)) for day, cell in points if isinstance(cell, Shown)]
    final = sold[-1][1] if sold else 0.0
    return next((day for day, n in sold if 2 * n >= final), 0)
