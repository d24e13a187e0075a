"""Who counts as one: comparisons, amounts and persons of a legal group."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from publicc.disclosure.policy import DEFAULT_POLICY
from publicc.kernel.cells import Shown
from publicc.kernel.period import season_period
from publicc.releases.compared import comparisons
from publicc.releases.consent import EVERYONE
from publicc.releases.contents import COHORT, COMPARED, GROUP, REVENUE, SUMS, buyers_table
from publicc.releases.cube import sum_members, sum_units
from publicc.releases.granted import Granted
from publicc.releases.grouping import AskedGroup, Grouping
from publicc.releases.history import Earlier, History, Voters
from publicc.releases.units import OrganizationFigures, organization_figures, person_units, snapshot_facts
from tests.unit.releases.pool import write_pool

HOUSES = [f"house-{at:02}" for at in range(14)]
SEASON = season_period(2018)
PRICE = "average_price_paid"


def figures(grouping: Grouping, houses: list[str] | None = None) -> OrganizationFigures:
    names = houses or HOUSES
    place = {one.name: one.values[0] for one in COHORT}
    ratios = {one.metric: {slug: 10.0 + at for at, slug in enumerate(names)} for one in COMPARED}
    sums = {table.metric: {slug: 1000.0 + at for at, slug in enumerate(names)} for table in SUMS}
    return OrganizationFigures(dict.fromkeys(names, place), sums, ratios, heads=grouping.heads(names))


def asked(members: list[str], legal: dict[str, str], history: History | None = None) -> tuple[Voters, set[str]]:
    """Who stood behind the price, and the states of its cells in the file of who asked."""
    grouping = Grouping(legal, (AskedGroup("g", "house-00", frozenset(members)),))
    _, by_member, voters = comparisons(
        figures(grouping), DEFAULT_POLICY, history or History(), consent=EVERYONE, asked=grouping.asked
    )
    mine = [one for one in by_member["house-00"] if one.key == ((GROUP, "g"),) and one.metric == PRICE]
    assert not [one for slug in HOUSES[1:] for one in by_member[slug] if dict(one.key).get(GROUP)]
    return voters[PRICE], {type(one.cell).__name__ for one in mine}


def test_a_legal_group_votes_once_and_stands_for_its_organizations() -> None:
    voters, states = asked(HOUSES[1:11], {"house-01": "Rives", "house-02": "Rives"})
    assert len(voters.panel) == 13
    assert (voters.asked, states) == ((frozenset(HOUSES[1:11]) - {"house-02"},), {"Shown"})


def test_a_group_that_a_holding_leaves_too_small_is_withheld_like_any_other() -> None:
    voters, states = asked(HOUSES[1:10], dict.fromkeys(HOUSES[1:4], "Grande Maison"))
    assert (voters.asked, states) == ((), {"Withheld"})


def test_who_asks_reads_nothing_of_its_own_legal_group() -> None:
    voters, states = asked(HOUSES[1:11], {"house-00": "Rives", "house-01": "Rives"})
    assert (voters.asked, states) == ((frozenset(HOUSES[2:11]),), {"Shown"})


def test_a_group_read_before_keeps_a_nearer_one_from_ever_being_shown() -> None:
    """What one member read in an earlier release is counted against the next, whoever asks."""
    read = Voters(frozenset(HOUSES), (frozenset(HOUSES),), (frozenset(HOUSES[2:12]),))
    history = History((Earlier(season_period(2017), {PRICE: read}, counts_persons=False),))
    voters, states = asked(HOUSES[1:11], {}, history)
    assert (voters.asked, states) == ((), {"Withheld"})


def test_a_member_reads_a_group_of_the_catalogue_without_its_whole_legal_group() -> None:
    legal = {"house-00": "Rives", "house-13": "Rives"}
    _, by_member, _ = comparisons(figures(Grouping(legal)), DEFAULT_POLICY, History(), consent=EVERYONE)
    whole = {
        slug: next(one.cell for one in by_member[slug] if one.metric == PRICE and not one.key)
        for slug in ("house-00", "house-13", "house-05")
    }
    assert whole["house-00"] == whole["house-13"]
    assert isinstance(whole["house-00"], Shown)
    assert whole["house-00"].n == 12


def test_amounts_of_one_legal_group_are_added_before_they_are_protected() -> None:
    told = figures(Grouping({"house-01": "Rives", "house-02": "Rives"}))
    _, amounts = sum_units(told, REVENUE)
    assert sum_members(told, REVENUE) == [slug for slug in HOUSES if slug != "house-02"]
    assert amounts[1] == 1001.0 + 1002.0
    shown = Granted({"house-02": {"ticket_revenue": {"house-01": 5.0, "house-03": 7.0}}})
    (knower,) = shown.knowers("ticket_revenue", sum_members(told, REVENUE), told.heads)
    assert (knower.unit, knower.least[1], knower.least[2]) == (1, 0.0, 7.0)


def test_a_person_whom_two_of_one_legal_group_know_counts_once(tmp_path: Path) -> None:
    write_pool(tmp_path, houses=4, persons=80)
    with snapshot_facts(tmp_path) as facts:
        apart = organization_figures(facts, SEASON, date(2020, 1, 1))
        each = person_units(facts, SEASON, buyers_table(), apart.legal_groups)
        told = organization_figures(facts, SEASON, date(2020, 1, 1), Grouping({"house-01": "A", "house-02": "A"}))
        units = person_units(facts, SEASON, buyers_table(), told.legal_groups)
    assert (units.persons == each.persons).all(), "where people live and how many places they visit stays the same"
    assert np.array_equal(units.by_org[1], each.by_org[1] + each.by_org[2] - each.by_pair[1, 2])


def test_what_stands_for_a_legal_group_is_the_same_whatever_the_order() -> None:
    grouping = Grouping({"b": "G", "a": "G", "z": "H"})
    assert grouping.heads(["c", "b", "a"]) == {"a": "a", "b": "a", "c": "c", "z": "z"}
    assert grouping.heads(["b", "c"]) == {"b": "b", "c": "c", "a": "b", "z": "z"}
    with pytest.raises(KeyError):
        _ = grouping.heads([])["c"]
