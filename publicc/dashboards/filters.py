"""Filters in the address of a page: season or period, discipline, venue, show, channel, price group. Pure.

An address edited by hand never fails: what means nothing is left out, and the page says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from publicc.kernel.errors import BadUsage
from publicc.kernel.formats import day
from publicc.kernel.period import Period, parse_period, season_label, season_period
from publicc.kernel.text import Lang, Text

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years a page may be asked for: beyond, there is no season before or after to compare with."""
DIMENSIONS: Final = ("discipline", "venue", "show", "channel", "price_group")
_ALL: Final[dict[str, Text]] = {
    "discipline": Text("toutes les disciplines", "all disciplines"),
    "venue": Text("toutes les salles", "all venues"),
    "show": Text("tous les spectacles", "all shows"),
    "channel": Text("tous les canaux", "all channels"),
    "price_group": Text("tous les tarifs", "all price groups"),
}
NAMES: Final[dict[str, Text]] = {
    "discipline": Text("Discipline", "Discipline"),
    "venue": Text("Salle", "Venue"),
    "show": Text("Spectacle", "Show"),
    "channel": Text("Canal de vente", "Sales channel"),
    "price_group": Text("Groupe tarifaire", "Price group"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter may take, and how it is read."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Choices:
    """What this organization's own rows allow to choose. Seasons newest first; `as_of` is the day of the data."""

    seasons: tuple[int, ...]
    as_of: date
    by_dimension: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)

    @property
    def default_season(self) -> int | None:
        """The newest season that has begun at `as_of`; else the newest known; None without any performance."""
        begun = [s for s in self.seasons if season_period(s).first_on <= self.as_of]
        return max(begun or self.seasons, default=None)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked. `season` is None when the period is free; `dropped` names what the address held in vain."""

    period: Period
    season: int | None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def as_mapping(self) -> dict[str, tuple[str, ...]]:
        """Dimension → chosen values, for a question."""
        return dict(self.where)

    def query_string(self) -> str:
        """The same filters as the query of an address, always in the same order."""
        pairs = [("season", season_label(self.season))] if self.season is not None else [("period", str(self.period))]
        pairs += [(dimension, value) for dimension, values in self.where for value in values]
        return urlencode(pairs)

    def for_season(self, season: int) -> "Filters":
        """The same filters over another season."""
        return replace(self, season=season, period=season_period(season))

    def over(self, period: Period) -> "Filters":
        """The same filters over another period."""
        return replace(self, season=season_of_period(period), period=period)

    def without(self, dimension: str) -> "Filters":
        """The same filters with one dimension opened again."""
        return replace(self, where=tuple(pair for pair in self.where if pair[0] != dimension))


def read_filters(asked: Mapping[str, Sequence[str]], choices: Choices) -> Filters:
    """Filters of an address; what is unknown to this organization is dropped and named."""
    dropped: list[str] = []
    season, period = _period(asked, choices, dropped)
    where: list[tuple[str, tuple[str, ...]]] = []
    for dimension in DIMENSIONS:
        known = {choice.value for choice in choices.by_dimension.get(dimension, ())}
        wanted = list(dict.fromkeys(v for held in asked.get(dimension, ()) for v in held.split(",") if v))
        kept = tuple(sorted(value for value in wanted if value in known))
        if len(kept) < len(wanted):
            dropped.append(dimension)
        if kept:
            where.append((dimension, kept))
    return Filters(period, season, tuple(where), tuple(dropped))


def _period(asked: Mapping[str, Sequence[str]], choices: Choices, dropped: list[str]) -> tuple[int | None, Period]:
    fallback = choices.default_season
    for name in ("period", "season"):
        written = next(iter(asked.get(name, ())), "")
        if not written:
            continue
        try:
            period = parse_period(written)
        except BadUsage:
            dropped.append(name)
            continue
        if not FIRST_YEAR <= period.first_on.year <= period.last_on.year <= LAST_YEAR:
            dropped.append(name)
            continue
        return (season_of_period(period), period)
    if fallback is None:
        return None, Period(choices.as_of, choices.as_of)
    return fallback, season_period(fallback)


def season_of_period(period: Period) -> int | None:
    """First year of the season when the period is exactly one, else None."""
    return period.first_on.year if period == season_period(period.first_on.year) else None


def season_or_period(period: Period) -> str:
    """A period as an address says it: a season by its label."""
    year = season_of_period(period)
    return season_label(year) if year is not None else str(period)


def said_as_sentence(filters: Filters, choices: Choices, lang: Lang) -> tuple[str, ...]:
    """The filters in use as words to be set side by side: « Saison 2018-2019 · Théâtre · toutes les salles »."""
    if filters.season is not None:
        first = Text("Saison {label}", "Season {label}").said(lang, label=season_label(filters.season))
    else:
        first = Text("Du {a} au {b}", "From {a} to {b}").said(
            lang, a=day(filters.period.first_on, lang), b=day(filters.period.last_on, lang)
        )
    chosen = filters.as_mapping
    words = [first]
    for dimension in DIMENSIONS:
        labels = {c.value: c.label for c in choices.by_dimension.get(dimension, ())}
        values = chosen.get(dimension)
        words.append(", ".join(labels[v].said(lang) for v in values) if values else _ALL[dimension].said(lang))
    return tuple(words)
