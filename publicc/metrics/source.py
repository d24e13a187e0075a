"""Where rows are read from: one connection to facts, what it was found to hold, and statements already answered."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Final, Self, TypeAlias, TypeVar, cast

import duckdb

from publicc.kernel.scope import Scope
from publicc.metrics.compiler import Shape, parameters_of, statement

SNAPSHOT_TABLE: Final = "snapshot"
"""One row, `(id, as_of)`: which snapshot the facts are of. Read when a question does not say its day."""
HOUSEHOLDS_TABLE: Final = "households"
"""`(fsa, households)`: occupied private dwellings of the last census, when the installation has them."""

CENSUS_TABLE: Final = "census"
"""`(fsa, trait, part, whole)`: what the last census says of each FSA, when the installation has it."""

ATTITUDES_TABLE: Final = "attitudes"
"""Answers of people met outside venues, as totals by day (`store.attitudes`), when there are any."""

Census: TypeAlias = Mapping[str, Mapping[str, tuple[float, float]]]
"""FSA → trait → part and whole."""
Shares: TypeAlias = Mapping[str, Mapping[str, float]]
"""Trait → FSA → part ÷ whole, where it is known."""
Rows: TypeAlias = list[tuple[Any, ...]]
Readable: TypeAlias = "duckdb.DuckDBPyConnection | Source"
"""What a question may be asked of."""
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class DayTold:
    """People of one day who answered alike: how many, what they weigh, and the squares of that."""

    day: date
    attitude: str
    attended: bool
    people: int
    weight: float
    squares: float


@dataclass(frozen=True, slots=True)
class Rollup:
    """A rollup that can be read."""

    organization: str
    first_paid_on: date | None
    """Day of the earliest performance kept with a paid ticket."""
    last_paid_on: date | None
    """Day of the latest one, played or to come."""


class Gathered:
    """Atoms gathered so far for one lot: by key of its dimensions, then by name."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.names: set[str] = set()
        self.rows: defaultdict[tuple[str, ...], dict[str, Any]] = defaultdict(dict)

    def add(self, names: Sequence[str], rows: Rows) -> None:
        """Rows of a statement: the dimensions, then these atoms."""
        self.names.update(names)
        for row in rows:
            width = len(row) - len(names)
            self.rows[tuple(row[:width])].update(zip(names, row[width:], strict=True))


@dataclass(eq=False)
class Source:
    """Facts for the time of a page or an answer: they do not change, so nothing is asked of them twice."""

    KEPT: ClassVar[frozenset[str]] = frozenset({"tables", "snapshot", "households", "census", "shares", "attitudes"})
    """What is true of the facts by whatever connection."""

    connection: duckdb.DuckDBPyConnection
    _answered: dict[tuple[Any, ...], Rows] = field(default_factory=dict, repr=False)
    _gathered: defaultdict[Hashable, Gathered] = field(default_factory=lambda: defaultdict(Gathered), repr=False)
    _found: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, facts: Readable) -> Self:
        """The source itself, or a new one over a connection."""
        return facts if isinstance(facts, cls) else cls(cast("duckdb.DuckDBPyConnection", facts))

    def rows(self, shape: Shape, values: Mapping[str, Any], scope: Scope) -> Rows:  # noqa: ARG002 - a rollup asks whose rows
        """The rows of a statement. `values`: all that are known, by name."""
        return self.answered(statement(shape), parameters_of(shape), values)

    def answered(self, sql: str, used: frozenset[str], values: Mapping[str, Any]) -> Rows:
        """The rows of a statement, asked once."""
        given = {name: value for name, value in values.items() if name in used}
        key = (sql, *given.items())
        if key not in self._answered:
            self._answered[key] = self.connection.execute(sql, given).fetchall()
        return self._answered[key]

    def once(self, what: Hashable, find: Callable[[], _Found]) -> _Found:
        """What several figures need and is long to find, found once. `what` says all that it depends on."""
        if what not in self._found:
            self._found[what] = find()
        return cast("_Found", self._found[what])

    def gathered(self, lot: Hashable) -> Gathered:
        """What was gathered so far for a lot."""
        return self._gathered[lot]

    def shared_out(self, shape: Shape, scope: Scope) -> tuple[Shape, ...]:  # noqa: ARG002
        """The same atoms over one statement or several."""
        return (shape,)

    def rollup_of(self, scope: Scope) -> Rollup | None:  # noqa: ARG002
        """The rollup of those very rows; a plain source has none."""
        return None

    def know(self) -> None:
        """Find out at once all that is true by whatever connection."""
        for name in self.KEPT:
            getattr(self, name)

    def over(self, connection: duckdb.DuckDBPyConnection) -> Self:
        """The same facts by another connection: what they were found to hold stays known, no answer is kept."""
        other = type(self)(connection)
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name in self.KEPT})
        return other

    @cached_property
    def tables(self) -> frozenset[str]:
        """Names of the tables that there are."""
        found = self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return frozenset(name for (name,) in found)

    @cached_property
    def snapshot(self) -> tuple[str, date | None]:
        """Which snapshot, and its day; empty when the facts do not say."""
        if SNAPSHOT_TABLE not in self.tables:
            return "", None
        found = self.connection.execute("SELECT id, as_of FROM snapshot").fetchone()
        return (found[0], found[1]) if found else ("", None)

    @cached_property
    def households(self) -> Mapping[str, int] | None:
        """Census households by FSA, when there is such a table."""
        if HOUSEHOLDS_TABLE not in self.tables:
            return None
        return dict(self.connection.execute("SELECT fsa, households FROM households").fetchall())

    @cached_property
    def census(self) -> Census | None:
        """What the census says of each FSA, when there is such a table; a whole of 0 is left out."""
        if CENSUS_TABLE not in self.tables:
            return None
        found: defaultdict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
        sql = f"SELECT fsa, trait, part, whole FROM {CENSUS_TABLE} WHERE whole > 0 ORDER BY fsa, trait"
        for fsa, trait, part, whole in self.connection.execute(sql).fetchall():
            found[fsa][trait] = (part, whole)
        return dict(found)

    @cached_property
    def shares(self) -> Shares | None:
        """The same as shares, by trait."""
        if self.census is None:
            return None
        found: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for fsa, traits in self.census.items():
            for trait, (part, whole) in traits.items():
                found[trait][fsa] = part / whole
        return dict(found)

    @cached_property
    def attitudes(self) -> tuple[DayTold, ...] | None:
        """What people met outside venues answered, by day; None without such a table."""
        if ATTITUDES_TABLE not in self.tables:
            return None
        sql = f"SELECT day, attitude, attended, people, weight, squares FROM {ATTITUDES_TABLE} ORDER BY ALL"
        return tuple(DayTold(*row) for row in self.connection.execute(sql).fetchall())
