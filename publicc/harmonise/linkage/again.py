"""Linking a table again after it grew: only the new and the changed rows are compared.

`changes.compare_rows` finds them; `link_again` cleans them beside what the others use, brings them together with all
others by the same keys, judges the pairs by what the full run learned, groups again only what they, the rows that went
and the decisions that changed touch (see `regroup`), and puts the whole aside, in one transaction, for the next time.

What may differ from a full run: the odds, the rarities and the courtesy values stay those of the last full run; a key
that passes its cap meanwhile keeps the pairs that it brought before; a pair that only a row now gone suggested stays
known; slips are mended by the counts of mended values. All of it ends with the next full run.
"""

from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa

from publicc.harmonise.clean.courtesy import forget_values
from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.block import Pairs, add_keys, begin_keys, distinct, keys_of, meet_sorted
from publicc.harmonise.linkage.changes import Changes, take_new
from publicc.harmonise.linkage.engine import TRIANGLES, LinkResult, LinkSettings
from publicc.harmonise.linkage.former import Scored, scored_in, suggested
from publicc.harmonise.linkage.frequency import compared_columns
from publicc.harmonise.linkage.kept import PERSONS, Kept, kept_keys, named_sql, records_of, sharing, write_state
from publicc.harmonise.linkage.model import RARITY_STEPS
from publicc.harmonise.linkage.regroup import regroup
from publicc.harmonise.linkage.seen import NEW, Seen
from publicc.harmonise.linkage.told import told_sql


def link_again(  # noqa: PLR0917 - a table, the linkage kept of it, and what changed between them
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    kept: Kept,
    changes: Changes,
    settings: LinkSettings,
    *,
    into: str,
) -> LinkResult:
    """Link `relation` into the linkage kept, and keep what comes of it; what it gives is what `link` would have given.

    Makes the view `into`: the groups are read where they are kept, as the scored pairs are. Record numbers have holes
    where rows went. The scorer of `settings` judges the pairs of the new rows alone: the others keep their chance.
    """
    _clean_new(connection, relation, kept, changes)
    _tell_rarities(connection, kept)
    former = scored_in(connection, f"{kept.where}.pairs")
    former = former.among(changes.still) if len(changes.went) else former
    candidates = _find_pairs(connection, kept, changes)
    seen = Seen(connection, kept)
    new = _judge(seen, candidates, former, settings)
    held = regroup(connection, relation, kept, changes, settings, former, new)
    _keep(connection, kept, changes)
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW {into} AS
        SELECT record_no, organization, customer_number, NULL::BIGINT AS input_row, person_no, household_no, confidence,
            buyer_kind
        FROM ({named_sql(connection, relation)}) JOIN {kept.where}.rows USING (id)"""
    )
    counted = connection.execute(
        f"""SELECT count(*), count(*) FILTER (WHERE person_no = record_no),
            count(*) FILTER (WHERE household_no = record_no), (SELECT count(*) FROM {kept.where}.courtesies)
        FROM {kept.where}.rows"""
    ).fetchall()
    rows, persons, households, courtesies = counted[0]
    pairs = f"{kept.where}.pairs"
    return LinkResult(into, pairs, rows, persons, households, seen.compared, held, (), courtesies, kept.trained)


def _keep(connection: duckdb.DuckDBPyConnection, kept: Kept, changes: Changes) -> None:
    """Bring what is kept up to the linkage just done, in one transaction."""
    where = kept.where
    told = told_sql(connection, NEW, kept.model)
    connection.register("_again_gone", pa.table({"record_no": changes.went}))
    connection.execute("BEGIN")
    if len(changes.went):
        gone = "IN (SELECT record_no FROM _again_gone)"
        connection.execute(f"DELETE FROM {where}.compared WHERE record_no {gone}")
        connection.execute(f"DELETE FROM {where}.pairs WHERE l {gone} OR r {gone}")
        connection.execute(f"DELETE FROM {where}.rows WHERE record_no {gone}")
    connection.execute(f"DELETE FROM {where}.rows WHERE record_no IN (SELECT record_no FROM _again_groups)")
    connection.execute(f"INSERT INTO {where}.rows BY NAME FROM _again_groups")
    connection.execute(f"INSERT INTO {where}.compared BY NAME {told}")
    connection.execute(f"INSERT INTO {where}.keys FROM _again_keys")
    connection.execute(f"INSERT INTO {where}.pairs BY NAME FROM _again_pairs")
    connection.execute(f"DELETE FROM {where}.decisions")
    connection.execute(f"INSERT INTO {where}.decisions FROM _again_decisions")
    moved = kept.changed + changes.rows
    write_state(connection, replace(kept, last=kept.last + changes.new + changes.changed, changed=moved))
    connection.execute("COMMIT")
    connection.unregister("_again_gone")


def _clean_new(connection: duckdb.DuckDBPyConnection, relation: str, kept: Kept, changes: Changes) -> None:
    """`_again_new`: the new and changed rows, cleaned beside what the others use, numbered after all others.

    `_again_named`: their marks, and whose they are.
    """
    take_new(connection, relation, changes, into="_again_rows")
    clean_records(connection, "_again_rows", into="_again_new", among=f"{kept.where}.usage", after=kept.last)
    forget_values(connection, "_again_new", f"{kept.where}.courtesies")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE _again_named AS SELECT record_no, id, digest, buyer_kind
        FROM _again_new JOIN ({named_sql(connection, "_again_rows")}) USING (organization, customer_number)"""
    )


def _find_pairs(connection: duckdb.DuckDBPyConnection, kept: Kept, changes: Changes) -> Pairs:
    """Pairs of which one row at least is new. `_again_keys`: the keys of the new rows."""
    found = [np.zeros(0, dtype=np.uint64)]
    news = keys_of(connection, PERSONS.format("_again_new"), kept.model, kept.within)
    begin_keys(connection, "_again_keys")
    add_keys(connection, "_again_keys", enumerate(news))
    for number, (key, new) in enumerate(zip(kept.model.keys, news, strict=True)):
        met = [sharing(keys, new) for keys in kept_keys(connection, kept.where, number)]
        both = np.concatenate([new, *(keys[changes.still[records_of(keys)]] for keys in met)])
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
    rarities = f"{kept.where}.rarities"
    rarest = dict(connection.execute(f"SELECT kind, bits FROM {rarities} WHERE value IS NULL").fetchall())
    bits = ", ".join(
        f"coalesce({f.name}.bits, {rarest.get(f.name, RARITY_STEPS - 1)})::TINYINT AS {f.name}"
        for f in kept.model.frequencies
    )
    joins = "\n".join(
        f"""LEFT JOIN (SELECT value, bits FROM {rarities} WHERE kind = '{f.name}') {f.name}
            ON {f.name}.value = n.{f.value}"""
        for f in kept.model.frequencies
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {NEW} AS SELECT {compared}, {bits} FROM _again_new n {joins}")
