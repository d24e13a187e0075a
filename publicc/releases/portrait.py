"""The portrait of the collective: the common figures of a release, for its members, or for anybody.

Nothing is computed here: cells are those of `cells.parquet`. For anybody, a cell that only members may read is
withheld, exactly as one that nobody may read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from publicc.disclosure.policy import ReleaseRefused
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.period import Period
from publicc.kernel.text import Text
from publicc.releases.catalogue import Key, cell_of
from publicc.releases.contents import BUYERS, DIMENSIONS, SEGMENTS, cuts_of
from publicc.releases.files import StoredRelease, read_release
from publicc.releases.publication import PUBLICATION_FILE, Publication, ReleaseState, publication_of, releases_of
from publicc.releases.signing import known_public_key
from publicc.releases.tiers import PUBLIC
from publicc.store.home import Home

Figure = tuple[str, str, str]
"""Table, metric and how it is summed up."""
_HELD: Final = dict.fromkeys((BUYERS.id, SEGMENTS), Withheld(WithheldReason.PERSONS))
_OTHERS: Final = Withheld(WithheldReason.ORGANIZATIONS)


@dataclass(frozen=True, slots=True)
class Portrait:
    """What one release tells of the whole collective. `is_public`: to anybody, under the stricter rules."""

    name: str
    period: Period
    is_public: bool
    certificate: Mapping[str, Any] = field(repr=False)
    publication: Publication = field(repr=False)
    cells: Mapping[tuple[Figure, Key], Cell] = field(repr=False)

    @property
    def organizations(self) -> int:
        """How many organizations were counted: who is a member is public."""
        return len(self.certificate["membership"])

    @property
    def counts_persons(self) -> bool:
        """Whether persons and amounts are counted; else the release only compares."""
        return bool(self.certificate.get("counts_persons", True))

    @property
    def profiles(self) -> Mapping[str, Text]:
        """What each profile is called, by its code, in the order of the model that told it; none when none did."""
        names = self.certificate.get("profiles", {}).get("names", {})
        return {code: Text(name["fr"], name["en"]) for code, name in names.items()}

    def cell(self, table: str, metric: str, statistic: str, **key: str) -> Cell:
        """The figure of a group, withheld when there is none. `key`: value by dimension; the others are summed over."""
        ordered = tuple((name, key[name]) for name in DIMENSIONS if name in key)
        return self.cells.get(((table, metric, statistic), ordered), _HELD.get(table, _OTHERS))

    def values(self, table: str, metric: str, statistic: str, dimension: str) -> dict[str, Cell]:
        """The figures of a table cut by one dimension, by value, in the order of the catalogue.

        Where the release tells several values together, these stand for them.
        """
        told = self.told_by(dimension) if table == BUYERS.id else None
        found = {
            key[0][1]: cell
            for (figure, key), cell in self.cells.items()
            if figure == (table, metric, statistic) and len(key) == 1 and key[0][0] == dimension
        }
        return {value: found[value] for value in told[0] if value in found} if told else found

    def told_by(self, *dimensions: str) -> tuple[tuple[str, ...], ...]:
        """The values of each dimension by which persons are told, cut by all of them; empty when they are not."""
        return cuts_of(self.certificate).get(dimensions, ())

    def _tells(self, key: Key) -> bool:
        """Whether persons are told by these values, or by others that hold them."""
        cuts, asked = cuts_of(self.certificate), dict(key)
        if not key or not cuts:
            return True
        told = next((zip(by, values, strict=True) for by, values in cuts.items() if set(by) == set(asked)), None)
        return told is not None and all(asked[name] in values for name, values in told)

    def as_entry(self) -> dict[str, Any]:
        """The certificate and how it was put in force, as the register reads them: in which seats, never by whom."""
        put = self.publication
        approvals = [{"role": one.role, "on": one.on} for one in put.approvals]
        told = {"state": put.state.value, "on": put.on, "next_review_on": put.next_review_on, "reason": put.reason}
        return {**self.certificate, "publication": {**told, "approvals": approvals}}

    def told(self) -> dict[str, tuple[int, int]]:
        """Cells shown and withheld, by table, as this reader sees them; values told with others count once."""
        counts: dict[str, list[int]] = {}
        for ((table, _, _), key), cell in self.cells.items():
            if table == BUYERS.id and not self._tells(key):
                continue
            counts.setdefault(table, [0, 0])[not isinstance(cell, Shown)] += 1
        return {table: (shown, held) for table, (shown, held) in counts.items()}


def portraits_of(home: Home, *, is_public: bool) -> tuple[Portrait, ...]:
    """Every release in force, the newest period first. One that was altered, or signed by another, is never served."""
    key = str(known_public_key(home))
    found = (_portrait(folder, _stamp(folder), key, is_public) for folder in releases_of(home))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.period, reverse=True))


def latest_of_people(home: Home) -> Portrait | None:
    """The newest release in force that counts people, as members read it; None when there is none."""
    return next((one for one in portraits_of(home, is_public=False) if one.counts_persons), None)


def _stamp(folder: Path) -> int:
    file = folder / PUBLICATION_FILE
    return file.stat().st_mtime_ns if file.is_file() else 0


@lru_cache(maxsize=64)
def _portrait(folder: Path, stamp: int, public_key: str, is_public: bool) -> Portrait | None:  # noqa: ARG001, FBT001 - the stamp renews it
    try:
        release = read_release(folder, public_key=public_key)
        put = publication_of(release)
    except ReleaseRefused:
        return None
    return portrait_of(release, put, is_public=is_public) if put.state is ReleaseState.PUBLISHED else None


def portrait_of(release: StoredRelease, put: Publication, *, is_public: bool) -> Portrait:
    """The portrait that a stored release holds."""
    told = release.certificate
    period = Period(date.fromisoformat(told["period"]["from"]), date.fromisoformat(told["period"]["to"]))
    cells: dict[tuple[Figure, Key], Cell] = {}
    for row in release.cells.to_pylist():
        figure = (row["table"], row["metric"], row["statistic"])
        key = tuple((name, row[name]) for name in DIMENSIONS if row.get(name) is not None)
        hidden = is_public and row["tier"] != PUBLIC
        cells[figure, key] = _HELD.get(row["table"], _OTHERS) if hidden else cell_of(row)
    return Portrait(str(told["release"]), period, is_public, told, put, cells)
