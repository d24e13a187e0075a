"""The comparisons of a release: quantiles of each ratio by group, for everyone, for each member, and as members asked.

One legal group has one vote: the mean of its organizations, the same in every group. A member's figures leave out its
whole legal group.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from publicc.disclosure.comparison import Cells, Compared, compare, voting_matrix
from publicc.disclosure.custom import Asked, OwnFigures, compare_asked
from publicc.disclosure.groups import voting_panel
from publicc.disclosure.policy import MoneyRules, Policy
from publicc.disclosure.tables import Ints, Table, membership_table, merged
from publicc.kernel.cells import Cell
from publicc.releases.consent import Consent
from publicc.releases.contents import COHORT, COMPARED, COMPARISON, GROUP
from publicc.releases.files import ReleasedCell
from publicc.releases.grouping import AskedGroup
from publicc.releases.history import History, Voters
from publicc.releases.tiers import MEMBERS, PORTRAIT, PUBLIC
from publicc.releases.units import OrganizationFigures

Comparisons = tuple[list[ReleasedCell], dict[str, list[ReleasedCell]], dict[str, Voters]]
"""Cells for everyone, each member's own, and who stood behind each metric."""


def comparisons(
    figures: OrganizationFigures,
    policy: Policy,
    history: History,
    *,
    consent: Consent,
    asked: Sequence[AskedGroup] = (),
) -> Comparisons:
    """Every compared metric: groups of the catalogue first, then those that members asked for, beside all the rest."""
    units, rules = figures.legal_groups, policy.money
    place = {head: at for at, head in enumerate(units)}
    design = _by_legal_group(figures)
    cells: list[ReleasedCell] = []
    by_member: dict[str, list[ReleasedCell]] = {
        slug: [] for slug in sorted(figures.membership) if consent.lets_compare(slug)
    }
    voters: dict[str, Voters] = {}
    wished = [_placed(one, figures, place) for one in asked if one.viewer in by_member]
    for metric in _metrics(figures):
        known = _votes(figures, metric, by_member)
        panel = voting_panel(known, _standing(history.panels(metric), figures), rules)
        ratios = {at: known[head] for at, head in enumerate(units) if head in panel}
        seen = _as_rows(_standing(history.groups(metric), figures), units)
        found = compare(design, ratios, rules, seen)
        own = compare_asked(wished, ratios, (rules, policy.groups), _shown_rows(design, ratios, found, seen))
        voters[metric] = Voters(
            panel,
            tuple(frozenset(units[at] for at in group) for group in found.groups.values()),
            tuple(sorted({frozenset(units[at] for at in group) for group in own.kept.values()}, key=sorted)),
        )
        public = _public_of(found, rules)
        for statistic, told in found.common.items():
            cells += released_cells(COMPARISON, (metric, statistic), design, told, public=public)
        for slug, whole in by_member.items():
            whole.extend(_of_member(metric, design, found.by_viewer[place[figures.head(slug)]]))
            whole.extend(_asked_for(metric, [ask for ask in wished if ask.viewer == slug], own))
    return cells, by_member, voters


def _metrics(figures: OrganizationFigures) -> tuple[str, ...]:
    """Those of the catalogue, then those that rooms above brought."""
    catalogue = tuple(one.metric for one in COMPARED)
    return (*catalogue, *sorted(figures.ratios.keys() - set(catalogue)))


def released_cells(
    table: str,
    figure: tuple[str, str],
    design: Table,
    cells: tuple[Cell, ...],
    *,
    tier: str = PORTRAIT,
    public: frozenset[int] = frozenset(),
) -> Iterator[ReleasedCell]:
    """The cells of a table as rows of a release. `figure`: the metric and how it is summed up."""
    for at, (key, cell) in enumerate(zip(design.cells, cells, strict=True)):
        yield ReleasedCell(table, PUBLIC if at in public else tier, *figure, key, cell)


def _by_legal_group(figures: OrganizationFigures) -> Table:
    design = membership_table(COHORT, figures.membership)
    return merged(design, [figures.head(slug) for slug in sorted(figures.membership)])


def _votes(figures: OrganizationFigures, metric: str, among: Iterable[str]) -> dict[str, float]:
    """Each legal group's vote: the mean of its organizations that vote."""
    told: dict[str, list[float]] = {}
    for slug in among:
        if slug in figures.ratios[metric]:
            told.setdefault(figures.head(slug), []).append(figures.ratios[metric][slug])
    return {head: float(np.mean(values)) for head, values in sorted(told.items())}


def _standing(groups: Iterable[frozenset[str]], figures: OrganizationFigures) -> list[frozenset[str]]:
    """Earlier groups and panels, as today's legal groups: what was read when two were apart stays read."""
    return sorted({frozenset(figures.head(slug) for slug in group) for group in groups}, key=sorted)


def _placed(asked: AskedGroup, figures: OrganizationFigures, place: Mapping[str, int]) -> Asked:
    heads = {figures.head(slug) for slug in asked.members} - {figures.head(asked.viewer)}
    return Asked(asked.id, asked.viewer, frozenset(place[head] for head in heads if head in place))


def _shown_rows(design: Table, ratios: Mapping[int, float], found: Compared, seen: Ints) -> Ints:
    """Every group that somebody was shown earlier, or is shown in this release."""
    now = voting_matrix(design, ratios)[list(found.groups)]
    beyond = seen.shape[1] - now.shape[1]
    return np.vstack((seen, np.pad(now, ((0, 0), (0, beyond)))))


def _of_member(metric: str, design: Table, told: Cells) -> Iterator[ReleasedCell]:
    for statistic, cells in told.items():
        yield from released_cells(COMPARISON, (metric, statistic), design, cells, tier=MEMBERS)


def _asked_for(metric: str, asked: Sequence[Asked], own: OwnFigures) -> Iterator[ReleasedCell]:
    for one in asked:
        for statistic, cell in own.cells[one.id].items():
            yield ReleasedCell(COMPARISON, MEMBERS, metric, statistic, ((GROUP, one.id),), cell)


def _public_of(found: Compared, rules: MoneyRules) -> frozenset[int]:
    """Groups that anybody may read: large enough for two members who put together what they know."""
    return frozenset(cell for cell, units in found.groups.items() if len(units) >= rules.others + 2)


def _as_rows(groups: Sequence[frozenset[str]], units: list[str]) -> Ints:
    """Groups as rows over the legal groups, with columns beyond for those that are gone."""
    gone = sorted({slug for group in groups for slug in group} - set(units))
    return np.array([[slug in group for slug in (*units, *gone)] for group in groups], dtype=np.int64).reshape(
        len(groups), len(units) + len(gone)
    )
