"""Blind before upload: what leaves the organization's machine, and who is recognised by it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from publicc.harmonise.tokens.across import link_tokens
from publicc.harmonise.tokens.encode import KINDS, SHARED, encode
from publicc.harmonise.tokens.files import check_tokens, is_token_file, write_tokens
from publicc.harmonise.tokens.keeping import receive_tokens
from publicc.kernel.blind import BlindKey
from publicc.kernel.errors import BadInput
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, run
from tests.integration.harmonise.customers import customers, rows_of

KEY, OTHER = BlindKey(b"k" * 32), BlindKey(b"o" * 32)
OPERA = """
    customer_number | first_name | last_name | address    | city  | postal_code | phone        | email
    ----------------+------------+-----------+------------+-------+-------------+--------------+----------------
    1               | Adèle      | Quenneville | 3 rue Nord | Laval | H7N 1A1   | 450 662 2222 | adele@exemple.ca
    2               | ADELE      | QUENNEVILLE | 3 rue Nord | Laval | H7N 1A1   | 450-662-2222 |
    3               | Zoé        | Thivierge | 7 rue Sud  | Québec | G1R 4P5    | 418 523 0102 | zoe@exemple.ca
    4               |            |           |            |        |            |              |
"""
BALLET = """
    customer_number | first_name | last_name   | address    | city  | postal_code | phone        | email
    ----------------+------------+-------------+------------+-------+-------------+--------------+-----------------
    a               | Adele      | Quenneville |            | Laval | H7N 1A1     | 4506622222   | ADELE@exemple.ca
    b               | Ugo        | Vézina      | 9 rue Est  | Laval | H7N 1B9     | 450 662 9999 | ugo@exemple.ca
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        yield connection


def made(connection: duckdb.DuckDBPyConnection, table: str, out: Path, key: BlindKey = KEY) -> Path:
    """The file of tokens of a drawn table."""
    customers(connection, table)
    encode(connection, "customers", key)
    write_tokens(connection, "tokens_encoded", key, out)
    return out


