"""Figures that a room above brings to a release: attacked like any other, and never told with their digits."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pytest
from django.test import override_settings

from publicc.disclosure.isolation import isolated_units
from publicc.disclosure.policy import DEFAULT_POLICY, ReleaseRefused
from publicc.disclosure.quantiles import harrell_davis
from publicc.disclosure.rounding import significant
from publicc.kernel.cells import Shown
from publicc.kernel.period import Period, season_period
from publicc.kernel.scope import OwnRows
from publicc.releases.brought import Brought, OwnFigure, brought_within
from publicc.releases.compared import comparisons
from publicc.releases.consent import EVERYONE, Consent
from publicc.releases.contents import COHORT, COMPARED, SUMS
from publicc.releases.files import ReleasedCell, cells_bytes
from publicc.releases.history import Earlier, History, Voters, voters_as_json
from publicc.releases.units import OrganizationFigures

NPS = "survey.core.nps.v1"
HOUSES = [f"house-{at:02}" for at in range(14)]


def drawn(houses: list[str], seed: int = 5) -> dict[str, float]:
    chance = np.random.default_rng(seed)
    return {slug: float(chance.uniform(-20, 80)) for slug in houses}


def figures(ratios: Mapping[str, float]) -> OrganizationFigures:
    """Houses of two regions, two disciplines and two sizes."""
    place = {
        slug: {one.name: one.values[at // 2**n % 2] for n, one in enumerate(COHORT)} for at, slug in enumerate(HOUSES)
    }
    catalogue: dict[str, Mapping[str, float]] = {one.metric: {} for one in COMPARED}
    return OrganizationFigures(place, {one.metric: {} for one in SUMS}, {**catalogue, NPS: ratios})


def released(
    ratios: Mapping[str, float], history: History | None = None, consent: Consent = EVERYONE
) -> tuple[dict[str, list[ReleasedCell]], Voters]:
    """Each member's cells of the figure, and who voted."""
    _, by_member, voters = comparisons(figures(ratios), DEFAULT_POLICY, history or History(), consent=consent)
    return {slug: [one for one in cells if one.metric == NPS] for slug, cells in by_member.items()}, voters[NPS]


def median(cells: list[ReleasedCell]) -> ReleasedCell:
    return next(one for one in cells if one.statistic == "median" and not one.key)


def test_a_member_reads_the_median_of_the_others_in_two_digits() -> None:
    ratios = drawn(HOUSES)
    told = median(released(ratios)[0]["house-03"]).cell
    others = [value for slug, value in ratios.items() if slug != "house-03"]
    assert isinstance(told, Shown)
    assert (told.value, told.n) == (significant(Decimal(str(harrell_davis(others, 0.5))), 2), 13)


def test_five_organizations_that_asked_are_too_few_and_quartiles_wait_for_nine() -> None:
    few, _ = released(drawn(HOUSES[:5]))
    assert not any(isinstance(one.cell, Shown) for cells in few.values() for one in cells)
    some, _ = released(drawn(HOUSES[:8]))
    shown = {one.statistic for one in some["house-00"] if isinstance(one.cell, Shown)}
    assert shown == {"median"}


def attacked(voters: Voters) -> set[int]:
    """Houses that two members who put together all that they read could compute: groups beside groups."""
    units = sorted(voters.panel.union(*voters.groups))
    rows = np.array([[unit in group for unit in units] for group in voters.groups], dtype=np.int64)
    return isolated_units(rows, range(len(rows)))


def test_no_two_members_can_take_a_third_ones_figure_out_of_the_groups_that_are_shown() -> None:
    _, voters = released(drawn(HOUSES))
    assert len(voters.groups) > 1
    assert attacked(voters) == set()


def test_the_attack_is_alive_where_the_rules_are_too_weak() -> None:
    """Groups that may differ by one organization give it away: told by the same attack."""
    units = np.array([[1] * 8, [1] * 7 + [0]], dtype=np.int64)
    assert isolated_units(units, range(2)) == {7}


def test_who_joins_after_a_release_does_not_vote_where_its_figure_could_be_subtracted() -> None:
    first = drawn(HOUSES[:10])
    _, before = released(first)
    history = History((Earlier(season_period(2017), {NPS: before}, counts_persons=False),))
    with_one_more = first | {"house-10": -99.0}
    told, voters = released(with_one_more, history)
    alone, _ = released(first, history)
    assert "house-10" not in voters.panel
    assert median(told["house-00"]).cell == median(alone["house-00"]).cell


def test_an_invented_figure_of_a_members_own_moves_nothing_that_it_reads() -> None:
    honest, invented = drawn(HOUSES), drawn(HOUSES) | {"house-04": 100.0}
    assert released(honest)[0]["house-04"] == released(invented)[0]["house-04"]


def test_an_organization_that_does_not_share_comparisons_neither_votes_nor_reads() -> None:
    consent = Consent(frozenset(HOUSES), frozenset(HOUSES[1:]))
    told, voters = released(drawn(HOUSES), consent=consent)
    assert "house-00" not in told
    assert "house-00" not in voters.panel


def test_nothing_finer_than_two_digits_is_in_any_file_of_a_release() -> None:
    ratios = drawn(HOUSES)
    common, by_member, voters = comparisons(figures(ratios), DEFAULT_POLICY, History(), consent=EVERYONE)
    files = [voters_as_json(voters), *map(cells_bytes, (common, *by_member.values()))]
    told = [one.cell.value for cells in by_member.values() for one in cells if isinstance(one.cell, Shown)]
    assert told
    assert all(significant(Decimal(str(one)), 2) == one for one in told)
    assert not [value for value in ratios.values() if repr(value).encode() in b"".join(files)]


def test_a_figure_is_brought_only_of_who_has_a_public_place_in_the_period() -> None:
    brought = Brought({NPS: {"house-00": 12.0, "elsewhere": 7.0}})
    assert brought.among(HOUSES) == {NPS: {"house-00": 12.0}}


def told_by(scope: OwnRows, period: Period) -> dict[str, OwnFigure]:
    """A source: forty people in one house, twenty-nine in the other."""
    return {NPS: OwnFigure(12.5, 40 if scope.organization == "house-00" else 29)} if period.days else {}


def told_wrongly(scope: OwnRows, period: Period) -> dict[str, OwnFigure]:
    """A source that takes the name of a metric of the registry."""
    return {"occupancy_rate": OwnFigure(0.5, scope.organization.count("h") + period.days)}


@override_settings(RELEASE_SOURCES=[f"{__name__}.told_by"])
def test_a_figure_of_fewer_than_thirty_people_stays_at_home() -> None:
    assert brought_within(["house-01", "house-00"], season_period(2018)) == Brought({NPS: {"house-00": 12.5}})


@override_settings(RELEASE_SOURCES=[f"{__name__}.told_wrongly"])
def test_a_source_may_not_take_the_name_of_another_figure() -> None:
    with pytest.raises(ReleaseRefused, match="name of another"):
        brought_within(["house-00"], season_period(2018))
