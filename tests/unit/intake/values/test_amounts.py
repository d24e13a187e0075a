"""Amounts are read to the cent, whatever country's marks they carry."""

import duckdb
import pytest

from publicc.intake.values import Kind, profile_table, sql_money_cents
from tests.unit.intake.values.tables import table_of

COLUMNS = [
    (["35,00", "2,5", "5"], [3500, 250, 500]),
    (["$2,822.00", "$60.00", "($5.00)"], [282200, 6000, -500]),
    (["1\u00a0234,50\u00a0$", "1\u202f234,50 $", "12,00 $"], [123450, 123450, 1200]),
    (["5.00-", "1.159e1", "-3"], [-500, 1159, -300]),
    (["52.50", "1,339.75", "104"], [5250, 133975, 10400]),
    (["1.234,50", "99,95"], [123450, 9995]),
    (["12,50 CAD", "CA$ 3,00", "1 000 dollars"], [1250, 300, 100000]),
    (["$1,339,909", "$200"], [133990900, 20000]),
    (["12.345", "0.005"], [1235, 1]),
    (["10,00", "12.50"], [1000, 1250]),
    (["abc", "12.50", "1.5.2", "3.00", "4.00", "5.00"], [None, 1250, None, 300, 400, 500]),
]


@pytest.mark.parametrize(("cells", "cents"), COLUMNS, ids=[c[0][0] for c in COLUMNS])
def test_a_column_of_amounts_is_read_to_the_cent(cells: list[str], cents: list[int | None]) -> None:
    scratch = duckdb.connect()
    profile = profile_table(scratch, table_of(scratch, {"Montant": list(cells)})).columns[0]
    assert profile.money is not None
    rows = scratch.execute(f"SELECT {sql_money_cents('c1', profile.money)} FROM source_1 ORDER BY row_number")
    assert [row[0] for row in rows.fetchall()] == cents


def test_amounts_carry_their_sum_extremes_and_currency() -> None:
    scratch = duckdb.connect()
    profile = profile_table(scratch, table_of(scratch, {"Prix": ["$35.00", "($5.00)", None]})).columns[0]
    assert profile.kind is Kind.MONEY
    assert (str(profile.least), str(profile.most), str(profile.total)) == ("-5.0000", "35.0000", "30.0000")
    assert profile.money is not None
    assert profile.money.currency == "$"


def test_a_thousand_that_could_be_three_decimals_is_said_to_be_ambiguous() -> None:
    scratch = duckdb.connect()
    profile = profile_table(scratch, table_of(scratch, {"Prix": ["1,234", "2,500"]})).columns[0]
    assert profile.money is not None
    assert profile.money.ambiguous


def test_whole_numbers_that_end_like_cents_are_suspected() -> None:
    scratch = duckdb.connect()
    profile = profile_table(scratch, table_of(scratch, {"unitPrice": ["3500", "2799", "20000"]})).columns[0]
    assert profile.money is not None
    assert profile.money.minor_units_suspected
