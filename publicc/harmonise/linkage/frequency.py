"""How common each value is, counted in holders, not in rows: a person with ten aliases makes no name common."""

import re
from typing import Final

import duckdb

from publicc.harmonise.linkage.model import RARITY_STEPS, Frequency, Model

HOLDERS_BEYOND: Final = 1000
"""Holders of other values that a table is thought to leave out: in a table of ten rows, a name is not one in ten.

They count the less, the more holders a value has: what forty of sixty persons bear is common, however small the table.
"""


def add_rarities(connection: duckdb.DuckDBPyConnection, records: str, model: Model, *, into: str) -> None:
    """Make the temporary table `into`: what is compared of `records`, and each rarity in bits (0 = everyone)."""
    for frequency in model.frequencies:
        connection.execute(_counts_sql(records, frequency))
    joins = "\n".join(f"LEFT JOIN _rarity_{f.name} {f.name} ON {f.name}.value = r.{f.value}" for f in model.frequencies)
    bits = [f"coalesce({f.name}.bits, {RARITY_STEPS - 1})::TINYINT AS {f.name}" for f in model.frequencies]
    columns = ", ".join(["record_no", *compared_columns(model), *(f.name for f in model.frequencies)])
    connection.execute(  # four times less is carried through the joins than if whole records were
        f"""CREATE OR REPLACE TEMP TABLE {into} AS
        WITH bits AS MATERIALIZED (SELECT {", ".join(["r.record_no", *bits])} FROM {records} r {joins})
        SELECT {columns} FROM {records} JOIN bits USING (record_no)"""
    )


def compared_columns(model: Model) -> list[str]:
    """Columns of the records that some comparison looks at, rarities left out."""
    conditions = [c.absent for c in model.comparisons] + [v.condition for c in model.comparisons for v in c.levels]
    return sorted({column for condition in conditions for column in re.findall(r"\b[lr]\.(\w+)", condition)})


def forget_counts(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Drop the counts made for `model`."""
    for frequency in model.frequencies:
        connection.execute(f"DROP TABLE IF EXISTS _rarity_{frequency.name}")


def rarities_sql(model: Model) -> str:
    """SQL: `kind`, `value`, `bits` of each value; of the rarest ones once, without the value."""
    return " UNION ALL ".join(
        f"""SELECT DISTINCT '{one.name}' AS kind,
            CASE WHEN bits < (SELECT max(bits) FROM _rarity_{one.name}) THEN value END AS value, bits::TINYINT AS bits
        FROM _rarity_{one.name}"""
        for one in model.frequencies
    )


def _counts_sql(records: str, frequency: Frequency) -> str:
    return f"""CREATE OR REPLACE TEMP TABLE _rarity_{frequency.name} AS
        WITH counted AS (
            SELECT value, count(DISTINCT hash(holder)) FILTER (holder IS NOT NULL) AS holders
            FROM (SELECT {frequency.value} AS value, {frequency.holder} AS holder FROM {records})
            WHERE value IS NOT NULL GROUP BY 1)
        SELECT value, holders, share, least({RARITY_STEPS - 1}, floor(-log2(share))) AS bits
        FROM (SELECT value, holders, holders / (sum(holders) OVER () + {HOLDERS_BEYOND} / holders ** 2) AS share
            FROM (SELECT value, greatest(holders, 1) AS holders FROM counted))"""
