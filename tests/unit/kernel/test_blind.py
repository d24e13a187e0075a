import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicc.kernel.blind import ID_LENGTH, BlindKey, blinded, blinded_sql

KEY = BlindKey(bytes(range(32)))


def by_engine(key: BlindKey, purpose: str, *parts: str) -> str:
    values = {f"p{number}": part for number, part in enumerate(parts)}
    columns = ", ".join(f"${name} AS {name}" for name in values)
    sql = f"SELECT {blinded_sql(purpose, *values)} FROM (SELECT {columns})"
    found = duckdb.execute(sql, values | key.parameters).fetchone()
    assert found is not None
    return str(found[0])


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=1, max_size=64), st.lists(st.text(), min_size=1, max_size=3))
def test_the_engine_and_python_give_the_same_id(secret: bytes, parts: list[str]) -> None:
    parts = [part.replace("\0", "") for part in parts]
    assert by_engine(BlindKey(secret), "person", *parts) == blinded(BlindKey(secret), "person", *parts)


def test_an_id_is_120_bits_of_the_standard_hmac() -> None:
    # HMAC-SHA-256 of `6:person5:opera3:A12` under 00 01 … 1f, computed with openssl
    assert blinded(KEY, "person", "opera", "A12") == "362a7869b9e5623e6f18ba81ab61af"
    assert ID_LENGTH == 30


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("a", ""), ("", "a")), (("1:a",), ("a",)), (("a",), ("A",)), (("é",), ("e",))],
)
def test_parts_are_never_run_together(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert blinded(KEY, "person", *one) != blinded(KEY, "person", *other)


def test_purposes_and_keys_are_unrelated() -> None:
    other = BlindKey(bytes(32))
    ids = {blinded(key, purpose, "opera", "1") for key in (KEY, other) for purpose in ("person", "buyer", "household")}
    assert len(ids) == 6


def test_the_key_never_shows_in_what_it_says_of_itself() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert "\\x00" not in repr(KEY)
    assert len(KEY.mark) == ID_LENGTH
