"""When the collective plays: performances by month and by weekday, from dates that anybody may read.

A count is shown when enough organizations play then: decided on who plays, which is public, never on a figure.
"""

from collections.abc import Iterator
from typing import Final

import duckdb

from publicc.disclosure.policy import MoneyRules
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.period import Period
from publicc.metrics.rowsets import KEPT
from publicc.releases.contents import MONTH, SUPPLY, WEEKDAY
from publicc.releases.files import ReleasedCell

_PLAYED: Final = f"""
SELECT {{cut}}, count(*), count(DISTINCT p.organization)
FROM performances p WHERE {KEPT} AND p.starts_on BETWEEN $first AND $last GROUP BY 1
"""
_CUTS: Final = {
    MONTH.name: _PLAYED.format(cut="strftime(p.starts_on, '%m')"),
    WEEKDAY.name: _PLAYED.format(cut="isodow(p.starts_on)::VARCHAR"),
}


def supply_cells(
    connection: duckdb.DuckDBPyConnection, period: Period, rules: MoneyRules, tier: str
) -> Iterator[ReleasedCell]:
    """Performances of the period by month, then by weekday. `rules`: those of what anybody may read."""
    asked = {"first": period.first_on, "last": period.last_on}
    for dimension in SUPPLY.dimensions:
        told = {value: (n, houses) for value, n, houses in connection.execute(_CUTS[dimension.name], asked).fetchall()}
        for value in dimension.values:
            n, houses = told.get(value, (0, 0))
            yield ReleasedCell(
                SUPPLY.id, tier, SUPPLY.metric, "count", ((dimension.name, value),), _cell(n, houses, rules)
            )


def _cell(performances: int, houses: int, rules: MoneyRules) -> Cell:
    if houses < rules.others + rules.coalition:
        return Withheld(WithheldReason.ORGANIZATIONS)
    return Shown(performances, n=houses)
