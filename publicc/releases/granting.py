"""Before a show is granted: whether what members read already, beside what the partner would learn, tells of a third.

Only which figure fails is said, never of whom nor by how much (docs/explanation/sharing.en.md).
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from publicc.kernel.period import Period
from publicc.releases.audit import audit_grants
from publicc.releases.facts import granted_within
from publicc.releases.files import StoredRelease, read_release
from publicc.releases.granted import METRICS, ShownFigure
from publicc.releases.publication import ReleaseState, publication_of, releases_of
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse, snapshot_folder


def disclosed_by(home: Home, figures: Iterable[ShownFigure]) -> frozenset[str]:
    """The metrics of which these figures, once shown, would tell somebody about an organization that granted nothing.

    Every release that members have read is attacked again, withdrawn since or not, by each partner with all that it was
    shown, alone and in pairs. Empty when nothing gives way. Raises ReleaseRefused when a release was altered.
    """
    told = [one for one in figures if one.metric in METRICS]
    found: set[str] = set()
    for release in _read_by_members(home):
        period = _period_of(release)
        within = [one for one in told if period.first_on <= one.on <= period.last_on]
        if within:
            known = granted_within(period).beside(within)
            attempts = audit_grants(release.folder, pool=_pool_of(home, release), granted=known)
            found |= {metric for metric, tally in attempts.items() if tally.within or tally.exact}
    return frozenset(found)


def _read_by_members(home: Home) -> Iterable[StoredRelease]:
    seen = (ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN)
    released = (read_release(folder) for folder in releases_of(home))
    return [one for one in released if publication_of(one).state in seen]


def _period_of(release: StoredRelease) -> Period:
    told = release.certificate["period"]
    return Period(date.fromisoformat(told["from"]), date.fromisoformat(told["to"]))


def _pool_of(home: Home, release: StoredRelease) -> Path:
    """The snapshot that it was made from; the current one once that is gone, as amounts of a closed period stay."""
    own = snapshot_folder(home, str(release.certificate.get("snapshot")))
    return own if own.is_dir() else snapshot_folder(home, current_or_refuse(home).id)
