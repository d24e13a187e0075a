"""When shows are played: rooms fill their evenings with runs of shows, more of them at Christmas and in July."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from publicc.demo.chance import Chance, Flags, Floats, Ints, Stream, Words, chosen, words
from publicc.demo.organizations import Plan, Room
from publicc.demo.titles import TOURING_SHOW, show_titles
from publicc.kernel.vocabulary import Discipline

AS_OF: Final = date(2026, 2, 15)
"""The day the exports were made: nothing was sold after it, and performances lie ahead of it."""
DISCIPLINES: Final = tuple(Discipline)


@dataclass(frozen=True, slots=True)
class Window:
    """Part of a season for which exports exist. `price` multiplies the prices of the first."""

    season: int
    first_on: date
    last_on: date
    price: float


WINDOWS: Final = (
    Window(2017, date(2017, 9, 1), date(2018, 8, 31), 1.0),
    Window(2018, date(2018, 9, 1), date(2019, 8, 31), 1.02),
    Window(2019, date(2019, 9, 1), date(2019, 12, 31), 1.04),
    Window(2024, date(2024, 9, 1), date(2025, 8, 31), 1.24),
    Window(2025, date(2025, 9, 1), date(2026, 7, 31), 1.28),
)
"""Two seasons, the autumn of a third, a silence, then the last closed season and the one being played."""

PEAKS: Final = ((12, 12, 12, 31), (7, 1, 7, 31))
"""Month and day, first to last: Christmas and July. People come from farther, decide later."""
PRICE_RISE: Final = ("theatre-du-grand-hunier", 2, 48 / 42)
"""Organization, first window, factor: the price change a reader must see."""


@dataclass(frozen=True)
class Programme:
    """Every performance of one organization, in date order. Arrays of one length."""

    show: Ints
    room: Ints
    day: Ints
    """Days since 1970-01-01."""
    hour: Ints
    minute: Ints
    capacity: Ints
    window: Ints
    discipline: Ints
    """Position in `DISCIPLINES`."""
    price_cents: Ints
    peak: Flags
    cancelled: Flags
    extra: Flags
    appeal: Floats
    titles: Words
    """One a show."""

    def __len__(self) -> int:
        return len(self.day)


def epoch_day(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def is_peak(day: date) -> bool:
    """Whether the day lies in a seasonal peak."""
    return any((m1, d1) <= (day.month, day.day) <= (m2, d2) for m1, d1, m2, d2 in PEAKS)


def programme(chance: Chance, plan: Plan, scale: float) -> Programme:
    """The performances of `plan`. `scale` is the size of the whole against the default demonstration."""
    stream = chance.stream("programme", plan.slug)
    played: list[tuple[int, int, int, int, int]] = []
    runs: list[tuple[int, int]] = []
    for w, window in enumerate(WINDOWS):
        for r, room in enumerate(plan.rooms):
            slots = _slots(stream, plan, room, window, scale=scale)
            for first in _run_starts(stream, len(slots), room.run):
                runs.append((w, r))
                played.extend((day, hour, w, r, len(runs) - 1) for day, hour in slots[first[0] : first[1]])
    played.sort()
    return _assembled(stream, plan, np.array(played, dtype=np.int64).reshape(-1, 5), runs=runs, scale=scale)


def _slots(stream: Stream, plan: Plan, room: Room, window: Window, *, scale: float) -> list[tuple[int, int]]:
    season_first = date(window.season, 9, 1)
    days = [season_first + timedelta(i) for i in range(365)]
    months = dict(plan.months)
    weights = np.array([months.get(day.month, 0.0) * plan.weekdays[day.weekday()] for day in days])
    weights *= np.array([0.0 if (day.month, day.day) in {(12, 24), (12, 25), (1, 1)} else 1.0 for day in days])
    if plan.dates is not None:
        weights *= np.array([1.0 if plan.dates[0] <= (day.month, day.day) <= plan.dates[1] else 0.0 for day in days])
    wanted = max(3, round(room.days * min(1.0, scale**0.5)))
    slots: list[tuple[int, int]] = []
    for i in chosen(stream, weights, wanted):
        day = days[int(i)]
        if window.first_on <= day <= window.last_on:
            hours = (14, *room.hours) if _has_matinee(plan, day) else room.hours
            slots.extend((epoch_day(day), hour) for hour in dict.fromkeys(hours))
    return slots


def _has_matinee(plan: Plan, day: date) -> bool:
    """The Quartier plays twice on Saturdays of the cold months, on Sundays of December too."""
    if not plan.crowded or plan.dates is not None:
        return False
    return (day.month in {10, 11, 12, 2, 3} and day.weekday() == 5) or (day.month == 12 and day.weekday() == 6)


def _run_starts(stream: Stream, n: int, run: int) -> list[tuple[int, int]]:
    bounds, at = [], 0
    while at < n:
        end = min(n, at + max(1, int(stream.poisson(run))))
        bounds.append((at, end))
        at = end
    return bounds


def _assembled(stream: Stream, plan: Plan, played: Ints, *, runs: list[tuple[int, int]], scale: float) -> Programme:
    n_shows = len(runs)
    day, hour, window, room, show = played.T
    discipline = np.array([DISCIPLINES.index(d) for d in plan.disciplines])[
        stream.integers(0, len(plan.disciplines), n_shows)
    ]
    titles = show_titles(stream, n_shows, english=plan.english)
    if plan.touring:
        _put_touring_show(runs, titles, discipline)
    seats = np.array([round(r.seats * (scale**0.5 if scale < 1 else scale)) for r in plan.rooms])[room]
    factor = np.array([w.price for w in WINDOWS])[window] * stream.choice([0.85, 1.0, 1.0, 1.2], n_shows)[show]
    if plan.slug == PRICE_RISE[0]:
        factor = np.where(window >= PRICE_RISE[1], PRICE_RISE[2], 1.0)
    dates = [date(1970, 1, 1) + timedelta(int(d)) for d in day]
    appeal = stream.normal(0.0, 0.07, n_shows)[show] + stream.normal(0.0, 0.045, len(day))
    return Programme(
        show=show, room=room, day=day, hour=hour, window=window, discipline=discipline[show], appeal=appeal,
        minute=np.where(hour >= 19, 30 * (room == 0), 0).astype(np.int64),
        capacity=np.maximum(seats, 12).astype(np.int64),
        price_cents=(np.round(plan.price * factor * 2) * 50).astype(np.int64),
        peak=np.array([is_peak(d) for d in dates], dtype=np.bool_),
        cancelled=np.asarray(stream.random(len(day)) < 0.012) & (plan.layout in {"workbook", "order_lines",
        "open_document"}),
        extra=_supplementary(show, stream.random(n_shows) < 0.18),
        titles=words(titles),
    )  # fmt: skip


def _put_touring_show(runs: list[tuple[int, int]], titles: list[str], discipline: Ints) -> None:
    """One run of the second season, and one of the season being played, is the touring show."""
    for wanted in (1, 4):
        for i, (window, _) in enumerate(runs):
            if window == wanted and i % 3 == 2:
                titles[i] = TOURING_SHOW
                discipline[i] = DISCIPLINES.index(Discipline.THEATRE)
                break


def _supplementary(show: Ints, prolonged: Flags) -> Flags:
    """The last performance of some shows was added because the others sold well."""
    last = np.zeros(len(show), dtype=np.int64)
    np.maximum.at(last2 := np.full(int(show.max(initial=0)) + 1, -1), show, np.arange(len(show)))
    last[:] = last2[show]
    several = np.bincount(show)[show] > 2
    return np.asarray((last == np.arange(len(show))) & prolonged[show] & several)
