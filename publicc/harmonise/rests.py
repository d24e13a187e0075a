"""How long a mailbox is left alone between surveys, by its own organization and by all that share their rests.

What is kept is a keyed hash of the mailbox and the day it was asked, in an encrypted file that is nobody's: neither who
asked nor whom. Organizations that take part in the recognition of people between organizations share one key; any other
one has its own rests only.

What an organization must not learn: whether somebody else asked one person. Who is left out of a file is known by who
is in it, whatever a page tells, so a rest hides among others: in each round of 28 days half of the mailboxes, drawn by
the common key, are asked by nobody. A mailbox that is left out was asked elsewhere, or is of the other half; asking
again, in shorter lists, among invented people or with another organization draws the same half. Being left out at most
doubles the odds of the first in a round.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import duckdb

from publicc.kernel.blind import BlindKey, blinded
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

RESTS: Final = "@rests"
"""Name of the file and of the common key."""
OWN_DAYS: Final = 30
COMMON_DAYS: Final = 14
OWN_A_YEAR: Final = 4
COMMON_A_YEAR: Final = 8
ROUND_DAYS: Final = 28
_FIRST_ROUND: Final = date(2026, 1, 5)
_YEAR: Final = timedelta(days=365)
_TABLE: Final = "CREATE TABLE IF NOT EXISTS asked (mark VARCHAR NOT NULL, asked_on DATE NOT NULL)"


@dataclass(frozen=True, slots=True)
class Rests:
    """The rests that one organization keeps to. `is_common`: whether it shares them."""

    file: duckdb.DuckDBPyConnection
    own: BlindKey
    common: BlindKey | None

    @property
    def is_common(self) -> bool:
        """Whether the organization shares its rests with others."""
        return self.common is not None

    def awake(self, mailboxes: Sequence[str], today: date) -> set[str]:
        """Those who may be asked today."""
        kept = self._within(self.own, mailboxes, today, (OWN_DAYS, OWN_A_YEAR))
        if self.common is None:
            return kept
        drawn = [one for one in kept if is_drawn(self.common, one, today)]
        return self._within(self.common, drawn, today, (COMMON_DAYS, COMMON_A_YEAR))

    def ask(self, mailboxes: Sequence[str], today: date) -> None:
        """Begin the rest of these; what is over a year old is forgotten."""
        keys = [key for key in (self.own, self.common) if key is not None]
        marks = [mark_of(key, one) for one in mailboxes for key in keys]
        self.file.execute("DELETE FROM asked WHERE asked_on <= $1", [today - _YEAR])
        self.file.execute("INSERT INTO asked SELECT unnest($1::VARCHAR[]), $2::DATE", [marks, today])

    def _within(self, key: BlindKey, mailboxes: Sequence[str], today: date, limits: tuple[int, int]) -> set[str]:
        days, a_year = limits
        marks = {mark_of(key, one): one for one in mailboxes}
        tired = self.file.execute(
            """SELECT mark FROM asked WHERE mark IN (SELECT unnest($1::VARCHAR[])) AND asked_on > $2
            GROUP BY mark HAVING max(asked_on) > $3 OR count(DISTINCT asked_on) >= $4""",
            [list(marks), today - _YEAR, today - timedelta(days=days), a_year],
        ).fetchall()
        return set(marks.values()) - {marks[mark] for (mark,) in tired}


@contextmanager
def opened_rests(home: Home, ring: KeyRing, slug: str, *, is_common: bool) -> Iterator[Rests]:
    """The rests of an organization, for the time of a block; no other process asks meanwhile."""
    with open_vault(home, ring, RESTS) as file:
        file.execute(_TABLE)
        common = BlindKey(ring.blind_key(RESTS)) if is_common else None
        yield Rests(file, BlindKey(ring.blind_key(slug)), common)


def mark_of(key: BlindKey, mailbox: str) -> str:
    """What is kept of a mailbox that was asked."""
    return blinded(key, "asked", mailbox)


def is_drawn(key: BlindKey, mailbox: str, today: date) -> bool:
    """Whether the mailbox is of the half that may be asked in the round of that day: the same whoever asks."""
    turn = (today - _FIRST_ROUND).days // ROUND_DAYS
    return int(blinded(key, "draw", str(turn), mailbox)[0], 16) < 8
