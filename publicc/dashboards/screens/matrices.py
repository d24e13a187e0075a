"""A figure read along two axes, as a table drawn as heat: who became what, what each segment prefers."""

from collections.abc import Mapping
from dataclasses import dataclass

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS

_NONE = Unknown(UnknownReason.NO_BASE)


@dataclass(frozen=True, slots=True)
class Matrix:
    """One metric of two axes; `names`: how the values of each axis are read, in the order in which they stand."""

    metric: str
    title: Text
    subtitle: Text
    names: tuple[Mapping[str, Text], Mapping[str, Text]]

    def drawn(self, asker: Asker) -> tuple[Chart, ...]:
        """The chart; nothing when the filters cannot cut it, or with fewer than two rows or columns of figures."""
        if not asker.can_answer(self.metric):
            return ()
        cells = self._cells(asker)
        down, across = (
            [one for one in names if any(key[axis] == one and isinstance(cell, Shown) for key, cell in cells.items())]
            for axis, names in enumerate(self.names)
        )
        if len(down) < 2 or len(across) < 2:
            return ()
        rows, columns = self.names
        unit = METRICS[self.metric].unit
        table = DataTable(
            self.metric.replace("_", "-"),
            self.title,
            (Column("row", Text(" ", " ")), *(Column(f"c_{one.lower()}", columns[one], unit, 0) for one in across)),
            tuple((rows[a], *(cells.get((a, b), _NONE) for b in across)) for a in down),
        )
        return (
            Chart(
                id=table.id,
                kind="heat",
                title=self.title,
                subtitle=self.subtitle,
                summary=Text("Une case par croisement, d'autant plus foncée que le chiffre est grand.",
                             "One box a crossing, the darker the greater the figure."),
                table=table,
                metrics=(self.metric,),
            ),
        )  # fmt: skip

    def _cells(self, asker: Asker) -> dict[tuple[str, str], Cell]:
        down, across = METRICS[self.metric].axis
        return {(row.dims[down], row.dims[across]): row.cells[self.metric] for row in asker.answer((self.metric,)).rows}
