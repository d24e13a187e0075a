"""A question's shape becomes one SQL statement: a SQLGlot tree over the row sets, values left as named parameters.

The same tree is said in DuckDB's words or in Spark's (`statement(shape, engine="spark")`). Statements are cached by
shape: two screens that differ by a period or a filter value share one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast

import sqlglot
from sqlglot import exp

from publicc.directory.territories import Territory, territories
from publicc.metrics import rowsets
from publicc.metrics.definition import UNKNOWN, Atom, Grain
from publicc.metrics.dimensions import SPANS, Dimension, Level, known_dimension

Engine: TypeAlias = Literal["duckdb", "spark"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the text of a statement: everything but values."""

    grain: Grain
    by: tuple[str, ...]
    where: tuple[tuple[str, int], ...]
    """Dimension and number of values."""
    atoms: tuple[Atom, ...]
    own: bool
    """One organization's rows, or the pool's."""
    final: str = ""
    """The end of the statement, when it is not atoms by dimension: reads `cut`, `tickets`, `pf_all`, `history`,
    `parcours_of`."""
    seasons: int = 0
    """How many whole seasons the period is: 0 when it is none, 2 for several."""
    profiled: bool = False
    """Whether the facts have the profiles of buyers; without, every profile is unknown."""


def statement(shape: Shape, engine: Engine = "duckdb") -> str:
    """The SQL of a shape. Columns: one a dimension (`d_…`), then one an atom, by name."""
    return _statement(shape, engine)[0]


def parameters_of(shape: Shape) -> frozenset[str]:
    """Names of the values that the statement takes."""
    return _statement(shape, "duckdb")[1]


@lru_cache(maxsize=1024)
def _statement(shape: Shape, engine: Engine) -> tuple[str, frozenset[str]]:
    tree: exp.Expr = Builder(shape).tree()
    if engine == "spark":
        tree = tree.transform(_exact_percentile)
    return said(tree, engine)


def said(tree: exp.Expr, engine: Engine = "duckdb") -> tuple[str, frozenset[str]]:
    """The text of a statement, and the names of the values that it takes."""
    names = frozenset(node.name for node in tree.find_all(exp.Placeholder, exp.Parameter))
    return tree.sql(dialect=engine, unsupported_level=sqlglot.ErrorLevel.RAISE), names


def _exact_percentile(node: exp.Expr) -> exp.Expr:
    """Spark's exact interpolated quantile is `percentile`; SQLGlot would write one that Spark has not."""
    if isinstance(node, exp.PercentileCont):
        return exp.Anonymous(this="percentile", expressions=[node.this, node.expression])
    return node


def fragment(sql: str) -> exp.Expr:
    """A fragment of ours as a tree of its own, to be changed at will."""
    return _parsed(sql).copy()


@lru_cache(maxsize=4096)
def _parsed(sql: str) -> exp.Expr:
    return sqlglot.parse_one(sql, dialect="duckdb")


def columns_in(trees: list[exp.Expr]) -> set[str]:
    """Names of the columns that these trees read."""
    return {column.name for tree in trees for column in tree.find_all(exp.Column)}


def column_of(dimension_id: str) -> str:
    """Name of the result column that holds a dimension."""
    return f"d_{dimension_id}"


def value_of(one: Dimension) -> exp.Expr:
    """A dimension of a row, never NULL."""
    return exp.func("coalesce", fragment(one.sql), exp.Literal.string(UNKNOWN))


def parameter_of(dimension_id: str, index: int) -> str:
    """Name of the parameter that holds the `index`th value of a filter."""
    return f"w_{dimension_id}_{index}"


def among(value: exp.Expr, dimension_id: str, count: int) -> exp.Expr:
    """Whether a value is among those of a filter."""
    return exp.In(this=value, expressions=[exp.Placeholder(this=parameter_of(dimension_id, i)) for i in range(count)])


