"""A screen for a person: their own rows of the current snapshot, under the filters of the address.

A screen depends on the snapshot, the organization and the filters only, so it is kept for as long as those stand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, cast

from django.core.cache import caches

from publicc import __version__
from publicc.dashboards.asking import Asker
from publicc.dashboards.filters import Choices, Filters, read_filters
from publicc.dashboards.known import Known, own_source
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.audiences import audiences_screen
from publicc.dashboards.screens.season import season_screen
from publicc.dashboards.screens.territories import territories_screen
from publicc.kernel.errors import NotFound
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.metrics.source import Source
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse

SCREENS: Final[Mapping[str, Callable[[Asker], Screen]]] = {
    "season": season_screen,
    "audiences": audiences_screen,
    "territories": territories_screen,
}
SCREENS_CACHE: Final = "screens"


@dataclass(frozen=True, slots=True)
class Showing:
    """A screen with what it was made of."""

    screen: Screen
    filters: Filters
    choices: Choices
    snapshot: str
    as_of: date
    data_to: date | None


def show(scope: OwnRows, screen_id: str, asked: Mapping[str, Sequence[str]]) -> Showing:
    """The screen asked for. Raises NotFound for no such screen, NoSnapshot before the first harmonisation."""
    if screen_id not in SCREENS:
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    home = Home.from_environment()
    manifest = current_or_refuse(home)
    counts = manifest.organizations.get(scope.organization)
    with own_source(home, scope, manifest.id, manifest.as_of) as (source, known):
        choices = known.choices(source)
        filters = read_filters(asked, choices)
        screen = _screen(source, known, scope, (screen_id, filters), (manifest.id, manifest.as_of))
    return Showing(
        screen=screen,
        filters=filters,
        choices=choices,
        snapshot=manifest.id,
        as_of=manifest.as_of,
        data_to=counts.last_order_on if counts else None,
    )


def _screen(source: Source, known: Known, scope: OwnRows, asked: tuple[str, Filters], of: tuple[str, date]) -> Screen:  # noqa: PLR0917
    """The screen, computed once a snapshot, organization and filters: the key names all that it depends on."""
    (screen_id, filters), (snapshot, as_of) = asked, of
    told = repr((__version__, scope.organization, snapshot, as_of, screen_id, filters))
    key = sha256(told.encode()).hexdigest()
    kept = caches[SCREENS_CACHE].get(key)
    if kept is not None:
        return cast("Screen", kept)
    made = SCREENS[screen_id](Asker(source, scope, filters, as_of, known))
    caches[SCREENS_CACHE].set(key, made)
    return made


def prepare(scope: OwnRows) -> None:
    """Compute the screens a member opens first, so that nobody waits for them. Nothing to do before a snapshot."""
    for screen_id in SCREENS:
        show(scope, screen_id, {})
