"""What a partner sees of a show, and what an owner previews: one function makes both.

Each owner's grants are put together, the nights that two owners sell are counted once, and figures of persons come
from what was told to everyone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from django.core.cache import caches

from publicc.collective.agreements import allowing
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.dashboards.keeping import SCREENS_CACHE, kept_under
from publicc.kernel.cells import Shown
from publicc.kernel.errors import NotFound
from publicc.releases.policies import policy_in_force
from publicc.releases.shows import NOTHING_TOLD, Overlap, ShowAudience
from publicc.releases.shows_pool import ShowsPool
from publicc.sharing import told
from publicc.sharing.reading import Exact, exact_figures, nights_of
from publicc.sharing.states import Figures
from publicc.sharing.terms import Night, Opening, Terms, opening_of, same_night, without
from publicc.sharing.told_groups import Profile, SurveyTold, profiles_of, survey_of
from publicc.store.home import Home
from publicc.store.manifest import Manifest
from publicc.store.snapshots import NoSnapshot, current_or_refuse, snapshot_folder


@dataclass(frozen=True, slots=True)
class Place:
    """One owner's part of a show, as its partner sees it."""

    owner: str
    name: str
    opening: Opening
    exact: Exact
    audience: ShowAudience = NOTHING_TOLD
    profiles: tuple[Profile, ...] = ()
    """Share of each profile of the common segmentation; none where nobody was scored, or the owner did not open it."""
    survey: SurveyTold | None = None
    """What people answered; None where no link of the show was answered, or the owner did not open it."""
    with_asker: Overlap | None = None
    """Buyers shared with the partner's own; None where the partner brings none, or the owner did not open it."""


@dataclass(frozen=True, slots=True)
class Twice:
    """A night that two owners sell: `counted_at` tells it."""

    night: Night
    counted_at: str
    also_at: str


@dataclass(frozen=True, slots=True)
class SharedShow:
    """A show across its owners, by name."""

    title: str
    places: tuple[Place, ...]
    twice: tuple[Twice, ...]
    between: Mapping[tuple[str, str], Overlap]
    """Two owners that both opened shared audiences → buyers that their runs share."""
    manifest: Manifest

    @property
    def may_export(self) -> bool:
        """Whether every grant in it lets its files be taken away."""
        return bool(self.places) and all(one.opening.may_export for one in self.places)


def shared_show(home: Home, title: str, granted: Sequence[Terms], viewer: Organization) -> SharedShow:
    """What these grants together open to the viewer, of the current snapshot. Raises NoSnapshot before the first."""
    manifest = current_or_refuse(home)
    rules = policy_in_force(home)
    circle = frozenset(allowing(Purpose.LINKAGE).values_list("slug", flat=True))
    pool = ShowsPool(snapshot_folder(home, manifest.id), circle, manifest.as_of, rules.persons)
    openings = _openings(home, manifest, granted, rules.money.lag_months)
    places, twice = _counted_once([_place(home, manifest, one) for one in openings], home, manifest)
    persons = [_with_groups(_with_persons(one, pool, viewer.slug, manifest), pool, home, manifest) for one in places]
    return SharedShow(title, tuple(persons), twice, _between(persons, pool, manifest), manifest)


def _openings(home: Home, manifest: Manifest, granted: Iterable[Terms], lag_months: int) -> list[Opening]:
    by_owner: dict[str, list[Terms]] = {}
    for one in granted:
        by_owner.setdefault(one.owner, []).append(one)
    found = []
    for owner, terms in sorted(by_owner.items()):
        shows = {show for one in terms for show in one.shows}
        found.append(opening_of(terms, _nights(home, manifest, owner, shows), manifest.as_of, lag_months))
    return found


def _nights(home: Home, manifest: Manifest, owner: str, shows: Iterable[str]) -> dict[str, tuple[Night, ...]]:
    """The owner's nights; none when the current snapshot no longer holds it."""
    try:
        return nights_of(home, manifest, owner, sorted(shows))
    except (NoSnapshot, NotFound):
        return {}