def _canonical(node: exp.Expr) -> exp.Expr:
    """A performance supplied by two organizations is read once, from the source that holds most of its tickets."""
    if isinstance(node, exp.Table) and node.name == "performances":
        return exp.to_table("canonical").as_(node.alias)
    return node


def _prefixed(prefixes: tuple[str, ...]) -> exp.Expr:
    tests = [exp.func("starts_with", exp.column("fsa"), exp.Literal.string(p), dialect="duckdb") for p in prefixes]
    return exp.or_(*tests)


def local_test(named: dict[str, Territory]) -> exp.Expr:
    """Whether a ticket's FSA is in the local territory of its performance. Territories are data of the directory."""
    tests: list[exp.Expr] = []
    for slug, territory in named.items():
        inside = exp.and_(exp.column("local_territory").eq(exp.Literal.string(slug)), _prefixed(territory.prefixes))
        tests.append(exp.and_(inside, exp.not_(_prefixed(territory.exceptions))) if territory.exceptions else inside)
    return exp.or_(*tests)


Step: TypeAlias = tuple[str, exp.Expr]
"""A named step of a statement."""

_OF_TICKET: Final = (Level.TICKET, Level.BUYER)
_BUYER: Final = {True: "t.buyer_id", False: "t.person_id"}


class Builder:
    """Puts the row sets together for one shape."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.buyer = _BUYER[shape.own]
        self.dimensions = [known_dimension(one) for one in shape.by]
        self.filters = [(known_dimension(one), count) for one, count in shape.where]
        self.atoms = {atom.name: fragment(atom.sql) for atom in shape.atoms}
        used = [*self.dimensions, *(one for one, _ in self.filters)]
        self.wants_parcours = any(one.id == "parcours" for one in used)
        self.wants_profile = any(one.id == "profile" for one in used)
        self.wants_past = (
            bool(shape.final)
            or self.wants_parcours
            or any(name in rowsets.HISTORY_COLUMNS for name in columns_in(list(self.atoms.values())))
        )
        self.wants_local = "is_local" in columns_in(list(self.atoms.values()))

    def tree(self) -> exp.Select:
        """The whole statement."""
        if self.shape.final:
            steps, query = self._by_hand()
        else:
            gathered = {Grain.PERFORMANCE: self._by_performance, Grain.BUYER: self._by_buyer}
            steps, query = gathered.get(self.shape.grain, self._by_ticket)()
        for name, body in [*self._performances(), *steps]:
            query = query.with_(name, as_=body, copy=False)
        return query

    def _performances(self) -> list[Step]:
        """`pf`: the performances of the period and cut; `pf_all`: those of all history, when a figure looks back."""
        every = cast("exp.Select", fragment(rowsets.PERFORMANCE_COLUMNS))
        steps: list[Step] = []
        if self.shape.own:
            every = every.where("p.organization = $organization", dialect="duckdb", copy=False)
        else:
            steps.append(("canonical", fragment(rowsets.CANONICAL)))
            every = cast("exp.Select", every.transform(_canonical))
        if self.wants_past:
            steps.append(("pf_all", every.copy()))
        cut = every.where("p.starts_on >= $first_on", "p.starts_on < $end_on", dialect="duckdb", copy=False)
        for one, count in self.filters:
            if one.level is Level.PERFORMANCE:
                cut = cut.where(self._among(one, count), copy=False)
        for one in self.dimensions:
            if one.level is Level.PERFORMANCE:
                cut = cut.select(self._value(one).as_(column_of(one.id), copy=False), copy=False)
        return [*steps, ("pf", self._with_span(cut))]

    def _with_span(self, cut: exp.Select) -> exp.Select:
        """The first day and the day after the last of the stretch of time that a row's figures are about."""
        span = next((name for name in SPANS if name in self.shape.by), None)
        if span is None:
            return cut.select("$first_on AS span_first_on", "$end_on AS span_end_on", dialect="duckdb", copy=False)
        return cut.select(
            f"greatest({rowsets.SPAN_FIRST[span]}, $first_on) AS span_first_on",
            f"least({rowsets.SPAN_END[span]}, $end_on) AS span_end_on",
            dialect="duckdb",
            copy=False,
        )

    def _filled(self, template: str) -> str:
        """A row set for whose rows are read: which column is the buyer, how a ticket finds its performance."""
        same = rowsets.SAME[self.shape.own]
        return template.format(
            buyer=self.buyer, same=same.format(pf="pf"), same_all=same.format(pf="pf_all"), within=rowsets.WITHIN
        )

    def _tickets(self) -> list[Step]:
        """`tickets`: every ticket of kept performances; `cut`: those that the question is about."""
        tickets = cast("exp.Select", fragment(self._filled(rowsets.TICKET_COLUMNS)))
        cut = exp.select("tickets.*").from_("tickets")
        steps: list[Step] = []
        if self.wants_local:
            cut = cut.select(local_test(dict(territories())).as_("is_local"), copy=False)
        if self.shape.grain is not Grain.SALE:
            cut = cut.where("played", copy=False)
        if self.wants_parcours:
            steps.append(("parcours_of", self._parcours("status")))
            cut = cut.select("parcours_of.parcours", copy=False)
            cut = cut.join("parcours_of", on="parcours_of.buyer = tickets.buyer", join_type="left", copy=False)
        if self.wants_profile:
            profiled, cut = self._profiled(cut, "tickets")
            steps += profiled
        for one, count in self.filters:
            if one.level in _OF_TICKET:
                cut = cut.where(self._among(one, count), copy=False)
        return [("tickets", tickets), *steps, ("cut", cut)]

    def _profiled(self, cut: exp.Select, tickets: str) -> tuple[list[Step], exp.Select]:
        """The same rows with the profile of the buyer, when profiles are known."""
        if not self.shape.profiled:
            return [], cut.select("CAST(NULL AS TEXT) AS profile", copy=False)
        joined = cut.select("profile_of.profile", copy=False).join(
            "profile_of", on=f"profile_of.buyer = {tickets}.buyer", join_type="left", copy=False
        )
        return [("profile_of", self._profiles())], joined

    def _profiles(self) -> exp.Expr:
        """Profile of every buyer scored, in the season of the end of the period."""
        return fragment(rowsets.PROFILES.format(buyer="buyer_id"))

    def _by_hand(self) -> tuple[list[Step], exp.Select]:
        """A statement that ends its own way, over the same row sets."""
        query = cast("exp.Select", fragment(self.shape.final))
        read = {table.name for table in query.find_all(exp.Table)}
        steps = self._tickets()
        if "history" in read:
            steps.append(("history", self._history()))
        for name, day in (("parcours_of", "status"), ("parcours_before", "before")):
            if name in read and name not in dict(steps):
                steps.append((name, self._parcours(day)))
        return steps, query

    def _history(self) -> exp.Expr:
        """Days of every visit, of every buyer."""
        return fragment(self._filled(rowsets.HISTORY))

    def _parcours(self, day: str) -> exp.Expr:
        """Lifecycle of every buyer at that day."""
        told = rowsets.PARCOURS.format(visited=self._visited())
        return fragment(told.replace("$status_", f"${day}_"))

    def _visited(self) -> str:
        return self._filled(rowsets.VISITED)

    def _by_ticket(self) -> tuple[list[Step], exp.Select]:
        keys = [(one.id, self._key(one)) for one in self.dimensions]
        return self._tickets(), self._grouped("cut", keys)

    def _by_performance(self) -> tuple[list[Step], exp.Select]:
        """`sold`: what was sold for each performance, with only the columns that the atoms ask for."""
        wanted = columns_in(list(self.atoms.values()))
        eligible = fragment(rowsets.ELIGIBLE)
        if "eligible" in wanted:
            wanted |= columns_in([eligible])
        columns = [name for name in rowsets.SOLD_COLUMNS if name in wanted]
        keys = [(one.id, exp.column(column_of(one.id))) for one in self.dimensions]
        if not columns:
            return [], self._grouped("pf", keys)
        sold = exp.select("organization", "performance_id").from_("tickets").group_by("organization", "performance_id")
        for name in columns:
            sold = sold.select(fragment(rowsets.SOLD_COLUMNS[name]).as_(name, copy=False), copy=False)
        houses = (
            exp.select("pf.*", *(f"sold.{name}" for name in columns))
            .from_("pf")
            .join(
                "sold",
                on="sold.organization = pf.organization AND sold.performance_id = pf.performance_id",
                join_type="left",
            )
        )
        steps: list[Step] = [self._tickets()[0], ("sold", sold), ("beside", houses)]
        steps.append(
            (
                "houses",
                exp.select("*", eligible.as_("eligible")).from_("beside")
                if "eligible" in wanted
                else exp.select("*").from_("beside"),
            )
        )
        return steps, self._grouped("houses", keys)

    def _by_buyer(self) -> tuple[list[Step], exp.Select]:
        """`buyers`: one row a buyer with visits of PF, by stretch and cut; `known`: beside their history."""
        habits = [*self.dimensions, *(one for one, _ in self.filters)]
        wanted = columns_in([*self.atoms.values(), *(fragment(one.sql) for one in habits if one.level is Level.HABIT)])
        outer = [one for one in self.dimensions if one.level is not Level.HABIT]
        keys = [column_of(one.id) for one in outer]
        buyers = exp.select("buyer", "span_first_on", "span_end_on").from_("cut").where("is_paid", "individual")
        for one in outer:
            buyers = buyers.select(self._key(one).as_(column_of(one.id)))
        for name, sql in rowsets.BUYER_COLUMNS.items():
            if name in wanted:
                buyers = buyers.select(fragment(sql).as_(name, copy=False), copy=False)
        buyers = buyers.group_by("buyer", "span_first_on", "span_end_on", *keys)
        steps = [*self._tickets(), ("buyers", buyers)]
        past = [name for name in rowsets.HISTORY_COLUMNS if name in wanted]
        final = [
            (one.id, self._value(one) if one.level is Level.HABIT else exp.column(column_of(one.id)))
            for one in self.dimensions
        ]
        if past:
            steps += self._known_past(past)
        query = self._grouped("known" if past else "buyers", final)
        for one, count in self.filters:
            if one.level is Level.HABIT:
                query = query.where(self._among(one, count), copy=False)
        return steps, query

    def _known_past(self, past: list[str]) -> list[Step]:
        facts = cast("exp.Select", fragment(rowsets.FACTS))
        for name in past:
            facts = facts.select(fragment(rowsets.HISTORY_COLUMNS[name]).as_(name, copy=False), copy=False)
        known = (
            exp.select("buyers.*", *(f"facts.{name}" for name in past))
            .from_("buyers")
            .join("facts", on="facts.buyer = buyers.buyer AND facts.span_first_on = buyers.span_first_on")
        )
        return [("history", self._history()), ("facts", facts), ("known", known)]

    def _grouped(self, table: str, keys: Sequence[tuple[str, exp.Expr]]) -> exp.Select:
        query = exp.select(*(value.as_(column_of(name)) for name, value in keys)).from_(table)
        for name, tree in self.atoms.items():
            query = query.select(tree.as_(name, copy=False), copy=False)
        return query.group_by(*(exp.Literal.number(i + 1) for i in range(len(keys)))) if keys else query

    def _key(self, one: Dimension) -> exp.Expr:
        return exp.column(column_of(one.id)) if one.level is Level.PERFORMANCE else self._value(one)

    def _value(self, one: Dimension) -> exp.Expr:
        return value_of(one)

    def _among(self, one: Dimension, count: int) -> exp.Expr:
        return among(self._value(one), one.id, count)
