"""What each day is: holiday, school or trade break. Annotates supply, decides nothing."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from publicc.directory.calendar import Break, Holiday, HolidayKind, Rule, breaks_in, holidays_of, shipped_rules
from publicc.kernel.text import Text


class DayKind(StrEnum):
    """What a day is to those who go out; the first that fits."""

    HOLIDAY = "holiday"
    TRADE_BREAK = "trade_break"
    """Before school breaks: the construction holiday falls within the school summer."""
    SCHOOL_BREAK = "school_break"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Almanac:
    """The days as this installation knows them. `version` changes whenever the table of breaks does."""

    rules: tuple[Rule, ...] = field(default_factory=shipped_rules)
    version: str = ""

    def holiday(self, on: date) -> Holiday | None:
        """The public holiday of that day, if it is one."""
        return next((one for one in _holidays(on) if one.kind is HolidayKind.PUBLIC), None)

    def breaks(self, on: date) -> tuple[Break, ...]:
        """The breaks that hold that day; those that began the year before included."""
        every = (*breaks_in(self.rules, on.year - 1), *breaks_in(self.rules, on.year))
        return tuple(one for one in every if one.first_on <= on <= one.last_on)

    def kind_of(self, on: date) -> DayKind:
        """What the day is."""
        if self.holiday(on):
            return DayKind.HOLIDAY
        kinds = {one.kind for one in self.breaks(on)}
        if "trade" in kinds:
            return DayKind.TRADE_BREAK
        return DayKind.SCHOOL_BREAK if "school" in kinds else DayKind.ORDINARY

    def marks(self, on: date) -> Text:
        """Everything known of that day, in words; empty when it is ordinary."""
        names = [*(one.name for one in _holidays(on)), *(one.name for one in self.breaks(on))]
        return Text("; ".join(one.fr for one in names), "; ".join(one.en for one in names))


@lru_cache(maxsize=4096)
def _holidays(on: date) -> tuple[Holiday, ...]:
    return tuple(one for one in holidays_of(on.year) if one.on == on)


SHIPPED: Final = Almanac()
"""Holidays and the shipped rules, without weather."""
