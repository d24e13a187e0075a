"""Telephone numbers and e-mail addresses, as they are typed."""

import duckdb
import pytest

from publicc.harmonise.clean.emails import repaired_domains, trimmed_sql, user_sql
from publicc.harmonise.clean.phones import foreign_number, north_american_sql
from tests.unit.harmonise.drawn import drawn

PHONES = drawn("""
    as written               | digits
    -------------------------+-----------
    (514) 987-6541           | 5149876541
    514.987.6541             | 5149876541
    +1 514 987 6541          | 5149876541
    1-514-987-6541 p. 203    | 5149876541
    514-987-6541 poste 12    | 5149876541
    514 987-6541 x3          | 5149876541
    987-6541                 |
    123-456-7890             |
    000-000-0000             |
    514-555-5555             |
    450-000-0000             |
    999-999-9999             |
    514-123-4567             |
    """)


@pytest.mark.parametrize(("written", "digits"), PHONES)
def test_a_number_is_its_ten_digits_unless_it_is_a_filler(written: str, digits: str) -> None:
    assert (duckdb.execute(f"SELECT {north_american_sql('$1')}", [written]).fetchall()[0][0] or "") == digits


FOREIGN = drawn("""
    as written         | number
    -------------------+-------------
    +33 1 42 68 53 00  | +33142685300
    +1 514 987 6541    |
    hello              |
    +33 1              |
    """)


@pytest.mark.parametrize(("written", "number"), FOREIGN)
def test_a_foreign_number_keeps_its_country(written: str, number: str) -> None:
    assert (foreign_number(written) or "") == number


EMAILS = drawn("""
    as written                        | user          | domain
    ----------------------------------+---------------+--------------
    Jean.Tremblay@Gmail.com           | jeantremblay  | gmail.com
    jeantremblay+opera@gmail.com      | jeantremblay  | gmail.com
    jean.tremblay@videotron.ca        | jean.tremblay | videotron.ca
    <mailto:jean@bell.net>            | jean          | bell.net
    jean @bell.net;                   | jean          | bell.net
    jean@bell                         |               |
    aucun                             |               |
    """)


@pytest.mark.parametrize(("written", "user", "domain"), EMAILS)
def test_an_address_is_told_by_its_user_and_its_provider(written: str, user: str, domain: str) -> None:
    trimmed = duckdb.execute(f"SELECT {trimmed_sql('$1')}", [written]).fetchall()[0][0]
    found = duckdb.execute(f"SELECT {user_sql('$1')}, split_part($1, '@', 2)", [trimmed]).fetchall()[0]
    assert tuple(part or "" for part in found) == (user, domain)


def test_a_rare_provider_one_slip_from_a_frequent_one_is_that_one() -> None:
    counts = {"gmail.com": 5000, "gmial.com": 12, "gmal.com": 3, "hotmail.com": 4000, "mail.com": 800, "bell.net": 90}
    assert repaired_domains(counts) == {"gmial.com": "gmail.com", "gmal.com": "gmail.com"}


def test_an_address_that_holds_a_control_character_is_none() -> None:
    assert duckdb.execute(f"SELECT {trimmed_sql('$1')}", ["marie\x1froy@exemple.ca"]).fetchall() == [(None,)]
