"""Pairs on Spark: found, compared and counted where they are; only those worth keeping come back to the driver."""

from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as of

from publicc.harmonise.linkage.block import RECORD_BITS, Capped, add_keys, example_of, keys_of
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.pairs import PERSONS, Counts, Ints
from publicc.harmonise.linkage.score import score_pairs, suggestions_sql, worth_keeping
from publicc.harmonise.linkage.train import Trained
from publicc.harmonise.spark import partitions
from publicc.harmonise.spark.partitions import Compare, Meet, OnPartition, WriteKeys

KEPT: Final = StorageLevel.MEMORY_AND_DISK
"""What does not fit in a worker's memory goes to its disk, encrypted."""
FEW_PARTS: Final = 16
"""Partitions up to which a table of the driver stays in those that Spark makes of it, one a core."""


class PairsOnSpark:
    """See `linkage.pairs.Pairs`. The same pairs, patterns and counts as in one connection."""

    def __init__(
        self, session: SparkSession, connection: duckdb.DuckDBPyConnection, model: Model, *, within: str, parts: int
    ) -> None:
        self.session, self.connection, self.model, self.within = session, connection, model, within
        self.parts = parts
        """Partitions where rows meet."""
        self.kept: list[DataFrame] = []
        self.met: DataFrame
        self.compared: DataFrame
        self.suggested: pa.Table

    def find(self, *, keys_into: str | None = None) -> tuple[Capped, ...]:
        """See `Pairs`. The keys that are to be kept are read by the driver, which keeps them."""
        if keys_into:
            add_keys(self.connection, keys_into, enumerate(keys_of(self.connection, PERSONS, self.model, self.within)))
        persons = self._arrow(f"SELECT * EXCLUDE (customer_number, input_row) FROM {PERSONS}")
        keys = self._there(persons).mapInArrow(OnPartition(WriteKeys(self.model, self.within)), partitions.KEYS)
        meeting = keys.repartition(self.parts, "key_no", of.shiftright("k", RECORD_BITS))
        self.met = self._keep(meeting.mapInArrow(Meet(self.model), partitions.MET))
        over = (
            self.met.where("key_no IS NOT NULL")
            .groupBy("key_no")
            .agg(of.sum("number").alias("number"), of.max(of.struct("largest", "k", "l")).alias("most"))
            .orderBy("key_no")
        )
        return tuple(self._capped(**row) for row in over.toArrow().to_pylist())

    def compare(self) -> None:
        """See `Pairs`."""
        records = self._keep(self._there(self._arrow("FROM linkage_compared_records")))
        whole = of.struct(*records.columns)
        self.left = records.select(of.col("record_no").alias("l_no"), whole.alias("l"))
        self.right = records.select(of.col("record_no").alias("r_no"), whole.alias("r"))
        found = (
            self.met.where("key_no IS NULL")
            .groupBy("l", "r")
            .agg(of.bool_or(of.isnull("weight")).alias("candidate"), of.max("weight").alias("weight"))
            .selectExpr("l AS l_no", "r AS r_no", "CASE WHEN NOT candidate THEN weight END AS weight")
        )
        self.compared = self._keep(self._patterned(found))

    def counted(self) -> Counts:
        """See `Pairs`."""
        by_pattern = self.compared.repartition(self.parts, "pattern")
        counts = by_pattern.mapInArrow(OnPartition(partitions.count_patterns), partitions.COUNTS)
        self.connection.register("_counts", counts.toArrow())
        found = self.connection.execute("FROM _counts ORDER BY pattern").fetchnumpy()
        self.connection.unregister("_counts")
        return found

    def score(self, trained: Trained) -> None:
        """See `Pairs`."""
        wanted = self.session.createDataFrame(pa.table({"pattern": pa.array(worth_keeping(trained), pa.int64())}))
        worth = self._candidates().join(of.broadcast(wanted), "pattern").select("l", "r", "pattern")
        self._score(worth.toArrow(), trained, more=False)

    def suggest(self) -> Ints | None:
        """See `Pairs`."""
        suggestions = self._arrow(suggestions_sql("linkage_pairs"))
        if not suggestions.num_rows:
            return None
        unknown = self._there(suggestions).join(self._candidates().select("l", "r"), ["l", "r"], "left_anti")
        pairs = unknown.selectExpr("l AS l_no", "r AS r_no", "CAST(NULL AS DOUBLE) AS weight")
        suggested = self._keep(self._patterned(pairs))
        self.suggested = suggested.select("l", "r", "pattern").toArrow()
        self.compared = self.compared.unionByName(suggested)
        met = self.suggested["pattern"].unique()
        return np.asarray(met.to_numpy(), dtype=np.int64) if len(met) else None

    def score_suggested(self, trained: Trained) -> None:
        """See `Pairs`."""
        self._score(self.suggested, trained, more=True)

    def finish(self) -> int:
        """See `Pairs`."""
        compared = int(self._candidates().count())
        for frame in self.kept:
            frame.unpersist()
        return compared

    def _candidates(self) -> DataFrame:
        """What was compared, without what only stands for capped values."""
        return self.compared.where("weight IS NULL").select("l", "r", "pattern")

    def _patterned(self, pairs: DataFrame) -> DataFrame:
        """`pairs(l_no, r_no, weight)` with their patterns."""
        beside = pairs.join(self.left, "l_no").join(self.right, "r_no").select("l", "r", "weight")
        return beside.mapInArrow(OnPartition(Compare(self.model)), partitions.PATTERNS)

    def _score(self, compared: pa.Table, trained: Trained, *, more: bool) -> None:
        self.connection.register("_compared", compared)
        score_pairs(self.connection, "_compared", trained, into="linkage_pairs", more=more)
        self.connection.unregister("_compared")

    def _capped(self, key_no: int, number: int, most: dict[str, int]) -> Capped:
        key = self.model.keys[key_no]
        return Capped(key.label, number, most["largest"], example_of(self.connection, PERSONS, key, most["l"]))

    def _arrow(self, query: str) -> pa.Table:
        return self.connection.execute(query).to_arrow_table()

    def _there(self, table: pa.Table) -> DataFrame:
        """A table of the driver, spread over the workers. Spark takes none without rows: one is sent and dropped."""
        if not table.num_rows:
            unknown = [pa.nulls(1, field.type) for field in table.schema]
            return self.session.createDataFrame(pa.Table.from_arrays(unknown, schema=table.schema)).where("false")
        spread = self.session.createDataFrame(table)
        return spread if self.parts <= FEW_PARTS else spread.repartition(self.parts)

    def _keep(self, frame: DataFrame) -> DataFrame:
        kept = frame.persist(KEPT)
        self.kept.append(kept)
        return kept
