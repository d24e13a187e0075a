"""Atoms from rows: what is wanted is put together by grain, cut and period, and each lot is one statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import duckdb

from publicc.kernel.errors import BadUsage
from publicc.kernel.period import Period, months_before, season_period, season_year
from publicc.kernel.scope import OwnRows, Scope
from publicc.kernel.text import Text
from publicc.metrics.compiler import Shape, parameter_of, parameters_of, statement
from publicc.metrics.definition import Atom, Atoms, Grain, Key
from publicc.metrics.dimensions import DIMENSIONS, encoded

SNAPSHOT_TABLE: Final = "snapshot"
"""One row, `(id, as_of)`: which snapshot the facts are of. Read when a question does not say its day."""
HOUSEHOLDS_TABLE: Final = "households"
"""`(fsa, households)`: occupied private dwellings of the last census, when the installation has them."""


@dataclass(frozen=True)
class Facts:
    """Rows that may be read, and as of when."""

    connection: duckdb.DuckDBPyConnection
    scope: Scope
    as_of: date
    snapshot: str
    period: Period
    reference: Period

    @property
    def own(self) -> bool:
        """Whether the rows are one organization's."""
        return isinstance(self.scope, OwnRows)

    @cached_property
    def history_from(self) -> date | None:
        """Earliest performance played with a paid ticket, of all that is loaded."""
        everything = Cut((), {}, Period(date(1, 1, 1), self.as_of))
        earliest = Atom("history_from", Grain.TICKET, "min(starts_on) FILTER (WHERE is_paid)")
        atoms = gather(self, {Lot(Grain.TICKET, everything): (earliest,)})
        found: date | None = next(iter(atoms.values()))[()].get(earliest)
        return found

    @cached_property
    def households(self) -> Mapping[str, int] | None:
        """Census households by FSA, when there is such a table."""
        if not _has_table(self.connection, HOUSEHOLDS_TABLE):
            return None
        return dict(self.connection.execute("SELECT fsa, households FROM households").fetchall())


@dataclass(frozen=True, slots=True)
class Cut:
    """How rows are grouped and which are kept. `where` holds values as people write them."""

    by: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]] = field(hash=False)
    period: Period

    @property
    def filters(self) -> tuple[tuple[str, int], ...]:
        """Dimension and number of values of each filter."""
        return tuple((one, len(values)) for one, values in sorted(self.where.items()))


@dataclass(frozen=True, slots=True)
class Lot:
    """Atoms that one statement can compute together."""

    grain: Grain
    cut: Cut


def facts_of(
    connection: duckdb.DuckDBPyConnection,
    scope: Scope,
    *,
    period: Period | None,
    as_of: date | None,
    reference: Period | None,
) -> Facts:
    """The rows of a question. Raises BadUsage when neither the question nor the facts say as of when."""
    snapshot, day = _snapshot(connection)
    day = as_of or day
    if day is None:
        raise BadUsage(Text("La date de calcul manque.", "The day of computation is missing."))
    return Facts(
        connection=connection,
        scope=scope,
        as_of=day,
        snapshot=snapshot,
        period=period or _everything(connection, scope, day),
        reference=reference or season_period(last_closed_season(day)),
    )


def last_closed_season(day: date) -> int:
    """First year of the last season that was over on that day, its last day included."""
    season = season_year(day)
    return season if season_period(season).last_on <= day else season - 1


def gather(facts: Facts, wanted: Mapping[Lot, Iterable[Atom]]) -> dict[Lot, defaultdict[Key, Atoms]]:
    """The atoms of every lot, by key of dimension values as stored; without dimensions, the key is `()`."""
    return {lot: _one(facts, lot, tuple(dict.fromkeys(atoms))) for lot, atoms in wanted.items()}


def _one(facts: Facts, lot: Lot, atoms: tuple[Atom, ...]) -> defaultdict[Key, Atoms]:
    shape = Shape(lot.grain, lot.cut.by, lot.cut.filters, atoms, facts.own)
    width = len(lot.cut.by)
    names = [atom.name for atom in atoms]
    found: defaultdict[Key, Atoms] = defaultdict(Atoms)
    rows = facts.connection.execute(statement(shape), _values(facts, lot.cut, parameters_of(shape))).fetchall()
    for row in rows:
        found[tuple(row[:width])] = Atoms(dict(zip(names, row[width:], strict=True)))
    return found


def rows_of(facts: Facts, cut: Cut, final: str, grain: Grain = Grain.TICKET) -> list[tuple[Any, ...]]:
    """The rows of a statement that ends its own way; `cut` holds tickets of PF, for SALE of all performances kept."""
    shape = Shape(grain, (), cut.filters, (), facts.own, final)
    return facts.connection.execute(statement(shape), _values(facts, cut, parameters_of(shape))).fetchall()


def _values(facts: Facts, cut: Cut, used: frozenset[str]) -> dict[str, Any]:
    status_on = min(cut.period.last_on, facts.as_of)
    days = {"status": status_on, "before": months_before(status_on, 12)} if status_on.year > 5 else {}
    closed = last_closed_season(facts.as_of)
    known: dict[str, Any] = {
        "past_from": season_period(closed - 2).first_on if closed > 3 else facts.as_of,
        "past_to": season_period(closed).last_on,
        "organization": facts.scope.organization if isinstance(facts.scope, OwnRows) else None,
        "first_on": cut.period.first_on,
        "end_on": cut.period.last_on + timedelta(1),
        "as_of": facts.as_of,
        **{f"{name}_on": day for name, day in days.items()},
        **{f"{name}_{months}": months_before(day, months) for name, day in days.items() for months in (18, 24, 36)},
    }
    for one, values in cut.where.items():
        known.update({parameter_of(one, i): encoded(DIMENSIONS[one], value) for i, value in enumerate(values)})
    return {name: value for name, value in known.items() if name in used}


def _has_table(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    found = connection.execute("SELECT 1 FROM information_schema.tables WHERE table_name = $name", {"name": name})
    return found.fetchone() is not None


def _snapshot(connection: duckdb.DuckDBPyConnection) -> tuple[str, date | None]:
    if not _has_table(connection, SNAPSHOT_TABLE):
        return "", None
    found = connection.execute("SELECT id, as_of FROM snapshot").fetchone()
    return (found[0], found[1]) if found else ("", None)


def _everything(connection: duckdb.DuckDBPyConnection, scope: Scope, as_of: date) -> Period:
    """All performance dates loaded, those to come included; at least up to the day of computation."""
    own = scope.organization if isinstance(scope, OwnRows) else None
    first, last = connection.execute(
        "SELECT min(starts_on), max(starts_on) FROM performances WHERE coalesce(organization = $own, TRUE)",
        {"own": own},
    ).fetchall()[0]
    return Period(min(first or as_of, as_of), max(last or as_of, as_of))
