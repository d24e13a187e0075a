"""The cells of one closed period: units from the pool, handed to `disclosure`, and what comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from publicc.disclosure.attempts import Attempts
from publicc.disclosure.policy import Policy
from publicc.disclosure.protection import protect_persons, protect_quantiles, protect_sums
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Table, membership_table, partition_table
from publicc.kernel.cells import Cell, Withheld, WithheldReason
from publicc.kernel.period import Period
from publicc.releases.catalogue import BUYERS, OCCUPANCY, PRICES, REVENUE, CatalogueTable
from publicc.releases.criteria import Measured, measured
from publicc.releases.files import ReleasedCell
from publicc.releases.units import OrganizationFigures, organization_figures, person_units


@dataclass(frozen=True, slots=True)
class Cube:
    """A release before it is sealed. `persons` and `figures` never leave the process."""

    cells: list[ReleasedCell]
    attempts: Mapping[str, Attempts]
    persons: PersonUnits
    buyers: Table
    figures: OrganizationFigures
    criteria: Measured | None
    """The three criteria; None when nothing was read."""


def build_cube(connection: duckdb.DuckDBPyConnection, period: Period, as_of: date, policy: Policy) -> Cube:
    """Every cell of the catalogue for a closed period, protected together, each attack tried and failed."""
    figures = organization_figures(connection, period, as_of)
    buyers = partition_table(BUYERS.dimensions)
    persons = person_units(connection, period, buyers, sorted(figures.membership))
    cells: list[ReleasedCell] = []
    counted = protect_persons(buyers, persons, policy.persons)
    cells += _released(BUYERS, "count", buyers, counted.cells)
    summed_table, amounts = revenue_units(figures)
    summed = protect_sums(summed_table, amounts, policy.money)
    cells += _released(REVENUE, "sum", summed_table, summed.cells)
    for table, ratios in ((PRICES, figures.prices), (OCCUPANCY, figures.occupancy)):
        design = membership_table(table.dimensions, figures.membership)
        voters = {at: ratios[slug] for at, slug in enumerate(sorted(figures.membership)) if slug in ratios}
        for statistic, found in protect_quantiles(design, voters, policy.money).items():
            cells += _released(table, statistic, design, found)
    criteria = measured(connection, period, buyers, rules=policy.persons, organizations=sorted(figures.membership))
    return Cube(cells, {"persons": counted.attempts, "money": summed.attempts}, persons, buyers, figures, criteria)


def nothing_yet() -> Cube:
    """A cube of which every cell is withheld: no period is closed yet, no row was read."""
    buyers = partition_table(BUYERS.dimensions)
    held = tuple(Withheld(WithheldReason.GROUP) for _ in buyers.cells)
    nobody = np.zeros((0, len(buyers.units)), dtype=np.int64)
    persons = PersonUnits(nobody.sum(axis=0), nobody, nobody.reshape(0, 0, len(buyers.units)))
    return Cube(
        list(_released(BUYERS, "count", buyers, held)), {}, persons, buyers, OrganizationFigures({}, {}, {}, {}), None
    )


def revenue_units(figures: OrganizationFigures) -> tuple[Table, np.ndarray]:
    """The table of revenue over the organizations whose revenue is known, and their amounts in the same order."""
    members = {slug: figures.membership[slug] for slug in figures.revenue if slug in figures.membership}
    return membership_table(REVENUE.dimensions, members), np.array([figures.revenue[slug] for slug in sorted(members)])


def _released(table: CatalogueTable, statistic: str, design: Table, cells: tuple[Cell, ...]) -> Iterator[ReleasedCell]:
    for key, cell in zip(design.cells, cells, strict=True):
        yield ReleasedCell(table.id, table.tier, table.metric, statistic, key, cell)
