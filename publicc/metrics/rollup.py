"""The rollup of one organization: its row sets settled once, at harmonise time, so that screens do not scan tickets.

Built from the very fragments that questions are compiled from (`rowsets`, `dimensions`, the atoms of the registry), so
that a figure has one definition. What depends on the day of computation or on the period stays in the question.

counted_performances  one row a performance, every dimension of it, what was sold for it
counted_buyers        one row a buyer: the small number that stands for the id
counted_tickets       one row a ticket of a performance kept, every dimension of it; ids as small numbers
counted_cells         one row a performance × channel × price group: the atoms of tickets that add up
counted_visits        one row a buyer × performance (V), by buyer then day
counted_days          one row a buyer × day of visit
counted_spans         one row a buyer × season with a visit: the visits before, first of it, after
counted_sales         one row a season × discipline × venue × channel × price group × day: tickets alike for a curve
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, cast

import duckdb
from sqlglot import exp

from publicc.directory.territories import territories
from publicc.kernel.scope import OwnRows
from publicc.metrics import rowsets
from publicc.metrics.compiler import column_of, fragment, local_test, value_of
from publicc.metrics.definition import Atom, Grain
from publicc.metrics.dimensions import DIMENSIONS, Level
from publicc.metrics.registry import METRICS
from publicc.store.rollups import RollupTables

MARK: Final = "counted"
"""Table of one row, the fields of `source.Rollup` after a version, written last: a rollup without it is not read."""
CELL_CUTS: Final = ("channel", "price_group")
"""Dimensions of tickets that the cells keep apart, beside those of performances."""
_MARKED: Final = """SELECT $version AS version, $organization AS organization,
 min(starts_on) FILTER (WHERE is_paid) AS first_paid_on, max(starts_on) FILTER (WHERE is_paid) AS last_paid_on
 FROM counted_tickets"""
_OWN: Final = True


def rollup_tables() -> RollupTables:
    """What the pipeline is handed to write them."""
    return RollupTables(version(), write_counted)


def write_counted(connection: duckdb.DuckDBPyConnection, scope: OwnRows) -> None:
    """Write the tables of the rollup beside those of the organization's own rows, in the schema in use."""
    own = {"organization": scope.organization}
    for name, sql in _statements():
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}", own if "$organization" in sql else None)
    connection.execute("DROP TABLE counted_houses")
    connection.execute(f"CREATE OR REPLACE TABLE {MARK} AS {_MARKED}", {"version": version(), **own})


