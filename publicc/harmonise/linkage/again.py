"""Linking more rows into a table already linked: only the new and the changed ones are compared.

`keep_for_again` puts aside, after a full run, what comparing needs: cleaned records, rarities, scored pairs, groups.
Then `link_again` cleans the new rows, brings them together with all others by the same keys, judges the pairs by what
the full run learned, and groups again only what they touch. The odds, the rarities and the courtesy values stay those
of the last full run: that, and keys that pass their cap meanwhile, is all that may differ from a new full run.
"""

from dataclasses import dataclass
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from publicc.harmonise.clean.courtesy import forget_values
from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.block import keys_sql
from publicc.harmonise.linkage.compare import compare_pairs
from publicc.harmonise.linkage.frequency import add_rarities, compared_columns
from publicc.harmonise.linkage.group import Ints, Links, group_rows
from publicc.harmonise.linkage.households import group_households
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.score import score_pairs, suggest_pairs
from publicc.harmonise.linkage.train import Trained

BELONG: Final = 0.5
"""Chance of one person or one household from which two rows are grouped together or not at all."""


@dataclass(frozen=True, slots=True)
class Again:
    """What an incremental run did."""

    rows: int
    """New and changed rows."""
    compared: int
    """Pairs compared."""
    touched: int
    """Rows whose groups were settled again, the new ones included."""


def keep_for_again(
    connection: duckdb.DuckDBPyConnection, result: str, trained: Trained, *, across: bool, into: str
) -> None:
    """Put aside the tables of the full run that just ended, under names that begin with `into`.

    `into_records`, `into_compared` (with rarities), `into_keys`, `into_pairs`, `into_groups`, `into_courtesies`. They
    hold identities: they belong where the vaults are. `across`: whether rows of two organizations may be one person.
    """
    copied = {"records": "linkage_records", "pairs": "linkage_pairs", "courtesies": "linkage_courtesies"}
    for name, table in copied.items():
        connection.execute(f"CREATE OR REPLACE TABLE {into}_{name} AS FROM {table}")
    add_rarities(connection, "linkage_records", trained.model, into="_again_compared")
    connection.execute(f"CREATE OR REPLACE TABLE {into}_compared AS FROM _again_compared")
    for frequency in trained.model.frequencies:
        connection.execute(f"CREATE OR REPLACE TABLE {into}_{frequency.name} AS FROM _rarity_{frequency.name}")
        connection.execute(f"DROP TABLE _rarity_{frequency.name}")
    _write_keys(connection, f"{into}_records", trained.model, _within(across=across), into=f"{into}_keys")
    _write_components(connection, into)
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into}_groups AS
        SELECT record_no, person_no, household_no, confidence, component
        FROM {result} JOIN _again_components USING (record_no)"""
    )
    connection.execute("DROP TABLE _again_compared; DROP TABLE _again_components")


def link_again(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    *,
    kept: str,
    trained: Trained,
    across: bool,
    threshold: float = 0.5,
) -> Again:
    """Link the rows of `relation` into the tables `kept_*`; a row of a known customer replaces the former one.

    `across`: whether rows of two organizations may be one person. `kept_groups` is the result.
    """
    clean_records(connection, relation, into="_again_rows")
    _take_places(connection, kept)
    forget_values(connection, "_again_new", f"{kept}_courtesies")
    _find_pairs(connection, kept, trained.model, within=_within(across=across))
    compared = _judge(connection, kept, trained)
    touched = _group_touched(connection, kept, threshold)
    rows = int(connection.execute("SELECT count(*) FROM _again_new").fetchall()[0][0])
    return Again(rows, compared, touched)


def _within(*, across: bool) -> str:
    """SQL: what two records must agree on to be brought together."""
    return "''" if across else "organization"


def _take_places(connection: duckdb.DuckDBPyConnection, kept: str) -> None:
    """Number the new rows after the others; take out the rows that they replace, and note whom those touched."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_gone AS
        SELECT o.record_no, component FROM {kept}_records o SEMI JOIN _again_rows USING (organization, customer_number)
        JOIN {kept}_groups USING (record_no)"""
    )
    for table in ("records", "compared", "keys", "groups"):
        connection.execute(f"DELETE FROM {kept}_{table} WHERE record_no IN (SELECT record_no FROM _again_gone)")
    connection.execute(
        f"""DELETE FROM {kept}_pairs
        WHERE l IN (SELECT record_no FROM _again_gone) OR r IN (SELECT record_no FROM _again_gone)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_new AS SELECT * REPLACE (
            (record_no + (SELECT coalesce(max(record_no), 0)
                FROM (SELECT record_no FROM {kept}_records UNION ALL SELECT record_no FROM _again_gone))
            )::INTEGER AS record_no)
        FROM _again_rows"""
    )


def _find_pairs(connection: duckdb.DuckDBPyConnection, kept: str, model: Model, *, within: str) -> None:
    """Pairs of which one row at least is new."""
    _write_keys(connection, "_again_new", model, within, into="_again_keys")
    caps = ", ".join(f"({number}, {key.cap})" for number, key in enumerate(model.keys))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_candidates AS
        WITH met AS (SELECT * FROM {kept}_keys SEMI JOIN _again_keys USING (key_no, k)),
        every AS (SELECT * FROM met UNION ALL FROM _again_keys),
        usable AS (
            SELECT key_no, k FROM every JOIN (VALUES {caps}) caps(key_no, cap) USING (key_no)
            GROUP BY key_no, k, cap HAVING count(*) BETWEEN 2 AND cap)
        SELECT DISTINCT e.record_no AS l, n.record_no AS r FROM _again_keys n SEMI JOIN usable USING (key_no, k)
        JOIN every e ON e.key_no = n.key_no AND e.k = n.k AND e.record_no < n.record_no"""
    )
    connection.execute(f"INSERT INTO {kept}_keys FROM _again_keys")


