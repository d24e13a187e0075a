"""The desk where pairs are answered: opens the vault that holds them, for as long as one gesture takes.

A *holder* is an organization's short name, or `CIRCLE` for the pairs of two organizations of the linking circle.
Permission and trail are the caller's: `review.actions` for pages, `publicc review` for the terminal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb

from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review import book
from publicc.harmonise.review.book import Answer, Answered, Counts, Pair
from publicc.harmonise.review.identities import Identity, identity_of
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.store.held import vault_file
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

WAIT_SECONDS = 10.0
"""How long a person waits for a harmonisation to leave the vault."""


def holders(home: Home, organizations: list[str]) -> list[str]:
    """Those of these organizations that have a vault, and the circle when it has one."""
    return [one for one in (*organizations, CIRCLE) if vault_file(home, one).exists()]


def queue(home: Home, ring: KeyRing, holder: str, *, most: int = 1, skipped: int = 0) -> tuple[Counts, list[Pair]]:
    """How far the review is, and the next pairs."""
    with _book(home, ring, holder) as vault:
        return book.counts(vault), book.waiting(vault, most=most, skipped=skipped)


def pair(home: Home, ring: KeyRing, holder: str, pair_id: str) -> tuple[Counts, Pair]:
    """One pair by its id. Raises NotFound."""
    with _book(home, ring, holder) as vault:
        return book.counts(vault), book.pair(vault, pair_id)


def answers(home: Home, ring: KeyRing, holder: str) -> list[Answered]:
    """The answers that stand, newest first."""
    with _book(home, ring, holder) as vault:
        return book.answers(vault)


def answer(home: Home, ring: KeyRing, holder: str, pair_id: str, said: Answer, *, by: str) -> None:  # noqa: PLR0917
    """Write an answer down. Raises NotFound when the pair is not of this holder."""
    with _book(home, ring, holder) as vault:
        book.answer_pair(vault, pair_id, said, by=by, at=_now())


def undo(home: Home, ring: KeyRing, holder: str, *, pair_id: str | None = None, by: str | None = None) -> str:
    """Take back the answer on a pair, or the last one that this person gave; say on which pair."""
    with _book(home, ring, holder) as vault:
        return book.undo_answer(vault, pair_id=pair_id, by=by, at=_now())


def identities(home: Home, ring: KeyRing, holder: str, found: Pair) -> tuple[Identity, Identity]:
    """What the organization wrote of both records, read in its vault. Never for the circle: NotFound."""
    if {found.left.organization, found.right.organization} != {holder}:
        raise NotFound(Text("Cette paire n'existe pas.", "This pair does not exist."))
    with _book(home, ring, holder) as vault:
        return identity_of(vault, found.left), identity_of(vault, found.right)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def _book(home: Home, ring: KeyRing, holder: str) -> Iterator[duckdb.DuckDBPyConnection]:
    if not vault_file(home, holder).exists():
        raise NotFound(
            Text("Il n'y a encore rien à réviser.", "There is nothing to review yet."),
            do=Text("Déposer des fichiers, puis harmoniser.", "Deposit files, then harmonise."),
        )
    with open_vault(home, ring, holder, wait_seconds=WAIT_SECONDS) as vault:
        book.open_book(vault)
        yield vault
