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
from publicc.metrics.compiler import Shape, parameter_of
from publicc.metrics.definition import Atom, Atoms, Grain, Key
from publicc.metrics.dimensions import DIMENSIONS, encoded
from publicc.metrics.source import Census, Readable, Rows, Shares, Source

_ENDS: Final = ("min", "max")


@dataclass(frozen=True)
class Facts:
    """Rows that may be read, and as of when."""

    source: Source
    scope: Scope
    as_of: date
    snapshot: str
    period: Period
    reference: Period

    @property
    def own(self) -> bool:
        """Whether the rows are one organization's."""
        return isinstance(self.scope, OwnRows)

    @property
    def profiled(self) -> bool:
        """Whether the facts tell the profiles of an organization's buyers."""
        return self.own and "profiles_by_season" in self.source.tables

    @cached_property
    def history_from(self) -> date | None:
        """Earliest performance played with a paid ticket, of all that is loaded."""
        rollup = self.source.rollup_of(self.scope)
        if rollup is not None:
            first = rollup.first_paid_on
            return first if first is not None and first <= self.as_of else None
        return self._all_history[0]

    @cached_property
    def history_to(self) -> date | None:
        """Latest performance played with a paid ticket, of all that is loaded."""
        rollup = self.source.rollup_of(self.scope)
        if rollup is not None and (rollup.last_paid_on is None or rollup.last_paid_on <= self.as_of):
            return rollup.last_paid_on
        return self._all_history[1]

    @cached_property
    def _all_history(self) -> tuple[date | None, date | None]:
        """Both ends in one statement: planning it costs more than the second end."""
        everything = Lot(Grain.TICKET, Cut((), {}, Period(date(1, 1, 1), self.as_of)))
        ends = [Atom(f"history_{end}", Grain.TICKET, f"{end}(starts_on) FILTER (WHERE is_paid)") for end in _ENDS]
        atoms = gather(self, {everything: ends})[everything][()]
        first, last = (atoms.get(end) for end in ends)
        return first, last

    @property
    def households(self) -> Mapping[str, int] | None:
        """Census households by FSA, when there is such a table."""
        return self.source.households

    @property
    def census(self) -> Census | None:
        """What the census says of each FSA, when there is such a table."""
        return self.source.census

    @property
    def shares(self) -> Shares | None:
        """Shares of the traits of the census by FSA, when there is such a table."""
        return self.source.shares


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

    @property
    def seasons(self) -> int:
        """How many whole seasons the period is: 0 when it is none, 2 for several."""
        first, last = self.period.first_on, self.period.last_on
        whole = (first.month, first.day, last.month, last.day) == (9, 1, 8, 31)
        return min(2, last.year - first.year) if whole else 0


@dataclass(frozen=True, slots=True)
class Lot:
    """Atoms that one statement can compute together."""

    grain: Grain
    cut: Cut


def facts_of(
    facts: Readable,
    scope: Scope,
    *,
    period: Period | None,
    as_of: date | None,
    reference: Period | None,
) -> Facts:
    """The rows of a question. Raises BadUsage when neither the question nor the facts say as of when."""
    source = Source.of(facts)
    snapshot, day = source.snapshot
    day = as_of or day
    if day is None:
        raise BadUsage(Text("La date de calcul manque.", "The day of computation is missing."))
    return Facts(
        source=source,
        scope=scope,
        as_of=day,
        snapshot=snapshot,
        period=period or _everything(source.connection, scope, day),
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
    """The atoms of one lot; those that the source was already asked for are not asked again."""
    known = facts.source.gathered((lot, facts.as_of, facts.scope))
    missing = tuple(atom for atom in atoms if atom.name not in known.names)
    cut = lot.cut
    shape = Shape(lot.grain, cut.by, cut.filters, missing, facts.own, seasons=cut.seasons, profiled=facts.profiled)
    for each in facts.source.shared_out(shape, facts.scope) if missing else ():
        known.add([atom.name for atom in each.atoms], facts.source.rows(each, _values(facts, lot.cut), facts.scope))
    found: defaultdict[Key, Atoms] = defaultdict(Atoms)
    for key, values in known.rows.items():
        found[key] = Atoms({atom.name: values[atom.name] for atom in atoms})
    return found


def rows_of(facts: Facts, cut: Cut, final: str, grain: Grain = Grain.TICKET) -> Rows:
    """The rows of a statement that ends its own way; `cut` holds tickets of PF, for SALE of all performances kept."""
    shape = Shape(grain, (), cut.filters, (), facts.own, final, cut.seasons, facts.profiled)
    return facts.source.rows(shape, _values(facts, cut), facts.scope)


def _values(facts: Facts, cut: Cut) -> dict[str, Any]:
    status_on = min(cut.period.last_on, facts.as_of)
    days = {"status": status_on, "before": months_before(status_on, 12)} if status_on.year > 5 else {}
    closed = last_closed_season(facts.as_of)
    known: dict[str, Any] = {
        "past_from": season_period(closed - 2).first_on if closed > 3 else facts.as_of,
        "past_to": season_period(closed).last_on,
        "organization": facts.scope.organization if isinstance(facts.scope, OwnRows) else None,
        "status_season": season_year(status_on),
        "first_on": cut.period.first_on,
        "end_on": cut.period.last_on + timedelta(1),
        "as_of": facts.as_of,
        **{f"{name}_on": day for name, day in days.items()},
        **{f"{name}_{months}": months_before(day, months) for name, day in days.items() for months in (18, 24, 36)},
    }
    for one, values in cut.where.items():
        known.update({parameter_of(one, i): encoded(DIMENSIONS[one], value) for i, value in enumerate(values)})
    return known


def _everything(connection: duckdb.DuckDBPyConnection, scope: Scope, as_of: date) -> Period:
    """All performance dates loaded, those to come included; at least up to the day of computation."""
    own = scope.organization if isinstance(scope, OwnRows) else None
    first, last = connection.execute(
        "SELECT min(starts_on), max(starts_on) FROM performances WHERE coalesce(organization = $own, TRUE)",
        {"own": own},
    ).fetchall()[0]
    return Period(min(first or as_of, as_of), max(last or as_of, as_of))
