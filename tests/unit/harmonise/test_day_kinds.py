"""What kind of day a performance falls on, as the snapshot keeps it."""

from datetime import date

import duckdb
import pytest

from publicc.directory.almanac import SHIPPED, Almanac
from publicc.harmonise.day_kinds import lay_day_kinds, told

EXTRA = {"kind": "school", "from": "2026-02-16", "to": "2026-02-20"} | dict.fromkeys(
    ("slug", "fr", "en", "area", "source"), "x"
)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-05-18", "holiday"),
        ("2026-05-16", "long_weekend"),
        ("2026-05-17", "long_weekend"),
        ("2026-05-15", "ordinary"),
        ("2026-05-23", "ordinary"),
        ("2026-04-04", "long_weekend"),
        ("2026-03-04", "school_break"),
        ("2026-07-22", "trade_break"),
        ("2026-07-01", "holiday"),
        ("2024-02-29", "ordinary"),
    ],
)
def test_each_day_is_of_one_kind(day: str, kind: str) -> None:
    assert SHIPPED.kind_of(date.fromisoformat(day)).value == kind


def test_the_days_of_performances_take_their_kind_from_the_table_of_the_hub() -> None:
    edited = Almanac((*SHIPPED.rules, EXTRA), "2")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE performances AS SELECT unnest([DATE '2026-02-18', DATE '2026-02-18', NULL]) AS starts_on"
        )
        for almanac, kind in ((SHIPPED, "ordinary"), (edited, "school_break")):
            lay_day_kinds(connection, almanac)
            assert connection.execute("FROM kinds_of_days").fetchall() == [(date(2026, 2, 18), kind)]
    assert told(SHIPPED) != told(edited)
