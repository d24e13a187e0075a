"""Whether each vault opens with its key: what a check-up asks, without reading a row of anyone."""

from collections.abc import Iterator

from publicc.kernel.errors import Busy, PublicCError
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault, vaults_of


def closed_vaults(home: Home, ring: KeyRing) -> Iterator[tuple[str, PublicCError]]:
    """The organizations whose vault does not open, and why. One that another process holds is left aside."""
    for slug in vaults_of(home):
        try:
            with open_vault(home, ring, slug, read_only=True, wait_seconds=1) as vault:
                vault.execute("SHOW TABLES").fetchall()
        except Busy:
            continue
        except PublicCError as problem:
            yield slug, problem
