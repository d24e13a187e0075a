"""What was compared of a record is kept as one text, and read again as it was."""

import duckdb

from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.frequency import compared_columns
from publicc.harmonise.linkage.told import told_columns, told_sql, untold

LISTS = ("given_roots", "surname_parts")
SAID = {"given": "'élise'", "given_roots": "['elise', 'lise']", "surname_parts": "[]", "email": "'a b'", "city": "''"}


def test_a_record_is_read_again_with_what_it_says_and_what_it_does_not() -> None:
    columns = ", ".join(
        f"{SAID.get(name, 'NULL')}::VARCHAR{'[]' if name in LISTS else ''} AS {name}"
        for name in compared_columns(CANADA)
    )
    rarities = ", ".join(f"{bits}::TINYINT AS {one.name}" for bits, one in enumerate(CANADA.frequencies))
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE seen AS SELECT 7::INTEGER AS record_no, {columns}, {rarities}")
        connection.execute(f"CREATE TABLE told ({told_columns(CANADA)})")
        connection.execute(f"INSERT INTO told {told_sql(connection, 'seen', CANADA)}")
        was = connection.execute("FROM seen").to_arrow_table()
        again = untold(connection.execute("FROM told").to_arrow_table(), was.schema, CANADA)
    assert again.to_pylist() == was.to_pylist()
