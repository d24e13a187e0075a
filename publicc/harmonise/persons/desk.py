"""The desk of requests: opens the vault of one organization for as long as one gesture takes.

Permission and trail are the caller's (`actions`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import duckdb

from publicc.harmonise.people import CIRCLE
from publicc.intake.persons import finding, settling
from publicc.intake.persons.finding import Found, Sought
from publicc.intake.persons.settling import Settled
from publicc.kernel.errors import BadInput
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.store.facts import own_facts
from publicc.store.held import vault_file
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.linkages import destroy_linkages
from publicc.store.snapshots import current
from publicc.store.vaults import open_vault

WAIT_SECONDS: Final = 10.0
"""How long a person waits for a deposit or a harmonisation to leave the vault."""
_INFERRED: Final = ("buyer_kind", "admin_region", "municipality", "first_visit_on", "last_visit_on")
_PAIRS: Final = ("review_pairs", "review_answers")


def search(home: Home, ring: KeyRing, slug: str, sought: Sought) -> list[Found]:
    """The records that agree with what a person says of themselves. Raises BadInput, Busy, Broken."""
    with _vault(home, ring, slug) as vault:
        return finding.find(vault, sought)


def records(home: Home, ring: KeyRing, slug: str, marks: Sequence[str]) -> list[Found]:
    """The records of these marks that the vault still holds."""
    with _vault(home, ring, slug) as vault:
        return finding.records(vault, marks)


def inferred(home: Home, ring: KeyRing, slug: str, found: Sequence[Found]) -> list[dict[str, Any]]:
    """What the hub worked out of each buyer these records make: kind, region, first and last visit. No identity."""
    if not found or current(home) is None:
        return []
    with _vault(home, ring, slug) as vault:
        if not _has(vault, "identities"):
            return []
        pairs = [(one.source, one.code) for one in found]
        buyers = {
            row[0]
            for source, code in pairs
            for row in vault.execute(
                "SELECT buyer_id FROM identities WHERE source = ? AND customer_key = ?", [source, code]
            ).fetchall()
        }
    with own_facts(home, OwnRows(slug)) as facts:
        rows = facts.execute(
            f"SELECT {', '.join(_INFERRED)} FROM persons WHERE list_contains(?, buyer_id) ORDER BY ALL",
            [sorted(buyers)],
        ).fetchall()
    return [dict(zip(_INFERRED, row, strict=True)) for row in rows]


def erase(home: Home, ring: KeyRing, slug: str, marks: Sequence[str], *, on: date) -> Settled:
    """Take the records out of the vault and of all that a harmonisation keeps, for good. All or nothing."""
    with _transaction(home, ring, slug) as vault:
        settled = settling.erase(vault, marks, on=on)
        codes = vault.execute("SELECT source, customer_key FROM leaving").fetchall()
        for table in (name for name in ("identities", "corrections") if _has(vault, name)):
            vault.execute(
                f"DELETE FROM {table} WHERE (source, customer_key) IN (SELECT (source, customer_key) FROM leaving)"
            )
        if _has(vault, "tokens"):
            vault.execute("DELETE FROM tokens WHERE customer_number IN (SELECT customer_key FROM leaving)")
        _forget_pairs(vault, slug, codes)
    if vault_file(home, CIRCLE).exists():
        with _transaction(home, ring, CIRCLE) as circle:
            _forget_pairs(circle, slug, codes)
    destroy_linkages(home, ring)
    return settled


def withdraw(home: Home, ring: KeyRing, slug: str, marks: Sequence[str], *, on: date) -> Settled:
    """Keep the records out of the pool from the next harmonisation."""
    with _transaction(home, ring, slug) as vault:
        return settling.withdraw(vault, marks, on=on)


def rectify(  # noqa: PLR0917
    home: Home, ring: KeyRing, slug: str, mark: str, changes: Mapping[str, str], *, on: date
) -> Settled:
    """Correct a record, and have the correction hold on later deposits."""
    with _transaction(home, ring, slug) as vault:
        return settling.rectify(vault, mark, dict(changes), on=on)


def _forget_pairs(vault: duckdb.DuckDBPyConnection, slug: str, codes: Sequence[tuple[str, str]]) -> None:
    """Remove every pair to review, waiting or answered, that names one of these customers of the organization."""
    for table in (name for name in _PAIRS if _has(vault, name)):
        for source, code in codes:
            for side in ("left", "right"):
                vault.execute(
                    f"DELETE FROM {table} WHERE {side}_organization = ? AND {side}_source = ? AND {side}_key = ?",
                    [slug, source, code],
                )


def _has(vault: duckdb.DuckDBPyConnection, table: str) -> bool:
    named = vault.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = ? AND database_name = 'vault'", [table]
    ).fetchone()
    return named != (0,)


@contextmanager
def _vault(home: Home, ring: KeyRing, slug: str) -> Iterator[duckdb.DuckDBPyConnection]:
    if not vault_file(home, slug).exists():
        raise BadInput(
            Text(
                "Aucun fichier n'a encore été reçu : le coffre est vide.",
                "No file was received yet: the vault is empty.",
            ),
            do=Text("Répondre à la personne que rien n'est détenu ici.", "Tell the person that nothing is held here."),
        )
    with open_vault(home, ring, slug, wait_seconds=WAIT_SECONDS) as vault:
        yield vault


@contextmanager
def _transaction(home: Home, ring: KeyRing, slug: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with _vault(home, ring, slug) as vault:
        vault.execute("BEGIN TRANSACTION")
        try:
            yield vault
        except BaseException:
            vault.execute("ROLLBACK")
            raise
        vault.execute("COMMIT")
