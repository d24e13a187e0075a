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
from publicc.harmonise.linkage.block import Pairs, add_keys, begin_keys, distinct, keys_of, meet_sorted
from publicc.harmonise.linkage.constraints import Constraints, read_constraints
from publicc.harmonise.linkage.engine import TRIANGLES, LinkResult, LinkSettings
from publicc.harmonise.linkage.former import Scored, mask, scored_in, suggested
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
from publicc.harmonise.linkage.seen import NEW, Seen
from publicc.harmonise.linkage.told import told_sql

PAIRS: Final = "again_pairs"
"""View of every scored pair, former and new."""


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
    _tell_rarities(connection, kept)
    former = _still_there(connection, kept)
    candidates = _find_pairs(connection, kept, into)
    seen = Seen(connection, kept)
    new = _judge(seen, candidates, former, settings)
    held = _group_touched(connection, kept, settings, former.and_(new), into)
    gone = "(SELECT record_no FROM _again_gone)"
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW {PAIRS} AS
        SELECT l, r, pattern, same, home FROM {kept.where}.pairs WHERE l NOT IN {gone} AND r NOT IN {gone}
        UNION ALL FROM _again_pairs"""
    )
    counted = connection.execute(
        f"""SELECT count(*), count(*) FILTER (WHERE person_no = record_no),
            count(*) FILTER (WHERE household_no = record_no), (SELECT count(*) FROM {kept.where}.courtesies)
        FROM {into}"""
    ).fetchall()
    rows, persons, households, courtesies = counted[0]
    return LinkResult(into, PAIRS, rows, persons, households, seen.compared, held, (), courtesies, kept.trained)


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
    told = told_sql(connection, NEW, kept.model)
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


def _still_there(connection: duckdb.DuckDBPyConnection, kept: Kept) -> Scored:
    """The pairs kept of which no row is gone."""
    former = scored_in(connection, f"{kept.where}.pairs")
    gone = connection.execute("SELECT record_no FROM _again_gone").fetchnumpy()["record_no"]
    return former.among(~mask(kept.last + 1, gone)) if len(gone) else former


def _find_pairs(connection: duckdb.DuckDBPyConnection, kept: Kept, into: str) -> Pairs:
    """Pairs of which one row at least is new. `_again_keys`: the keys of the new rows."""
    still = connection.execute(f"SELECT record_no FROM {into} WHERE record_no <= {kept.last}").fetchnumpy()["record_no"]
    there = mask(kept.last + 1, still)
    found = [np.zeros(0, dtype=np.uint64)]
    begin_keys(connection, "_again_keys")
    for number, key in enumerate(kept.model.keys):
        new = keys_of(connection, PERSONS.format("_again_new"), key, kept.within)
        add_keys(connection, "_again_keys", number, new)
        met = [sharing(keys, new) for keys in kept_keys(connection, kept.where, number)]
        both = np.concatenate([new, *(keys[there[records_of(keys)]] for keys in met)])
        both.sort()
        found += [pairs[pairs.astype(np.uint32) > kept.last] for pairs in meet_sorted(both, cap=key.cap).pairs]
    return distinct(np.concatenate(found))


def _judge(seen: Seen, candidates: Pairs, former: Scored, settings: LinkSettings) -> Scored:
    """The pairs worth keeping among the candidates and those that a third row suggests, all in `_again_pairs`."""
    likely = former.likely()
    seen.read(candidates, likely)
    found = came = seen.score(candidates, settings.scorer)
    known, nobody = candidates, came.where(np.zeros(len(came.left), dtype=bool))
    earlier = nobody
    for _ in range(TRIANGLES):
        fresh, ends = came.likely(), seen.mask(came.likely())
        more = suggested(fresh, likely.touching(ends).and_(earlier.touching(ends)))
        more = np.setdiff1d(more, known, assume_unique=True)
        more = np.setdiff1d(more, former.among(seen.mask_of(more)).pairs, assume_unique=True)
        if len(more):
            seen.read(more, nobody)
            earlier, came = earlier.and_(fresh), seen.score(more, settings.scorer)
            known, found = distinct(np.concatenate([known, more])), found.and_(came)
    return found


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
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {NEW} AS SELECT {compared}, {bits} FROM _again_new n {joins}")


def _group_touched(  # noqa: PLR0917 - a linkage, and every pair of it
    connection: duckdb.DuckDBPyConnection, kept: Kept, settings: LinkSettings, pairs: Scored, into: str
) -> int:
    """Settle again in `into` the groups that changes touch; how many joins were held."""
    _find_touched(connection, kept, settings, into)
    rows = connection.execute("FROM _again_touched ORDER BY 1").fetchnumpy()["record_no"].astype(np.int64)
    size = 1 + max(int(pairs.right.max(initial=0)), int(rows.max(initial=0)))
    found = pairs.among(mask(size, rows)).in_order()
    links = Links.undecided(np.searchsorted(rows, found.left), np.searchsorted(rows, found.right), found.same)
    decided = _decisions_among(connection, rows, settings.constraints, into)
    links, at_home = decided.applied_to(links, found.same + found.home)
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
