"""When a schedule comes due, by the clock of the organization, daylight saving included. Pure."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from publicc.kernel.period import Period, season_label, season_period, season_year
from publicc.kernel.vocabulary import Term


class Every(Term):
    """How often a report is made again."""

    WEEK = "WEEK", "Chaque semaine", "Every week"
    MONTH = "MONTH", "Chaque mois", "Every month"
    DEPOSIT = "DEPOSIT", "Après chaque dépôt", "After each deposit"
    SEASON = "SEASON", "À la fin de la saison", "At the end of the season"


class Over(Term):
    """Which period it tells, found anew each time."""

    CURRENT = "CURRENT", "La saison en cours", "The season under way"
    CLOSED = "CLOSED", "La dernière saison terminée", "The last closed season"
    MONTH = "MONTH", "Le mois terminé", "The month that ended"
    WEEK = "WEEK", "La semaine terminée", "The week that ended"


WEEKDAYS: Final = range(1, 8)
MONTH_DAYS: Final = range(1, 32)
HOURS: Final = range(24)


@dataclass(frozen=True, slots=True)
class Rule:
    """When: `day` is a weekday 1–7 (Monday first) each week, a day 1–31 each month, and means nothing otherwise."""

    every: Every
    day: int = 1
    hour: int = 7


def next_time(rule: Rule, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment of the rule strictly after another, in UTC; None when no clock says it (after a deposit).

    A day that the month lacks is its last. An hour that the clock skips in spring is the one after; one that it
    repeats in autumn counts once, the first time.
    """
    if rule.every is Every.DEPOSIT:
        return None
    moments = (_moment(on, rule.hour, zone) for on in _days(rule, after.astimezone(zone).date()))
    return next(at for at in moments if at > after)


def _moment(on: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=zone).astimezone(UTC)


def _days(rule: Rule, since: date) -> Iterator[date]:
    """The days of a rule from one that is not after `since`, on and on."""
    if rule.every is Every.WEEK:
        first = since - timedelta((since.isoweekday() - rule.day) % 7)
        yield from (first + timedelta(7 * n) for n in count())
    elif rule.every is Every.MONTH:
        for n in count():
            year, month = since.year + (since.month - 1 + n) // 12, (since.month - 1 + n) % 12 + 1
            yield date(year, month, min(rule.day, monthrange(year, month)[1]))
    else:
        yield from (season_period(year).first_on for year in count(season_year(since)))


def asked_over(over: Over, on: date) -> Mapping[str, Sequence[str]]:
    """The period of an edition made on a day, as the filters of an address; the season under way is the data's own."""
    if over is Over.CLOSED:
        return {"season": [season_label(season_year(on) - 1)]}
    if over is Over.MONTH:
        last = on.replace(day=1) - timedelta(1)
        return {"period": [str(Period(last.replace(day=1), last))]}
    if over is Over.WEEK:
        last = on - timedelta(on.isoweekday())
        return {"period": [str(Period(last - timedelta(6), last))]}
    return {}
