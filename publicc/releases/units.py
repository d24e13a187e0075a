"""From a pool snapshot to the units that `disclosure` protects: the only SQL across organizations."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Table
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.errors import BadInput
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows, WholePool
from publicc.kernel.text import Text
from publicc.metrics.answers import answer
from publicc.metrics.definition import Grain
from publicc.metrics.questions import Question
from publicc.metrics.registry import METRICS
from publicc.metrics.rowsets import KEPT
from publicc.releases.contents import BUYER_REGION, COMPARED, ORGANIZATION_DISCIPLINE, SIZE, SUMS, TERRITORY
from publicc.releases.grouping import NO_GROUPS, Grouping
from publicc.store.tables import TABLES

# One row a person who paid for a seat in the period: where they live, the discipline they went to most, who knows them.
# A household is one person when it is known. Ties go to the first code, so that the same rows give the same answer.
PERSONS: Final = f"""
WITH visits AS (
    SELECT t.organization, coalesce(b.pool_household_id, t.person_id, t.buyer_id) AS person,
        coalesce(p.discipline, 'UNKNOWN') AS discipline,
        CASE WHEN t.origin = 'CANADA' THEN coalesce(t.admin_region, 'CANADA') ELSE coalesce(t.origin, 'UNKNOWN') END
            AS region
    FROM purchases t
    JOIN performances p USING (organization, performance_id)
    LEFT JOIN persons b USING (organization, buyer_id)
    WHERE t.ticket_status = 'VALID' AND t.is_paid AND t.buyer_kind = 'INDIVIDUAL' AND t.buyer_id IS NOT NULL
        AND {KEPT} AND p.starts_on BETWEEN $first AND $last
),
regions AS (
    SELECT person, region FROM (
        SELECT person, region, row_number() OVER (
            PARTITION BY person ORDER BY region = 'UNKNOWN', count(*) DESC, region) r
        FROM visits GROUP BY person, region) WHERE r = 1
),
mains AS (
    SELECT person, discipline FROM (
        SELECT person, discipline, row_number() OVER (PARTITION BY person ORDER BY count(*) DESC, discipline) r
        FROM visits GROUP BY person, discipline) WHERE r = 1
),
known AS (
    SELECT DISTINCT person, coalesce(h.head, v.organization) AS organization
    FROM visits v LEFT JOIN legal_heads h USING (organization)
),
breadths AS (
    SELECT person, CASE count(DISTINCT organization) WHEN 1 THEN '1' WHEN 2 THEN '2' ELSE '3+' END AS breadth
    FROM visits GROUP BY person
)
SELECT r.region, h.breadth, m.discipline, k.organization, r.person
FROM regions r JOIN mains m USING (person) JOIN breadths h USING (person) JOIN known k USING (person)
WHERE $half IS NULL OR ascii(right(md5($salt || r.person), 1)) % 2 = $half
"""
_UNITS: Final = f"""
WITH known AS ({PERSONS})
SELECT a.region, a.breadth, a.discipline, a.organization, b.organization, count(*)
FROM known a JOIN known b USING (person) WHERE a.organization <= b.organization GROUP BY ALL
UNION ALL
SELECT region, breadth, discipline, NULL, NULL, count(DISTINCT person) FROM known GROUP BY ALL
"""
_MEMBERSHIP: Final = f"""
WITH kept AS (SELECT p.* FROM performances p WHERE {KEPT} AND p.starts_on BETWEEN $first AND $last),
regions AS (
    SELECT organization, v.admin_region AS region, row_number() OVER (
        PARTITION BY organization ORDER BY v.admin_region IS NULL, count(*) DESC, v.admin_region) r
    FROM kept JOIN venues v USING (organization, venue_id) GROUP BY organization, v.admin_region),
mains AS (
    SELECT organization, coalesce(discipline, 'UNKNOWN') AS discipline, row_number() OVER (
        PARTITION BY organization ORDER BY count(*) DESC, discipline) r
    FROM kept GROUP BY organization, discipline)
