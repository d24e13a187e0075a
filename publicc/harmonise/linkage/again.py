"""Linking a table again after it grew: only the new and the changed rows are compared.

`compare_rows` finds them; `link_again` cleans them beside what the others use, brings them together with all others by
the same keys, judges the pairs by what the full run learned, and groups again only what they, the rows that went and
the decisions that changed touch. `keep_again` then puts the whole aside, in one transaction, for the next time.

What may differ from a full run: the odds, the rarities and the courtesy values stay those of the last full run; a key
that passes its cap meanwhile keeps the pairs that it brought before; a pair that only a row now gone suggested stays
known; slips are mended by the counts of mended values. All of it ends with the next full run.
"""

from dataclasses import dataclass, replace
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from publicc.harmonise.clean.courtesy import forget_values
from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.block import add_keys, begin_keys, keys_of, meet_sorted, table_of
from publicc.harmonise.linkage.compare import compare_pairs
from publicc.harmonise.linkage.constraints import Constraints, read_constraints
from publicc.harmonise.linkage.engine import TRIANGLES, LinkResult, LinkSettings
from publicc.harmonise.linkage.frequency import compared_columns
from publicc.harmonise.linkage.group import Ints, Links, group_rows
from publicc.harmonise.linkage.households import group_households
from publicc.harmonise.linkage.kept import (
    BELONG,
    PERSONS,
    Kept,
    components_of,
    decisions_sql,
    kept_keys,
    named_sql,
    records_of,
    sharing,
    write_state,
)
from publicc.harmonise.linkage.model import RARITY_STEPS
from publicc.harmonise.linkage.score import LIKELY, score_pairs, suggest_pairs
from publicc.harmonise.linkage.told import told_sql, untold

PAIRS: Final = "again_pairs"
"""View of every scored pair, former and new."""
_NEW: Final = "_again_compared_new"
"""Table of what is compared of the new rows."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How a table differs from the one kept."""

    new: int
    changed: int
    gone: int

    @property
    def rows(self) -> int:
        """Rows that came, changed or went."""
        return self.new + self.changed + self.gone


