"""Spark as the one who does the linkage's heavy work."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa
from pyspark.sql import SparkSession

from publicc.harmonise.clean import by_value
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.pairs import Pairs
from publicc.harmonise.spark.pairs import PairsOnSpark
from publicc.harmonise.spark.partitions import Readings

FEW_VALUES: Final = 20_000
"""Distinct values under which reading them here is sooner done than sending them."""
RECORDS_EACH: Final = 20_000
"""Records for which a partition is made, so that what meets in one fits in a worker's memory."""


class SparkWorkers:
    """See `linkage.pairs.Workers`. `parts`: partitions where rows meet; by default, as many as the table asks for."""

    def __init__(self, session: SparkSession, *, parts: int | None = None, few_values: int = FEW_VALUES) -> None:
        self.session, self.parts, self.few_values = session, parts, few_values

    def read_values(
        self,
        connection: duckdb.DuckDBPyConnection,
        distinct_values: str,
        read: Callable[[str], Sequence[Any]],
        schema: pa.Schema,
        *,
        into: str,
    ) -> None:
        """Make the temporary table `into(value, …schema)`: each value read once, by the workers when they are many."""
        values = connection.execute(distinct_values).to_arrow_table().rename_columns(["value"])
        if values.num_rows < self.few_values:
            found = by_value.readings(values["value"].to_pylist(), read, schema)
        else:
            said = ", ".join(f"{f.name} {_SAID[f.type]}" for f in (pa.field("value", pa.string()), *schema))
            spread = self.session.createDataFrame(values).repartition(self._parts(values.num_rows))
            found = spread.mapInArrow(Readings(read, schema), said).toArrow()
        by_value.keep_readings(connection, found, into=into)

    def pairs(self, connection: duckdb.DuckDBPyConnection, model: Model, *, within: str) -> Pairs:
        """See `Workers`."""
        (records,) = connection.execute("SELECT count(*) FROM linkage_records").fetchone() or (0,)
        parts = self._parts(records)
        self.session.conf.set("spark.sql.shuffle.partitions", str(parts))
        return PairsOnSpark(self.session, connection, model, within=within, parts=parts)

    def _parts(self, records: int) -> int:
        return self.parts or max(2 * self.session.sparkContext.defaultParallelism, records // RECORDS_EACH)


_SAID: Final = {pa.string(): "string", pa.list_(pa.string()): "array<string>"}
"""Types of readings in Spark's words."""
