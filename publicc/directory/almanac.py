"""What each day is: holiday, long weekend, school or trade break, weather when it is given. Decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from publicc.directory.calendar import Break, Holiday, HolidayKind, Rule, breaks_in, holidays_of, shipped_rules
from publicc.kernel.formats import number
from publicc.kernel.text import Text


class DayKind(StrEnum):
    """What a day is to those who go out; the first that fits."""

    HOLIDAY = "holiday"
    LONG_WEEKEND = "long_weekend"
    """A Saturday or Sunday that a public holiday makes longer: the Friday before it or the Monday after."""
    TRADE_BREAK = "trade_break"
    """Before school breaks: the construction holiday falls within the school summer."""
    SCHOOL_BREAK = "school_break"
    ORDINARY = "ordinary"


DAY_KINDS: Final[Mapping[str, Text]] = {
    DayKind.HOLIDAY: Text("Jour férié", "Public holiday"),
    DayKind.LONG_WEEKEND: Text("Longue fin de semaine", "Long weekend"),
    DayKind.TRADE_BREAK: Text("Vacances de la construction", "Construction holiday"),
    DayKind.SCHOOL_BREAK: Text("Congé scolaire", "School break"),
    DayKind.ORDINARY: Text("Jour ordinaire", "Ordinary day"),
}
"""Every kind of day, as it is read."""
_SATURDAY, _SUNDAY = 6, 7


@dataclass(frozen=True, slots=True)
class Weather:
    """One day's weather at one station. None: the file does not say."""

    celsius: float | None
    rain_mm: float | None
    snow_cm: float | None

    @property
    def said(self) -> Text:
        """In a few words, what is known only; empty when nothing is."""
        told = [
            _WEATHER[name].filled(n=Text(number(value, "fr"), number(value, "en")))
            for name in _WEATHER
            if (value := getattr(self, name)) is not None and (value or name == "celsius")
        ]
        return Text(", ".join(one.fr for one in told), ", ".join(one.en for one in told))


_WEATHER: Final = {
    "celsius": Text("{n}\u00a0°C", "{n}\u00a0°C"),
    "rain_mm": Text("{n}\u00a0mm de pluie", "{n}\u00a0mm of rain"),
    "snow_cm": Text("{n}\u00a0cm de neige", "{n}\u00a0cm of snow"),
}


@dataclass(frozen=True, slots=True)
class Almanac:
    """The days as this installation knows them. `version` changes whenever the table of breaks does."""

    rules: tuple[Rule, ...] = field(default_factory=shipped_rules)
    version: str = ""
    weather: Mapping[date, Weather] = field(default_factory=dict)
    attribution: Text | None = None
    """The line that must stand beside weather."""
    _by_year: dict[int, tuple[Break, ...]] = field(default_factory=dict, compare=False, repr=False)
    _kinds: dict[date, DayKind] = field(default_factory=dict, compare=False, repr=False)

    def holiday(self, on: date) -> Holiday | None:
        """The public holiday of that day, if it is one."""
        return next((one for one in _holidays(on) if one.kind is HolidayKind.PUBLIC), None)

    def breaks(self, on: date) -> tuple[Break, ...]:
        """The breaks that hold that day; those that began the year before included."""
        every = (*self._beginning(on.year - 1), *self._beginning(on.year))
        return tuple(one for one in every if one.first_on <= on <= one.last_on)

    def _beginning(self, year: int) -> tuple[Break, ...]:
        """The breaks that begin in a year, read once."""
        if year not in self._by_year:
            self._by_year[year] = breaks_in(self.rules, year)
        return self._by_year[year]

    def kind_of(self, on: date) -> DayKind:
        """What the day is, found once."""
        if on not in self._kinds:
            self._kinds[on] = self._found_kind(on)
        return self._kinds[on]

    def _found_kind(self, on: date) -> DayKind:
        if self.holiday(on):
            return DayKind.HOLIDAY
        if self._is_long_weekend(on):
            return DayKind.LONG_WEEKEND
        kinds = {one.kind for one in self.breaks(on)}
        if "trade" in kinds:
            return DayKind.TRADE_BREAK
        return DayKind.SCHOOL_BREAK if "school" in kinds else DayKind.ORDINARY

    def _is_long_weekend(self, on: date) -> bool:
        """A Saturday or Sunday beside a public holiday that falls on Friday or Monday."""
        if on.isoweekday() not in {_SATURDAY, _SUNDAY}:
            return False
        friday = on - timedelta(on.isoweekday() - 5)
        return bool(self.holiday(friday) or self.holiday(friday + timedelta(3)))

    def marks(self, on: date) -> Text:
        """Everything known of that day, in words; empty when it is ordinary."""
        names = [*(one.name for one in _holidays(on)), *(one.name for one in self.breaks(on))]
        if on in self.weather:
            names.append(self.weather[on].said)
        said = [one for one in names if one.fr]
        return Text("; ".join(one.fr for one in said), "; ".join(one.en for one in said))


@lru_cache(maxsize=4096)
def _holidays(on: date) -> tuple[Holiday, ...]:
    return tuple(one for one in holidays_of(on.year) if one.on == on)


SHIPPED: Final = Almanac()
"""Holidays and the shipped rules, without weather."""
