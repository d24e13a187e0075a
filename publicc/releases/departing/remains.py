"""What is left of an organization in an installation, counted place by place: before it leaves, and after."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.cache import caches

from publicc.collective.models import Organization
from publicc.kernel.text import Text
from publicc.store.held import vault_file
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.snapshots import snapshots_kept

SCREENS: Final = ("screens", "drawings")
"""Caches of prepared pages and drawings: emptied whole, because their keys do not say whose they are."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something of an organization may be, in words, and how many things are there."""

    code: str
    words: Text
    count: Callable[[Home, KeyRing, str], int]


def _vault(home: Home, _: KeyRing, slug: str) -> int:
    return sum(1 for _ in home.vaults.glob(f"{slug}.duckdb*")) if vault_file(home, slug).parent.is_dir() else 0


def _keys(_: Home, ring: KeyRing, slug: str) -> int:
    return int(slug in ring.holders())


def _files(home: Home, _: KeyRing, slug: str) -> int:
    return sum(1 for path in (home.deposits / slug).rglob("*") if path.is_file())


def _snapshots(home: Home, _: KeyRing, slug: str) -> int:
    return sum(slug in one.organizations for one in snapshots_kept(home))


def _rollups(home: Home, _: KeyRing, slug: str) -> int:
    return sum(1 for _ in home.rollups.glob(f"*/{slug}.duckdb"))


def _reports(home: Home, _: KeyRing, slug: str) -> int:
    return sum(1 for path in home.reports.glob(f"*/{slug}.*") if path.parent.name != "destruction")


def _control(_: Home, __: KeyRing, slug: str) -> int:
    return Organization.objects.filter(slug=slug).count()


PLACES: Final = (
    Place("vault", Text("Coffre chiffré", "Encrypted vault"), _vault),
    Place("keys", Text("Clés du coffre et des numéros banalisés", "Keys of the vault and of blinded ids"), _keys),
    Place("files", Text("Fichiers déposés en attente", "Deposited files waiting"), _files),
    Place("snapshots", Text("Portraits communs qui le comptent", "Common snapshots that count it"), _snapshots),
    Place("rollups", Text("Tables préparées pour ses écrans", "Tables prepared for its screens"), _rollups),
    Place("reports", Text("Rapports de qualité et autres", "Quality and other reports"), _reports),
    Place("control", Text("Fiche, rôles, sondages, vues", "Record, roles, surveys, views"), _control),
)


def remains_of(home: Home, ring: KeyRing, slug: str) -> dict[str, int]:
    """How many things of the organization are in each place."""
    return {place.code: place.count(home, ring, slug) for place in PLACES}


def empty_caches() -> None:
    """Forget every prepared page and drawing: those of others are made again when asked."""
    for name in SCREENS:
        caches[name].clear()
