"""Vaults → pool: gather, group, identify, blind, place, write, publish.

Each vault is open only while its rows are copied into an encrypted scratch database that nobody can read afterwards.
The snapshot's id is a digest of what went in and of the ids that came out: the same input gives the same snapshot.
"""

import hashlib
import hmac
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb

from publicc import __version__
from publicc.collective.profiles import OrganizationProfile
from publicc.directory import places
from publicc.directory.common import NOTHING_COMMON, CommonCodes
from publicc.directory.official.layers import Layer
from publicc.harmonise import day_kinds, facts, holders, homes, labels, people, same_days, shows, venues, writing
from publicc.harmonise.gather import gather
from publicc.harmonise.linkage.pairs import HERE, Workers
from publicc.harmonise.recognise import Recognised, asides_wanted, recognise
from publicc.harmonise.remember import remember
from publicc.harmonise.review import book, rounds, sensitivity
from publicc.harmonise.stages import Stages
from publicc.harmonise.tokens.keeping import copy_tokens
from publicc.kernel.blind import BlindKey
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.linkages import destroy_linkages, linkages_aside
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.rollups import RollupTables, write_rollup
from publicc.store.shelf import Shelf
from publicc.store.snapshots import make_current, publish
from publicc.store.tables import SUPPLY, TABLES
from publicc.store.vaults import Scratch, new_scratch, open_scratch, open_vault, vaults_of

RULES_VERSION: Final = "4"
"""Raised when the same rows would give other facts: part of the snapshot's id."""

_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_ORDERS_EACH: Final = 1 << 40
"""Room for the order numbers of one organization, so that no two organizations share one."""
FEW: Final = 5
"""Up to so many organizations, the postal codes of Canada are read in place rather than copied into the engine."""


@dataclass(slots=True)
class _Work:
    """One harmonisation under way."""

    home: Home
    ring: KeyRing
    organizations: Sequence[OrganizationProfile]
    as_of: date
    made_at: datetime
    stages: Stages
    tables: RollupTables | None
    workers: Workers
    common: CommonCodes
    scratch: Scratch
    recognised: Recognised = field(default_factory=Recognised)
    digests: dict[str, str] = field(default_factory=dict)
    counts: dict[str, OrganizationCounts] = field(default_factory=dict)
    coverage: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def members(self) -> list[people.Member]:
        return [
            people.Member(one.slug, f"o{number}", BlindKey(self.ring.blind_key(one.slug)))
            for number, one in enumerate(self.organizations)
        ]

    @property
    def circle(self) -> tuple[str, ...]:
        """Organizations whose buyers are recognised at each other: two at least, or none."""
        granted = tuple(one.slug for one in self.organizations if one.links_across)
        return granted if len(granted) > 1 else ()

    @property
    def circle_key(self) -> BlindKey:
        return BlindKey(self.ring.blind_key(people.CIRCLE))


def harmonise(  # noqa: PLR0913 - what one harmonisation is made of
    home: Home,
    ring: KeyRing,
    organizations: Sequence[OrganizationProfile],
    *,
    as_of: date,
    made_at: datetime | None = None,
    stages: Stages | None = None,
    tables: RollupTables | None = None,
    workers: Workers = HERE,
    common: CommonCodes = NOTHING_COMMON,
    afresh: bool = False,
) -> Manifest:
    """Build and publish a new snapshot from the vaults of these organizations, and give its manifest.

    Organizations without a vault are left out. Linking across organizations is done among those that granted it.
    `tables` are added to every rollup, for screens; `common`: codes that stand beside shows and
    venues, and the kind of each day. `workers`: who does the
    heavy work of recognising buyers. `afresh`: every record is compared again, not only those that changed.
    Raises BadInput when none has a vault, Busy when a vault or the pool is in use, Broken when a key is wrong.
    """
    present = set(vaults_of(home))
    chosen = sorted((one for one in organizations if one.slug in present), key=lambda one: one.slug)
    _check(chosen)
    with new_scratch(home) as scratch:
        begun = made_at or datetime.now(UTC)
        work = _Work(home, ring, chosen, as_of, begun, stages or Stages(), tables, workers, common, scratch)
        _gather(work)
        snapshot_id = _name(work, afresh=afresh)
        published = make_current(home, snapshot_id) or publish(home, lambda folder: _build(work, folder, snapshot_id))
        _remember(work)
    return published


