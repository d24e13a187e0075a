"""Whatever the bytes, reading ends in tables whose rows are accounted for, or in a sentence: never in anything else.

`PUBLICC_FUZZ=20000 pytest tests/properties/test_reading.py` (or `make fuzz`) searches longer.
"""

import csv
import io
import json
import os
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from publicc.intake.reading import SourceTable, delimited, read_files
from publicc.intake.values import profile_table
from publicc.kernel.errors import BadInput

EXAMPLES = int(os.environ.get("PUBLICC_FUZZ", "60"))
search = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
slower_search = settings(max_examples=max(10, EXAMPLES // 8), deadline=None, suppress_health_check=list(HealthCheck))

PIECES = st.sampled_from(
    [",", ";", "\t", '"', '""', "\n", "\r\n", "\r", " ", "a", "é", "É", "12", "3,50", "2019-01-02", "04/06/15", "'+1",
     "sep=;", "code", "nom", "\u00a0", "\ufeff", "x@y.test", "=1", "\x1f", "|", "\u2028", "e\u0301", "\\", "'"]
)  # fmt: skip
SOUP = st.lists(PIECES, max_size=80).map("".join)
CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12
)


def read(content: bytes, name: str) -> tuple[duckdb.DuckDBPyConnection, list[SourceTable]]:
    """Tables of a file with this content; none when it was refused in a sentence."""
    scratch = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            tables = read_files([path], scratch)
        except BadInput as problem:
            refused: BadInput | None = problem
            tables = []
        else:
            refused = None
        assert [p.name for p in Path(folder).iterdir()] == [name]
    assert refused is None or (name in refused.sentence("fr") and name in refused.sentence("en"))
    return scratch, tables


def check_accounts(scratch: duckdb.DuckDBPyConnection, table: SourceTable) -> None:
    kept = scratch.execute(f"SELECT row_number FROM {table.relation}").fetchall()
    refused = []
    if table.refused_relation:
        refused = scratch.execute(f"SELECT row_number FROM {table.refused_relation}").fetchall()
    assert (len(kept), len(refused)) == (table.row_count, table.refused_count)
    assert len(set(kept) | set(refused)) == len(kept) + len(refused)
    assert len(set(table.headers)) == len(table.headers)
    assert all(table.headers)


@search
@given(st.one_of(SOUP.map(str.encode), SOUP.map(lambda s: s.encode("utf-16")), st.binary(max_size=200)))
def test_any_text_is_tables_with_their_rows_accounted_for_or_a_sentence(content: bytes) -> None:
    scratch, tables = read(content, "ventes.csv")
    for table in tables:
        check_accounts(scratch, table)
        rows = table.row_count + table.refused_count + table.evidence.empty_rows
        ends = content.count(b"\n") + content.count(b"\r") + 1
        assert rows <= ends


@search
@given(SOUP)
def test_any_columns_get_a_profile(text: str) -> None:
    scratch, tables = read(text.encode(), "ventes.csv")
    for table in tables:
        profile = profile_table(scratch, table)
        assert [c.column for c in profile.columns] == list(table.columns)
        assert all(0 <= c.distinct <= c.filled <= c.rows for c in profile.columns)


@search
@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_what_is_read(
    rows: list[tuple[str, str, str]], separator: str, end: str, codec: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("Code client", "Nom", "Ville"), *rows])
    scratch, tables = read(out.getvalue().encode(codec), "clients.csv")
    filled = [row for row in rows if any(cell.strip(" \t\r\n") for cell in row)]
    if not filled:
        assert tables == []
        return
    (table,) = tables
    assert table.headers == ("Code client", "Nom", "Ville")
    cells = scratch.execute(f"SELECT c1, c2, c3 FROM {table.relation} ORDER BY row_number").fetchall()
    assert cells == [tuple(cell or None for cell in row) for row in filled]


@search
@given(
    st.lists(
        st.lists(st.sampled_from(["a", "é", '"x, y"', "", "12", '"q""q"', '"l\nl"']), min_size=3, max_size=4),
        min_size=2,
        max_size=12,
    )
)
@example([["a"] * 3, ["a", '"x, y"', '"l\nl"'], ["a"] * 4, ["a"] * 4, ["a"] * 4])
def test_the_fast_way_and_the_careful_way_read_the_same_rows(rows: list[list[str]]) -> None:
    content = ("code,nom,ville\n" + "".join(",".join(row) + "\n" for row in rows)).encode()
    found = []
    for fast_from in (0, 1 << 40):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(delimited, "FAST_FROM_BYTES", fast_from)
            scratch, tables = read(content, "ventes.csv")
        found.append(
            [
                (t.headers, t.refused_count, scratch.execute(f"SELECT * FROM {t.relation} ORDER BY 1").fetchall())
                for t in tables
            ]
        )
    assert found[0] == found[1]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=20,
)


@slower_search
@given(st.one_of(JSON_VALUES.map(lambda v: json.dumps(v).encode()), st.binary(max_size=100)))
def test_any_document_is_tables_or_a_sentence(content: bytes) -> None:
    scratch, tables = read(content, "reponse.json")
    for table in tables:
        check_accounts(scratch, table)


@slower_search
@given(st.sampled_from(["a.xlsx", "a.zip", "a.csv.gz", "a.parquet", "a.ods", "a.xls"]), st.binary(max_size=300))
def test_any_bytes_under_any_name_are_tables_or_a_sentence(name: str, tail: bytes) -> None:
    heads = {"zip": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "ods": b"PK\x03\x04", "gz": b"\x1f\x8b", "parquet": b"PAR1"}
    head = heads.get(name.rsplit(".", 1)[1], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    read(head + tail, name)
