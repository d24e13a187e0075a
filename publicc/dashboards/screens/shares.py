"""A distribution as bars, whose title is its greatest share."""

from collections.abc import Sequence

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart
from publicc.dashboards.screens.common import table_of
from publicc.dashboards.wording import said, shown_value, words
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from publicc.metrics.dimensions import DIMENSIONS


def base_of(rows: Sequence[Row], metric_id: str) -> int:
    """The base that the shares of these rows have in common."""
    return next((cell.n for row in rows if isinstance(cell := row.cells[metric_id], Shown) and cell.n), 0)


def share_chart(asker: Asker, metric_id: str, axis: str, finding: Text) -> Chart | None:
    """A distribution as bars, its greatest share as the title."""
    if not asker.can_answer(metric_id):
        return None
    rows = [row for row in asker.rows(metric_id, by=axis) if isinstance(row.cells[metric_id], Shown)]
    if not rows:
        return None
    table = table_of(axis, DIMENSIONS[axis].label, rows, by=axis, metrics=(metric_id,))
    top = max(rows, key=lambda row: float(shown_value(row.cells[metric_id]) or 0))
    label = (DIMENSIONS[axis].labels or {}).get(top.dims[axis], Text(top.dims[axis], top.dims[axis]))
    base = base_of(rows, metric_id)
    return Chart(
        id=axis.replace("_", "-"),
        kind="shares",
        title=finding.filled(top=label, share=words(top.cells[metric_id], Unit.RATIO, 0)),
        subtitle=Text("{what}, n = {n}", "{what}, n = {n}").filled(
            what=DIMENSIONS[axis].label, n=said(base, Unit.COUNT)
        ),
        summary=Text("Barres : {what}.", "Bars: {what}.").filled(what=DIMENSIONS[axis].label),
        table=table,
        metrics=(metric_id,),
    )
