"""Tables read → how each is understood: what was remembered, else what system it is, else headers and values."""

import hashlib
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb

from publicc.intake.grain import Grain
from publicc.intake.mapping.columns import Meanings, meanings_by_header_and_value
from publicc.intake.mapping.facts import ColumnFacts
from publicc.intake.mapping.grains import grain_of
from publicc.intake.mapping.model import Choice, ColumnUse, Mapping, Question, QuestionKind, TableMapping
from publicc.intake.mapping.money import settle_amounts
from publicc.intake.mapping.targets import Target
from publicc.intake.reading import Form, SourceTable
from publicc.intake.sources.layouts import KnownSystem, TableLayout, known_systems, layout_of
from publicc.intake.values import TableProfile
from publicc.intake.words import folded
from publicc.kernel.text import Text

GENERIC: Final = "tables"
"""The source of tables of no known system: the three tables of the 2021 call and everything that resembles them."""

_CHANGED: Final = 0.6
"""Share of remembered headers that still stand for a table to be the same one, changed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """How the tables are understood, and what only a person can say."""

    mapping: Mapping
    questions: tuple[Question, ...]


def propose(
    scratch: duckdb.DuckDBPyConnection,
    tables: Sequence[SourceTable],
    profiles: Sequence[TableProfile],
    *,
    memory: Mapping | None = None,
    source: str | None = None,
) -> Proposal:
    """The mapping of a deposit. `memory` is an earlier mapping, perhaps corrected; `source` forces a system.

    Every column of every table is in it, with its meaning or none. The same tables give the same proposal.
    """
    remembered = {table.signature: table for table in memory.tables} if memory else {}
    asked: list[Question] = []
    understood: list[TableMapping] = []
    for table, profile in zip(tables, profiles, strict=True):
        known = remembered.get(signature_of(table.headers))
        if known is not None:
            understood.append(_again(known, table, profile))
            continue
        asked += _changed_columns(table, memory)
        proposal = _fresh(scratch, table, profile, memory)
        understood.append(proposal.mapping.tables[0])
        asked += proposal.questions
    understood = _joined(scratch, tables, understood)
    name = source or (memory.source if memory and memory.source else _main_source(tables, understood))
    return Proposal(
        Mapping(name, tuple(understood), memory.words if memory else {}, memory.answers if memory else {}), tuple(asked)
    )


def signature_of(headers: Sequence[str]) -> str:
    """What recognises a table next time: its headers, whatever their order and the file's name."""
    return hashlib.sha256("\n".join(sorted(folded(h) or h for h in headers)).encode()).hexdigest()[:16]


def facts_of(profile: TableProfile) -> tuple[ColumnFacts, ...]:
    """What the proposal needs of a profile."""
    return tuple(
        ColumnFacts(p.column, p.header, p.kind.value, p.filled, p.distinct, p.samples) for p in profile.columns
    )


def _again(known: TableMapping, table: SourceTable, profile: TableProfile) -> TableMapping:
    """A remembered table: its meanings by header, on today's columns."""
    targets = {folded(use.header) or use.header: use.target for use in known.columns}
    uses = tuple(
        ColumnUse(p.column, p.header, targets.get(folded(p.header) or p.header), p.samples) for p in profile.columns
    )
    return replace(known, file_name=table.file_name, part=table.part, columns=uses)


def _fresh(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, profile: TableProfile, memory: Mapping | None
) -> Proposal:
    facts = facts_of(profile)
    system, layout = recognized(table, facts)
    if layout is not None and system is not None and system.code != GENERIC:
        meanings: Meanings = {f.column: layout.columns.get(folded(f.header)) for f in facts}
        mapped = _mapped(table, facts, meanings, system.code, layout.grain, layout.options)
        return Proposal(Mapping("", (mapped,)), ())
    meanings = meanings_by_header_and_value(facts)
    if layout is not None:
        meanings.update({f.column: t for f in facts if (t := layout.columns.get(folded(f.header))) is not None})
    amounts = settle_amounts(scratch, table, profile, meanings, answers=memory.answers if memory else {})
    grain = layout.grain if layout is not None else grain_of(scratch, table, profile, amounts.meanings)
    settled = _as_totals(amounts.meanings) if grain is Grain.TOTALS else amounts.meanings
    mapped = _mapped(table, facts, settled, GENERIC, grain, amounts.options)
    unclear = () if grain is not Grain.UNKNOWN or not table.row_count else (_which_table(table),)
    return Proposal(Mapping("", (mapped,)), (*amounts.questions, *unclear))


_IN_TOTALS: Final = {
    Target.AMOUNT: Target.TOTAL_REVENUE,
    Target.LINE_TOTAL: Target.TOTAL_REVENUE,
    Target.QUANTITY: Target.TOTAL_TICKETS,
    Target.CAPACITY: Target.TOTAL_CAPACITY,
}


def _as_totals(meanings: Meanings) -> Meanings:
    """Above the performance, an amount is a gross and a quantity an attendance."""
    taken = set(meanings.values())
    return {
        column: other if target and (other := _IN_TOTALS.get(target)) and other not in taken else target
        for column, target in meanings.items()
    }


def recognized(table: SourceTable, facts: Sequence[ColumnFacts]) -> tuple[KnownSystem | None, TableLayout | None]:
    """The known system whose layout this table has; the layout that needs most headers wins."""
    found = layout_of(table.headers, _part(table))
    if found is not None:
        return found
    return _by_shape(facts)


