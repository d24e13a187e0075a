"""The cells of one closed period: units from the pool, handed to `disclosure`, and what comes back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import duckdb
import numpy as np

from publicc.disclosure.attempts import Attempts
from publicc.disclosure.comparison import Cells, Compared, compare
from publicc.disclosure.groups import voting_panel
from publicc.disclosure.policy import MoneyRules, Policy
from publicc.disclosure.protection import Protected, protect_persons, protect_sums
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Floats, Ints, Table, membership_table
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.period import Period
from publicc.releases.consent import EVERYONE, Consent
from publicc.releases.contents import (
    BUYER_REGION,
    BUYERS,
    COHORT,
    COMPARED,
    COMPARISON,
    MAIN_DISCIPLINE,
    SUMS,
    CatalogueTable,
    buyers_table,
)
from publicc.releases.criteria import Measured, measured
from publicc.releases.files import ReleasedCell
from publicc.releases.granted import NOTHING_GRANTED, Granted
from publicc.releases.history import History, Voters
from publicc.releases.supply import supply_cells
from publicc.releases.units import OrganizationFigures, organization_figures, person_units

PORTRAIT, PUBLIC, MEMBERS = "portrait", "public", "members"


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


def build_cube(
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    as_of: date,
    policy: Policy,
    *,
    history: History,
    consent: Consent = EVERYONE,
    granted: Granted = NOTHING_GRANTED,
) -> Cube:
    """Every cell of the catalogue for a closed period, protected together, each attack tried and failed.

    Persons and amounts are published at one grain of period: when an earlier release counted some of these days, this
    one compares and counts nothing. `granted`: what partners of a show were shown besides.
    """
    figures = organization_figures(connection, period, as_of)
    cells, by_member, voters = _comparisons(figures, policy.money, history, consent)
    attempts: dict[str, Attempts] = {}
    criteria, published = None, dict[str, float]()
    if counts := not history.overlaps_counts(period):
        slugs = sorted(figures.membership)
        buyers = buyers_table()
        persons = person_units(connection, period, buyers, slugs)
        counted = protect_persons(buyers, persons, policy.persons)
        public = protect_persons(buyers, persons, policy.public_persons, among=_shown_of(counted))
        cells = [*_tiered(BUYERS, "count", buyers, (counted, public)), *cells]
        attempts |= {"persons": counted.attempts, "public_persons": public.attempts}
        cells += supply_cells(connection, period, policy.public_money, PUBLIC)
        published = shares_published(buyers, counted, persons)
        for table in SUMS:
            design, amounts = sum_units(figures, table)
            knowers = granted.knowers(table.metric, sum_members(figures, table))
            summed = protect_sums(design, amounts, policy.money, knowers=knowers)
            open_to_all = protect_sums(design, amounts, policy.public_money, among=_shown_of(summed), knowers=knowers)
            cells += _tiered(table, "sum", design, (summed, open_to_all))
            attempts |= {f"money_{table.id}": summed.attempts, f"public_money_{table.id}": open_to_all.attempts}
        criteria = measured(connection, period, buyers, rules=policy.persons, organizations=slugs)
    return Cube(cells, by_member, attempts, figures, criteria, voters, counts, published)


def nothing_yet() -> Cube:
    """A cube of which every cell is withheld: no period is closed yet, no row was read."""
    buyers = buyers_table()
    held = tuple(Withheld(WithheldReason.GROUP) for _ in buyers.cells)
    cells = list(_released(BUYERS.id, (BUYERS.metric, "count"), buyers, held))
    return Cube(cells, {}, {}, OrganizationFigures({}, {}, {}), None)


def sum_units(figures: OrganizationFigures, table: CatalogueTable) -> tuple[Table, Floats]:
    """The table of a sum over the organizations whose amount is known, and their amounts in the same order."""
    known = figures.sums[table.metric]
    members = {slug: figures.membership[slug] for slug in sum_members(figures, table)}
    return membership_table(table.dimensions, members), np.array([known[slug] for slug in sorted(members)])


def sum_members(figures: OrganizationFigures, table: CatalogueTable) -> list[str]:
    """The organizations that a table of sums adds up, in its order."""
    return sorted(slug for slug in figures.sums[table.metric] if slug in figures.membership)


def _comparisons(
    figures: OrganizationFigures, rules: MoneyRules, history: History, consent: Consent
) -> tuple[list[ReleasedCell], dict[str, list[ReleasedCell]], dict[str, Voters]]:
    slugs = sorted(figures.membership)
    design = membership_table(COHORT, figures.membership)
    cells: list[ReleasedCell] = []
    by_member: dict[str, list[ReleasedCell]] = {slug: [] for slug in slugs if consent.lets_compare(slug)}
    voters: dict[str, Voters] = {}
    for one in COMPARED:
        known = {slug: value for slug, value in figures.ratios[one.metric].items() if slug in by_member}
        panel = voting_panel(known, history.panels(one.metric), rules)
        ratios = {at: known[slug] for at, slug in enumerate(slugs) if slug in panel}
        found = compare(design, ratios, rules, _as_rows(history.groups(one.metric), slugs))
        shown = tuple(frozenset(slugs[at] for at in group) for group in found.groups.values())
        voters[one.metric] = Voters(panel, shown)
        public = _public_of(found, rules)
        for statistic, told in found.common.items():
            cells += _released(COMPARISON, (one.metric, statistic), design, told, public=public)
        for slug, whole in by_member.items():
            whole.extend(_of_member(one.metric, design, found.by_viewer[slugs.index(slug)]))
    return cells, by_member, voters


def _of_member(metric: str, design: Table, told: Cells) -> Iterator[ReleasedCell]:
    for statistic, cells in told.items():
        yield from _released(COMPARISON, (metric, statistic), design, cells, tier=MEMBERS)


def _public_of(found: Compared, rules: MoneyRules) -> frozenset[int]:
    """Groups that anybody may read: large enough for two members who put together what they know."""
    return frozenset(cell for cell, units in found.groups.items() if len(units) >= rules.others + 2)


def _as_rows(groups: Iterable[frozenset[str]], slugs: list[str]) -> Ints:
    """Groups as rows over the organizations, with columns beyond for those that are gone."""
    told = list(groups)
    gone = sorted({slug for group in told for slug in group} - set(slugs))
    return np.array([[slug in group for slug in (*slugs, *gone)] for group in told], dtype=np.int64).reshape(
        len(told), len(slugs) + len(gone)
    )


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
    yield from _released(table.id, (table.metric, statistic), design, for_portrait.cells, public=public)


def _released(
    table: str,
    figure: tuple[str, str],
    design: Table,
    cells: tuple[Cell, ...],
    *,
    tier: str = PORTRAIT,
    public: frozenset[int] = frozenset(),
) -> Iterator[ReleasedCell]:
    """`figure`: the metric and how it is summed up."""
    for at, (key, cell) in enumerate(zip(design.cells, cells, strict=True)):
        yield ReleasedCell(table, PUBLIC if at in public else tier, *figure, key, cell)
