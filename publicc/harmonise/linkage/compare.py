"""Comparison of candidate pairs: each becomes one agreement pattern, a single number that holds every level reached.

Millions of pairs share a few tens of thousands of patterns: all that is dear (training, scoring, explaining) is done
once a pattern. A level with a rarity takes one step for each bit, so that term frequencies are part of the pattern.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

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
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT p.l, p.r, {pattern_sql(model)} AS pattern
        FROM {pairs} p JOIN {records} l ON l.record_no = p.l JOIN {records} r ON r.record_no = p.r"""
    )


def pattern_sql(model: Model) -> str:
    """SQL: the number of the pattern that records `l` and `r` make."""
    return " + ".join(
        f"{radix}::BIGINT * ({_step_sql(comparison)})"
        for comparison, radix in zip(model.comparisons, radices(model), strict=True)
    )


def _step_sql(comparison: Comparison) -> str:
    whens, step = [f"WHEN {comparison.absent} THEN 0"], 1
    for level in comparison.levels:
        number = f"{step} + l.{level.rarity}" if level.rarity else f"{step}"
        whens.append(f"WHEN {level.condition} THEN {number}")
        step += RARITY_STEPS if level.rarity else 1
    return "CASE " + "\n".join(whens) + " END"


def decoded(patterns: NDArray[np.int64], model: Model) -> list[NDArray[np.int64]]:
    """For each comparison, the step that each pattern holds."""
    return [
        patterns // radix % len(steps_of(comparison))
        for comparison, radix in zip(model.comparisons, radices(model), strict=True)
    ]
