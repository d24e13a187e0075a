"""What a member may read of others: released cells, and the nearest permitted wider group where one is withheld.

Nothing is computed here. A group is public (who may be in it is known to all); its voters and its values are not.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pyarrow.parquet as pq

from publicc.directory.territories import REGION_UNKNOWN, REGIONS
from publicc.disclosure.policy import MoneyRules, ReleaseRefused
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.releases.contents import COHORT, COMPARISON, GROUP, ORGANIZATION_DISCIPLINE, SIZE, TERRITORY
from publicc.releases.files import StoredRelease, member_file, read_release, sealed_file
from publicc.releases.publication import PUBLICATION_FILE, ReleaseState, publication_of, releases_of
from publicc.releases.signing import known_public_key
from publicc.store.home import Home

Key = tuple[tuple[str, str], ...]
STATISTICS: Final = ("median", "p25", "p75")
SHORT: Final = {
    "peers_territory": TERRITORY.name,
    "peers_discipline": ORGANIZATION_DISCIPLINE.name,
    "peers_size": SIZE.name,
}
"""What a cohort is cut by, as an address says it, and as a release does."""
OWN: Final = "peers_group"
"""The group of one's own that an address asks for."""
_SIZES: Final = {
    "XS": Text("très petits", "very small"),
    "S": Text("petits", "small"),
    "M": Text("moyens", "medium"),
    "L": Text("grands", "large"),
    "XL": Text("très grands", "very large"),
    "UNKNOWN": Text("taille non dite", "size not told"),
}


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group of organizations: those that have each of these values. Empty: every organization.

    `name`: of a group that the reader asked for, which has its members told one by one.
    """

    key: Key = ()
    name: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the reader asked for it."""
        return bool(self.key) and self.key[0][0] == GROUP

    @property
    def label(self) -> Text:
        """`Montréal · théâtre`, or the whole collective."""
        if self.is_own:
            return Text("« {name} »", "“{name}”").filled(name=self.name)
        if not self.key:
            return Text("tout le collectif", "the whole collective")
        parts = [value_label(name, value) for name, value in self.key]
        return Text(" · ".join(part.fr for part in parts), " · ".join(part.en for part in parts))

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """As the query of an address."""
        names = {long: short for short, long in SHORT.items()} | {GROUP: OWN}
        return tuple((names[name], value) for name, value in self.key)

    @property
    def address(self) -> str:
        """Its query, written out."""
        return urlencode(self.query)


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group that the reader asked for and the hub allowed: its id, its name, its members by slug."""

    id: str
    name: str
    members: frozenset[str]

    @property
    def cohort(self) -> Cohort:
        """As the page of comparisons knows it."""
        return Cohort(((GROUP, self.id),), self.name)


@dataclass(frozen=True, slots=True)
class Peers:
    """One figure of others: median and quartiles of a group, the reader left out."""

    metric: str
    cohort: Cohort
    median: Cell
    p25: Cell
    p75: Cell
    members: int
    """Other legal groups that belong to the group; anyone may count them."""
    wider: Cohort | None = None
    """Where the median is withheld: the nearest wider group whose median is shown."""


@dataclass(frozen=True, slots=True)
class Released:
    """One release as a member reads it."""

    name: str
    period: Period
    policy: str
    others: int
    """Organizations other than the reader that a figure must stand on."""
    viewer: str
    membership: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    cells: Mapping[tuple[str, Key], Mapping[str, Cell]] = field(repr=False)
    heads: Mapping[str, str] = field(default_factory=dict)
    """Organization → the one that stands for its legal group, where that is another."""
    own: tuple[OwnGroup, ...] = ()

    def peers(self, metric: str, cohort: Cohort = Cohort()) -> Peers:
        """The figure for a group; withheld ones name the nearest wider group."""
        found = self.cells.get((metric, cohort.key), {})
        members = len(self.legal_groups_in(cohort))
        held = Withheld(WithheldReason.GROUP if members < self.others else WithheldReason.ORGANIZATIONS)
        median, p25, p75 = (found.get(name, held) for name in STATISTICS)
        if isinstance(median, Shown):
            return Peers(metric, cohort, median, p25, p75, members)
        return Peers(metric, cohort, held, held, held, members, self._wider(metric, cohort))

    def others_in(self, cohort: Cohort) -> tuple[str, ...]:
        """The organizations of other legal groups that belong to a group."""
        wanted, mine = set(cohort.key), self.head(self.viewer)
        asked = next((one.members for one in self.own if one.cohort == cohort), frozenset[str]())
        return tuple(
            slug
            for slug, told in sorted(self.membership.items())
            if self.head(slug) != mine and (slug in asked if cohort.is_own else wanted <= set(told.items()))
        )

    def head(self, slug: str) -> str:
        """Who stands for the legal group of an organization: itself, mostly."""
        return self.heads.get(slug, slug)

    def legal_groups_in(self, cohort: Cohort) -> frozenset[str]:
        """The other legal groups that belong to a group."""
        return frozenset(self.head(slug) for slug in self.others_in(cohort))

    def cohorts(self) -> tuple[Cohort, ...]:
        """Every group of the catalogue of which some figure is shown, the widest first."""
        shown = {key for (_, key), cells in self.cells.items() if isinstance(cells["median"], Shown)}
        keys = {key for key in shown if not Cohort(key).is_own}
        return tuple(Cohort(key) for key in sorted(keys, key=lambda key: (len(key), key)))

    def values(self, short: str) -> tuple[str, ...]:
        """The values of a dimension that other organizations have."""
        told = {own[SHORT[short]] for slug, own in self.membership.items() if slug != self.viewer}
        return tuple(sorted(told))

    def _wider(self, metric: str, cohort: Cohort) -> Cohort | None:
        """Fewest dimensions relaxed, then the smallest group, then by key. Of one's own group: what holds it whole."""
        shown = (
            Cohort(key)
            for (one, key), cells in self.cells.items()
            if one == metric and isinstance(cells["median"], Shown) and not Cohort(key).is_own
        )
        if cohort.is_own:
            return self.around(frozenset(self.others_in(cohort)), shown)
        wider = (one for one in shown if set(one.key) < set(cohort.key))
        return min(wider, key=lambda one: (-len(one.key), len(self.others_in(one)), one.key), default=None)

    def around(self, members: frozenset[str], shown: Iterable[Cohort]) -> Cohort | None:
        """The smallest of the groups shown that holds all of these organizations."""
        mine = self.head(self.viewer)
        others = {slug for slug in members if slug in self.membership and self.head(slug) != mine}
        holding = (one for one in shown if others <= set(self.others_in(one)))
        return min(holding, key=lambda one: (len(self.others_in(one)), one.key), default=None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every release in force, the newest period first, as one member reads them."""

    releases: tuple[Released, ...]

    def of(self, period: Period) -> Released | None:
        """The release of exactly this period."""
        return next((one for one in self.releases if one.period == period), None)


NOTHING_RELEASED: Final = Catalogue(())


def catalogue_for(home: Home, scope: OwnRows, own: tuple[OwnGroup, ...] = ()) -> Catalogue:
    """What a member may read of the others. Releases that were altered, or signed by another, are never served.

    `own`: the groups that it asked for, was allowed and has not withdrawn.
    """
    found = (
        _released(folder, scope.organization, _stamp(folder), str(known_public_key(home)))
        for folder in releases_of(home)
    )
    kept = [replace(one, own=own) for one in found if one is not None]
    return Catalogue(tuple(sorted(kept, key=lambda one: one.period, reverse=True)))


def version_for(home: Home) -> str:
    """Changes whenever what may be read of others does."""
    return " ".join(f"{folder.name}:{_stamp(folder)}" for folder in releases_of(home))


def value_label(name: str, value: str) -> Text:
    """How a value of a cohort's dimension is read."""
    if name == TERRITORY.name:
        region = REGIONS.get(value)
        return Text(region, region) if region else Text("hors Québec", "outside Québec")
    if name == ORGANIZATION_DISCIPLINE.name:
        label = Discipline(value).label
        return Text(label.fr.lower(), label.en.lower())
    return _SIZES.get(value, REGION_UNKNOWN)


def asked_cohort(asked: Mapping[str, Any], own: Iterable[OwnGroup] = ()) -> Cohort:
    """The cohort that an address asks for; what means nothing is left out. A group of one's own stands alone."""
    wished = next(iter(asked.get(OWN, ())), "")
    mine = next((one.cohort for one in own if one.id == wished), None)
    if mine is not None:
        return mine
    told = {SHORT[short]: next(iter(asked.get(short, ())), "") for short in SHORT}
    return Cohort(tuple((one.name, told[one.name]) for one in COHORT if told[one.name] in one.values))


def _stamp(folder: Path) -> int:
    file = folder / PUBLICATION_FILE
    return file.stat().st_mtime_ns if file.is_file() else 0


@lru_cache(maxsize=512)
def _released(folder: Path, slug: str, stamp: int, public_key: str) -> Released | None:  # noqa: ARG001 - the stamp renews it
    """One release for one member; None when it is not in force, or not for this member."""
    try:
        release = read_release(folder, public_key=public_key)
        if publication_of(release).state is not ReleaseState.PUBLISHED:
            return None
        content = sealed_file(release, member_file(slug))
    except ReleaseRefused:
        return None
    return _read(release, slug, content) if content is not None else None


def _read(release: StoredRelease, slug: str, content: bytes) -> Released:
    told = release.certificate
    period = Period(date.fromisoformat(told["period"]["from"]), date.fromisoformat(told["period"]["to"]))
    rows = pq.read_table(io.BytesIO(content)).to_pylist()
    others = int(told["policy"]["money"].get("others", MoneyRules().others))
    return Released(
        str(told["release"]),
        period,
        str(told["policy"]["version"]),
        others,
        slug,
        told["membership"],
        told.get("names", {}),
        cells_of(rows),
        told.get("legal_groups", {}),
    )


def cells_of(rows: Iterable[Mapping[str, Any]]) -> Mapping[tuple[str, Key], Mapping[str, Cell]]:
    """Compared cells by metric and group."""
    found: dict[tuple[str, Key], dict[str, Cell]] = {}
    for row in rows:
        if row["table"] == COMPARISON:
            names = (*(one.name for one in COHORT), GROUP)
            key = tuple((name, row[name]) for name in names if row.get(name) is not None)
            found.setdefault((row["metric"], key), {})[row["statistic"]] = cell_of(row)
    return found


def cell_of(row: Mapping[str, Any]) -> Cell:
    """The cell of a row of a release."""
    if row["state"] == "shown":
        return Shown(row["value"], n=row["n"])
    return Withheld(WithheldReason(row["reason"]))