def compare_rows(connection: duckdb.DuckDBPyConnection, relation: str, kept: Kept, *, into: str) -> Changes:
    """Find what came, changed and went between the linkage kept and `relation`, whose names are unique.

    Makes the temporary table `into`: the rows of `relation` as `link` would give them, grouped as they were; those that
    came or changed have no number yet.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT k.record_no, n.organization, n.customer_number, NULL::BIGINT AS input_row, k.person_no, k.household_no,
            k.confidence, k.buyer_kind, k.component, n.id, n.digest
        FROM ({named_sql(connection, relation)}) n
        LEFT JOIN {kept.where}.rows k ON k.id = n.id AND k.digest = n.digest"""
    )
    stayed, were = connection.execute(
        f"SELECT (SELECT count(record_no) FROM {into}), (SELECT count(*) FROM {kept.where}.rows)"
    ).fetchall()[0]
    gone = f"SELECT record_no, id, component FROM {kept.where}.rows ANTI JOIN {into} USING (record_no)"
    none = "" if stayed < were else "LIMIT 0"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _again_gone AS {gone} {none}")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_names AS
        SELECT organization, customer_number, id, digest FROM {into} WHERE record_no IS NULL"""
    )
    counted = connection.execute(
        """WITH changed AS (FROM _again_names SEMI JOIN _again_gone USING (id))
        SELECT (SELECT count(*) FROM _again_names), (SELECT count(*) FROM changed),
            (SELECT count(*) FROM _again_gone)"""
    ).fetchall()
    came, changed, gone = counted[0]
    return Changes(came - changed, changed, gone - changed)


def link_again(
    connection: duckdb.DuckDBPyConnection, relation: str, kept: Kept, settings: LinkSettings, *, into: str
) -> LinkResult:
    """Link `relation` into the linkage kept, after `compare_rows`; what it makes is what `link` would have made.

    The scored pairs are the view `again_pairs`; record numbers have holes where rows went. The scorer of `settings`
    judges the pairs of the new rows alone: the others keep the chance that they have.
    """
    _clean_new(connection, relation, kept)
    _place_new(connection, into)
    _find_pairs(connection, kept, into)
    _gather_seen(connection, kept)
    compared = _judge(connection, kept, settings)
    held = _group_touched(connection, kept, settings, into)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {PAIRS} AS {_still_there(f'{kept.where}.pairs')} UNION ALL FROM _again_pairs"
    )
    counted = connection.execute(
        f"""SELECT count(*), count(*) FILTER (WHERE person_no = record_no),
            count(*) FILTER (WHERE household_no = record_no), (SELECT count(*) FROM {kept.where}.courtesies)
        FROM {into}"""
    ).fetchall()
    rows, persons, households, courtesies = counted[0]
    return LinkResult(into, PAIRS, rows, persons, households, compared, held, (), courtesies, kept.trained)


def keep_again(connection: duckdb.DuckDBPyConnection, result: LinkResult, kept: Kept, changes: Changes) -> Kept:
    """Bring what is kept up to the linkage just done, in one transaction."""
    where = kept.where
    after = replace(kept, last=kept.last + changes.new + changes.changed, changed=kept.changed + changes.rows)
    connection.execute("BEGIN")
    if changes.changed or changes.gone:
        gone = "IN (SELECT record_no FROM _again_gone)"
        connection.execute(f"DELETE FROM {where}.compared WHERE record_no {gone}")
        connection.execute(f"DELETE FROM {where}.pairs WHERE l {gone} OR r {gone}")
        connection.execute(f"DELETE FROM {where}.rows WHERE record_no {gone}")
    connection.execute(f"DELETE FROM {where}.rows WHERE record_no IN (SELECT record_no FROM _again_groups)")
    connection.execute(
        f"""INSERT INTO {where}.rows BY NAME
        SELECT record_no, id, digest, person_no, household_no, confidence, buyer_kind, component FROM {result.relation}
        WHERE record_no IN (SELECT record_no FROM _again_groups)"""
    )
    told = told_sql(connection, _NEW, kept.model)
    connection.execute(f"INSERT INTO {where}.compared BY NAME {told}")
    connection.execute(f"INSERT INTO {where}.keys FROM _again_keys")
    connection.execute(f"INSERT INTO {where}.pairs BY NAME FROM _again_pairs")
    connection.execute(f"DELETE FROM {where}.decisions")
    connection.execute(f"INSERT INTO {where}.decisions FROM _again_decisions")
    write_state(connection, after)
    connection.execute("COMMIT")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {PAIRS} AS FROM {where}.pairs")
    return after


def _clean_new(connection: duckdb.DuckDBPyConnection, relation: str, kept: Kept) -> None:
    """`_again_new`: the new and changed rows, cleaned beside what the others use, numbered after all others."""
    marked = any(row[0] == "id" for row in connection.execute(f"DESCRIBE {relation}").fetchall())
    known_by = "id" if marked else "organization, customer_number"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_rows AS
        SELECT r.* FROM {relation} r SEMI JOIN _again_names USING ({known_by})"""
    )
    clean_records(connection, "_again_rows", into="_again_cleaned", among=f"{kept.where}.usage")
    forget_values(connection, "_again_cleaned", f"{kept.where}.courtesies")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_new AS SELECT * REPLACE (
            (record_no + {kept.last})::INTEGER AS record_no)
        FROM _again_cleaned"""
    )


def _place_new(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    """The new rows in `into`, with their numbers and without groups."""
    connection.execute(f"DELETE FROM {into} WHERE record_no IS NULL")
    connection.execute(
        f"""INSERT INTO {into} BY NAME SELECT record_no, organization, customer_number, buyer_kind, id, digest
        FROM _again_new JOIN _again_names USING (organization, customer_number)"""
    )


def _find_pairs(connection: duckdb.DuckDBPyConnection, kept: Kept, into: str) -> None:
    """`_again_candidates`: pairs of which one row at least is new; `_again_keys`: the keys of the new rows."""
    still = connection.execute(f"SELECT record_no FROM {into} WHERE record_no <= {kept.last}").fetchnumpy()["record_no"]
    there = np.zeros(kept.last + 1, dtype=bool)
    there[still] = True
    found = [np.zeros(0, dtype=np.uint64)]
    begin_keys(connection, "_again_keys")
    for number, key in enumerate(kept.model.keys):
        new = keys_of(connection, PERSONS.format("_again_new"), key, kept.within)
        add_keys(connection, "_again_keys", number, new)
        met = [sharing(keys, new) for keys in kept_keys(connection, kept.where, number)]
        both = np.concatenate([new, *(keys[there[records_of(keys)]] for keys in met)])
        both.sort()
        found += [pairs[pairs.astype(np.uint32) > kept.last] for pairs in meet_sorted(both, cap=key.cap).pairs]
    connection.register("_again_table", table_of(np.unique(np.concatenate(found))))
    connection.execute("CREATE OR REPLACE TEMP TABLE _again_candidates AS FROM _again_table")
    connection.unregister("_again_table")


def _gather_seen(connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    """`_again_seen`: what is compared of the new rows, of those they meet, and of those likely to be one with them.

    One pass over what was kept, however few the rows: those that a third row suggests are among them, but for a few.
    """
    _tell_rarities(connection, kept)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _again_seen AS FROM {_NEW}")
    _add_seen(
        connection,
        kept,
        f"""WITH met AS (SELECT l AS record_no FROM _again_candidates UNION SELECT r FROM _again_candidates),
        likely AS (SELECT l, r FROM {kept.where}.pairs WHERE same >= {LIKELY}),
        wanted AS (FROM met UNION SELECT l FROM likely WHERE r IN (FROM met)
            UNION SELECT r FROM likely WHERE l IN (FROM met))
        FROM {kept.where}.compared SEMI JOIN wanted USING (record_no)""",
    )


def _add_seen(connection: duckdb.DuckDBPyConnection, kept: Kept, told: str) -> None:
    """Add to `_again_seen` what was kept of some records."""
    connection.register("_again_table", untold(connection, told, _NEW, kept.model))
    connection.execute("INSERT INTO _again_seen BY NAME FROM _again_table")
    connection.unregister("_again_table")


def _judge(connection: duckdb.DuckDBPyConnection, kept: Kept, settings: LinkSettings) -> int:
    """`_again_pairs`: the pairs scored, those that a third row suggests among them; how many were compared."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE _again_pairs (l INTEGER, r INTEGER, pattern BIGINT, same DOUBLE, home DOUBLE)"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE _again_known AS FROM _again_candidates")
    compared, rounds = _score(connection, "_again_candidates", kept, settings), 0
    while rounds < TRIANGLES and _suggest(connection, kept):
        compared, rounds = compared + _score(connection, "_again_suggested", kept, settings), rounds + 1
    return compared


