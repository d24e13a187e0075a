"""Profiles of buyers and answers to surveys of one run, told once and kept as every figure of persons is.

Profiles are told of the very version of who came that partners read: two counts of the same people never differ by a
few. Answers are told again only when enough of them separate the two versions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.core.cache import caches

from publicc.collective.models import Organization
from publicc.collective.row_wall import only
from publicc.dashboards.keeping import SCREENS_CACHE, kept_under
from publicc.disclosure.policy import PersonRules
from publicc.disclosure.rounding import share_in_steps
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.text import Text
from publicc.releases.show_profiles import ShownProfile
from publicc.releases.shows import HELD
from publicc.releases.shows_pool import ShowsPool
from publicc.sharing.models import Told
from publicc.sharing.told import Asked, audience_version, keep, read_cells, run_of
from publicc.store.home import Home
from publicc.store.profiles import profiles_file
from publicc.surveys.results.about_show import answers_about, stands_on
from publicc.surveys.results.granted import LEAST_ANSWERS, RESPONDENTS, protected_answers, recommendation

PROFILES: Final = "profiles"
SURVEY: Final = "survey"
ANSWERED_WITHIN: Final = timedelta(days=14)
"""How long after the last night that may be told an answer is still about it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile of a run: its words, and its share of buyers."""

    code: str
    name: Text
    share: Cell


@dataclass(frozen=True, slots=True)
class SurveyTold:
    """What people answered of a run: how many, what they recommend (points, steps of 5), the share of each answer."""

    respondents: Cell
    recommendation: Cell
    answers: Mapping[str, Cell] = field(default_factory=dict)


NO_ANSWERS: Final = SurveyTold(HELD, HELD)


def profiles_of(pool: ShowsPool, asked: Asked, home: Home, snapshot: str) -> tuple[Profile, ...]:
    """The profiles of the run, as everybody is told; none where nothing may be told or nobody was scored."""
    audience = audience_version(pool, asked, snapshot) if asked.nights else None
    if audience is None:
        return ()
    buyers = read_cells(audience)["buyers"]
    known = Told.objects.filter(owner=asked.owner, kind=PROFILES, run=audience.run, through_on=audience.through_on)
    version = known.first()
    if version is None:
        found = pool.profiles(run_of(audience), profiles_file(home, snapshot, asked.owner))
        if not found:
            return ()
        shares = {_named(at, one): _share(one.buyers, buyers) for at, one in enumerate(found)}
        of = Asked(asked.owner, tuple(audience.shows), asked.nights)
        version = keep(of, PROFILES, audience.performances, audience.through_on, shares, snapshot)
    return tuple(_profile(name, cell) for name, cell in sorted(read_cells(version).items()))


def _named(at: int, one: ShownProfile) -> str:
    """Its place, code and words as one name: a later model may use the same code for others."""
    return "\n".join((f"{at:03}", one.code, one.name.fr, one.name.en))


def _profile(name: str, cell: Cell) -> Profile:
    _, code, fr, en = name.split("\n")
    return Profile(code, Text(fr, en), cell)


def _share(part: Cell, whole: Cell) -> Cell:
    match part, whole:
        case Shown(), Shown():
            return Shown(share_in_steps(int(part.value), int(whole.value)))
        case _:
            return HELD


def survey_of(asked: Asked, rules: PersonRules, snapshot: str) -> SurveyTold | None:
    """What people answered of the run, as everybody is told; None where no link of it was ever answered."""
    owner = Organization.objects.filter(slug=asked.owner).first()
    if owner is None or not asked.nights:
        return None
    with only(owner.pk):  # a partner's page is about the partner; what was granted is of the owner's rows alone
        return _survey_of(asked, owner, rules, snapshot)


def _survey_of(asked: Asked, owner: Organization, rules: PersonRules, snapshot: str) -> SurveyTold | None:
    targets, until = (*asked.shows, *asked.run.performances), asked.nights[-1].on + ANSWERED_WITHIN
    stands = stands_on(owner, targets)
    if not stands:
        return None
    key = kept_under(SURVEY, asked.owner, asked.shows, targets, until, stands, rules)
    told = caches[SCREENS_CACHE].get(key)
    if told is None:
        told = _survey(asked, owner, rules, snapshot)
        caches[SCREENS_CACHE].set(key, told)
    return told if isinstance(told, SurveyTold) else None


def _survey(asked: Asked, owner: Organization, rules: PersonRules, snapshot: str) -> SurveyTold:
    until = asked.nights[-1].on + ANSWERED_WITHIN
    people = answers_about(owner, (*asked.shows, *asked.run.performances), until)
    now = {str(one.id) for one in people}
    told = [one for one in Told.objects.filter(owner=asked.owner, kind=SURVEY) if set(one.shows) & set(asked.shows)]
    mine = [one for one in told if one.run == asked.digest and one.through_on <= until]
    if len(people) >= LEAST_ANSWERS and all(_enough_apart(set(one.performances), now, rules.k) for one in told):
        last = date.fromisoformat(max(one.day for one in people))
        version: Told | None = keep(asked, SURVEY, sorted(now), last, protected_answers(people, rules), snapshot)
    else:
        same = [one for one in mine if set(one.performances) == now]
        version = next(iter(same or mine), None)
    if version is None:
        return NO_ANSWERS
    cells = read_cells(version)
    return SurveyTold(cells[RESPONDENTS], recommendation(cells), cells)


def _enough_apart(were: set[str], now: set[str], least: int) -> bool:
    """Whether two versions differ, and by nobody or by enough people either way."""
    return were != now and all(not change or len(change) >= least for change in (were - now, now - were))
