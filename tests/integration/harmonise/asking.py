"""Harmonise drawn vaults and ask the pool, in one line each."""

from datetime import UTC, date, datetime
from typing import Any

from publicc.collective.profiles import OrganizationProfile
from publicc.harmonise.pipeline import harmonise
from publicc.harmonise.stages import Stages
from publicc.kernel.scope import WholePool
from publicc.store.facts import pool_facts
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.manifest import Manifest
from publicc.store.vaults import open_vault

MADE_AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def run(
    home: Home,
    *slugs: str,
    circle: tuple[str, ...] = (),
    day: int = 2,
    stages: Stages | None = None,
    afresh: bool = False,
    **profile: Any,  # noqa: ANN401
) -> Manifest:
    """Harmonise these organizations (`opera` when none is named); those in `circle` granted linking."""
    profiles = [
        OrganizationProfile(slug, slug.title(), links_across=slug in circle, **profile) for slug in slugs or ("opera",)
    ]
    made_at = MADE_AT.replace(day=day)
    return harmonise(
        home,
        KeyRing.open(home),
        profiles,
        as_of=date(2026, 1, 1),
        made_at=made_at,
        stages=stages,
        afresh=afresh,
    )


def ask(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the pool of the current snapshot."""
    with pool_facts(home, WholePool("test")) as facts:
        return facts.execute(sql).fetchall()


def ask_vault(home: Home, slug: str, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a vault."""
    with open_vault(home, KeyRing.open(home), slug, read_only=True) as vault:
        return vault.execute(sql).fetchall()
