"""The workbench of one deposit: the scratch database, the tables read and how each is understood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import duckdb

from publicc.intake.grain import Grain
from publicc.intake.mapping.model import TableMapping
from publicc.intake.mapping.targets import Target
from publicc.intake.reading import SourceTable
from publicc.intake.values import ColumnProfile

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table: as read, as understood, with the number it has in this deposit and the source it belongs to."""

    file_no: int
    table: SourceTable
    mapping: TableMapping
    profiles: Mapping[str, ColumnProfile]
    source: str
    time_zone: str = "America/Toronto"
    folder: str = ""
    """What the file came in with others of its system: a folder, or a folder of an archive."""

    @property
    def grain(self) -> Grain:
        """What one row is."""
        return self.mapping.grain

    @property
    def relation(self) -> str:
        """Where its rows lie in the scratch database."""
        return self.table.relation

    def has(self, *targets: Target) -> bool:
        """Whether every one of these meanings has a column."""
        return self.mapping.has(*targets)

    def option(self, name: str, default: str = "") -> str:
        """A choice of the layout."""
        return self.mapping.options.get(name, default)


@dataclass(slots=True)
class Bench:
    """What the steps of a deposit share."""

    db: duckdb.DuckDBPyConnection
    """Its current database is the scratch one."""
    tables: Sequence[ReadTable]
    received_at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    counts: dict[int, dict[str, int]] = field(default_factory=dict)
    """Table number → accepted, set_apart, refused and their cents."""

    def of_grain(self, *grains: Grain) -> list[ReadTable]:
        """The tables of these grains, finest first, then fullest, then in the order of the deposit."""
        chosen = [table for table in self.tables if table.grain in grains]
        return sorted(chosen, key=lambda t: (t.grain.rank, -t.table.row_count, t.file_no))

    def one(self, statement: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The only row of an answer."""
        row = self.db.execute(statement, list(parameters)).fetchone()
        return row if row is not None else ()

    def count(self, file_no: int, **more: int) -> None:
        """Add to the account of a table."""
        account = self.counts.setdefault(file_no, {})
        for name, number in more.items():
            account[name] = account.get(name, 0) + number


def quoted(name: str) -> str:
    """An identifier for SQL. Raises ValueError for what is none of our own names."""
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return f'"{name}"'


def text_literal(value: str) -> str:
    """A constant of ours (a code, never a cell) as SQL text."""
    return "'" + value.replace("'", "''") + "'"