@lru_cache(maxsize=1)
def version() -> str:
    """A digest of all that these tables are built from: tables of another version of the definitions are not read."""
    return hashlib.sha256(repr((_MARKED, _statements())).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _statements() -> tuple[tuple[str, str], ...]:
    return tuple((name, query.sql(dialect="duckdb")) for name, query in _tables())


@lru_cache(maxsize=1)
def added_up() -> Mapping[str, Atom]:
    """Atoms of tickets that add up over any grouping, by name: counts and sums whatever the question."""
    every = (atom for one in METRICS.values() for atom in one.recipe.atoms if atom.grain is Grain.TICKET)
    return MappingProxyType({atom.name: atom for atom in every if _adds_up(fragment(atom.sql))})


def _adds_up(tree: exp.Expr) -> bool:
    """A plain count or sum under a condition, without distinct values nor anything of the question."""
    what = tree.this if isinstance(tree, exp.Filter) else tree
    return isinstance(what, exp.Count | exp.Sum) and not tree.find(exp.Distinct, exp.Parameter, exp.Placeholder)


def _tables() -> Iterator[tuple[str, exp.Select]]:
    """Name and statement of every table, in the order in which they can be made."""
    yield "counted_performances", _performances()
    yield "counted_buyers", _selected(_BUYERS)
    yield "counted_tickets", _tickets()
    yield "counted_houses", _houses()
    yield (
        "counted_performances",
        _selected(
            "SELECT p.*, h.* EXCLUDE (performance_id) FROM counted_performances AS p"
            " LEFT JOIN counted_houses AS h ON h.performance_id = p.performance_id"
            " ORDER BY p.starts_on, p.performance_id"
        ),
    )
    yield "counted_cells", _cells()
    yield (
        "counted_visits",
        _selected(
            "SELECT buyer, performance_id, starts_on, min(ordered_on) AS ordered_on FROM counted_tickets"
            " WHERE is_paid AND individual GROUP BY ALL ORDER BY buyer, starts_on, performance_id"
        ),
    )
    yield "counted_days", _selected("SELECT DISTINCT buyer, starts_on FROM counted_visits ORDER BY buyer, starts_on")
    yield "counted_spans", _selected(_SPANS)
    yield "counted_sales", _sales()


@lru_cache(maxsize=1)
def columns_of_performances() -> frozenset[str]:
    """Columns of `counted_performances`."""
    own = (one.alias_or_name for one in _performances_told().expressions)
    return frozenset(own) | frozenset(rowsets.SOLD_COLUMNS)


@lru_cache(maxsize=1)
def columns_of_tickets() -> frozenset[str]:
    """Columns of `counted_tickets`."""
    own = (one.alias_or_name for one in _selected(_tickets_sql()).expressions)
    of_performances = (one.alias_or_name for one in _performances_told().expressions)
    return frozenset((*own, *of_performances, *(name for name, _ in _of(Level.TICKET)), "is_local")) - {"*"}


def _selected(sql: str) -> exp.Select:
    return cast("exp.Select", fragment(sql))


def _of(level: Level) -> list[tuple[str, exp.Expr]]:
    return [(column_of(one.id), value_of(one)) for one in DIMENSIONS.values() if one.level is level]


def _performances_told() -> exp.Select:
    """Every performance with its dimensions; whether it was played depends on the day of the question."""
    every = _selected(rowsets.PERFORMANCE_COLUMNS).where("p.organization = $organization", dialect="duckdb")
    kept = [one for one in every.expressions if one.alias_or_name != "played"]
    return every.select(*kept, *(value.as_(name) for name, value in _of(Level.PERFORMANCE)), append=False)


def _performances() -> exp.Select:
    """Every performance; its number stands for its id, which stays as a dimension."""
    return _selected(
        "SELECT * REPLACE (CAST(row_number() OVER (ORDER BY starts_on, performance_id) AS INTEGER) AS performance_id)"
        " FROM every"
    ).with_("every", as_=_performances_told())


def _tickets_sql() -> str:
    return rowsets.TICKET_COLUMNS.format(buyer="t.buyer_id", same=rowsets.SAME[_OWN].format(pf="pf"), within="TRUE")


def _tickets() -> exp.Select:
    """Every ticket of a performance kept. Sorted by day, so that a period is one stretch of the file."""
    tickets = _selected(_tickets_sql())
    pf = _selected(
        "SELECT c.* REPLACE (c.d_performance AS performance_id), c.performance_id AS number"
        " FROM counted_performances AS c"
    )
    own = [value.as_(name) for name, value in _of(Level.TICKET)]
    flat = exp.select("tickets.*", local_test(dict(territories())).as_("is_local"), *own).from_("tickets")
    numbered = _selected(
        """SELECT f.* EXCLUDE (number) REPLACE (f.number AS performance_id, b.buyer AS buyer, h.number AS household,
         o.number AS order_id, CASE WHEN f.order_id IS NOT NULL THEN
         CAST(o.number AS BIGINT) * (SELECT count(*) FROM counted_performances) + f.number END AS seating,
         o.number AS basket)
        FROM flat AS f LEFT JOIN counted_buyers AS b ON b.buyer_id = f.buyer LEFT JOIN homes AS h ON h.id = f.household
        LEFT JOIN orders AS o ON o.id = f.order_id
        ORDER BY f.starts_on, f.number, o.number, b.buyer"""
    )
    numbered = numbered.with_("pf", as_=pf).with_("tickets", as_=tickets).with_("flat", as_=flat)
    for name, column in (("homes", "household"), ("orders", "order_id")):
        numbered = numbered.with_(
            name,
            as_=_selected(
                f"SELECT {column} AS id, CAST(row_number() OVER (ORDER BY {column}) AS INTEGER) AS number"
                f" FROM (SELECT DISTINCT {column} FROM flat WHERE {column} IS NOT NULL) AS known"
            ),
        )
    return numbered


SALES_CUTS: Final = ("season", "discipline", "venue", "channel", "price_group")
"""Dimensions that the sales keep apart."""
SALES_COLUMNS: Final = ("season", "ordered_on", "cancelled_on", "ticket_status", "ever_paid", "is_priced")
"""Columns that the tickets of one row of the sales have alike."""
_BUYERS: Final = """SELECT CAST(row_number() OVER (ORDER BY id) AS INTEGER) AS buyer, id AS buyer_id
 FROM (SELECT DISTINCT t.buyer_id AS id FROM purchases AS t JOIN counted_performances AS c
 ON c.d_performance = t.performance_id WHERE c.kept AND t.organization = $organization
 AND t.buyer_id IS NOT NULL) AS known ORDER BY 1"""
_SEASON_FIRST: Final = "make_date(year(starts_on) - CASE WHEN month(starts_on) < 9 THEN 1 ELSE 0 END, 9, 1)"
_SPANS: Final = f"""SELECT buyer, span_first_on, came_on, lag(last_on) OVER spans AS previous_on,
 lead(came_on) OVER spans AS next_on FROM (SELECT buyer, {_SEASON_FIRST} AS span_first_on, min(starts_on) AS came_on,
 max(starts_on) AS last_on FROM counted_days GROUP BY 1, 2) AS visited
 WINDOW spans AS (PARTITION BY buyer ORDER BY span_first_on) ORDER BY span_first_on, buyer"""


def _sales() -> exp.Select:
    """Tickets that a curve cannot tell apart; the first day of their season stands for that of the performance."""
    keys = [*SALES_COLUMNS, *(column_of(one) for one in SALES_CUTS)]
    return (
        exp.select(
            fragment(_SEASON_FIRST).as_("starts_on"),
            *keys,
            "CAST(count(*) AS INTEGER) AS tickets",
            "CAST(sum(net_cents) AS BIGINT) AS net_cents",
        )
        .from_("counted_tickets")
        .group_by(fragment(_SEASON_FIRST), *keys)
        .order_by("1", "ordered_on")
    )


def _houses() -> exp.Select:
    """What was sold for each performance."""
    columns = [fragment(sql).as_(name) for name, sql in rowsets.SOLD_COLUMNS.items()]
    return exp.select("performance_id", *columns).from_("counted_tickets").group_by("performance_id")


def _cells() -> exp.Select:
    """The atoms that add up, for each performance, channel and price group."""
    keys = [column_of(one) for one in CELL_CUTS]
    of_performance = [name for name, _ in _of(Level.PERFORMANCE)]
    atoms = [exp.cast(fragment(atom.sql), "BIGINT").as_(name) for name, atom in added_up().items()]
    return (
        exp.select("starts_on", *of_performance, *keys, *atoms)
        .from_("counted_tickets")
        .group_by("starts_on", *of_performance, *keys)
        .order_by("starts_on", "d_performance", *keys)
    )
