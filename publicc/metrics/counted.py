"""Statements over a rollup (`metrics.rollup`): the same row sets and atoms as the plain statements, already settled.

What the rollup cannot answer is left to the plain statement: the pool, and figures that read raw sales.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, Final

from sqlglot import exp

from publicc.kernel.scope import OwnRows, Scope
from publicc.metrics import rowsets
from publicc.metrics.compiler import Builder, Shape, Step, among, column_of, columns_in, fragment, parameter_of, said
from publicc.metrics.definition import Grain
from publicc.metrics.dimensions import SPANS, Dimension, Level, known_dimension
from publicc.metrics.rollup import (
    CELL_CUTS,
    MARK,
    SALES_COLUMNS,
    SALES_CUTS,
    added_up,
    columns_of_performances,
    columns_of_tickets,
    version,
)
from publicc.metrics.source import Readable, Rollup, Rows, Source

_RAW: Final = frozenset({"purchases", "performances", "pf_all"})
"""What a statement that ends its own way may read and a rollup does not keep."""
_COLUMNS: Final = {"pf": columns_of_performances, "cut": columns_of_tickets}
"""Steps that are rows of the rollup, and the columns that they have."""
_SETTLED: Final = (Level.PERFORMANCE, Level.TICKET)
_OF_PERFORMANCE: Final = (Level.PERFORMANCE,)
_MARKS: Final = {_OF_PERFORMANCE: "filters_of_performances", _SETTLED: "filters_of_tickets"}
"""Where the filters on these levels go in a statement."""
_PLAYED: Final = "starts_on <= $as_of"
_OF_SPANS: Final = {
    "previous_on": "s.previous_on",
    "came_on": "s.came_on",
    "next_on": "CASE WHEN s.next_on <= $as_of THEN s.next_on END",
}
"""What `counted_spans` knows of `rowsets.HISTORY_COLUMNS`."""
_LAST: Final = f"SELECT buyer, max(starts_on) AS latest_on FROM counted_days WHERE {_PLAYED} GROUP BY 1"


def source_of(facts: Readable) -> Source:
    """Facts as they are best read: a source as it is, a connection through its rollup when it has one."""
    return facts if isinstance(facts, Source) else CountedSource(facts)


class CountedSource(Source):
    """Facts read through their rollup, when they have one of this version; plainly otherwise."""

    KEPT = Source.KEPT | {"rollup"}

    def rows(self, shape: Shape, values: Mapping[str, Any], scope: Scope) -> Rows:
        """The rows of a statement, from the rollup where it can answer."""
        if self.rollup_of(scope) is None or not can_answer(shape):
            return super().rows(shape, values, scope)
        return self.answered(counted_statement(shape), counted_parameters(shape), values)

    def shared_out(self, shape: Shape, scope: Scope) -> tuple[Shape, ...]:
        """Atoms that the cells add up apart from those that need every ticket."""
        if self.rollup_of(scope) is None or not _kept_apart(shape):
            return (shape,)
        sums = tuple(atom for atom in shape.atoms if atom.name in added_up())
        others = tuple(atom for atom in shape.atoms if atom.name not in added_up())
        return tuple(replace(shape, atoms=atoms) for atoms in (sums, others) if atoms)

    def rollup_of(self, scope: Scope) -> Rollup | None:
        """The rollup, when it is of those very rows."""
        found = self.rollup
        return found if found and isinstance(scope, OwnRows) and scope.organization == found.organization else None

    @cached_property
    def rollup(self) -> Rollup | None:
        """The rollup of this version; None without one."""
        if MARK not in self.tables:
            return None
        told, organization, *days = self.connection.execute(f"SELECT * FROM {MARK}").fetchall()[0]
        return Rollup(organization, *days) if told == version() else None


def can_answer(shape: Shape) -> bool:
    """Whether the rollup holds all that the statement reads."""
    return shape.own and not (shape.final and _RAW & _read(shape.final))


def counted_statement(shape: Shape) -> str:
    """The SQL of a shape over the rollup; columns and their names as in `compiler.statement`."""
    return _said(shape)[0]


def counted_parameters(shape: Shape) -> frozenset[str]:
    """Names of the values that the statement takes."""
    return _said(shape)[1]


@lru_cache(maxsize=4096)
def _said(shape: Shape) -> tuple[str, frozenset[str]]:
    """The statement of a shape: that of the same question without filters, with its filters put in their place.

    Writing a statement takes longer than running it, and every new combination of filters would be one more.
    """
    held = [(known_dimension(name), count) for name, count in shape.where]
    bare = replace(shape, where=tuple((one.id, count) for one, count in held if one.level not in _SETTLED))
    by_season = {name for name, _ in shape.where} <= set(SALES_CUTS)
    sql, names = _written(bare, kept_apart=_kept_apart(shape), by_season=by_season)
    for levels, mark in _MARKS.items():
        tests = [among(exp.column(column_of(one.id)), one.id, count) for one, count in held if one.level in levels]
        sql = sql.replace(mark, exp.and_(*tests).sql(dialect="duckdb") if tests else "TRUE")
    return sql, names | {parameter_of(name, i) for name, count in shape.where for i in range(count)}


@lru_cache(maxsize=1024)
def _written(shape: Shape, *, kept_apart: bool, by_season: bool) -> tuple[str, frozenset[str]]:
    """The statement with a mark where filters go. Whether they leave the cells, or the sales, able to answer."""
    return said(_CountedBuilder(shape, kept_apart=kept_apart, by_season=by_season).tree())


@lru_cache(maxsize=64)
def _read(final: str) -> frozenset[str]:
    return frozenset(table.name for table in fragment(final).find_all(exp.Table))


def _kept_apart(shape: Shape) -> bool:
    """Whether the cells keep apart all that the statement cuts and filters by."""
    used = [known_dimension(one) for one in (*shape.by, *(name for name, _ in shape.where))]
    told = all(one.level is Level.PERFORMANCE or one.id in CELL_CUTS for one in used)
    return told and shape.own and shape.grain is Grain.TICKET and not shape.final


class _CountedBuilder(Builder):
    """Puts a statement together from the tables of the rollup."""

    def __init__(self, shape: Shape, *, kept_apart: bool, by_season: bool) -> None:
        super().__init__(shape)
        self.kept_apart = kept_apart
        self.by_season = by_season

    def tree(self) -> exp.Select:
        """The whole statement."""
        if self.kept_apart and self.atoms.keys() <= added_up().keys():
            return self._over_cells()
        return self._lean(super().tree())

    @staticmethod
    def _lean(whole: exp.Select) -> exp.Select:
        """The same statement with only the columns that it reads: planning sixty takes longer than reading ten."""
        read = {column.name for column in whole.find_all(exp.Column)}
        for step in whole.args["with_"].expressions if whole.args.get("with_") else ():
            columns = _COLUMNS.get(step.alias)
            if columns is not None:
                rows, lean = step.this, sorted(read & columns())
                made = [one for one in rows.expressions if not one.is_star]
                rows.set("expressions", [*(exp.column(name, table="p") for name in lean), *made])
        return whole

    def _over_cells(self) -> exp.Select:
        self.atoms = {name: exp.Sum(this=exp.column(name)) for name in self.atoms}
        query = self._grouped("counted_cells", [(one.id, self._value(one)) for one in self.dimensions])
        return self._kept(query, _SETTLED)

    def _kept(self, query: exp.Select, levels: tuple[Level, ...], *, coming: bool = False) -> exp.Select:
        """Rows of the period, played unless `coming`, under the filters of these levels."""
        query = query.where("starts_on >= $first_on", "starts_on < $end_on", dialect="duckdb", copy=False)
        if not coming:
            query = query.where(_PLAYED, dialect="duckdb", copy=False)
        for one, count in self.filters if _SETTLED[1] in levels else ():
            if one.level is Level.BUYER:
                query = query.where(self._among(one, count), copy=False)
        return query.where(exp.column(_MARKS[levels]), copy=False)

    def _performances(self) -> list[Step]:
        rows = exp.select("*", f"kept AND {_PLAYED} AS played", dialect="duckdb").from_("counted_performances AS p")
        return [("pf", self._kept(rows, _OF_PERFORMANCE, coming=True))] if self._reads_performances() else []

    def _reads_performances(self) -> bool:
        return "pf" in _read(self.shape.final) if self.shape.final else self.shape.grain is Grain.PERFORMANCE

    def _tickets(self) -> list[Step]:
        """`cut`: the tickets that the question is about."""
        steps: list[Step] = []
        rows = exp.select("p.*").from_("counted_sales AS p" if self._tells_seasons() else "counted_tickets AS p")
        if self.shape.grain is Grain.BUYER:
            rows = self._with_span(rows)
        if self.wants_parcours:
            steps.append(("parcours_of", self._parcours("status")))
            rows = rows.select("parcours_of.parcours", copy=False)
            rows = rows.join("parcours_of", on="parcours_of.buyer = p.buyer", join_type="left", copy=False)
        if self.wants_profile:
            profiled, rows = self._profiled(rows, "p")
            steps += profiled
        coming = self.shape.grain is Grain.SALE
        return [*steps, ("cut", self._kept(rows, _SETTLED, coming=coming))]

    def _tells_seasons(self) -> bool:
        """Whether rows that stand for several tickets of a season answer: whole seasons, sums and no count of rows."""
        trees = [fragment(self.shape.final)] if self.shape.final else list(self.atoms.values())
        used = {one.id for one in self.dimensions}
        read = columns_in(trees) & columns_of_tickets()
        return (
            self.shape.grain is Grain.SALE
            and self.shape.seasons > 0
            and self.by_season
            and used <= set(SALES_CUTS)
            and read <= {*SALES_COLUMNS, "tickets", "net_cents"}
            and not any(tree.find(exp.Count) for tree in trees)
        )

    def _known_past(self, past: list[str]) -> list[Step]:
        """From what the seasons of each buyer have before and after, when the stretch of time is a season."""
        span = next((name for name in SPANS if name in self.shape.by), None)
        seasons = (span == "season" and self.shape.seasons > 0) or (span is None and self.shape.seasons == 1)
        if not seasons:
            return super()._known_past(past)
        latest = "latest_on" in past
        told = [f"{_OF_SPANS[name]} AS {name}" for name in past if name in _OF_SPANS]
        facts = exp.select("s.buyer", "s.span_first_on", *told, dialect="duckdb").from_("counted_spans AS s")
        facts = facts.where("s.span_first_on >= $first_on", "s.span_first_on < $end_on", dialect="duckdb")
        known = (
            exp.select("buyers.*", *(f"facts.{name}" for name in past if name in _OF_SPANS))
            .from_("buyers")
            .join("facts", on="facts.buyer = buyers.buyer AND facts.span_first_on = buyers.span_first_on")
        )
        if latest:
            known = known.select("last.latest_on").join("last", on="last.buyer = buyers.buyer")
        return [("facts", facts), *([("last", fragment(_LAST))] if latest else []), ("known", known)]

    def _history(self) -> exp.Expr:
        return fragment(f"SELECT buyer, starts_on FROM counted_days WHERE {_PLAYED}")

    def _profiles(self) -> exp.Expr:
        return fragment(rowsets.PROFILES.format(buyer="buyer"))

    def _visited(self) -> str:
        return (
            "SELECT buyer, performance_id, starts_on FROM counted_visits"
            " WHERE starts_on <= $status_on OR ordered_on <= $status_on"
        )

    def _by_performance(self) -> tuple[list[Step], exp.Select]:
        wanted = columns_in(list(self.atoms.values()))
        keys = [(one.id, self._value(one)) for one in self.dimensions]
        if "eligible" not in wanted:
            return [], self._grouped("pf", keys)
        houses = exp.select("*", fragment(rowsets.ELIGIBLE).as_("eligible")).from_("pf")
        return [("houses", houses)], self._grouped("houses", keys)

    def _key(self, one: Dimension) -> exp.Expr:
        return self._value(one)

    def _value(self, one: Dimension) -> exp.Expr:
        return exp.column(column_of(one.id)) if one.level in _SETTLED else super()._value(one)