def made_by(tables: RollupTables | None) -> str:
    """What prepared a snapshot: version of the program, of its rules, of the pool's columns and of the added tables."""
    columns = hashlib.sha256(repr((TABLES, SUPPLY)).encode()).hexdigest()[:8]
    return "/".join((__version__, RULES_VERSION, columns, tables.version if tables else "-"))


def with_undescribed(
    home: Home, described: Sequence[OrganizationProfile], *, apart: Collection[str] = ()
) -> list[OrganizationProfile]:
    """These organizations, and those that have a vault here without being described: known by their short name.

    `apart`: known to the hub, and not to be harmonised: no agreement of theirs holds.
    """
    known = {*(one.slug for one in described), *apart}
    return [*described, *(OrganizationProfile(slug, slug) for slug in vaults_of(home) if slug not in known)]


def _check(organizations: Sequence[OrganizationProfile]) -> None:
    if not organizations:
        raise BadInput(
            Text("Aucun organisme n'a encore déposé de fichiers.", "No organization has deposited files yet."),
            do=Text("Déposer des fichiers avec publicc deposit.", "Deposit files with publicc deposit."),
        )
    wrong = [one.slug for one in organizations if not _SLUG.fullmatch(one.slug)]
    if wrong:
        raise BadInput(
            Text("Le nom court d'un organisme est mal formé.", "An organization's short name is malformed."),
            found=Text(", ".join(wrong), ", ".join(wrong)),
        )


def _gather(work: _Work) -> None:
    for number, (one, member) in enumerate(zip(work.organizations, work.members, strict=True)):
        said = Text(f"Lecture du coffre de {one.name}", f"Reading the vault of {one.name}")
        with (
            work.stages.lap("gather", said, number, len(work.organizations)) as lap,
            open_vault(work.home, work.ring, one.slug, read_only=True, scratch=work.scratch) as vault,
        ):
            gathered = gather(vault, member.schema)
            copy_tokens(vault, member.schema)
            book.copy_answers(vault, f"scratch.{member.schema}.answers")
            lap.rows += gathered.rows
            keyed = hmac.new(work.ring.blind_key(one.slug), gathered.digest.encode(), hashlib.sha256)
            work.digests[one.slug] = keyed.hexdigest()
    rounds.gather_circle_answers(work.home, work.ring, work.scratch)


def _name(work: _Work, *, afresh: bool) -> str:
    """Who is who, under blinded ids; the id of the snapshot that it makes."""
    if afresh:
        destroy_linkages(work.home, work.ring)
    wanted = asides_wanted([one.slug for one in work.organizations], work.circle)
    with (
        linkages_aside(work.home, work.ring, wanted) as asides,
        open_scratch(work.home, work.scratch, beside=asides) as connection,
    ):
        _recognise(work, connection, asides)
        return _snapshot_id(work, connection)


def _recognise(work: _Work, connection: duckdb.DuckDBPyConnection, asides: Collection[str]) -> None:
    with work.stages.lap("link", Text("Reconnaissance des acheteurs", "Recognising buyers")) as lap:
        work.recognised = recognise(
            connection,
            work.members,
            work.circle,
            work.circle_key,
            progress=work.stages.progress,
            workers=work.workers,
            asides=asides,
        )
        lap.rows += (connection.execute("SELECT count(*) FROM records").fetchone() or (0,))[0]
    with work.stages.lap("identify", Text("Identifiants banalisés", "Blinded ids")) as named:
        people.name_people(
            connection,
            work.members,
            own_groups="own_groups",
            circle_groups="circle_groups" if work.circle else None,
            circle_key=work.circle_key,
            seen_at=work.made_at.astimezone(UTC).replace(tzinfo=None),
            decisions=rounds.ACROSS,
        )
        named.rows = lap.rows


def _snapshot_id(work: _Work, connection: duckdb.DuckDBPyConnection) -> str:
    """A digest of what determines the snapshot: rows, profiles, ids, day of computation, version of the rules."""
    names = connection.execute(
        """SELECT count(*), coalesce(sum(hash(n)::HUGEINT), 0)
        FROM (SELECT * EXCLUDE (first_seen_at) FROM named) n"""
    ).fetchone()
    parts = [made_by(work.tables), duckdb.__version__, work.as_of.isoformat(), str(names)]
    imported = Shelf.of(work.home).version_of(Layer.POSTAL_CODES, Layer.MUNICIPALITIES)
    parts += [imported] if imported else []
    parts.append(day_kinds.told(work.common.almanac))
    parts += [f"{one!r} {work.digests[one.slug]} {work.common.told(one.slug)}" for one in work.organizations]
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(work.circle_key.secret, told.encode(), hashlib.sha256).hexdigest()[:20]


