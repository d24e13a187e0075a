"""On small random worlds, every figure is what plain Python counts; and the order of rows changes nothing."""

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publicc.kernel.cells import Shown, Unknown
from publicc.kernel.period import Period, season_period
from publicc.metrics.answers import answer
from publicc.metrics.questions import Question
from tests.properties.oracle import METRICS, Oracle, Ticket
from tests.spec.metrics.world import OWN, World

DAYS = st.integers(0, 7 * 365).map(lambda days: date(2018, 9, 1) + timedelta(days))


@st.composite
def performances(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [
        {
            "performance_id": f"p{i}",
            "show_id": draw(st.sampled_from(["s1", "s2"])),
            "starts_on": (starts_on := draw(DAYS)),
            "capacity": draw(st.sampled_from([None, 2, 5, 50])),
            "status": draw(
                st.sampled_from(["SCHEDULED"] * 4 + ["RESCHEDULED", "CANCELLED", "MOVED_ONLINE", "POSTPONED"])
            ),
            "deal_type": draw(st.sampled_from(["PRESENTATION"] * 5 + ["RENTAL"])),
            "is_free": draw(st.sampled_from([False] * 5 + [True])),
            "is_online": draw(st.sampled_from([False] * 5 + [True])),
            "soldout_since": draw(st.sampled_from([None, None, date(2018, 1, 1)])),
            "general_sale_on": draw(st.sampled_from([None, starts_on - timedelta(30)])),
        }
        for i in range(draw(st.integers(1, 7)))
    ]


@st.composite
def ticket(draw: st.DrawFn, of: list[dict[str, Any]]) -> dict[str, Any]:
    one = draw(st.sampled_from(of))
    origin = draw(st.sampled_from(["CANADA"] * 3 + ["FOREIGN", "UNKNOWN"]))
    home = origin == "CANADA"
    return {
        "performance_id": one["performance_id"],
        "tickets": draw(st.integers(1, 3)),
        "buyer": draw(st.sampled_from(["ada", "ben", "cam", "dee", None])),
        "buyer_kind": draw(st.sampled_from(["INDIVIDUAL"] * 6 + ["GROUP"])),
        "order": draw(st.sampled_from([1, 2, 3, None])),
        "price_group": draw(
            st.sampled_from(["FULL"] * 3 + ["REDUCED", "COMP", "UNMAPPED", "SUBSCRIPTION", "PASS", "FREE"])
        ),
        "net": draw(st.sampled_from(["10", "25.5", "0", None])),
        "face": draw(st.sampled_from(["30", "31.01", None])),
        "ticket_status": draw(st.sampled_from(["VALID"] * 5 + ["REFUNDED", "CANCELLED", "EXCHANGED_OUT", "RESERVED"])),
        "ordered_on": draw(
            st.sampled_from([None, *(one["starts_on"] - timedelta(days) for days in (-2, 0, 5, 14, 200))])
        ),
        "scanned": draw(st.sampled_from(["yes", "yes", "no", None])),
        "origin": origin,
        "province": draw(st.sampled_from(["QC", "ON", None])) if home else None,
        "fsa": draw(st.sampled_from(["H2X", "J4K", "G1R", None])) if home else None,
        "distance_km": draw(st.sampled_from([0.5, 7.3, 42.0, None])) if home else None,
    }


@st.composite
def worlds(draw: st.DrawFn) -> tuple[World, Period]:
    played = draw(performances())
    tickets = draw(st.lists(ticket(played), max_size=25))
    as_of = draw(st.sampled_from([date(2025, 8, 31), date(2023, 2, 10), date(2026, 8, 31)]))
    seasons = [season_period(year) for year in range(2018, 2026)]
    period = draw(
        st.sampled_from(
            [*seasons, Period(date(2018, 1, 1), date(2026, 12, 31)), Period(date(2022, 2, 1), date(2024, 2, 29))]
        )
    )
    return World(played, tickets, as_of, venues=[{}]), period


def plain(world: World, period: Period) -> Oracle:
    by_key = {one["performance_id"]: one for one in world.performances}
    cents = {None: None, "10": 1000, "25.5": 2550, "0": 0, "30": 3000, "31.01": 3101}
    tickets = [
        Ticket(
            performance=by_key[one["performance_id"]], status=one["ticket_status"], group=one["price_group"],
            net=cents[one["net"]], face=cents[one["face"]], buyer=one["buyer"],
            kind=one["buyer_kind"] if one["buyer"] else None, order=one["order"], ordered_on=one["ordered_on"],
            cancelled_on=None, origin=one["origin"], province=one["province"], fsa=one["fsa"],
            km=None if one["distance_km"] is None else Fraction(str(one["distance_km"])),
            scanned=None if one["scanned"] is None else one["scanned"] == "yes", household=None,
        )
        for one in world.tickets
        for _ in range(one["tickets"])
    ]  # fmt: skip
    return Oracle(list(world.performances), tickets, world.as_of, period)


def told(world: World, period: Period) -> dict[str, Any]:
    (row,) = answer(world.connection(), Question(METRICS, period=period), OWN).rows
    found: dict[str, Any] = {}
    for name, cell in row.cells.items():
        match cell:
            case Shown(value=value):
                found[name] = value
            case Unknown(reason=reason):
                found[name] = reason.name
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds())
def test_every_figure_is_what_plain_python_counts(asked: tuple[World, Period]) -> None:
    world, period = asked
    oracle, found = plain(world, period), told(world, period)
    expected = {name: getattr(oracle, name)() for name in METRICS}
    for name, value in expected.items():
        if isinstance(value, str):
            assert found[name] == value, name
        else:
            assert found[name] not in ("NO_BASE", "NO_DATA"), (name, value, found[name])
            assert float(found[name]) == pytest.approx(float(value), rel=1e-12, abs=1e-12), name


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_figure(asked: tuple[World, Period], chance: random.Random) -> None:
    world, period = asked
    shuffled = World(
        chance.sample(list(world.performances), len(world.performances)),
        chance.sample(list(world.tickets), len(world.tickets)),
        world.as_of,
        venues=[{}],
    )
    assert told(world, period) == told(shuffled, period)
