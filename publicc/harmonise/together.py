"""A harmonisation with the common directory: its codes go in, and the labels of what was published come back to it."""

from collections.abc import Sequence
from datetime import date

from publicc.collective.profiles import OrganizationProfile
from publicc.directory.proposing import propose
from publicc.directory.queries import common_codes
from publicc.harmonise.labels import seen_labels
from publicc.harmonise.linkage.pairs import HERE, Workers
from publicc.harmonise.pipeline import harmonise
from publicc.harmonise.stages import Stages
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.manifest import Manifest
from publicc.store.rollups import RollupTables


def harmonise_together(
    home: Home,
    organizations: Sequence[OrganizationProfile],
    *,
    as_of: date,
    stages: Stages,
    tables: RollupTables,
    workers: Workers = HERE,
    afresh: bool = False,
) -> Manifest:
    """As `harmonise`, for an installation that has a control database."""
    ring = KeyRing.open(home)
    made = harmonise(
        home, ring, organizations,
        as_of=as_of, stages=stages, tables=tables, workers=workers, common=common_codes(), afresh=afresh,
    )  # fmt: skip
    with stages.lap("directory", Text("Répertoire commun", "Common directory")) as lap:
        seen = seen_labels(home)
        propose(seen)
        lap.rows += len(seen.shows) + len(seen.venues)
    return made