def _suggest(connection: duckdb.DuckDBPyConnection, kept: Kept) -> int:
    """`_again_suggested`: pairs that a third row suggests, with what is compared of them; how many they are."""
    _look_around(connection, kept)
    suggested = suggest_pairs(connection, "_again_known", pairs="_again_near", into="_again_suggested")
    _add_seen(
        connection,
        kept,
        f"""WITH missing AS (
            SELECT unnest([l, r]) AS record_no FROM _again_suggested EXCEPT SELECT record_no FROM _again_seen)
        FROM {kept.where}.compared SEMI JOIN missing USING (record_no)""",
    )
    return suggested


def _tell_rarities(connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    """`_again_compared_new`: what is compared of the new rows; a value met for the first time is as rare as any."""
    compared = ", ".join(f"n.{column}" for column in ("record_no", *compared_columns(kept.model)))
    bits = ", ".join(
        f"coalesce({f.name}.bits, {f.name}_rarest.bits, {RARITY_STEPS - 1})::TINYINT AS {f.name}"
        for f in kept.model.frequencies
    )
    joins = "\n".join(
        f"""LEFT JOIN (SELECT value, bits FROM {kept.where}.rarities WHERE kind = '{f.name}') {f.name}
            ON {f.name}.value = n.{f.value}
        LEFT JOIN (SELECT bits FROM {kept.where}.rarities WHERE kind = '{f.name}' AND value IS NULL) {f.name}_rarest
            ON true"""
        for f in kept.model.frequencies
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_NEW} AS SELECT {compared}, {bits} FROM _again_new n {joins}")


def _score(connection: duckdb.DuckDBPyConnection, pairs: str, kept: Kept, settings: LinkSettings) -> int:
    """Add these pairs to `_again_pairs` with their chances; say how many they are."""
    compare_pairs(connection, pairs, "_again_seen", kept.model, into="_again_scored")
    found = connection.execute("SELECT pattern, count(*) AS n FROM _again_scored GROUP BY 1 ORDER BY 1").fetchnumpy()
    trained = kept.trained.over(found["pattern"].astype(np.int64))
    if settings.scorer:
        trained = trained.judged_again(settings.scorer(trained, kept.model))
    score_pairs(connection, "_again_scored", trained, into="_again_pairs", more=True)
    return int(found["n"].sum())


def _look_around(connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    """`_again_near`: the new pairs and those that touch them; pairs known among their rows join `_again_known`."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_near AS
        WITH ends AS (SELECT l AS record_no FROM _again_pairs UNION SELECT r FROM _again_pairs),
        former AS (SELECT * FROM {kept.where}.pairs WHERE l IN (FROM ends) OR r IN (FROM ends))
        FROM _again_pairs UNION ALL {_still_there("former")}"""
    )
    connection.execute(
        f"""INSERT INTO _again_known
        WITH ends AS (SELECT l AS record_no FROM _again_near UNION SELECT r FROM _again_near)
        SELECT l, r FROM {kept.where}.pairs WHERE l IN (FROM ends) AND r IN (FROM ends)"""
    )


def _still_there(pairs: str) -> str:
    """SQL: the pairs of which no row is gone."""
    gone = "(SELECT record_no FROM _again_gone)"
    return f"SELECT l, r, pattern, same, home FROM {pairs} WHERE l NOT IN {gone} AND r NOT IN {gone}"


def _group_touched(connection: duckdb.DuckDBPyConnection, kept: Kept, settings: LinkSettings, into: str) -> int:
    """Settle again in `into` the groups that changes touch; how many joins were held."""
    _find_touched(connection, kept, settings, into)
    former = f"(SELECT * FROM {kept.where}.pairs WHERE l IN (FROM _again_touched) AND r IN (FROM _again_touched))"
    rows = connection.execute("FROM _again_touched ORDER BY 1").fetchnumpy()["record_no"].astype(np.int64)
    found = connection.execute(
        f"SELECT l, r, same, home FROM ({_still_there(former)} UNION ALL FROM _again_pairs) ORDER BY l, r"
    ).fetchnumpy()
    links = Links.undecided(np.searchsorted(rows, found["l"]), np.searchsorted(rows, found["r"]), found["same"])
    decided = _decisions_among(connection, rows, settings.constraints, into)
    links, at_home = decided.applied_to(links, found["same"] + found["home"])
    groups = group_rows(len(rows), links, threshold=settings.threshold, largest=settings.largest)
    households = group_households(groups.group, links, at_home)
    component = components_of(links, at_home, groups.group, households)
    table = {
        "record_no": pa.array(rows, pa.int32()),
        "person_no": pa.array(rows[groups.group], pa.int64()),
        "household_no": pa.array(rows[households], pa.int64()),
        "confidence": pa.array(np.round(groups.confidence, 6), pa.float64()),
        "component": pa.array(rows[component], pa.int64()),
    }
    connection.register("_again_table", pa.table(table))
    connection.execute("CREATE OR REPLACE TEMP TABLE _again_groups AS FROM _again_table")
    connection.unregister("_again_table")
    connection.execute(
        f"""UPDATE {into} SET person_no = g.person_no, household_no = g.household_no, confidence = g.confidence,
            component = g.component FROM _again_groups g WHERE g.record_no = {into}.record_no"""
    )
    return groups.held


def _find_touched(connection: duckdb.DuckDBPyConnection, kept: Kept, settings: LinkSettings, into: str) -> None:
    """`_again_touched(record_no)`: the new rows, and all that may be grouped with them, with rows gone or decided."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _again_decisions AS {decisions_sql(settings.constraints, into)}")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_touched AS
        WITH near AS (SELECT l, r FROM _again_pairs WHERE same + home >= {BELONG}),
        moved AS ((FROM {kept.where}.decisions EXCEPT FROM _again_decisions)
            UNION (FROM _again_decisions EXCEPT FROM {kept.where}.decisions)),
        said AS (SELECT unnest([left_id, right_id]) AS id FROM moved),
        hit AS (
            SELECT component FROM _again_gone
            UNION SELECT component FROM {into} WHERE record_no IN (SELECT unnest([l, r]) FROM near)
            UNION SELECT component FROM {into} WHERE id IN (FROM said))
        SELECT record_no FROM {into} WHERE component IN (FROM hit) UNION ALL SELECT record_no FROM _again_new"""
    )


def _decisions_among(connection: duckdb.DuckDBPyConnection, rows: Ints, table: str | None, records: str) -> Constraints:
    """The decisions of which both rows are among these, by their places."""
    if table is None:
        return Constraints()
    found = read_constraints(connection, table, records=records)
    left, right = found.left + 1, found.right + 1
    both = np.isin(left, rows) & np.isin(right, rows)
    return Constraints(
        np.searchsorted(rows, left[both]), np.searchsorted(rows, right[both]), found.same[both], found.home[both]
    )
