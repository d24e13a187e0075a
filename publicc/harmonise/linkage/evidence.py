"""What spoke for and against a pair, field by field: for the person who reviews it.

Weights are in bits: +1 makes *one person* twice as likely, −1 half as likely; they add up over the fields. *Not one
person* is what the pair would otherwise be: another of the household, or a stranger, as the model thinks of it.
"""

from enum import StrEnum
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from publicc.harmonise.linkage.compare import decoded, steps_of
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.train import Trained

DOUBT: Final = (0.05, 0.95)
"""Chances of being one person between which a pair is doubtful, unless the settings say otherwise."""

ABSENT: Final = "absent"
"""Level of a field of which one side says nothing."""


class Reason(StrEnum):
    """Why a pair is shown."""

    DOUBTFUL = "DOUBTFUL"
    """Its chance is neither high nor low."""
    APART = "APART"
    """It looks like one person, and the rest of the two groups keeps them apart (or the group would be too large)."""


def bits_by_field(trained: Trained, model: Model) -> list[NDArray[np.float64]]:
    """For each comparison, the bits that each trained pattern gets from it."""
    home, strangers = trained.posterior[:, 1], trained.posterior[:, 2]
    otherwise = np.maximum(home + strangers, np.finfo(float).tiny)
    found = []
    for logs, at in zip(trained.by_comparison, decoded(trained.patterns, model), strict=True):
        against = (home * logs["home"][at] + strangers * logs["strangers"][trained.strangers_like, at]) / otherwise
        found.append((logs["same"][at] - against) / np.log(2))
    return found


def write_evidence(
    connection: duckdb.DuckDBPyConnection,
    trained: Trained,
    model: Model,
    *,
    result: str,
    doubt: tuple[float, float],
    threshold: float,
    into: str,
) -> None:
    """Make the temporary table `into` of the pairs worth a person's look, one row a pair, the most doubtful first.

    Columns: `left_organization, left_customer, right_organization, right_customer, chance` (of one person),
    `home_chance` (of one household or person), `together` (they are one person in `result`), `reason` (`Reason`),
    `pattern`, `fields` (list of `{field, level, bits}`).
    """
    connection.register("_evidence_patterns", _pattern_table(trained, model))
    low, high = doubt
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT l.organization AS left_organization, l.customer_number AS left_customer,
            r.organization AS right_organization, r.customer_number AS right_customer,
            p.same AS chance, p.same + p.home AS home_chance, a.person_no = b.person_no AS together,
            CASE WHEN p.same BETWEEN {low} AND {high} THEN '{Reason.DOUBTFUL}' ELSE '{Reason.APART}' END AS reason,
            pattern, e.fields
        FROM linkage_pairs p JOIN _evidence_patterns e USING (pattern)
        JOIN linkage_records l ON l.record_no = p.l JOIN linkage_records r ON r.record_no = p.r
        JOIN {result} a ON a.record_no = p.l JOIN {result} b ON b.record_no = p.r
        WHERE p.same BETWEEN {low} AND {high} OR (p.same >= {threshold} AND a.person_no <> b.person_no)
        ORDER BY abs(p.same - 0.5), l, r"""
    )
    connection.unregister("_evidence_patterns")


def _pattern_table(trained: Trained, model: Model) -> pa.Table:
    bits = bits_by_field(trained, model)
    names = [[s.level.name if s.level else ABSENT for s in steps_of(comparison)] for comparison in model.comparisons]
    at = decoded(trained.patterns, model)
    fields = [
        [
            {"field": comparison.name, "level": names[n][at[n][row]], "bits": round(float(bits[n][row]), 3)}
            for n, comparison in enumerate(model.comparisons)
        ]
        for row in range(len(trained.patterns))
    ]
    kind = pa.list_(pa.struct([("field", pa.string()), ("level", pa.string()), ("bits", pa.float64())]))
    return pa.table({"pattern": pa.array(trained.patterns, pa.int64()), "fields": pa.array(fields, kind)})