def test_no_identity_is_in_what_leaves(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    out = made(connection, OPERA, tmp_path / "tokens.parquet")
    told = str(pq.read_table(out).to_pylist()).lower()
    assert "h7n" in told  # the area, which figures need
    for identity in ("adele", "adèle", "quenneville", "662-2222", "4506622222", "h7n1a1", "exemple", "laval"):
        assert identity not in told, identity


def test_a_token_is_worth_nothing_under_another_key(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    files = [made(connection, OPERA, tmp_path / f"{i}.parquet", key) for i, key in enumerate((KEY, OTHER))]
    seen = [
        {token for row in pq.read_table(file).to_pylist() for kind in KINDS for token in row[kind]} for file in files
    ]
    assert seen[0]
    assert not seen[0] & seen[1]


def test_an_organization_groups_its_own_rows_in_clear(connection: duckdb.DuckDBPyConnection) -> None:
    customers(connection, OPERA)
    found = encode(connection, "customers", KEY)
    assert (found.rows, found.without_tokens) == (4, 1)
    own = dict(connection.execute("SELECT customer_number, own_person FROM tokens_encoded").fetchall())
    assert own["1"] == own["2"] != own["3"]


def test_what_too_many_would_bear_is_left_out(connection: duckdb.DuckDBPyConnection) -> None:
    names = ["Ada", "Ben", "Cléo", "Dan", "Ève", "Fay", "Gus", "Hal"]
    shared = [
        {"customer_number": str(n), "first_name": name, "last_name": f"Nom{name}", "phone": "450 662 2222"}
        for n, name in enumerate(names)
    ]
    rows_of(connection, shared)
    found = encode(connection, "customers", KEY)
    assert found.persons == len(names) > SHARED
    assert found.stripped >= len(names)
    assert connection.execute("SELECT max(len(phone)) FROM tokens_encoded").fetchall() == [(0,)]


def test_a_table_without_identities_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    rows_of(connection, [{"customer_number": "1"}, {"customer_number": "2"}])
    with pytest.raises(BadInput, match="No row holds a name"):
        encode(connection, "customers", KEY)


def test_the_hub_recognises_a_person_of_two_organizations_whatever_the_order(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    for slug, table in (("opera", OPERA), ("ballet", BALLET)):
        customers(connection, table)
        encode(connection, "customers", KEY)
        connection.execute(f"CREATE TABLE {slug} AS SELECT '{slug}' AS organization, * FROM tokens_encoded")
    persons = []
    for union in ("opera UNION ALL FROM ballet", "ballet UNION ALL FROM opera"):
        connection.execute(f"CREATE OR REPLACE TABLE uploaded AS FROM {union}")
        link_tokens(connection, "uploaded", into="found")
        persons.append(
            dict(
                connection.execute(
                    """SELECT u.customer_number, person_no FROM uploaded u JOIN found f
                    ON f.organization = u.organization AND f.customer_number = u.own_person::VARCHAR"""
                ).fetchall()
            )
        )
    assert persons[0] == persons[1]
    assert persons[0]["1"] == persons[0]["2"] == persons[0]["a"]
    assert len(set(persons[0].values())) == 4


def tickets(*customers: str) -> str:
    lines = [f"T{c}|{c}|P1" for c in customers]
    return "\n".join(["order_key|customer_key|performance_key", *lines])


def test_tokens_join_tickets_by_customer_code_and_organizations_by_their_key(
    connection: duckdb.DuckDBPyConnection, home: Home, tmp_path: Path
) -> None:
    shows = "performance_key|title\nP1|Hamlet"
    fill(home, "opera", tickets=tickets("1", "2", "3"), performances=shows)
    fill(home, "ballet", tickets=tickets("a", "b"), performances=shows)
    fill(home, "cirque", tickets=tickets("a"), performances=shows)
    ring = KeyRing.open(home)
    for slug, table, key in (("opera", OPERA, KEY), ("ballet", BALLET, KEY), ("cirque", BALLET, OTHER)):
        receive_tokens(home, ring, slug, made(connection, table, tmp_path / f"{slug}.parquet", key))
    run(home, "opera", "ballet", "cirque", circle=("opera", "ballet", "cirque"))
    assert ask(home, "SELECT organization, count(DISTINCT buyer_id) FROM persons GROUP BY 1 ORDER BY 1") == [
        ("ballet", 2),
        ("cirque", 1),
        ("opera", 2),
    ]
    shared = """SELECT list(organization ORDER BY organization) FROM
        (SELECT DISTINCT person_id, organization FROM persons) GROUP BY person_id HAVING count(*) > 1"""
    assert ask(home, shared) == [(["ballet", "opera"],)]
    assert ask(home, "SELECT DISTINCT fsa FROM persons WHERE organization = 'ballet'") == [("H7N",)]

    run(home, "opera", "ballet", "cirque", circle=("ballet", "cirque"), day=3)
    assert ask(home, shared) == []


def test_a_file_that_was_changed_is_refused(connection: duckdb.DuckDBPyConnection, home: Home, tmp_path: Path) -> None:
    good = made(connection, OPERA, tmp_path / "good.parquet")
    table = pq.read_table(good)
    check_tokens(good)
    named = tmp_path / "named.parquet"
    pq.write_table(table.append_column("email_clear", pa.array(["x"] * len(table))), named)
    with pytest.raises(BadInput, match="does not have the columns"):
        receive_tokens(home, KeyRing.open(home), "opera", named)
    mixed = tmp_path / "mixed.parquet"
    marks = pa.array(["x", *table["key_mark"].to_pylist()[1:]])
    pq.write_table(table.set_column(table.schema.get_field_index("key_mark"), "key_mark", marks), mixed)
    with pytest.raises(BadInput, match="one key"):
        receive_tokens(home, KeyRing.open(home), "opera", mixed)
    assert is_token_file(good)
    torn = tmp_path / "torn.parquet"
    torn.write_bytes(b"nothing")
    assert not is_token_file(torn)
    assert not is_token_file(tmp_path / "clients.csv")


def test_a_folder_that_does_not_exist_is_said(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        made(connection, OPERA, tmp_path / "nowhere" / "tokens.parquet")
