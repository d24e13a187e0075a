"""The cells of one closed period: units from the pool, handed to `disclosure`, and what comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb
import numpy as np

from publicc.disclosure.attempts import Attempts
from publicc.disclosure.policy import Policy
from publicc.disclosure.protection import Protected, protect_persons, protect_sums
from publicc.disclosure.recoding import Cut, recoded
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Floats, Table, membership_table
from publicc.kernel.cells import Shown, Withheld, WithheldReason
from publicc.kernel.period import Period
from publicc.releases.brought import NOTHING_BROUGHT, Brought
from publicc.releases.compared import comparisons, released_cells
from publicc.releases.consent import EVERYONE, Consent
from publicc.releases.contents import BUYER_REGION, BUYERS, MAIN_DISCIPLINE, SUMS, CatalogueTable, buyers_table
from publicc.releases.criteria import Measured, measured
from publicc.releases.files import ReleasedCell
from publicc.releases.granted import NOTHING_GRANTED, Granted
from publicc.releases.grouping import NO_GROUPS, Grouping
from publicc.releases.history import History, Voters
from publicc.releases.supply import supply_cells
from publicc.releases.tiers import PUBLIC
from publicc.releases.units import OrganizationFigures, organization_figures, person_units


@dataclass(frozen=True, slots=True)
class Cube:
    """A release before it is sealed. `figures` never leave the process."""

    cells: list[ReleasedCell]
    by_member: Mapping[str, list[ReleasedCell]]
    """What each member alone reads: peers' figures computed without itself."""
    attempts: Mapping[str, Attempts]
    figures: OrganizationFigures
    criteria: Measured | None
    """The three criteria; None when no person was counted."""
    voters: Mapping[str, Voters] = field(default_factory=dict)
    counts_persons: bool = False
    persons_published: Mapping[str, float] = field(default_factory=dict)
    """Share of persons who stand in a published cell, by family and at the finest cut."""
    cuts: Mapping[Cut, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """The values by which persons are told, small ones together."""


def build_cube(  # noqa: PLR0913 - all that decides what a release says
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    as_of: date,
    policy: Policy,
    *,
    history: History,
    consent: Consent = EVERYONE,
    granted: Granted = NOTHING_GRANTED,
    grouping: Grouping = NO_GROUPS,
    brought: Brought = NOTHING_BROUGHT,
) -> Cube:
    """Every cell of the catalogue for a closed period, protected together, each attack tried and failed.

    Persons and amounts are published at one grain of period: when an earlier release counted some of these days, this
    one compares and counts nothing. `granted`: what partners of a show were shown besides. `grouping`: who counts as
    one, and the groups that members asked for. `brought`: figures to compare that the pool does not hold.
    """
    figures = organization_figures(connection, period, as_of, grouping)
    figures = replace(figures, ratios={**figures.ratios, **brought.among(figures.membership)})
    cells, by_member, voters = comparisons(figures, policy, history, consent=consent, asked=grouping.asked)
    attempts: dict[str, Attempts] = {}
    criteria, published, cuts = None, dict[str, float](), dict[Cut, tuple[tuple[str, ...], ...]]()
    if counts := not history.overlaps_counts(period):
        slugs = figures.legal_groups
        persons = person_units(connection, period, buyers_table(), slugs)
        offer = recoded(buyers_table(), persons, policy.persons, BUYERS.offered or ())
        buyers, cuts = offer.table, offer.cuts
        counted = protect_persons(buyers, persons, policy.persons, among=offer.offered)
        public = protect_persons(buyers, persons, policy.public_persons, among=_shown_of(counted))
        cells = [*_tiered(BUYERS, "count", buyers, (counted, public)), *cells]
        attempts |= {"persons": counted.attempts, "public_persons": public.attempts}
        cells += supply_cells(connection, period, policy.public_money, PUBLIC)
        published = shares_published(buyers, counted, persons)
        for table in SUMS:
            design, amounts = sum_units(figures, table)
            knowers = granted.knowers(table.metric, sum_members(figures, table), figures.heads)
            summed = protect_sums(design, amounts, policy.money, knowers=knowers)
            open_to_all = protect_sums(design, amounts, policy.public_money, among=_shown_of(summed), knowers=knowers)
            cells += _tiered(table, "sum", design, (summed, open_to_all))
            attempts |= {f"money_{table.id}": summed.attempts, f"public_money_{table.id}": open_to_all.attempts}
        criteria = measured(connection, period, buyers_table(), rules=policy.persons, organizations=slugs)
    return Cube(cells, by_member, attempts, figures, criteria, voters, counts, published, cuts)


def nothing_yet() -> Cube:
    """A cube of which every cell is withheld: no period is closed yet, no row was read."""
    buyers = buyers_table()
    held = tuple(Withheld(WithheldReason.GROUP) for _ in buyers.cells)
    cells = list(released_cells(BUYERS.id, (BUYERS.metric, "count"), buyers, held))
    return Cube(cells, {}, {}, OrganizationFigures({}, {}, {}), None)


def sum_units(figures: OrganizationFigures, table: CatalogueTable) -> tuple[Table, Floats]:
    """The table of a sum over the legal groups whose amount is known, and their amounts in the same order.

    A legal group is counted where the organization that stands for it is.
    """
    amounts = _legal_amounts(figures, table)
    members = {slug: figures.membership[slug] for slug in amounts}
    return membership_table(table.dimensions, members), np.array(list(amounts.values()))


def sum_members(figures: OrganizationFigures, table: CatalogueTable) -> list[str]:
    """Who stands for the legal groups that a table of sums adds up, in its order."""
    return list(_legal_amounts(figures, table))


def _legal_amounts(figures: OrganizationFigures, table: CatalogueTable) -> dict[str, float]:
    found: dict[str, float] = {}
    for slug, amount in sorted(figures.sums[table.metric].items()):
        if slug in figures.membership:
            found[figures.head(slug)] = found.get(figures.head(slug), 0.0) + amount
    return dict(sorted(found.items()))


def _shown_of(protected: Protected) -> np.ndarray:
    return np.array([isinstance(cell, Shown) for cell in protected.cells], dtype=bool)


def shares_published(table: Table, protected: Protected, units: PersonUnits) -> dict[str, float]:
    """Share of persons in a published cell: `finest`, by region and discipline; then of each family, by its dimension.

    A cell of two dimensions counts for both families. `each_family`: persons who stand in a cell of every one.
    """
    shown = _shown_of(protected)
    named = [frozenset(dict(key)) for key in table.cells]
    families = {one.name: {at for at, names in enumerate(named) if one.name in names} for one in table.dimensions}
    finest = frozenset({BUYER_REGION.name, MAIN_DISCIPLINE.name})
    families["finest"] = {at for at, names in enumerate(named) if names == finest}
    covered = {name: table.matrix[[at for at in cells if shown[at]]].any(axis=0) for name, cells in families.items()}
    covered["each_family"] = np.all([covered[one.name] for one in table.dimensions], axis=0)
    everyone = max(1, int(units.persons.sum()))
    return {name: float(units.persons[inside].sum() / everyone) for name, inside in sorted(covered.items())}


def _tiered(
    table: CatalogueTable, statistic: str, design: Table, protected: tuple[Protected, Protected]
) -> Iterator[ReleasedCell]:
    """The portrait's cells; those that the stricter rules let out too are for everyone."""
    for_portrait, for_all = protected
    public = frozenset(np.flatnonzero(_shown_of(for_all)).tolist())
    yield from released_cells(table.id, (table.metric, statistic), design, for_portrait.cells, public=public)
