"""The public supply of a snapshot: every performance that anyone could see, as one organization may read it.

Date, hour, territory, discipline, room and the usual seats of that room; whether it is one's own. Whose it is otherwise
is read to leave out doubles and never handed on. See docs/explanation/calendar.en.md.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self

import pyarrow.parquet as pq

from publicc.kernel.scope import OwnRows
from publicc.store.home import Home
from publicc.store.snapshots import snapshot_folder
from publicc.store.tables import SUPPLY_FILE


@dataclass(frozen=True, slots=True)
class Offered:
    """One public performance. `hour` (midnight stands for an unknown one), `seats`, the point: None when unknown."""

    on: date
    hour: int | None
    territory: str | None
    discipline: str
    seats: int | None
    is_room_known: bool
    """Whether `seats` is usual in that room; else it is what the discipline usually has in the territory."""
    room: str
    municipality: str
    latitude: float | None
    longitude: float | None
    own: bool


@dataclass(frozen=True, slots=True)
class PublicSupply:
    """What is public of one snapshot, seen from one organization. Without a file (an older snapshot), nothing."""

    file: Path | None = None
    owner: str = ""

    @classmethod
    def of(cls, home: Home, scope: OwnRows, snapshot_id: str) -> Self:
        """The supply of a snapshot; empty when an older program prepared it."""
        file = snapshot_folder(home, snapshot_id) / SUPPLY_FILE
        return cls(file if file.is_file() else None, scope.organization)

    def between(self, first_on: date, last_on: date) -> tuple[Offered, ...]:
        """The performances of a span of days, both ends included, by date."""
        return _read(self.file, self.owner, first_on, last_on) if self.file else ()

    def is_held_by(self, organization: str, on: date, hour: int | None) -> bool:
        """Whether that organization's own public performances hold one at that moment: a plan that came true."""
        held = _hours(self.file, organization, on) if self.file else ()
        return any(hour is None or one is None or one == hour for one in held)

    def territories(self) -> tuple[str, ...]:
        """Every named territory where something was given, in order."""
        return _named(self.file) if self.file else ()

    def houses(self, territory: str, first_on: date, last_on: date) -> int:
        """How many organizations gave something in the territory in that span."""
        if self.file is None:
            return 0
        rows = _rows(self.file, first_on, last_on, ["territory", "organizations"])
        return len({slug for row in rows if row["territory"] == territory for slug in row["organizations"]})


NO_SUPPLY: Final = PublicSupply()


def _rows(file: Path, first_on: date, last_on: date, columns: list[str] | None = None) -> list[dict[str, Any]]:
    chosen = [("starts_on", ">=", first_on), ("starts_on", "<=", last_on)]
    told: list[dict[str, Any]] = pq.read_table(file, columns=columns, filters=chosen).to_pylist()
    return told


@lru_cache(maxsize=32)
def _read(file: Path, owner: str, first_on: date, last_on: date) -> tuple[Offered, ...]:
    return tuple(
        Offered(
            on=row["starts_on"],
            hour=row["starts_hour"] or None,
            territory=row["territory"],
            discipline=row["discipline"] or "UNKNOWN",
            seats=row["seats"],
            is_room_known=row["seats_from"] == "ROOM",
            room=row["room"] or "",
            municipality=row["municipality"] or "",
            latitude=row["latitude"],
            longitude=row["longitude"],
            own=owner in row["organizations"],
        )
        for row in _rows(file, first_on, last_on)
    )  # fmt: skip


@lru_cache(maxsize=8)
def _named(file: Path) -> tuple[str, ...]:
    return tuple(sorted({one for one in pq.read_table(file, columns=["territory"])["territory"].to_pylist() if one}))


@lru_cache(maxsize=512)
def _hours(file: Path, organization: str, on: date) -> tuple[int | None, ...]:
    rows = _rows(file, on, on, ["starts_hour", "starts_on", "organizations"])
    return tuple(row["starts_hour"] for row in rows if organization in row["organizations"])
