"""The cells of one closed period: units from the pool, handed to `disclosure`, and what comes back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final

import duckdb
import numpy as np

from publicc.disclosure.attempts import Attempts
from publicc.disclosure.beside import Believed, number_believed, protect_beside
from publicc.disclosure.policy import PersonRules, Policy
from publicc.disclosure.protection import Protected, protect_persons, protect_sums
from publicc.disclosure.recoding import Cut, recoded
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Floats, Table, membership_table
from publicc.kernel.cells import Shown, Withheld, WithheldReason
from publicc.kernel.period import Period
from publicc.releases.brought import NOTHING_BROUGHT, Brought
from publicc.releases.compared import comparisons, released_cells
from publicc.releases.consent import EVERYONE, Consent
from publicc.releases.contents import (
    BUYER_REGION,
    BUYERS,
    MAIN_DISCIPLINE,
    PARCOURS,
    PROFILE,
    SUMS,
    CatalogueTable,
    buyers_table,
    segments_catalogue,
    segments_table,
)
from publicc.releases.criteria import Measured, measured
from publicc.releases.files import ReleasedCell
from publicc.releases.granted import NOTHING_GRANTED, Granted
from publicc.releases.grouping import NO_GROUPS, Grouping
from publicc.releases.history import History, Voters
from publicc.releases.profiled import Profiling, counts_segments, segment_units, tell_segments
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
    profiling: Profiling | None = None
    """How persons were put in profiles; None when they were not."""
    segments_criteria: Measured | None = None
    """The three criteria on the counts by profile and parcours."""


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
    profiling: Profiling | None = None,
) -> Cube:
    """Every cell of the catalogue for a closed period, protected together, each attack tried and failed.

    Persons and amounts are published at one grain of period: when an earlier release counted some of these days, this
    one compares and counts nothing. `granted`: what partners of a show were shown besides. `grouping`: who counts as
    one, and the groups that members asked for. `brought`: figures to compare that the pool does not hold. `profiling`:
    of the model in force, if any.
    """
    figures = organization_figures(connection, period, as_of, grouping)
    figures = replace(figures, ratios={**figures.ratios, **brought.among(figures.membership)})
    cells, by_member, voters = comparisons(figures, policy, history, consent=consent, asked=grouping.asked)
    attempts: dict[str, Attempts] = {}
    criteria, published, cuts = None, dict[str, float](), dict[Cut, tuple[tuple[str, ...], ...]]()
    segments = NO_SEGMENTS
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
            amounts, tried = _amounts(table, figures, policy, granted)
            cells += amounts
            attempts |= tried
        criteria = measured(
            lambda half: person_units(connection, period, buyers_table(), slugs, half=half),
            lambda units: _recoded_counts(units, policy.persons),
        )
        if profiling and counts_segments(period):
            known = (
                number_believed(buyers, _out(counted), persons, policy.persons),
                number_believed(buyers, _out(public), persons, policy.public_persons),
            )
            tell_segments(connection, period, profiling)
            segments = _segments(partial(segment_units, connection, slugs), policy, profiling, known)
            cells += segments.cells
            attempts |= segments.attempts
            published |= segments.published
    return Cube(
        cells, by_member, attempts, figures, criteria, voters, counts, published, cuts, segments.by, segments.criteria
    )


def _amounts(
    table: CatalogueTable, figures: OrganizationFigures, policy: Policy, granted: Granted
) -> tuple[list[ReleasedCell], dict[str, Attempts]]:
    """The sums of a table, for members and for the public, and the attacks that they held against."""
    design, amounts = sum_units(figures, table)
    knowers = granted.knowers(table.metric, sum_members(figures, table), figures.heads)
    summed = protect_sums(design, amounts, policy.money, knowers=knowers)
    public = protect_sums(design, amounts, policy.public_money, among=_shown_of(summed), knowers=knowers)
    tried = {f"money_{table.id}": summed.attempts, f"public_money_{table.id}": public.attempts}
    return [*_tiered(table, "sum", design, (summed, public))], tried


def _recoded_counts(units: PersonUnits, rules: PersonRules) -> tuple[Table, Protected]:
    offer = recoded(buyers_table(), units, rules, BUYERS.offered or ())
    return offer.table, protect_persons(offer.table, units, rules, among=offer.offered)


@dataclass(frozen=True, slots=True)
class Segments:
    """Persons by profile and parcours, protected."""

    cells: list[ReleasedCell]
    attempts: Mapping[str, Attempts]
    published: Mapping[str, float]
    by: Profiling | None
    criteria: Measured | None


NO_SEGMENTS: Final = Segments([], {}, {}, None, None)


def _segments(
    counting: Callable[..., PersonUnits], policy: Policy, by: Profiling, believed: tuple[Believed, Believed]
) -> Segments:
    """The table of segments, for members and for anybody; nothing of it when one of the three criteria does not hold.

    `believed`: what each of them knows of the number of persons, which is all that it shares with the other table.
    """
    for_members, for_all = believed
    table = segments_table(by.codes)
    persons = counting(table=table)
    criteria = measured(
        lambda half: counting(table=table, half=half),
        lambda units: (table, protect_persons(table, units, policy.persons)),
    )
    if not criteria.held:
        return NO_SEGMENTS
    counted = protect_beside(table, persons, policy.persons, for_members)
    public = protect_beside(table, persons, policy.public_persons, for_all, among=_shown_of(counted))
    shares = shares_published(table, counted, persons)
    return Segments(
        list(_tiered(segments_catalogue(by.codes), "count", table, (counted, public))),
        {"segments": counted.attempts, "public_segments": public.attempts},
        {name: shares[name] for name in (PROFILE, PARCOURS.name)},
        by,
        criteria,
    )


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


def _out(protected: Protected) -> list[int]:
    return np.flatnonzero(_shown_of(protected)).tolist()


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
    public = frozenset(_out(for_all))
    yield from released_cells(table.id, (table.metric, statistic), design, for_portrait.cells, public=public)
