"""Common snapshots that another one replaced: let go after their time."""

from datetime import date, timedelta

from publicc.collective.retention import Rule
from publicc.store.home import Home
from publicc.store.snapshots import current, forget, snapshots_kept


def _due(today: date, days: int) -> tuple[str, ...]:
    home = Home.from_environment()
    now, before = current(home), today - timedelta(days=days)
    others = (one for one in snapshots_kept(home) if now is None or one.id != now.id)
    return tuple(one.id for one in others if one.made_at.date() < before)


def _remove(today: date, days: int) -> tuple[str, ...]:
    gone = _due(today, days)
    forget(Home.from_environment(), gone)
    return gone


SNAPSHOTS = Rule("snapshots", _due, _remove)
