"""Days that move audiences in Québec: public holidays on their real day, and breaks from a table anyone can edit."""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

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
    try:
        told = tomllib.loads(_TABLE.read_text(encoding="utf-8") if table is None else table)
        found = [_break(one, year) for one in told["break"]]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, IndexError) as problem:
        raise BadInput(
            Text("La table des congés ne se lit pas.", "The table of breaks cannot be read."),
            do=Text(
                "Donner à chacun slug, fr, en, kind, area, source, et from et to (MM-JJ) ou on et days.",
                "Give each slug, fr, en, kind, area, source, and either from and to (MM-DD) or on and days.",
            ),
        ) from problem
    return tuple(sorted(found, key=lambda one: (one.first_on, one.slug)))


def _break(told: dict[str, Any], year: int) -> Break:
    first, last = _rule(told, year) if "on" in told else _same_days(told, year)
    name = Text(told["fr"], told["en"])
    return Break(told["slug"], name, told["kind"], told["area"], first, last, told["source"])


def _same_days(told: dict[str, Any], year: int) -> tuple[date, date]:
    first, last = (date.fromisoformat(f"{year}-{told[end]}") for end in ("from", "to"))
    return (first, last) if first <= last else (first, last.replace(year=year + 1))


def _rule(told: dict[str, Any], year: int) -> tuple[date, date]:
    rule = told["on"]
    days = [
        date(year, rule["month"], day)
        for day in range(1, calendar.monthrange(year, rule["month"])[1] + 1)
        if date(year, rule["month"], day).isoweekday() == rule["weekday"]
    ]
    first = days[rule["nth"] - 1 if rule["nth"] > 0 else rule["nth"]]
    return first, first + timedelta(days=told["days"] - 1)
