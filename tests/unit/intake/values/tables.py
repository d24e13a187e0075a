"""Columns of text → a source table in a scratch database, for tests of values."""

import duckdb
import pyarrow as pa

from publicc.intake.reading import Evidence, Form, SourceTable


def table_of(scratch: duckdb.DuckDBPyConnection, columns: dict[str, list[str | None]]) -> SourceTable:
    rows = len(next(iter(columns.values())))
    names = [f"c{i}" for i in range(1, len(columns) + 1)]
    arrays = [pa.array(cells, pa.string()) for cells in columns.values()]
    scratch.register("made", pa.table([pa.array(range(2, rows + 2)), *arrays], names=["row_number", *names]))
    scratch.execute("CREATE OR REPLACE TABLE source_1 AS SELECT * FROM made")
    scratch.unregister("made")
    return SourceTable(
        file_name="ventes.csv",
        part="",
        relation="source_1",
        headers=tuple(columns),
        row_count=rows,
        evidence=Evidence(Form.DELIMITED, header_row=1),
    )