SELECT organization, region, discipline, o.size
FROM mains m LEFT JOIN regions g USING (organization) LEFT JOIN organizations o USING (organization)
WHERE m.r = 1 AND coalesce(g.r, 1) = 1 ORDER BY organization
"""


@dataclass(frozen=True, slots=True)
class OrganizationFigures:
    """What each organization brings: its public place in the tables, and its figures when they rest on enough."""

    membership: Mapping[str, Mapping[str, str]]
    sums: Mapping[str, Mapping[str, float]]
    """Metric → organization → amount, of the tables that add organizations up."""
    ratios: Mapping[str, Mapping[str, float]]
    """Metric → organization → its own figure, of the metrics that are compared."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What each organization is called: who is a member is public."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """Organization → the one that stands for its legal group, where that is another or others stand behind it."""

    def head(self, slug: str) -> str:
        """Who stands for the legal group of an organization: itself, mostly."""
        return self.heads.get(slug, slug)

    @property
    def legal_groups(self) -> list[str]:
        """Every legal group, by the organization that stands for it."""
        return sorted({self.head(slug) for slug in self.membership})


@contextmanager
def snapshot_facts(folder: Path, among: frozenset[str] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The pool's tables of a snapshot: `<table>/*.parquet` as the store keeps them, or `<table>.parquet` as a run does.

    `among`: the organizations whose rows may be read, everyone's when None; no other row is in any table.
    Raises BadInput when one is missing.
    """
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    try:
        for table in TABLES:
            files = sorted(str(path) for path in (*folder.glob(f"{table}/*.parquet"), *folder.glob(f"{table}.parquet")))
            if files:
                _only(among, connection.from_parquet(files, union_by_name=True)).create_view(table)
            elif table != "totals":
                raise BadInput(
                    Text(f"La table {table} manque.", f"The table {table} is missing."),
                    where=Text(f"Dossier {folder.name}.", f"Folder {folder.name}."),
                    do=Text("Relancer publicc harmonise.", "Run publicc harmonise again."),
                )
        connection.execute("CREATE TABLE legal_heads (organization TEXT, head TEXT)")
        yield connection
    finally:
        connection.close()


def _only(among: frozenset[str] | None, rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    if among is None:
        return rows
    wanted = [duckdb.ConstantExpression(slug) for slug in sorted(among)]
    return rows.filter(duckdb.ColumnExpression("organization").isin(*wanted)) if wanted else rows.filter("false")


def organizations_of(folder: Path) -> list[str]:
    """Slugs of the organizations of a snapshot. Raises BadInput when a table is missing."""
    with snapshot_facts(folder) as connection:
        return [
            slug for (slug,) in connection.execute("SELECT organization FROM organizations ORDER BY ALL").fetchall()
        ]


def performance_days(connection: duckdb.DuckDBPyConnection) -> tuple[date, date] | None:
    """First and last day with a performance that counts; None when there is none."""
    first, last = _one(connection, f"SELECT min(p.starts_on), max(p.starts_on) FROM performances p WHERE {KEPT}")
    return None if first is None else (first, last)


@dataclass(frozen=True, slots=True)
class Half:
    """One of two halves into which chance splits persons: always the same for the same salt."""

    number: int
    salt: str


def person_units(
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    table: Table,
    organizations: list[str],
    *,
    half: Half | None = None,
) -> PersonUnits:
    """Persons of the period by elementary cell of `table`, and by legal group or two that know them.

    `organizations`: those that stand for each legal group, as `organization_figures` told them. `half`: only the
    persons of that half.
    """
    asked = {"first": period.first_on, "last": period.last_on, **drawn(half)}
    rows = (
        ((region if region in BUYER_REGION.values else "CANADA", breadth, discipline), one, other, n)
        for region, breadth, discipline, one, other, n in connection.execute(_UNITS, asked).fetchall()
    )
    return gathered(rows, table, organizations)


def drawn(half: Half | None) -> dict[str, Any]:
    """The parameters of `PERSONS` that keep one half, or everyone."""
    return {"half": half.number if half else None, "salt": half.salt if half else ""}


def gathered(
    rows: Iterable[tuple[tuple[str, ...], str | None, str | None, int]], table: Table, organizations: list[str]
) -> PersonUnits:
    """Persons by elementary cell of `table`. `rows`: values of the cell, one and other group that know them, how many.

    Without groups, the row counts each person of the cell once.
    """
    cells = {tuple(value for _, value in unit): at for at, unit in enumerate(table.units)}
    rank = {slug: at for at, slug in enumerate(organizations)}
    persons = np.zeros(len(cells), dtype=np.int64)
    pairs = np.zeros((len(rank), len(rank), len(cells)), dtype=np.int64)
    for values, one, other, n in rows:
        at = cells[values]
        if one is None or other is None:
            persons[at] += n
        else:
            pairs[rank[one], rank[other], at] += n
            pairs[rank[other], rank[one], at] = pairs[rank[one], rank[other], at]
    return PersonUnits(persons, np.einsum("mme->me", pairs).copy(), pairs)


def organization_figures(
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    as_of: date,
    grouping: Grouping = NO_GROUPS,
    *,
    compared: bool = True,
) -> OrganizationFigures:
    """Each organization's membership and its own figures of the period, as its own screens compute them.

    `grouping`: who counts as one; the connection keeps it for the persons that are counted after. `compared`: whether
    the figures that are compared are wanted too; they are most of the work, and an audit of counts and sums needs none.
    """
    asked = {"first": period.first_on, "last": period.last_on}
    membership = {
        slug: {
            TERRITORY.name: region if region in TERRITORY.values else "OTHER",
            ORGANIZATION_DISCIPLINE.name: discipline,
            SIZE.name: size if size in SIZE.values else "UNKNOWN",
        }
        for slug, region, discipline, size in connection.execute(_MEMBERSHIP, asked).fetchall()
    }
    heads = grouping.heads(membership)
    connection.execute("DELETE FROM legal_heads")
    if told := [pair for pair in heads.items() if pair[0] != pair[1]]:
        connection.executemany("INSERT INTO legal_heads VALUES (?, ?)", told)
    wanted = {one.metric: one.least for one in COMPARED if compared}
    summed = [table.metric for table in SUMS]
    cells = _figures(connection, period, as_of, organizations=sorted(membership), metrics=(*wanted, *summed))
    return OrganizationFigures(
        membership,
        {metric: _shown(cells[metric], 0) for metric in summed},
        {metric: _shown(cells[metric], least) for metric, least in wanted.items()},
        dict(connection.execute("SELECT organization, name FROM organizations ORDER BY 1").fetchall()),
        heads,
    )


def _figures(
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    as_of: date,
    *,
    organizations: list[str],
    metrics: tuple[str, ...],
) -> Mapping[str, Mapping[str, Cell]]:
    """Metric → organization → cell. Buyers are an organization's own: who is new to it may be known elsewhere."""
    of_buyers = tuple(one for one in metrics if METRICS[one].grain is Grain.BUYER)
    others = tuple(one for one in metrics if one not in of_buyers)
    told = answer(
        connection,
        Question(others, by=("organization",), period=period, as_of=as_of, with_coverage=False),
        WholePool("release"),
    )
    found: dict[str, dict[str, Cell]] = {
        one: {row.dims["organization"]: row.cells[one] for row in told.rows} for one in others
    }
    found |= {one: {} for one in of_buyers}
    for slug in organizations if of_buyers else ():
        own = answer(connection, Question(of_buyers, period=period, as_of=as_of, with_coverage=False), OwnRows(slug))
        for one in of_buyers:
            found[one][slug] = own.rows[0].cells[one]
    return found


def _shown(cells: Mapping[str, Cell], least: int) -> dict[str, float]:
    """Figures that are known and rest on enough rows."""
    return {
        slug: float(cell.value)
        for slug, cell in sorted(cells.items())
        if isinstance(cell, Shown) and (cell.n is None or cell.n >= least)
    }


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    return connection.execute(query).fetchall()[0]
