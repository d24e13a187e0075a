"""An organization leaves: its keys and rows are destroyed, and a pool without it takes the place of every other.

Vault, deposits and keys go first: whatever fails after that, nothing of them can be read again, and the same command
finishes the work. Parquet snapshots are not shredded by a key: every one that may hold the organization is removed.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from publicc.collective.profiles import OrganizationProfile
from publicc.directory.common import NOTHING_COMMON, CommonCodes
from publicc.harmonise.people import CIRCLE
from publicc.harmonise.pipeline import harmonise, with_undescribed
from publicc.harmonise.review import book
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.store.durable import write_atomically
from publicc.store.held import vault_file
from publicc.store.home import Home, private_folder
from publicc.store.keys import KeyRing
from publicc.store.linkages import destroy_linkages
from publicc.store.rollups import RollupTables
from publicc.store.snapshots import forget_all, forget_others
from publicc.store.vaults import open_vault, remove_vault, vaults_of


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was destroyed, and what stands in its place. Kept under `reports/destruction`."""

    organization: str
    at: str
    keys_destroyed: bool
    vault_removed: bool
    snapshots_removed: tuple[str, ...]
    snapshot_now: str | None

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def leave_pool(
    home: Home,
    ring: KeyRing,
    slug: str,
    described: Sequence[OrganizationProfile],
    *,
    at: datetime,
    tables: RollupTables | None = None,
    common: CommonCodes = NOTHING_COMMON,
    apart: Collection[str] = (),
) -> Certificate:
    """Destroy everything an organization brought, publish the pool of the others, and write the certificate.

    `described`: the organizations that the hub harmonises; `apart`: those it knows and may not. Raises NotFound for one
    that has neither keys nor a vault and is not known. Published releases stay: they hold no row of anyone.
    """
    if slug not in {*vaults_of(home), *ring.holders(), *(one.slug for one in described), *apart} or slug.startswith(
        "@"
    ):
        raise NotFound(
            Text(f"Aucun organisme ne porte le nom court {slug}.", f"No organization has the short name {slug}.")
        )
    _forget_in_circle(home, ring, slug)
    destroy_linkages(home, ring)
    remove_vault(home, ring, slug)
    for report in home.reports.glob(f"*/{slug}.*"):
        report.unlink()
    others = with_undescribed(home, [one for one in described if one.slug != slug], apart=apart)
    if others:
        now = harmonise(home, ring, others, as_of=at.date(), made_at=at, tables=tables, common=common).id
        gone = forget_others(home)
    else:
        now, gone = None, forget_all(home)
    certificate = Certificate(
        organization=slug,
        at=at.isoformat(timespec="seconds"),
        keys_destroyed=slug not in ring.holders(),
        vault_removed=not vault_file(home, slug).exists(),
        snapshots_removed=gone,
        snapshot_now=now,
    )
    folder = private_folder(private_folder(home.reports) / "destruction")
    write_atomically(folder / f"{slug}.json", json.dumps(certificate.as_json(), indent=1).encode(), mode=0o600)
    return certificate


def _forget_in_circle(home: Home, ring: KeyRing, slug: str) -> None:
    if vault_file(home, CIRCLE).exists():
        with open_vault(home, ring, CIRCLE) as vault:
            book.open_book(vault)
            book.forget_organization(vault, slug)
