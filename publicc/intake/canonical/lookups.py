"""Numbers that stand for something told in another table of the same system: the product, the date, the show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from publicc.intake.canonical.bench import ReadTable, quoted
from publicc.intake.grain import SALES_GRAINS
from publicc.intake.mapping.model import ColumnUse
from publicc.intake.mapping.targets import Target
from publicc.intake.sources.layouts import Lookup, TableLayout, known_systems, layout_of
from publicc.intake.values import ColumnProfile
from publicc.intake.words import folded


def with_lookups(db: duckdb.DuckDBPyConnection, tables: Sequence[ReadTable]) -> list[ReadTable]:
    """The tables, each completed with the columns that its system tells elsewhere, under names of their own (`l1`…)."""
    return [_completed(db, table, tables) for table in tables]


def missing_tables(tables: Sequence[ReadTable]) -> dict[str, list[str]]:
    """File of sales → the lists of products it points to that are not among these tables, by their names there."""
    present = {(table.source, layout.name) for table in tables if (layout := _layout(table)) is not None}
    missing: dict[str, set[str]] = {}
    for table in tables:
        layout = _layout(table) if table.grain in SALES_GRAINS else None
        for lookup in layout.lookups if layout else ():
            tells_products = Target.PRICE_CATEGORY in lookup.take.values() and _column(table, lookup.by)
            if tells_products and (table.source, lookup.of) not in present:
                missing.setdefault(table.table.file_name, set()).add(lookup.of)
    return {file_name: sorted(names) for file_name, names in missing.items()}


def _completed(db: duckdb.DuckDBPyConnection, table: ReadTable, tables: Sequence[ReadTable]) -> ReadTable:
    layout = _layout(table)
    view = _View(table, [], [])
    for lookup in layout.lookups if layout else ():
        others = [
            other
            for other in tables
            if other.source == table.source and (found := _layout(other)) is not None and found.name == lookup.of
        ]
        if others and _column(table, lookup.by):
            view.join(lookup, others)
    if not view.added:
        return table
    name = f"{table.relation}_told"
    db.execute(f"CREATE VIEW {quoted(name)} AS {view.statement()}")
    columns = (*table.mapping.columns, *(use for use, _ in view.added))
    return replace(
        table,
        table=replace(table.table, relation=name),
        mapping=replace(table.mapping, columns=columns),
        profiles={**table.profiles, **{use.column: profile for use, profile in view.added}},
    )


@dataclass(slots=True)
class _View:
    """The statement of a table with its looked-up columns."""

    table: ReadTable
    added: list[tuple[ColumnUse, ColumnProfile]]
    joins: list[str]

    def join(self, lookup: Lookup, others: Sequence[ReadTable]) -> None:
        """Add the columns of one other table, of all its pages."""
        number = len(self.joins) + 1
        taken = [header for header in lookup.take if _column(others[0], header)]
        if not taken:
            return
        pages = " UNION ALL ".join(_page(other, lookup.key, taken) for other in others)
        by = quoted(_column(self.table, lookup.by) or "")
        self.joins.append(f"LEFT JOIN (SELECT DISTINCT ON (k) * FROM ({pages})) AS t{number} ON t{number}.k = s.{by}")
        for position, header in enumerate(taken, start=1):
            column = _column(others[0], header) or ""
            profile = replace(others[0].profiles[column], column=f"l{number}x{position}", time_column=None, as_is=False)
            use = ColumnUse(profile.column, f"{lookup.of}.{profile.header}", lookup.take[header])
            self.added.append((use, profile))

    def statement(self) -> str:
        """The view: every column of the table, then those looked up."""
        told = ", ".join(
            f"t{use.column[1:].partition('x')[0]}.v{use.column.partition('x')[2]} AS {quoted(use.column)}"
            for use, _ in self.added
        )
        return f"SELECT s.*, {told} FROM {self.table.relation} AS s {' '.join(self.joins)}"


def _page(other: ReadTable, key: str, headers: Sequence[str]) -> str:
    found = [(_column(other, header), number) for number, header in enumerate(headers, start=1)]
    values = ", ".join(f"{quoted(column) if column else 'NULL'} AS v{number}" for column, number in found)
    return f"SELECT {quoted(_column(other, key) or '')} AS k, {values} FROM {other.relation} WHERE k IS NOT NULL"


def _layout(table: ReadTable) -> TableLayout | None:
    if table.mapping.kind not in known_systems():
        return None
    found = layout_of(table.table.headers, table.table.part)
    return found[1] if found else None


def _column(table: ReadTable, header: str) -> str | None:
    return next((use.column for use in table.mapping.columns if folded(use.header) == header), None)
