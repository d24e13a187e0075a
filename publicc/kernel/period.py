"""Dates as the sector counts them: closed periods, seasons from 1 September to 31 August, months that clip.

Source: docs/metrics (conventions, time).
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from publicc.kernel.errors import BadUsage
from publicc.kernel.text import Text

SEASON_FIRST_MONTH: Final = 9


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `first_on` to `last_on`, both included."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise BadUsage(
                Text(
                    fr=f"La période finit avant de commencer : {self.first_on} à {self.last_on}.",
                    en=f"The period ends before it begins: {self.first_on} to {self.last_on}.",
                )
            )

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.last_on - self.first_on).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    def __str__(self) -> str:
        return f"{self.first_on.isoformat()}..{self.last_on.isoformat()}"


def season_period(first_year: int) -> Period:
    """The season that opens on 1 September of `first_year`."""
    return Period(date(first_year, SEASON_FIRST_MONTH, 1), date(first_year + 1, SEASON_FIRST_MONTH, 1) - timedelta(1))


def season_year(day: date) -> int:
    """First year of the season that `day` (local performance date) belongs to."""
    return day.year if day.month >= SEASON_FIRST_MONTH else day.year - 1


def season_label(first_year: int) -> str:
    """`2018` → `2018-2019`, the label of a season."""
    return f"{first_year}-{first_year + 1}"


def seasons_between(first_on: date, last_on: date) -> Iterator[int]:
    """First years of every season touched by the days from `first_on` to `last_on`."""
    yield from range(season_year(first_on), season_year(last_on) + 1)


def months_before(day: date, months: int) -> date:
    """`day − months`: same day number, clipped to the month's end (31 Aug 2025 − 18 months = 29 Feb 2024)."""
    total = day.year * 12 + (day.month - 1) - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_period(text: str) -> Period:
    """Read `2018-09-01..2019-08-31`, a season `2018-2019`, a year `2018` or a month `2018-09`.

    Raises BadUsage with the forms that are understood.
    """
    try:
        return _parsed(text.strip())
    except (ValueError, OverflowError, BadUsage) as problem:
        raise BadUsage(
            Text(fr="Cette période ne se lit pas.", en="This period cannot be read."),
            do=Text(
                fr="Écrire 2018-09-01..2019-08-31, une saison 2018-2019, une année 2018 ou un mois 2018-09.",
                en="Write 2018-09-01..2019-08-31, a season 2018-2019, a year 2018 or a month 2018-09.",
            ),
        ) from problem


def _parsed(text: str) -> Period:
    if ".." in text:
        first, last = text.split("..", 1)
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    if len(text) == 9 and text[4] == "-" and int(text[5:]) == int(text[:4]) + 1:
        return season_period(int(text[:4]))
    if len(text) == 7 and text[4] == "-":
        year, month = int(text[:4]), int(text[5:])
        return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Period(date(int(text), 1, 1), date(int(text), 12, 31))