def _write_keys(connection: duckdb.DuckDBPyConnection, records: str, model: Model, within: str, *, into: str) -> None:
    """Make the table `into(key_no, record_no, k)`: every key of every record that may be a person."""
    connection.execute(f"CREATE OR REPLACE TABLE {into} (key_no INTEGER, record_no INTEGER, k UBIGINT)")
    persons = f"(SELECT * FROM {records} WHERE buyer_kind <> 'GENERIC')"
    for number, key in enumerate(model.keys):
        connection.execute(f"INSERT INTO {into} SELECT {number}, record_no, k FROM ({keys_sql(persons, key, within)})")


def _judge(connection: duckdb.DuckDBPyConnection, kept: str, trained: Trained) -> int:
    """Score the pairs, then those that a third row suggests; how many were compared."""
    bits = ", ".join(f"coalesce({f.name}.bits, 21)::TINYINT AS {f.name}" for f in trained.model.frequencies)
    joins = " ".join(
        f"LEFT JOIN {kept}_{f.name} {f.name} ON {f.name}.value = n.{f.value}" for f in trained.model.frequencies
    )
    compared = ", ".join(f"n.{column}" for column in ("record_no", *compared_columns(trained.model)))
    connection.execute(f"INSERT INTO {kept}_compared BY NAME SELECT {compared}, {bits} FROM _again_new n {joins}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE _again_pairs (l INTEGER, r INTEGER, pattern BIGINT, same DOUBLE, home DOUBLE)"
    )
    _score(connection, "_again_candidates", kept, trained)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_near AS
        WITH ends AS (SELECT l AS record_no FROM _again_pairs UNION SELECT r FROM _again_pairs)
        SELECT * FROM _again_pairs UNION ALL
        SELECT * FROM {kept}_pairs WHERE l IN (FROM ends) OR r IN (FROM ends)"""
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE _again_known AS SELECT l, r FROM _again_near UNION FROM _again_candidates"
    )
    suggested = suggest_pairs(connection, "_again_known", pairs="_again_near", into="_again_suggested")
    _score(connection, "_again_suggested", kept, trained)
    connection.execute(f"INSERT INTO {kept}_pairs BY NAME FROM _again_pairs")
    connection.execute(f"INSERT INTO {kept}_records BY NAME FROM _again_new")
    return suggested + int(connection.execute("SELECT count(*) FROM _again_candidates").fetchall()[0][0])


def _score(connection: duckdb.DuckDBPyConnection, pairs: str, kept: str, trained: Trained) -> None:
    compare_pairs(connection, pairs, f"{kept}_compared", trained.model, into="_again_scored")
    met = connection.execute("SELECT DISTINCT pattern FROM _again_scored").fetchnumpy()
    score_pairs(
        connection, "_again_scored", trained.wider(met["pattern"].astype(np.int64)), into="_again_pairs", more=True
    )


def _group_touched(connection: duckdb.DuckDBPyConnection, kept: str, threshold: float) -> int:
    """Settle again the groups that new pairs or missing rows touch; how many rows that is."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_touched AS
        WITH hit AS (
            SELECT component FROM _again_gone UNION
            SELECT component FROM {kept}_groups WHERE record_no IN (
                SELECT l FROM _again_pairs UNION SELECT r FROM _again_pairs))
        SELECT record_no FROM {kept}_groups WHERE component IN (FROM hit) UNION SELECT record_no FROM _again_new"""
    )
    rows = connection.execute("SELECT record_no FROM _again_touched ORDER BY 1").fetchnumpy()["record_no"]
    found = connection.execute(
        f"""SELECT l, r, same, home FROM {kept}_pairs
        WHERE l IN (FROM _again_touched) AND r IN (FROM _again_touched) ORDER BY l, r"""
    ).fetchnumpy()
    left, right = np.searchsorted(rows, found["l"]), np.searchsorted(rows, found["r"])
    links = Links.undecided(left, right, found["same"])
    at_home = found["same"] + found["home"]
    groups = group_rows(len(rows), links, threshold=threshold)
    households = group_households(groups.group, links, at_home)
    table = {
        "record_no": rows,
        "person_no": rows[groups.group].astype(np.int64),
        "household_no": rows[households].astype(np.int64),
        "confidence": groups.confidence,
        "component": rows[_components(len(rows), left, right, at_home)].astype(np.int64),
    }
    connection.register("_again_table", pa.table({name: pa.array(column) for name, column in table.items()}))
    connection.execute(f"DELETE FROM {kept}_groups WHERE record_no IN (FROM _again_touched)")
    connection.execute(f"INSERT INTO {kept}_groups BY NAME FROM _again_table")
    connection.unregister("_again_table")
    return len(rows)


def _components(rows: int, left: Ints, right: Ints, at_home: np.ndarray) -> Ints:
    """For each row the first row of all those it may be grouped with, near or far."""
    strong = at_home >= BELONG
    graph = coo_matrix((np.ones(int(strong.sum())), (left[strong], right[strong])), shape=(rows, rows))
    _, component = connected_components(graph, directed=False)
    _, first = np.unique(component, return_index=True)
    return np.asarray(first[component])


def _write_components(connection: duckdb.DuckDBPyConnection, kept: str) -> None:
    rows = connection.execute(f"SELECT record_no FROM {kept}_records ORDER BY 1").fetchnumpy()["record_no"]
    found = connection.execute(f"SELECT l, r, same + home AS near FROM {kept}_pairs").fetchnumpy()
    left, right = np.searchsorted(rows, found["l"]), np.searchsorted(rows, found["r"])
    component = rows[_components(len(rows), left, right, found["near"])]
    connection.register("_components", pa.table({"record_no": rows, "component": component.astype(np.int64)}))
    connection.execute("CREATE OR REPLACE TEMP TABLE _again_components AS FROM _components")
    connection.unregister("_components")