def _place(home: Home, manifest: Manifest, opening: Opening) -> Place:
    if not opening.every:
        return Place(opening.owner, _name_of(opening.owner), opening, Exact())
    key = kept_under("shared", manifest.id, manifest.as_of, repr(opening))
    exact = caches[SCREENS_CACHE].get(key)
    if exact is None:
        exact = exact_figures(home, manifest, opening)
        caches[SCREENS_CACHE].set(key, exact)
    return Place(opening.owner, _name_of(opening.owner), opening, exact)


def _name_of(slug: str) -> str:
    return Organization.objects.filter(slug=slug).values_list("name", flat=True).first() or slug


def _counted_once(places: list[Place], home: Home, manifest: Manifest) -> tuple[list[Place], tuple[Twice, ...]]:
    """Nights that two owners sell stay with the one that holds most of their valid tickets, where both tell them."""
    found: list[Twice] = []
    for one, other in combinations(places, 2):
        for night in one.opening.every:
            for also in other.opening.every:
                if same_night(night, also):
                    first = (_tickets(one, night), other.owner) >= (_tickets(other, also), one.owner)
                    kept, left = ((one, night), (other, also)) if first else ((other, also), (one, night))
                    found.append(Twice(left[1], kept[0].owner, left[0].owner))
    lost = {place.owner: frozenset(one.night.id for one in found if one.also_at == place.owner) for place in places}
    again = [
        _place(home, manifest, without(place.opening, lost[place.owner])) if lost[place.owner] else place
        for place in places
    ]
    return again, tuple(found)


def _tickets(place: Place, night: Night) -> float:
    cell = place.exact.nights.get(night.id, {}).get("admission_count")
    return float(cell.value) if isinstance(cell, Shown) else 0.0


def _with_persons(place: Place, pool: ShowsPool, viewer: str, manifest: Manifest) -> Place:
    """Figures of persons, where the owner opened them: profile by one right, synergies by the other."""
    opening = place.opening
    audience, overlap = NOTHING_TOLD, None
    families = [family for family in (Figures.AUDIENCE, Figures.OVERLAP) if opening.of(family)]
    if families:
        audience = told.audience_of(pool, _asked(opening, families[0]), manifest.id)
    if opening.of(Figures.OVERLAP) and viewer in manifest.organizations and viewer != place.owner:
        overlap = told.overlap_with(pool, _asked(opening, Figures.OVERLAP), viewer, manifest.id)
    return replace(place, audience=audience, with_asker=overlap)


def _with_groups(place: Place, pool: ShowsPool, home: Home, manifest: Manifest) -> Place:
    """Profiles of buyers and answers to surveys, where the owner opened them."""
    opening = place.opening
    profiles: tuple[Profile, ...] = ()
    survey = None
    if opening.of(Figures.SEGMENTS):
        profiles = profiles_of(pool, _asked(opening, Figures.SEGMENTS), home, manifest.id)
    if opening.of(Figures.SURVEY):
        survey = survey_of(_asked(opening, Figures.SURVEY), pool.rules, manifest.id)
    return replace(place, profiles=profiles, survey=survey)


def _asked(opening: Opening, family: Figures) -> told.Asked:
    return told.Asked(opening.owner, opening.shows, opening.of(family))


def _between(places: Iterable[Place], pool: ShowsPool, manifest: Manifest) -> dict[tuple[str, str], Overlap]:
    open_ones = [one for one in places if one.opening.of(Figures.OVERLAP)]
    return {
        (one.owner, other.owner): told.overlap_between(
            pool, _asked(one.opening, Figures.OVERLAP), _asked(other.opening, Figures.OVERLAP), manifest.id
        )
        for one, other in combinations(open_ones, 2)
    }
