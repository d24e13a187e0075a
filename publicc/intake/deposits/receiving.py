"""Receive a deposit: read, understand, build, compare, and bring into the vault in one transaction; or rehearse it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from publicc import __version__
from publicc.collective.profiles import OrganizationProfile
from publicc.intake.canonical.bench import Bench, ReadTable, quoted
from publicc.intake.canonical.build import build_rows
from publicc.intake.canonical.customers import CUSTOMER_FIELDS
from publicc.intake.canonical.lookups import with_lookups
from publicc.intake.canonical.performances import PERFORMANCE_FIELDS
from publicc.intake.deposits.applying import (
    Destination,
    anything_changed,
    apply_table,
    change_of,
    complete_from_held,
    holds_nothing,
    missing_orders,
)
from publicc.intake.deposits.books import Entry, last_active, next_number, write_entry
from publicc.intake.deposits.files import FilesRead, read_and_profile
from publicc.intake.deposits.holdings import holdings
from publicc.intake.deposits.notices import nothing_to_keep, notices_of, refusals_of
from publicc.intake.deposits.report import Change, DepositReport, Holdings, TableReport
from publicc.intake.deposits.same_source import separate_reused_codes
from publicc.intake.deposits.systems import separate_systems
from publicc.intake.grain import Grain
from publicc.intake.mapping.memory import mapping_as_toml, mapping_from_toml
from publicc.intake.mapping.model import Mapping as ColumnMapping
from publicc.intake.mapping.model import Question
from publicc.intake.mapping.propose import propose
from publicc.intake.mapping.targets import Target
from publicc.intake.persons import keeping_out
from publicc.intake.reading import Limits
from publicc.intake.schema import ENTITIES, create_schema
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text

_ALREADY: Final = Text(
    fr="Ces fichiers étaient déjà le dernier dépôt : rien ne change.",
    en="These files were already the last deposit: nothing changes.",
)


@dataclass(frozen=True, slots=True)
class Handling:
    """How a deposit is to be handled."""

    dry_run: bool = False
    """Say everything, change nothing."""
    replace_period: bool = False
    """Orders held for the period of the deposit and absent from it are no longer current: a person consented."""
    source: str | None = None
    """The system the files come from, when a person says it."""
    rehearsed: Callable[[duckdb.DuckDBPyConnection], object] | None = None
    """Looks at the vault as a rehearsal would leave it, before everything is undone. It may write nothing to it."""


def receive_deposit(  # noqa: PLR0913 - the one door of deposits; all by keyword
    vault: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    *,
    organization: OrganizationProfile,
    received_at: datetime,
    mapping: ColumnMapping | None = None,
    limits: Limits | None = None,
    progress: Progress = SILENT,
    dry_run: bool = False,
    replace_period: bool = False,
    source: str | None = None,
    rehearsed: Callable[[duckdb.DuckDBPyConnection], object] | None = None,
) -> DepositReport:
    """Take `files` into `vault`, whole or not at all, and account for every row.

    `vault` must be able to read the files; its scratch database is used when it has one, else one is made in memory.
    `mapping` is an earlier proposal, perhaps corrected; without one, that of the last deposit is taken up again.
    Raises BadInput when none of the files can be used.
    """
    handling = Handling(dry_run=dry_run, replace_period=replace_period, source=source, rehearsed=rehearsed)
    with _Room(vault) as room:
        create_schema(vault)
        memory = mapping or remembered_mapping(vault)
        known = last_active(vault)
        told = mapping_as_toml(mapping) if mapping else ""
        fingerprint = _fingerprint(files, "" if known and told == known.mapping_toml else told, handling)
        if known is not None and known.fingerprint == fingerprint:
            return _nothing_new(vault, organization, received_at, known)
        room.enter_scratch()
        read = read_and_profile(vault, files, limits=limits, progress=progress, memory=memory)
        progress.step(Text("Compréhension des colonnes", "Understanding the columns"))
        proposal = propose(vault, read.tables, read.profiles, memory=memory, source=source)
        bench, systems = _bench(vault, read, proposal.mapping, organization, received_at, handling)
        asked = [*read.questions, *proposal.questions, *systems, *build_rows(bench, proposal.mapping.words, progress)]
        room.let_go(table.relation for table in read.tables)
        room.leave_scratch()
        asked += separate_reused_codes(vault, bench)
        read = replace(read, notices=(*read.notices, *keeping_out.obey(vault)))
        work = _Work(vault, bench, read, proposal.mapping, tuple(_unanswered(asked, proposal.mapping)), handling)
        progress.step(Text("Mise au coffre", "Into the vault"))
        return _bring_in(work, organization, received_at, fingerprint)


@dataclass(frozen=True, slots=True)
class _Work:
    vault: duckdb.DuckDBPyConnection
    bench: Bench
    read: FilesRead
    mapping: ColumnMapping
    questions: tuple[Question, ...]
    handling: Handling


class _Room:
    """The scratch database beside the vault: entered for building, left for writing, emptied at the end."""

    def __init__(self, vault: duckdb.DuckDBPyConnection) -> None:
        self._vault = vault
        (self._home,) = vault.execute("SELECT current_database()").fetchone() or ("memory",)
        self._made = False

    def __enter__(self) -> "_Room":
        names = {name for (name,) in self._vault.execute("SELECT database_name FROM duckdb_databases()").fetchall()}
        if "scratch" not in names:
            self._vault.execute("ATTACH ':memory:' AS scratch")
            self._made = True
        return self

    def __exit__(self, *_: object) -> None:
        self.leave_scratch()
        self._forget_comparisons()
        if self._made:
            self._vault.execute("DETACH scratch")
        else:
            self._empty()

    def _forget_comparisons(self) -> None:
        """The temporary views and tables of the comparison hold keys: they go with the deposit."""
        names = [f"changed_{table}" for table in ENTITIES]
        for name in names:
            self._vault.execute(f"DROP VIEW IF EXISTS temp.{name}")
        for name in ("missing_orders", *(f"compared_{table}" for table in ENTITIES)):
            self._vault.execute(f"DROP TABLE IF EXISTS temp.{name}")

    def enter_scratch(self) -> None:
        self._vault.execute("USE scratch")

    def leave_scratch(self) -> None:
        self._vault.execute(f'USE "{self._home}"')

    def let_go(self, relations: Iterable[str]) -> None:
        """Forget the rows as they were read, once all is built from them: the vault is written with more memory."""
        for relation in relations:
            self._vault.execute(f"DROP TABLE IF EXISTS scratch.{quoted(f'{relation}_raw')}")

    def _empty(self) -> None:
        """Leave nothing of this deposit in a scratch database that outlives it."""
        for kind, function in (("VIEW", "duckdb_views"), ("TABLE", "duckdb_tables")):
            column = function.removeprefix("duckdb_").removesuffix("s") + "_name"
            internal = "NOT internal AND" if kind == "VIEW" else ""
            found = self._vault.execute(
                f"SELECT {column} FROM {function}() WHERE {internal} database_name = 'scratch'"
            ).fetchall()
            for (name,) in found:
                self._vault.execute(f'DROP {kind} IF EXISTS scratch."{name}" CASCADE')


def remembered_mapping(vault: duckdb.DuckDBPyConnection) -> ColumnMapping | None:
    """The mapping of the last deposit that is active; None in a new vault."""
    known = last_active(vault)
    return mapping_from_toml(known.mapping_toml) if known else None


def _bench(  # noqa: PLR0917
    vault: duckdb.DuckDBPyConnection,
    read: FilesRead,
    mapping: ColumnMapping,
    organization: OrganizationProfile,
    received_at: datetime,
    handling: Handling,
) -> tuple[Bench, list[Question]]:
    """The workbench of the tables read, each with its source; the questions of systems that had to be told apart."""
    tables = [
        ReadTable(
            number,
            table,
            understood,
            {profile.column: profile for profile in profiles.columns},
            handling.source or understood.kind,
            organization.time_zone,
            folder,
        )
        for number, (table, profiles, understood, folder) in enumerate(
            zip(read.tables, read.profiles, mapping.tables, read.folders, strict=True), start=1
        )
    ]
    if all(table.grain in (Grain.UNKNOWN, Grain.REFERENCE) for table in tables):
        raise nothing_to_keep(tables)
    tables, asked = (tables, []) if handling.source else separate_systems(vault, tables, mapping.answers)
    return Bench(vault, with_lookups(vault, tables), received_at.replace(tzinfo=None), mapping.answers), asked


def _bring_in(work: _Work, organization: OrganizationProfile, received_at: datetime, fingerprint: str) -> DepositReport:
    vault = work.vault
    to = Destination(vault, next_number(vault), work.handling.replace_period)
    for table, columns in (("customers", CUSTOMER_FIELDS), ("performances", PERFORMANCE_FIELDS)):
        complete_from_held(to, table, _said(work.bench, columns))
    vault.execute("BEGIN TRANSACTION")
    try:
        first, missing = holds_nothing(to), missing_orders(to)
        for table in ENTITIES:
            apply_table(to, table)
        changed = anything_changed(to) or (missing > 0 and work.handling.replace_period)
        report = _report(work, to, missing=missing, first=first, organization=organization, received_at=received_at)
        numbered = replace(report, deposit_id=to.deposit_id)
        if changed:
            write_entry(vault, Entry.of(numbered, fingerprint, mapping_as_toml(work.mapping)), work.bench)
        if work.handling.dry_run and work.handling.rehearsed:
            work.handling.rehearsed(vault)
        kept = changed and not work.handling.dry_run
        vault.execute("COMMIT" if kept else "ROLLBACK")
    except BaseException:
        vault.execute("ROLLBACK")
        raise
    return numbered if kept else report


def _said(bench: Bench, columns: Mapping[Target, tuple[str, ...]]) -> dict[str, set[str]]:
    """Source → the columns of an entity that its tables in this deposit have a column for."""
    said: dict[str, set[str]] = {}
    for table in bench.tables:
        here = said.setdefault(table.source, set())
        here.update(name for target, names in columns.items() if table.has(target) for name in names)
    return said


def _report(
    work: _Work, to: Destination, *, missing: int, first: bool, organization: OrganizationProfile, received_at: datetime
) -> DepositReport:
    brought = holdings(work.vault, "scratch.new_{}")
    orders, customers, performances = _changes(to, brought, first=first)
    return DepositReport(
        organization=organization.slug,
        source=work.handling.source or work.mapping.source,
        received_at=received_at,
        deposit_id=None,
        dry_run=work.handling.dry_run,
        already_received=False,
        tables=tuple(_table_report(table, work.bench) for table in work.bench.tables),
        problems=work.read.problems,
        refusals=refusals_of(work.bench),
        mapping=work.mapping,
        questions=work.questions,
        notices=(*work.read.notices, *notices_of(work.bench)),
        orders=replace(orders, removed=missing, removed_kept=not work.handling.replace_period),
        customers=customers,
        performances=performances,
        brought=brought,
        held=brought if first else holdings(work.vault, "current_{}"),
    )


def _changes(to: Destination, brought: Holdings, *, first: bool) -> tuple[Change, Change, Change]:
    """Of orders, customers and performances. In an empty vault all that was brought is new: it is counted already."""
    if first:
        return Change(added=brought.orders_told), Change(added=brought.customers), Change(added=brought.performances)
    return (
        change_of(to, "order_key", "tickets", "orders"),
        change_of(to, "customer_key", "customers"),
        change_of(to, "performance_key", "performances"),
    )


def _table_report(table: ReadTable, bench: Bench) -> TableReport:
    account = bench.counts.get(table.file_no, {})
    evidence = table.table.evidence
    told = {
        "form": evidence.form.value,
        "encoding": evidence.encoding or "",
        "delimiter": evidence.delimiter or "",
        "header_row": str(evidence.header_row or ""),
    }
    return TableReport(
        file_no=table.file_no,
        file_name=table.table.file_name,
        part=table.table.part,
        kind=table.mapping.kind,
        grain=table.grain,
        rows_read=table.table.row_count + table.table.refused_count,
        accepted=account.get("accepted", 0),
        set_apart=account.get("set_apart", 0),
        refused=account.get("refused", 0),
        amount_cents=account.get("amount", 0),
        accepted_cents=account.get("accepted_cents", 0),
        set_apart_cents=account.get("set_apart_cents", 0),
        refused_cents=account.get("refused_cents", 0),
        dropped=table.mapping.dropped,
        evidence={name: value for name, value in told.items() if value},
    )


def _unanswered(asked: Sequence[Question], mapping: ColumnMapping) -> list[Question]:
    """The questions still open, each once, the most rows first."""
    seen: dict[str, Question] = {}
    for question in asked:
        if question.id not in mapping.answers:
            held = seen.get(question.id)
            seen[question.id] = replace(question, rows=question.rows + held.rows) if held else question
    return sorted(seen.values(), key=lambda question: (-question.rows, question.id))


def _fingerprint(files: Sequence[Path], told: str, handling: Handling) -> str:
    """What recognises the very same deposit: contents of the files, what was said of them, version of this program."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(files, key=lambda p: p.name):
        if path.is_file():
            with path.open("rb") as content:
                digest.update(hashlib.file_digest(content, "sha256").digest())
    digest.update(json.dumps([told, handling.source, handling.replace_period]).encode())
    return digest.hexdigest()


def _nothing_new(
    vault: duckdb.DuckDBPyConnection, organization: OrganizationProfile, received_at: datetime, known: Entry
) -> DepositReport:
    held = holdings(vault, "current_{}")
    orders, customers, performances = (Change(unchanged=n) for n in (held.orders, held.customers, held.performances))
    return DepositReport(
        organization=organization.slug,
        source=known.source,
        received_at=received_at,
        deposit_id=None,
        dry_run=False,
        already_received=True,
        tables=(),
        problems=(),
        refusals=(),
        mapping=mapping_from_toml(known.mapping_toml),
        questions=(),
        notices=(_ALREADY,),
        orders=orders,
        customers=customers,
        performances=performances,
        brought=Holdings(),
        held=held,
    )