def _build(work: _Work, folder: Path, snapshot_id: str) -> Manifest:
    with open_scratch(work.home, work.scratch, reachable=[folder]) as connection:
        places.register(connection, Shelf.of(work.home).official, copied=len(work.organizations) > FEW)
        for number, (one, member) in enumerate(zip(work.organizations, work.members, strict=True)):
            said = Text(f"Écriture des données de {one.name}", f"Writing the data of {one.name}")
            with work.stages.lap("pool", said, number, len(work.organizations)) as lap:
                lap.rows += _write_organization(work, connection, folder, number, one, member)
        with work.stages.lap("same days", Text("Offre de chaque jour", "Supply of each day")):
            same_days.count_same_days(connection, folder, as_of=work.as_of, form=writing.FORM)
        pool = writing.pool_counts(connection, list(work.counts.values()))
    for number, one in enumerate(work.organizations):
        said = Text(f"Tables de {one.name} pour ses écrans", f"Tables of {one.name} for its screens")
        with work.stages.lap("rollups", said, number, len(work.organizations)) as lap:
            write_rollup(folder, one.slug, work.tables)
            lap.rows += work.counts[one.slug].tickets
    return Manifest(
        id=snapshot_id,
        made_at=work.made_at,
        as_of=work.as_of,
        code_version=made_by(work.tables),
        pool=pool,
        organizations=work.counts,
        quality=work.coverage,
    )


def _write_organization(  # noqa: PLR0917
    work: _Work,
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    number: int,
    one: OrganizationProfile,
    member: people.Member,
) -> int:
    """Facts of one organization, from its working tables to its Parquet files; the number of ticket rows."""
    connection.execute(f"USE scratch.{member.schema}")
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW own_named AS SELECT * FROM scratch.main.named WHERE organization = "
        + repr(one.slug)
    )
    holders.find_kinds(connection)
    homes.find_homes(connection)
    shows.group_shows(connection, key=member.key, only=_only_discipline(one))
    venues.place_venues(connection, key=member.key, organization=one)
    labels.lay_codes(connection, one.slug, work.common)
    facts.settle_currency(connection)
    day_kinds.lay_day_kinds(connection, work.common.almanac)
    facts.make_performances(connection, slug=one.slug, key=member.key)
    facts.make_purchases(connection, slug=one.slug, time_zone=one.time_zone, first_order=number * _ORDERS_EACH)
    facts.make_persons(connection, slug=one.slug, as_of=work.as_of)
    writing.write_tables(connection, folder, one)
    work.counts[one.slug] = writing.counts_of(connection)
    work.coverage[one.slug] = writing.coverage_of(connection)
    rows = (connection.execute("SELECT count(*) FROM sold").fetchone() or (0,))[0]
    connection.execute("USE scratch.main")
    return int(rows)


def _only_discipline(profile: OrganizationProfile) -> Discipline | None:
    """The discipline an organization declared, when it declared one only."""
    told = {name.upper() for name in profile.disciplines} & {one.value for one in Discipline}
    return Discipline(told.pop()) if len(told) == 1 and len(profile.disciplines) == 1 else None


def _remember(work: _Work) -> None:
    for one, member in zip(work.organizations, work.members, strict=True):
        with (
            work.stages.lap("remember", Text(f"Identifiants de {one.name}", f"Ids of {one.name}")),
            open_vault(work.home, work.ring, one.slug, scratch=work.scratch) as vault,
        ):
            remember(vault, one.slug, member.schema, buyer_mark=member.key.mark, happened_at=work.made_at)
            book.open_book(vault)
            book.refill(vault, f"scratch.{member.schema}.questions")
    rounds.keep_circle_questions(work.home, work.ring, work.scratch, asked=bool(work.circle))
    rounds.keep_card(work.home, work.recognised.cards, work.recognised.capped)
    sensitivity.keep_trials(work.home, work.recognised.trials)
