"""Holidays of Québec on their real day; breaks from an editable table."""

from datetime import date

import pytest

from publicc.directory.calendar import HolidayKind, breaks_of, holidays_of
from publicc.kernel.errors import BadInput


def public(year: int) -> dict[date, str]:
    return {one.on: one.name.fr for one in holidays_of(year) if one.kind is HolidayKind.PUBLIC}


def test_quebec_has_eight_public_holidays_in_2026() -> None:
    assert [day.isoformat()[5:] for day in public(2026)] == [
        "01-01",
        "04-03",
        "05-18",
        "06-24",
        "07-01",
        "09-07",
        "10-12",
        "12-25",
    ]
    assert public(2026)[date(2026, 5, 18)] == "Journée nationale des patriotes"


def test_a_holiday_on_a_weekend_is_not_counted_twice() -> None:
    assert [day for day in public(2027) if day.month == 12] == [date(2027, 12, 25)]


def test_federal_days_are_labels_and_never_hide_a_public_one() -> None:
    kinds = {one.on: one.kind for one in holidays_of(2026)}
    assert kinds[date(2026, 5, 18)] is HolidayKind.PUBLIC
    assert kinds[date(2026, 11, 11)] is HolidayKind.FEDERAL


def test_easter_monday_is_the_employers_choice() -> None:
    assert {one.on for one in holidays_of(2026) if one.kind is HolidayKind.OPTIONAL} >= {date(2026, 4, 6)}


def test_no_label_is_left_in_english() -> None:
    assert {one.name.fr for one in holidays_of(2026) if one.on == date(2026, 12, 26)} == {"Lendemain de Noël"}


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("relache", "2026-03-02", "2026-03-08"),
        ("fetes", "2026-12-23", "2027-01-06"),
        ("ete", "2026-06-24", "2026-08-31"),
        ("construction", "2026-07-19", "2026-08-01"),
    ],
)
def test_breaks_follow_their_rule(slug: str, first: str, last: str) -> None:
    found = {one.slug: one for one in breaks_of(2026)}[slug]
    assert (found.first_on, found.last_on) == (date.fromisoformat(first), date.fromisoformat(last))
    assert found.source


def test_an_operator_may_bring_its_own_breaks() -> None:
    table = '[[break]]\nslug="x"\nfr="X"\nen="X"\nkind="school"\narea="H"\nfrom="03-01"\nto="03-05"\nsource="CSS"'
    (only,) = breaks_of(2026, table)
    assert (only.first_on, only.area) == (date(2026, 3, 1), "H")


@pytest.mark.parametrize(
    "table", ["", "not toml", "[[break]]\nslug='x'", "[[break]]\nslug='x'\nfrom='13-41'\nto='01-01'"]
)
def test_a_table_of_breaks_that_cannot_be_read_says_so(table: str) -> None:
    with pytest.raises(BadInput):
        breaks_of(2026, table)
