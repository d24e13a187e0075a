"""A screen for a person: their own rows of the current snapshot, under the filters of the address.

A screen depends on the snapshot, the organization and the filters only, so it is kept for as long as those stand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, cast
from urllib.parse import urlencode

from django.core.cache import caches

from publicc.dashboards.asking import Asker
from publicc.dashboards.comparing import with_peers
from publicc.dashboards.days import current_almanac
from publicc.dashboards.exploration import Exploration, read_exploration
from publicc.dashboards.filters import Choice, Choices, Filters, read_filters, season_or_period
from publicc.dashboards.guides.catalogue import GUIDES
from publicc.dashboards.guides.chosen import read_segment
from publicc.dashboards.guides.peers import beside_peers
from publicc.dashboards.keeping import SCREENS_CACHE, kept_under
from publicc.dashboards.known import Known, own_source
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.benchmarks import Comparison, benchmarks_screen
from publicc.dashboards.screens.every import SCREENS
from publicc.dashboards.screens.explorer import explorer_screen
from publicc.kernel.errors import NotFound
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.metrics.source import Source
from publicc.releases.catalogue import NOTHING_RELEASED, Catalogue, asked_cohort, catalogue_for, version_for
from publicc.releases.groups.queries import groups_of
from publicc.releases.portrait import latest_of_people
from publicc.store.attitudes import version_of_attitudes
from publicc.store.home import Home
from publicc.store.profiles import version_of_profiles
from publicc.store.shelf import Shelf
from publicc.store.snapshots import NoSnapshot, current_or_refuse
from publicc.store.supply import PublicSupply
from publicc.surveys.results.attitudes import keep_attitudes

EXPLORER: Final = "explore"
NON_PUBLICS: Final = "non-publics"
BENCHMARKS: Final = "benchmarks"
OFFER, SEGMENT = "offer", "segment"
"""The page about one segment, and how its address names it."""
SUPPLY, TERRITORY = "supply", "territory"
"""The page about one territory, and how its address names it."""
OF_THE_COLLECTIVE: Final = frozenset({"habits", "segments"})
"""The pages that read what is published of the people of the collective."""
PAGES: Final[Mapping[str, Callable[[Asker], Screen]]] = {
    **SCREENS,
    **{one: guide.build for one, guide in GUIDES.items()},
}
"""Screens, and the guided answers made of their figures."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A screen with what it was made of."""

    key: str
    """A digest of all that the screen depends on."""
    screen: Screen
    filters: Filters
    choices: Choices
    snapshot: str
    as_of: date
    data_to: date | None
    exploration: Exploration | None = None
    """What was asked of the explorer, when the page is the explorer's."""
    plays: Period | None = None
    """From the first to the last performance, in the period, of the one show of the filters."""
    comparison: Comparison | None = None
    """The group of peers that was asked for, when the page is *Comparatifs*."""
    others: Catalogue = NOTHING_RELEASED
    segment: str = ""
    """The segment that was chosen, on a page about one."""
    territory: str = ""
    """The named territory that was asked for, on the page of supply; empty: the organization's own."""

    @property
    def query(self) -> str:
        """Everything that the page was asked, as the query of its address."""
        filters = self.filters.query_string()
        if self.comparison is not None:
            return "&".join(filter(None, (filters, urlencode(self.comparison.cohort.query))))
        if self.segment:
            return f"{filters}&{urlencode({SEGMENT: self.segment})}"
        if self.territory:
            return f"{filters}&{urlencode({TERRITORY: self.territory})}"
        return f"{self.exploration.query_string}&{filters}" if self.exploration else filters


