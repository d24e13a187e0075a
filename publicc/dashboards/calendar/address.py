"""What the address of the calendar asks for. Pure; an address edited by hand never fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from publicc.kernel.vocabulary import Discipline

MOST_DATES: Final = 4
FIRST_YEAR, LAST_YEAR = 2000, 2099
EVENING_FROM: Final = 17


@dataclass(frozen=True, slots=True)
class Asked:
    """A month, for one discipline in one territory; a day to open; dates to compare; evenings only or not."""

    month: date
    territory: str
    discipline: str
    day: date | None = None
    dates: tuple[date, ...] = ()
    evening: bool = False

    @property
    def last_on(self) -> date:
        """Last day of the month."""
        return next_month(self.month) - timedelta(1)

    def query_string(self) -> str:
        """The same question as the query of an address, always in the same order."""
        pairs = [("month", f"{self.month:%Y-%m}"), ("territory", self.territory), ("discipline", self.discipline)]
        pairs += [("evening", "1")] if self.evening else []
        pairs += [("day", self.day.isoformat())] if self.day else []
        pairs += [("date", one.isoformat()) for one in self.dates]
        return urlencode(pairs)

    def on(self, day: date) -> "Asked":
        """The same, with that day open."""
        return replace(self, day=day)

    def in_month(self, month: date) -> "Asked":
        """The same in another month, no day open."""
        return replace(self, month=month.replace(day=1), day=None)


def next_month(month: date) -> date:
    """First day of the month after."""
    return (month.replace(day=28) + timedelta(4)).replace(day=1)


def month_before(month: date) -> date:
    """First day of the month before."""
    return (month.replace(day=1) - timedelta(1)).replace(day=1)


def read_address(
    told: Mapping[str, Sequence[str]], *, usual: Asked, territories: Sequence[str]
) -> Asked:  # fmt: skip
    """What is asked; what means nothing is as `usual`."""
    day = _day(_first(told, "day"))
    month = _day(f"{_first(told, 'month')}-01") or (day.replace(day=1) if day else usual.month)
    territory, discipline = _first(told, "territory"), _first(told, "discipline")
    dates = sorted({found for written in told.get("date", ()) if (found := _day(written))})
    return Asked(
        month=month,
        territory=territory if territory in territories else usual.territory,
        discipline=discipline if discipline in Discipline.__members__ else usual.discipline,
        day=day if day and (day.year, day.month) == (month.year, month.month) else None,
        dates=tuple(dates[:MOST_DATES]),
        evening=_first(told, "evening") == "1",
    )


def _first(told: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(told.get(name, ())), "")


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if len(written) == len("2027-03-05") and FIRST_YEAR <= found.year <= LAST_YEAR else None
