"""Figures of persons, told once and kept: a later version follows only when enough people separate the two.

What was told to one partner is what every partner reads, so that two who compare what they read learn nothing more.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason, Withheld, WithheldReason, cell_as_json
from publicc.releases.shows import BANDS, NO_OVERLAP, NOTHING_TOLD, Overlap, Run, ShowAudience
from publicc.releases.shows_pool import ShowsPool
from publicc.sharing.models import Told
from publicc.sharing.terms import Night

AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Asked:
    """A run of an owner's shows, as far as its nights are old enough for whoever asks."""

    owner: str
    shows: tuple[str, ...]
    nights: tuple[Night, ...]
    """By date, every one of the run up to the last that may be told."""

    @property
    def run(self) -> Run:
        """As the pool is asked of it."""
        return Run(self.owner, self.shows, tuple(sorted(one.id for one in self.nights)))

    @property
    def digest(self) -> str:
        """Of the shows it is a run of."""
        return sha256("\0".join(sorted(self.shows)).encode()).hexdigest()


def audience_of(pool: ShowsPool, asked: Asked, snapshot: str) -> ShowAudience:
    """Who came to the run, as everybody is told."""
    if not asked.nights:
        return NOTHING_TOLD
    version = audience_version(pool, asked, snapshot)
    if version is None:
        return NOTHING_TOLD
    cells = read_cells(version)
    bands = {band: cells[band] for band in BANDS}
    return ShowAudience(cells["buyers"], cells["new"], cells["elsewhere"], cells["returned"], bands)


def overlap_with(pool: ShowsPool, asked: Asked, organization: str, snapshot: str) -> Overlap:
    """Buyers of the run that an organization knows too; both allow linkage, or nothing is told."""
    if not asked.nights or not pool.links(asked.owner, organization):
        return NO_OVERLAP
    kind = f"overlap {organization}"
    cells = _told(pool, asked, (kind, snapshot), lambda run: _overlap_cells(pool.overlap_with(run, organization)))
    return _overlap(cells)


def overlap_between(pool: ShowsPool, asked: Asked, other: Asked, snapshot: str) -> Overlap:
    """Buyers that two owners' runs share; the same words whichever comes first."""
    if other.owner < asked.owner:
        turned = overlap_between(pool, other, asked, snapshot)
        return Overlap(turned.both, turned.of_second, turned.of_first)
    if not asked.nights or not other.nights or not pool.links(asked.owner, other.owner):
        return NO_OVERLAP
    kind = f"runs {other.owner} {other.digest[:12]} {len(other.nights)}"
    cells = _told(pool, asked, (kind, snapshot), lambda run: _overlap_cells(pool.overlap(run, other.run)))
    return _overlap(cells)


def _told(
    pool: ShowsPool, asked: Asked, named: tuple[str, str], compute: Callable[[Run], dict[str, Cell]]
) -> dict[str, Cell]:
    version = version_of(pool, asked, named, compute)
    return read_cells(version) if version is not None else {}


def audience_version(pool: ShowsPool, asked: Asked, snapshot: str) -> Told | None:
    """The version of who came that covers the run so far; None when nothing may be told of it."""
    return version_of(pool, asked, (AUDIENCE, snapshot), lambda run: audience_cells(pool.audience(run)))


def version_of(
    pool: ShowsPool, asked: Asked, named: tuple[str, str], compute: Callable[[Run], dict[str, Cell]]
) -> Told | None:
    """The version that covers the run so far; a new one when enough people separate it from each that was told.

    Those that were told of some of the same titles, beside others, count among these.
    """
    kind, snapshot = named
    last = asked.nights[-1].on
    told = Told.objects.filter(owner=asked.owner, kind=kind)
    known = told.filter(run=asked.digest)
    before, after = known.filter(through_on__lte=last).first(), known.filter(through_on__gt=last).last()
    if before is not None and before.through_on == last:
        return before
    near = (one for one in (before, after) if one is not None)
    beside = (one for one in told.exclude(run=asked.digest) if set(one.shows) & set(asked.shows))
    may_follow = all(pool.may_replace(run_of(one), asked.run) for one in near)
    if not may_follow or not all(pool.may_stand_beside(run_of(one), asked.run) for one in beside):
        return before
    return keep(asked, kind, asked.run.performances, last, compute(asked.run), snapshot)


def keep(  # noqa: PLR0917 - what is kept, of whom, covering what
    asked: Asked, kind: str, covers: Iterable[str], through_on: date, cells: Mapping[str, Cell], snapshot: str
) -> Told:
    """Keep a version; the one that somebody else kept at the same moment, if so."""
    made = Told(
        owner=asked.owner,
        kind=kind,
        run=asked.digest,
        shows=list(asked.shows),
        performances=list(covers),
        through_on=through_on,
        cells={name: cell_as_json(cell) for name, cell in cells.items()},
        snapshot=snapshot,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return Told.objects.get(owner=asked.owner, kind=kind, run=asked.digest, through_on=through_on)
    return made


def run_of(told: Told) -> Run:
    """The run that a version covers."""
    return Run(told.owner, tuple(told.shows), tuple(told.performances))


def read_cells(told: Told) -> dict[str, Cell]:
    """The cells of a version, by name."""
    return {name: cell_read(one) for name, one in told.cells.items()}


def cell_read(told: Any) -> Cell:  # noqa: ANN401 - what JSON gives
    """A cell as it was kept."""
    if told["state"] == "shown":
        return Shown(told["value"], provisional=bool(told.get("provisional")))
    if told["state"] == "withheld":
        return Withheld(WithheldReason(told["reason"]))
    return Unknown(UnknownReason(told["reason"]), told.get("missing"))


def audience_cells(audience: ShowAudience) -> dict[str, Cell]:
    """Its cells by name, the bands among them."""
    named = {name: getattr(audience, name) for name in ("buyers", "new", "elsewhere", "returned")}
    return named | dict(audience.bands)


def _overlap_cells(overlap: Overlap) -> dict[str, Cell]:
    return {"both": overlap.both, "of_first": overlap.of_first, "of_second": overlap.of_second}


def _overlap(cells: dict[str, Cell]) -> Overlap:
    return Overlap(cells["both"], cells["of_first"], cells["of_second"]) if cells else NO_OVERLAP