def show(
    scope: OwnRows,
    screen_id: str,
    asked: Mapping[str, Sequence[str]],
    *,
    build: Callable[[Asker], Screen] | None = None,
) -> Showing:
    """The screen asked for, or what `build` makes of the same filters, kept under that id.

    Raises NotFound for no such screen, NoSnapshot before the first harmonisation.
    """
    if build is None and screen_id not in PAGES and screen_id not in {EXPLORER, BENCHMARKS}:
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    home = Home.from_environment()
    manifest = current_or_refuse(home)
    counts = manifest.organizations.get(scope.organization)
    shelf = Shelf.of(home)
    if screen_id == NON_PUBLICS:
        keep_attitudes(home, scope)
    with own_source(home, scope, manifest.id, manifest.as_of) as (source, known):
        choices = known.choices(source)
        filters = _over_its_run(read_filters(asked, choices), asked, known, source)
        asked_for = read_exploration(asked, _shows(choices)) if screen_id == EXPLORER else None
        own_groups = groups_of(scope.organization)
        others, comparison = catalogue_for(home, scope, own_groups), None
        if screen_id == BENCHMARKS:
            filters = _over_a_release(filters, asked, others)
            comparison = Comparison(
                asked_cohort(asked, own_groups), others.of(filters.period), season_or_period(filters.period)
            )
        supply, almanac = PublicSupply.of(home, scope, manifest.id), current_almanac(shelf)
        profiles = version_of_profiles(home, manifest.id, scope.organization)
        attitudes = version_of_attitudes(home, manifest.id, scope.organization)
        versions = (shelf.version_of(), almanac.version, version_for(home), profiles, attitudes)
        told = (scope.organization, manifest.id, manifest.as_of, screen_id, filters, versions)
        segment = read_segment(next(iter(asked.get(SEGMENT, ())), "")) if screen_id == OFFER else ""
        territory = _territory(asked, supply) if screen_id == SUPPLY else ""
        key = kept_under(*told, asked_for or (comparison and comparison.cohort) or segment or territory)
        asker = Asker(source, scope, filters, manifest.as_of, known, shelf.imported(), supply, others, almanac)
        collective = latest_of_people(home) if screen_id in OF_THE_COLLECTIVE else None
        asker = replace(asker, segment=segment, territory=territory, collective=collective)
        made = build or partial(_built, screen_id, asked_for=asked_for, comparison=comparison)
        plays = _nights(filters, known, source)
        screen = _kept(key, lambda: made(asker))
    return Showing(
        key=key,
        screen=screen,
        filters=filters,
        choices=choices,
        snapshot=manifest.id,
        as_of=manifest.as_of,
        data_to=counts.last_order_on if counts else None,
        exploration=asked_for,
        plays=plays,
        comparison=comparison,
        others=others,
        segment=segment,
        territory=territory,
    )


def choices_for(scope: OwnRows) -> Mapping[str, tuple[Choice, ...]]:
    """What an organization's own rows hold, by dimension; nothing before the first harmonisation."""
    home = Home.from_environment()
    try:
        manifest = current_or_refuse(home)
        with own_source(home, scope, manifest.id, manifest.as_of) as (source, known):
            return known.choices(source).by_dimension
    except NoSnapshot:
        return {}


def _territory(asked: Mapping[str, Sequence[str]], supply: PublicSupply) -> str:
    """The territory of the address, when something is given there."""
    known = supply.territories()
    return next((one for one in asked.get(TERRITORY, ()) if one in known), "")


def _nights(filters: Filters, known: Known, source: Source) -> Period | None:
    shows = filters.as_mapping.get("show", ())
    if len(shows) != 1:
        return None
    days = [one.on for one in known.dated(source).values() if one.show == shows[0] and one.on in filters.period]
    return Period(min(days), max(days)) if days else None


def _built(screen_id: str, asker: Asker, *, asked_for: Exploration | None, comparison: Comparison | None) -> Screen:
    if asked_for is not None:
        return explorer_screen(asker, asked_for)
    if comparison is not None:
        return benchmarks_screen(asker, comparison)
    return with_peers(beside_peers(PAGES[screen_id](asker), asker), asker)


def _over_a_release(filters: Filters, asked: Mapping[str, Sequence[str]], others: Catalogue) -> Filters:
    """The comparison knows no filter of one's own; without a period, it tells the latest released."""
    bare = replace(filters, where=(), dropped=())
    wanted = any(next(iter(asked.get(name, ())), "") for name in ("season", "period"))
    return bare if wanted or not others.releases else bare.over(others.releases[0].period)


def _shows(choices: Choices) -> tuple[str, ...]:
    return tuple(one.value for one in choices.by_dimension.get("show", ()))


def _over_its_run(filters: Filters, asked: Mapping[str, Sequence[str]], known: Known, source: Source) -> Filters:
    """One show, asked for without a season or period, is told over its own run, whatever the season."""
    shows = filters.as_mapping.get("show", ())
    if len(shows) != 1 or any(asked.get(name) for name in ("season", "period")):
        return filters
    run = known.run_of(source, shows[0])
    return filters.over(run) if run else filters


def _kept(key: str, make: Callable[[], Screen]) -> Screen:
    kept = caches[SCREENS_CACHE].get(key)
    if kept is not None:
        return cast("Screen", kept)
    made = make()
    caches[SCREENS_CACHE].set(key, made)
    return made


def prepare(scope: OwnRows) -> None:
    """Compute the screens a member opens first, so that nobody waits for them. Nothing to do before a snapshot."""
    for screen_id in PAGES:
        show(scope, screen_id, {})
