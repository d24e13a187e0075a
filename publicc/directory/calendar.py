"""Days that move audiences in Québec: public holidays on their real day, and breaks from a table anyone can edit."""

import calendar
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import holidays

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

_TABLE: Final = Path(__file__).parent / "data" / "breaks.toml"
_BETTER: Final = {"Boxing Day": "Lendemain de Noël"}


class HolidayKind(StrEnum):
    """PUBLIC closes most workplaces; OPTIONAL is the employer's choice; FEDERAL is a label, never a closure."""

    PUBLIC = "public"
    OPTIONAL = "optional"
    FEDERAL = "federal"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day of one year, on the day itself: audiences follow the real day, not the day observed."""

    on: date
    name: Text
    kind: HolidayKind


@dataclass(frozen=True, slots=True)
class Break:
    """A span of days off, both ends included. `source` says where the rule comes from; none was officially checked."""

    slug: str
    name: Text
    kind: str
    area: str
    first_on: date
    last_on: date
    source: str


@cache
def holidays_of(year: int) -> tuple[Holiday, ...]:
    """The holidays of Québec in `year`, by date: public, then optional and federal ones that are not public."""
    kinds = (("public", HolidayKind.PUBLIC), ("optional", HolidayKind.OPTIONAL), ("government", HolidayKind.FEDERAL))
    found: dict[date, Holiday] = {}
    for category, kind in kinds:
        french, english = (_named(year, category, language) for language in ("fr", "en_CA"))
        for day, name in french.items():
            found.setdefault(day, Holiday(day, Text(_BETTER.get(name, name), english[day]), kind))
    return tuple(found[day] for day in sorted(found))


def _named(year: int, category: str, language: str) -> dict[date, str]:
    return dict(
        holidays.country_holidays("CA", subdiv="QC", years=year, observed=False, language=language, categories=category)
    )


def breaks_of(year: int, table: str | None = None) -> tuple[Break, ...]:
    """The breaks that begin in `year`, by date, from the shipped table or from an operator's own (same TOML form).

    Raises BadInput when a table cannot be read.
    """
    return breaks_in(shipped_rules() if table is None else rules_of(table), year)


Rule: TypeAlias = Mapping[str, Any]
"""One break as a table tells it: `slug`, `fr`, `en`, `kind`, `area`, `source`, and when: `from` and `to` as MM-DD
(every year) or as YYYY-MM-DD (that year only), or `on` (nth weekday of a month) and `days`."""


def breaks_in(rules: Iterable[Rule], year: int) -> tuple[Break, ...]:
    """The breaks of a table that begin in `year`, by date. Raises BadInput when one cannot be read."""
    try:
        found = [one for rule in rules for one in _breaks(rule, year)]
    except (KeyError, TypeError, ValueError, IndexError) as problem:
        raise _unreadable() from problem
    return tuple(sorted(found, key=lambda one: (one.first_on, one.slug)))


def rules_of(table: str) -> tuple[Rule, ...]:
    """The rules of a TOML table of `[[break]]`. Raises BadInput when it cannot be read."""
    try:
        return tuple(tomllib.loads(table)["break"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise _unreadable() from problem


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that come with Public C: none was officially checked."""
    return rules_of(_TABLE.read_text(encoding="utf-8"))


def _unreadable() -> BadInput:
    return BadInput(
        Text("La table des congés ne se lit pas.", "The table of breaks cannot be read."),
        do=Text(
            "Donner à chacun slug, fr, en, kind, area, source, et from et to (MM-JJ ou AAAA-MM-JJ) ou on et days.",
            "Give each slug, fr, en, kind, area, source, and from and to (MM-DD or YYYY-MM-DD) or on and days.",
        ),
    )


def _breaks(told: Rule, year: int) -> Iterator[Break]:
    first, last = _rule(told, year) if "on" in told else _same_days(told, year)
    if first.year == year:
        name = Text(told["fr"], told["en"])
        yield Break(told["slug"], name, told["kind"], told["area"], first, last, told["source"])


def _same_days(told: Rule, year: int) -> tuple[date, date]:
    written = (str(told["from"]), str(told["to"]))
    if all(len(one) == len("2027-03-01") for one in written):
        exact = tuple(date.fromisoformat(one) for one in written)
        return exact[0], exact[1]
    first, last = (date.fromisoformat(f"{year}-{one}") for one in written)
    return (first, last) if first <= last else (first, last.replace(year=year + 1))


def _rule(told: Rule, year: int) -> tuple[date, date]:
    rule = told["on"]
    days = [
        date(year, rule["month"], day)
        for day in range(1, calendar.monthrange(year, rule["month"])[1] + 1)
        if date(year, rule["month"], day).isoweekday() == rule["weekday"]
    ]
    first = days[rule["nth"] - 1 if rule["nth"] > 0 else rule["nth"]]
    return first, first + timedelta(days=told["days"] - 1)
