"""When a schedule comes due: by the clock of Montréal, through both changes of the hour."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from publicc.reports.recurring.times import Every, Over, Rule, asked_over, next_time

ZONE = ZoneInfo("America/Toronto")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("rule", "after", "expected"),
    [
        (Rule(Every.MONTH, 1), "2026-02-01T06:59", "2026-02-01T07:00"),
        (Rule(Every.MONTH, 1), "2026-02-01T07:00", "2026-03-01T07:00"),
        (Rule(Every.MONTH, 31), "2026-02-01T07:00", "2026-02-28T07:00"),
        (Rule(Every.MONTH, 31), "2026-02-28T07:00", "2026-03-31T07:00"),
        (Rule(Every.MONTH, 15), "2026-12-15T07:00", "2027-01-15T07:00"),
        (Rule(Every.WEEK, 1), "2026-11-22T19:00", "2026-11-23T07:00"),
        (Rule(Every.WEEK, 7), "2026-11-22T19:00", "2026-11-29T07:00"),
        (Rule(Every.SEASON), "2026-09-01T07:00", "2027-09-01T07:00"),
        (Rule(Every.SEASON), "2026-03-01T07:00", "2026-09-01T07:00"),
    ],
)
def test_the_next_time_is_the_first_one_after(rule: Rule, after: str, expected: str) -> None:
    assert next_time(rule, local(after), ZONE) == local(expected)


def test_seven_in_the_morning_stays_seven_when_the_hour_changes() -> None:
    rule, at, clocks = Rule(Every.WEEK, 1), datetime(2026, 2, 28, tzinfo=UTC), []
    for _ in range(40):
        found = next_time(rule, at, ZONE)
        assert found is not None
        at = found
        clocks.append((at.astimezone(ZONE).isoweekday(), at.astimezone(ZONE).hour, at.hour))
    assert {(day, hour) for day, hour, _ in clocks} == {(1, 7)}
    assert {utc for _, _, utc in clocks} == {11, 12}


def test_an_hour_that_does_not_exist_in_spring_is_the_one_after_and_comes_once() -> None:
    rule = Rule(Every.WEEK, 7, hour=2)
    at = next_time(rule, local("2026-03-07T12:00"), ZONE)
    assert at is not None
    assert at.astimezone(ZONE).isoformat() == "2026-03-08T03:00:00-04:00"
    assert next_time(rule, at, ZONE) == local("2026-03-15T02:00")


def test_an_hour_that_comes_twice_in_autumn_counts_the_first_time_only() -> None:
    rule = Rule(Every.WEEK, 7, hour=1)
    at = next_time(rule, local("2026-10-31T12:00"), ZONE)
    assert at is not None
    assert at.astimezone(ZONE).isoformat() == "2026-11-01T01:00:00-04:00"
    assert next_time(rule, at, ZONE) == local("2026-11-08T01:00")


def test_a_deposit_is_said_by_no_clock() -> None:
    assert next_time(Rule(Every.DEPOSIT), local("2026-03-08T12:00"), ZONE) is None


@pytest.mark.parametrize(
    ("over", "on", "expected"),
    [
        (Over.CURRENT, "2026-11-22", {}),
        (Over.CLOSED, "2026-09-01", {"season": ["2025-2026"]}),
        (Over.CLOSED, "2026-08-31", {"season": ["2024-2025"]}),
        (Over.MONTH, "2026-03-01", {"period": ["2026-02-01..2026-02-28"]}),
        (Over.MONTH, "2026-01-31", {"period": ["2025-12-01..2025-12-31"]}),
        (Over.WEEK, "2026-11-23", {"period": ["2026-11-16..2026-11-22"]}),
        (Over.WEEK, "2026-11-22", {"period": ["2026-11-09..2026-11-15"]}),
    ],
)
def test_an_edition_tells_the_period_of_its_day(over: Over, on: str, expected: dict[str, list[str]]) -> None:
    assert asked_over(over, date.fromisoformat(on)) == expected
