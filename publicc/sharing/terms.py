"""What a grant opens, as data: which figures of which performances, and when they are old enough. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from publicc.kernel.period import months_before
from publicc.sharing.states import OF_MONEY, PROTECTED, Figures


@dataclass(frozen=True, slots=True)
class Night:
    """A performance of the owner's: when and where. `capacity` and `hour`: None when unknown."""

    id: str
    on: date
    hour: int | None
    venue: str
    """The common venue, else where it is: what tells whether two organizations sell the same night."""
    place: str
    region: str
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """One grant of one owner, as it stands today."""

    owner: str
    shows: tuple[str, ...]
    """The owner's own shows, as they were when it granted."""
    figures: frozenset[Figures]
    first_on: date | None = None
    last_on: date | None = None
    left_out: frozenset[str] = frozenset()
    """Performances that the owner took out."""
    delay_days: int = 30
    may_export: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether it covers every performance of the run: figures of persons are told of nothing less."""
        return self.first_on is None and self.last_on is None and not self.left_out

    def opens(self, night: Night, family: Figures, as_of: date, lag_months: int) -> bool:
        """Whether figures of that family may be told of that night: covered, played, and old enough."""
        ripe = as_of - timedelta(days=max(1, self.delay_days))
        if family in OF_MONEY:
            ripe = min(ripe, months_before(as_of, lag_months))
        return (
            family in self.figures
            and (family not in PROTECTED or self.is_whole)
            and night.id not in self.left_out
            and (self.first_on is None or night.on >= self.first_on)
            and (self.last_on is None or night.on <= self.last_on)
            and night.on <= ripe
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """What all grants of one owner together open: nights by family of figures."""

    owner: str
    shows: tuple[str, ...]
    granted: frozenset[Figures]
    """Families that some grant opens, whether or not a night is old enough yet."""
    nights: Mapping[Figures, tuple[Night, ...]] = field(default_factory=dict)
    may_export: bool = False

    def of(self, family: Figures) -> tuple[Night, ...]:
        """The nights that may be told in that family."""
        return self.nights.get(family, ())

    @property
    def every(self) -> tuple[Night, ...]:
        """Nights of which something may be told, by date."""
        found = {night.id: night for nights in self.nights.values() for night in nights}
        return tuple(sorted(found.values(), key=lambda night: (night.on, night.hour or 0, night.id)))


def opening_of(terms: Iterable[Terms], nights: Mapping[str, Iterable[Night]], as_of: date, lag_months: int) -> Opening:
    """Grants of one owner put together: overlapping ones open their union, family by family.

    `nights`: the owner's performances by its own show. Files may be taken away only when every grant allows it.
    """
    granted = tuple(terms)
    shows = tuple(sorted({show for one in granted for show in one.shows}))
    opened = {
        family: tuple(
            sorted(
                {
                    night
                    for one in granted
                    for show in one.shows
                    for night in nights.get(show, ())
                    if one.opens(night, family, as_of, lag_months)
                },
                key=lambda night: (night.on, night.id),
            )
        )
        for family in Figures
    }
    families = frozenset(family for one in granted for family in one.figures)
    return Opening(granted[0].owner, shows, families, opened, all(one.may_export for one in granted))


def without(opening: Opening, nights: frozenset[str]) -> Opening:
    """The same opening without these nights: another organization tells them."""
    kept = {
        family: tuple(one for one in told if one.id not in nights or family in PROTECTED)
        for family, told in opening.nights.items()
    }
    return replace(opening, nights=kept)


def same_night(one: Night, other: Night) -> bool:
    """Whether two organizations sell the same performance: same day and place, and no different hour."""
    known = one.hour is not None and other.hour is not None
    return one.on == other.on and bool(one.venue) and one.venue == other.venue and (not known or one.hour == other.hour)
