"""Comparing records: what is done to make it cheap changes nothing to what it says."""

from dataclasses import replace
from itertools import combinations, product

import duckdb
import pytest

from publicc.harmonise.linkage import compare
from publicc.harmonise.linkage.block import find_candidates, meet
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.levels import close, key

WORDS = ("", "a", "roy", "ryo", "roi", "rooy", "tremblay", "trembaly", "tremblaye", "termblaye", "tramblais",
    "gagnon", "gagnno", "李小龍", "李龍小", "李小", "ᐃᓄᒃᑎᑐᑦ", "ᐃᓄᒃᑎᑐ",
    "ganon", "5149876541", "5149876514", "514987654")  # fmt: skip


@pytest.mark.parametrize("long", [99, 7])
def test_a_slip_is_told_as_the_plain_distance_tells_it(long: int) -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE pairs (l VARCHAR, r VARCHAR)")
    connection.executemany("INSERT INTO pairs VALUES (?, ?)", [list(pair) for pair in product(WORDS, WORDS)])
    shortest = "least(length(l), length(r))"
    plainly = f"{shortest} >= 3 AND damerau_levenshtein(l, r) <= CASE WHEN {shortest} >= {long} THEN 2 ELSE 1 END"
    told = connection.execute(f"SELECT l, r, {close('l', 'r', long=long)}, {plainly} FROM pairs").fetchall()
    assert [row for row in told if row[2] != row[3]] == []
    assert any(row[2] for row in told)


def test_values_compared_once_give_the_pattern_of_each_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE records AS
        SELECT n::INTEGER AS record_no, given, left(given, 1) AS initials, left(given, 3) AS given_head,
            CASE WHEN n % 7 = 0 THEN 'luc' END AS given_other, [given, left(given, 2)] AS given_roots,
            surname, [surname] AS surname_parts, (n % 9)::VARCHAR AS civic, 'ontario' || n % 4 AS street,
            'H2X1Y' || n % 5 AS postal_code, 'H2X' AS fsa, 'laval' || n % 2 AS city, 'laval' AS municipality,
            '51498765' || 10 + n % 50 AS phone, 'user' || n % 60 AS email_user,
            'user' || n % 60 || '@bell.net' AS email,
            (n % 20)::TINYINT AS given_bits, 3::TINYINT AS surname_bits, 9::TINYINT AS phone_bits,
            9::TINYINT AS email_bits
        FROM range(1, 301) numbers(n), LATERAL (SELECT ['anne', 'anna', 'marie', 'mari', 'jean', 'jea', NULL][1 + n % 7]
            AS given, ['roy', 'royer', 'gagnon', 'gagnno', NULL][1 + n % 5] AS surname)"""
    )
    connection.execute(
        "CREATE TABLE pairs AS SELECT a.record_no AS l, b.record_no AS r FROM records a, records b WHERE l < r"
    )
    patterns = []
    for many in (10**9, 0):
        monkeypatch.setattr(compare, "MANY_PAIRS", many)
        compare.compare_pairs(connection, "pairs", "records", CANADA, into="compared")
        patterns.append(connection.execute("SELECT l, r, pattern FROM compared ORDER BY l, r").fetchall())
    assert patterns[0] == patterns[1]
    assert len({pattern for _, _, pattern in patterns[0]}) > 100


def test_records_that_share_a_value_meet_unless_too_many_do() -> None:
    connection = duckdb.connect()
    read = connection.execute(
        "SELECT n::INTEGER AS record_no, hash(CASE WHEN n < 5 THEN 'few' WHEN n <= 16 THEN 'many' ELSE n::VARCHAR END)"
        " AS k FROM (SELECT * FROM range(1, 20) numbers(n) UNION ALL SELECT 2) ORDER BY -n"
    ).fetchnumpy()
    met = meet(read["record_no"], read["k"], cap=10)
    found = {(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pairs in met.pairs for pair in pairs}
    assert found == set(combinations(range(1, 5), 2))
    assert met.over is not None
    assert (met.over.values, met.over.largest, met.over.first) == (1, 12, 5)
    assert met.weight.sum() == 12 * 11 / 2
    signed = meet(read["record_no"], (read["k"] ^ (1 << 63)).view("int64"), cap=10)
    assert signed.over == met.over


def test_a_column_that_no_one_filled_brings_no_one_together() -> None:
    read = duckdb.sql("SELECT 1::INTEGER AS record_no, hash('a') AS k WHERE false").fetchnumpy()
    met = meet(read["record_no"], read["k"], cap=10)
    assert not met.pairs
    assert met.over is None


def test_the_value_that_too_many_share_is_shown_whether_it_is_a_word_or_one_of_several() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE records AS SELECT n::INTEGER AS record_no, 'roy' AS surname, ['anne', 'ann'] AS roots"
        " FROM range(1, 7) numbers(n)"
    )
    keys = (key("nom", "surname", "surname", cap=5), key("prénoms", "names", "element", cap=5, unnest="roots"))
    model = replace(CANADA, keys=keys)
    capped = find_candidates(connection, "records", model, within="''", into="candidates")
    assert [(one.values, one.largest, one.example) for one in capped] == [(1, 6, "roy"), (2, 6, "ann")]
    assert connection.execute("SELECT count(*) FROM candidates").fetchall() == [(0,)]
