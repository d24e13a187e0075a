"""Reads the layouts of known systems: which headers tell a table, what its columns mean, what its words mean."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from publicc.intake.grain import Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.words import folded


@dataclass(frozen=True, slots=True)
class Lookup:
    """Another table of the same system that says what a number of this one stands for."""

    of: str
    """Name of the other table's layout."""
    key: str
    by: str
    """Folded headers: the number there, the number here."""
    take: Mapping[str, Target]
    """Folded header of the other table → what it means here."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """One table that a system exports. Headers are compared without accents, capitals nor punctuation."""

    name: str
    grain: Grain
    needs: tuple[frozenset[str], ...]
    """Any one of these sets of headers tells the table."""
    unless: frozenset[str]
    """Headers that tell it is another table."""
    columns: Mapping[str, Target]
    options: Mapping[str, str]
    shape: tuple[str, ...] = ()
    """Kinds of the columns in their order, for tables without headers."""
    part: str | None = None
    """Part of the file that this table is (a list inside a document); None = any."""
    lookups: tuple[Lookup, ...] = ()
    date_order: Mapping[str, str] = field(default_factory=dict)
    """Header that tells the language of the export → the order of day and month it writes (`DMY`, `MDY`)."""

    def fits(self, headers: frozenset[str], part: str) -> bool:
        """Whether a table with these folded headers is this one."""
        if self.part is not None and self.part != part:
            return False
        return not self.unless & headers and any(needed <= headers for needed in self.needs)


@dataclass(frozen=True, slots=True)
class KnownSystem:
    """One ticketing system: its tables and its words."""

    code: str
    name: str
    tables: tuple[TableLayout, ...]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@cache
def known_systems() -> Mapping[str, KnownSystem]:
    """Every system that has a folder here, by code."""
    folders = sorted(Path(__file__).parent.glob("*/layout.toml"))
    systems = (_system(tomllib.loads(path.read_text(encoding="utf-8"))) for path in folders)
    return {system.code: system for system in systems}


def layout_of(headers: Iterable[str], part: str = "") -> tuple[KnownSystem, TableLayout] | None:
    """The known table that has these headers; the one that needs most of them wins. None when there is none."""
    plain = frozenset(folded(header) for header in headers)
    fitting = [
        (max(len(needed) for needed in layout.needs if needed <= plain), system, layout)
        for system in known_systems().values()
        for layout in system.tables
        if layout.needs and layout.fits(plain, part)
    ]
    return max(fitting, key=lambda found: (found[2].part is not None, found[0]))[1:] if fitting else None


def usual_date_order(headers: Sequence[str]) -> str | None:
    """The order of day and month that a known system writes under these headers; None when that is not known."""
    found = layout_of(headers)
    plain = {folded(header) for header in headers}
    return next((order for header, order in found[1].date_order.items() if header in plain), None) if found else None


def _system(told: dict[str, Any]) -> KnownSystem:
    words = {
        name: {folded(label): code for label, code in labels.items()} for name, labels in told.get("words", {}).items()
    }
    return KnownSystem(told["code"], told["name"], tuple(_table(table) for table in told["tables"]), words)


def _table(told: dict[str, Any]) -> TableLayout:
    return TableLayout(
        name=told["name"],
        grain=Grain(told["grain"]),
        needs=tuple(frozenset(folded(header) for header in needed) for needed in told["needs"]),
        unless=frozenset(folded(header) for header in told.get("unless", ())),
        columns={folded(header): Target(code) for header, code in told.get("columns", {}).items()},
        options=told.get("options", {}),
        part=told.get("part"),
        lookups=tuple(_lookup(lookup) for lookup in told.get("lookups", ())),
        shape=tuple(told.get("shape", ())),
        date_order={folded(header): order for header, order in told.get("date_order", {}).items()},
    )


def _lookup(told: dict[str, Any]) -> Lookup:
    take = {folded(header): Target(code) for header, code in told["take"].items()}
    return Lookup(told["of"], folded(told["key"]), folded(told["by"]), take)