def _part(table: SourceTable) -> str:
    """The list of a document that the table is; sheets and members of archives are no such part."""
    return table.part if table.evidence.form is Form.JSON else ""


def _by_shape(facts: Sequence[ColumnFacts]) -> tuple[KnownSystem | None, TableLayout | None]:
    """A table without headers, by the kinds of its columns in their order."""
    if not all(fact.header.startswith("#") for fact in facts):
        return None, None
    looks = tuple(_coarse(fact.looks) for fact in facts)
    for system in known_systems().values():
        for layout in system.tables:
            shape = tuple(_coarse(kind) for kind in layout.shape)
            if shape and shape == looks:
                return system, layout
    return None, None


def _coarse(looks: str) -> str:
    return {"identifier": "number", "integer": "number", "money": "number", "datetime": "date"}.get(looks, looks)


def _mapped(  # noqa: PLR0917 - one plain value a field
    table: SourceTable,
    facts: Sequence[ColumnFacts],
    meanings: Meanings,
    kind: str,
    grain: Grain,
    options: Dictionary[str, str],
) -> TableMapping:
    uses = tuple(
        ColumnUse(f.column, f.header, meanings.get(f.column) if grain is not Grain.UNKNOWN else None, f.samples)
        for f in facts
    )
    return TableMapping(table.file_name, table.part, signature_of(table.headers), kind, grain, uses, options)


def _changed_columns(table: SourceTable, memory: Mapping | None) -> list[Question]:
    """A table remembered under other headers: say which meanings no longer have a column."""
    headers = {folded(header) for header in table.headers}
    for known in memory.tables if memory else ():
        before = {folded(use.header) for use in known.columns}
        shared = len(before & headers) / len(before | headers) if before | headers else 0
        lost = [use.header for use in known.columns if use.target and folded(use.header) not in headers]
        if shared >= _CHANGED and lost:
            return [_column_changed(table, lost)]
    return []


def _column_changed(table: SourceTable, lost: Sequence[str]) -> Question:
    return Question(
        id=f"column_changed:{signature_of(table.headers)}",
        kind=QuestionKind.COLUMN_CHANGED,
        text=Text(
            fr="Cette table ressemble à une table déjà reçue, sans {lost}. La nouvelle lecture est-elle bonne ?",
            en="This table resembles one received before, without {lost}. Is the new reading right?",
        ).filled(lost=", ".join(f"« {header} »" for header in lost)),
        file_name=table.file_name,
        choices=(Choice("yes", Text("Oui", "Yes")), Choice("no", Text("Non, corriger", "No, correct it"))),
        default="yes",
    )


def _which_table(table: SourceTable) -> Question:
    kinds = (Grain.CUSTOMER, Grain.TICKET, Grain.ORDER_LINE, Grain.PERFORMANCE, Grain.UNKNOWN)
    return Question(
        id=f"which_table:{signature_of(table.headers)}",
        kind=QuestionKind.WHICH_TABLE,
        text=Text(fr="Qu'est-ce qu'une ligne de cette table ?", en="What is one row of this table?"),
        file_name=table.file_name,
        choices=tuple(Choice(grain.value, grain.sentence) for grain in kinds),
        default=Grain.UNKNOWN.value,
        rows=table.row_count,
    )


def _joined(
    scratch: duckdb.DuckDBPyConnection, tables: Sequence[SourceTable], understood: list[TableMapping]
) -> list[TableMapping]:
    """A key column without a known header, found by its values: those of the keys of another table of the deposit."""
    keys = [
        (target, table.relation, mapping.columns_of(target)[0])
        for table, mapping in zip(tables, understood, strict=True)
        for target, grain in ((Target.CUSTOMER_KEY, Grain.CUSTOMER), (Target.PERFORMANCE_KEY, Grain.PERFORMANCE))
        if mapping.kind == GENERIC and mapping.grain is grain and mapping.has(target)
    ]
    result = []
    for table, mapping in zip(tables, understood, strict=True):
        completed = mapping
        for target, relation, column in keys:
            if completed.kind == GENERIC and completed.grain is Grain.TICKET and not completed.has(target):
                completed = _with_key(scratch, table, completed, (target, relation, column))
        result.append(completed)
    return result


def _with_key(
    scratch: duckdb.DuckDBPyConnection, table: SourceTable, mapping: TableMapping, key: tuple[Target, str, str]
) -> TableMapping:
    target, relation, column = key
    for use in mapping.columns:
        if use.target is not None:
            continue
        found = scratch.execute(
            f"SELECT count(*), count(*) FILTER (cell IN (SELECT {column} FROM {relation})) FROM "
            f"(SELECT DISTINCT {use.column} AS cell FROM {table.relation} WHERE {use.column} IS NOT NULL LIMIT 2000)"
        ).fetchone() or (0, 0)
        if found[0] and found[1] >= 0.9 * found[0]:
            uses = tuple(replace(u, target=target) if u.column == use.column else u for u in mapping.columns)
            return replace(mapping, columns=uses)
    return mapping


def _main_source(tables: Sequence[SourceTable], understood: Sequence[TableMapping]) -> str:
    """The system most rows come from."""
    rows: dict[str, int] = {}
    for table, mapping in zip(tables, understood, strict=True):
        if mapping.grain is not Grain.UNKNOWN:
            rows[mapping.kind] = rows.get(mapping.kind, 0) + table.row_count
    return max(sorted(rows), key=lambda kind: rows[kind], default=GENERIC)
