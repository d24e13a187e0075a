"""Comparison of candidate pairs: each becomes one agreement pattern, a single number that holds every level reached.

Millions of pairs share a few tens of thousands of patterns: all that is dear (training, scoring, explaining) is done
once a pattern. A level with a rarity takes one step for each bit, so that term frequencies are part of the pattern.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.alike import MANY_PAIRS, steps_by_value, tail_of
from publicc.harmonise.linkage.block import in_batches
from publicc.harmonise.linkage.model import RARITY_STEPS, Comparison, Level, Model


@dataclass(frozen=True, slots=True)
class Step:
    """One value that a comparison can take in a pattern. `level` is None when one side says nothing."""

    level: Level | None
    rarity: int | None = None


def steps_of(comparison: Comparison) -> tuple[Step, ...]:
    """Every step of a comparison; its place in the tuple is its number in the pattern."""
    steps = [Step(None)]
    for level in comparison.levels:
        steps += [Step(level, bits) for bits in range(RARITY_STEPS)] if level.rarity else [Step(level)]
    return tuple(steps)


def radices(model: Model) -> tuple[int, ...]:
    """What one step of each comparison adds to the number of a pattern."""
    found, radix = [], 1
    for comparison in model.comparisons:
        found.append(radix)
        radix *= len(steps_of(comparison))
    return tuple(found)


def compare_pairs(connection: duckdb.DuckDBPyConnection, pairs: str, records: str, model: Model, *, into: str) -> None:
    """Make the temporary table `into(l, r, pattern)` from `pairs(l, r)` over the records with their rarities."""
    known, columns = pairs, dict[str, str]()
    if _many(connection, pairs, records):
        table, columns = _with_steps_by_value(connection, pairs, records, model)
        connection.register("_compare_pairs", table)
        known = "_compare_pairs"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT p.l, p.r, {pattern_sql(model, columns)} AS pattern
        FROM {known} p JOIN {records} l ON l.record_no = p.l JOIN {records} r ON r.record_no = p.r"""
    )
    if known != pairs:
        connection.unregister(known)


def compare_beside(
    connection: duckdb.DuckDBPyConnection, left: pa.Table, right: pa.Table, model: Model, *, into: str
) -> None:
    """The same of pairs already side by side: rows of `left` and of `right`, records with their rarities.

    A few pairs among many records: their ends were picked by place, and nothing is left to join.
    """
    ends = {f"{end}_{name}": side[name] for end, side in (("l", left), ("r", right)) for name in side.column_names}
    connection.register("_compare_beside", in_batches(pa.table(ends)))
    pattern = re.sub(r"\b([lr])\.(\w+)", r"\1_\2", pattern_sql(model))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT l_record_no AS l, r_record_no AS r, {pattern} AS pattern FROM _compare_beside"""
    )
    connection.unregister("_compare_beside")


def _many(connection: duckdb.DuckDBPyConnection, pairs: str, records: str) -> bool:
    rows = f"SELECT (SELECT count(*) FROM {pairs}), (SELECT count(*) FROM {records})"
    of_pairs, of_records = connection.execute(rows).fetchall()[0]
    return bool(of_pairs >= max(MANY_PAIRS, of_records))


def _with_steps_by_value(
    connection: duckdb.DuckDBPyConnection, pairs: str, records: str, model: Model
) -> tuple[pa.Table, dict[str, str]]:
    """The pairs beside the steps that were found by value, and for each comparison that has some, the column."""
    ends = connection.execute(f"SELECT l, r FROM {pairs}").fetchnumpy()
    table, columns = {"l": ends["l"], "r": ends["r"]}, {}
    for comparison in model.comparisons:
        tail = tail_of(comparison)
        step = tail and _step_sql(comparison, range(tail.first, len(comparison.levels)))
        steps = tail and step and steps_by_value(connection, records, tail, step, ends["l"], ends["r"])
        if steps is not None:
            table[comparison.name], columns[comparison.name] = steps, f'p."{comparison.name}"'
    return in_batches(pa.table(table)), columns


def pattern_sql(model: Model, known: Mapping[str, str] | None = None) -> str:
    """SQL: the number of the pattern that records `l` and `r` make.

    `known`: by the name of a comparison, the SQL of the step it takes where no level cheaper than its tail is reached.
    """
    return " + ".join(
        f"{radix}::BIGINT * ({_full_step_sql(comparison, (known or {}).get(comparison.name))})"
        for comparison, radix in zip(model.comparisons, radices(model), strict=True)
    )


def _full_step_sql(comparison: Comparison, known: str | None) -> str:
    tail = tail_of(comparison) if known else None
    of_levels = _step_sql(comparison, range(tail.first if tail else len(comparison.levels)), otherwise=known)
    return f"CASE WHEN {comparison.absent} THEN 0 ELSE {of_levels} END"


def _step_sql(comparison: Comparison, levels: range, otherwise: str | None = None) -> str:
    """SQL: the step of the first of these levels that holds."""
    whens, step = list[str](), 1
    for place, level in enumerate(comparison.levels):
        if place in levels:
            number = f"{step} + l.{level.rarity}" if level.rarity else f"{step}"
            whens.append(f"WHEN {level.condition} THEN {number}")
        step += RARITY_STEPS if level.rarity else 1
    return f"(CASE {' '.join(whens)} ELSE {otherwise or 'NULL'} END)"


def decoded(patterns: NDArray[np.int64], model: Model) -> list[NDArray[np.int64]]:
    """For each comparison, the step that each pattern holds."""
    return [
        patterns // radix % len(steps_of(comparison))
        for comparison, radix in zip(model.comparisons, radices(model), strict=True)
    ]
