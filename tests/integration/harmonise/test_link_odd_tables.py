"""Tables that are small, skewed or wrong: no crash, no explosion of pairs, no wrong mass merge."""

from collections.abc import Callable
from random import Random

import duckdb
import pytest

from publicc.harmonise.linkage import LinkResult, LinkScope, link
from tests.integration.harmonise.customers import rows_of

Row = dict[str, str]

FIRST = ("Anne", "Luc", "Marie", "Paul", "Rita", "Guy", "Léo", "Zoé", "Max", "Eva", "Noé", "Ida", "Omar", "Wei", "Lina")
SYLLABLES = ("ba", "cor", "dé", "fou", "gar", "lan", "mi", "nel", "po", "quin", "ré", "sau", "ter", "vi", "zon", "lo")
STREETS = ("des Pins", "du Port", "Cartier", "Principale", "de l'Église", "Sherbrooke", "du Moulin", "Lavoisier")


def person(i: int) -> Row:
    """The i-th of a town of strangers: no two share anything but common names and the city."""
    drawn = Random(f"person {i}")
    return {
        "first_name": drawn.choice(FIRST),
        "last_name": "".join(SYLLABLES[n % 16] for n in (i, 5 * i + i // 16, i // 256)).title(),
        "address": f"{drawn.randrange(10, 9999)} rue {drawn.choice(STREETS)}",
        "city": "Montréal",
        "postal_code": "H{}{} {}{}{}".format(
            *(drawn.choice(of) for of in ("1234", "ABCEGH", "123456", "LMNPRS", "12345"))
        ),
        "phone": f"514 {drawn.randrange(222, 999)} {drawn.randrange(1000, 9999)}",
        "email": "".join(drawn.choice("abcdefghijklmnop") for _ in range(9)) + "@bell.ca",
    }


def each(n: int, change: Callable[[int, Row], Row]) -> list[Row]:
    return [change(i, person(i)) for i in range(n)]


def linked(rows: list[Row], scope: LinkScope = LinkScope.POOL) -> LinkResult:
    with duckdb.connect() as connection:
        numbered = [{"customer_number": f"n{i}", **row} for i, row in enumerate(rows)]
        return link(connection, rows_of(connection, numbered), scope=scope)


def test_of_sixty_who_share_first_name_door_and_all_but_a_digit_of_the_surname_none_are_merged() -> None:
    """A box office tried out with invented accounts: Zoé Tremblay0 … Zoé Tremblay47, and some others."""
    zoes = each(
        48,
        lambda i, _: {
            "first_name": "Zoé",
            "last_name": f"Tremblay{i}",
            "address": "123 rue ABC",
            "city": "Montréal",
            "postal_code": "H2X 1Y4",
            "email": f"c{i}@exemple.test",
        },
    )
    alone = zoes + each(12, lambda _, row: row)
    assert linked(alone).persons == 60
    twins = [{**row, "organization": name} for name in ("paper", "api") for row in alone]
    assert linked(twins, LinkScope.ORGANIZATION).persons == 120
    assert linked(twins).persons == 60


TWINS = each(61, lambda _, row: row)


def test_two_organizations_with_the_same_customers_are_each_as_alone_and_one_pool() -> None:
    both = [{**row, "organization": name} for name in ("one", "two") for row in TWINS]
    assert linked(TWINS).persons == 61
    assert linked(both, LinkScope.ORGANIZATION).persons == 122
    assert linked(both).persons == 61


@pytest.mark.parametrize("n", [1, 2, 10, 50, 400])
def test_strangers_stay_strangers_in_a_table_of_any_size(n: int) -> None:
    found = linked(each(n, lambda _, row: row))
    assert (found.rows, found.persons) == (n, n)


ODD: dict[str, list[Row]] = {
    "every e-mail the same": each(300, lambda _, row: {**row, "email": "someone@bell.ca"}),
    "every name missing": each(300, lambda _, row: {**row, "first_name": "", "last_name": ""}),
    "every name missing, and one e-mail": each(
        300, lambda _, row: {**row, "first_name": "", "last_name": "", "email": "someone@bell.ca"}
    ),
    "one postal code": each(300, lambda _, row: {**row, "postal_code": "H2X 1Y4"}),
    "one door": each(300, lambda _, row: {**row, "address": "1 rue du Port", "postal_code": "H2X 1Y4"}),
    "one name": each(300, lambda _, row: {**row, "first_name": "Marie", "last_name": "Tremblay"}),
    "one name, nothing else": each(300, lambda _, _r: {"first_name": "Marie", "last_name": "Tremblay"}),
    "a shifted column": each(
        300,
        lambda _, row: {
            "last_name": row["first_name"],
            "address": row["last_name"],
            "city": row["address"],
            "postal_code": row["city"],
            "phone": row["postal_code"],
            "email": row["phone"],
        },
    ),
    "every field the placeholder": each(
        300,
        lambda _, __: {
            "first_name": "x",
            "last_name": "x",
            "address": "x",
            "postal_code": "H0H 0H0",
            "phone": "000-000-0000",
            "email": "x@x.xx",
        },
    ),
}


@pytest.mark.parametrize("kind", ODD)
def test_a_skewed_table_merges_no_strangers_and_makes_no_explosion_of_pairs(kind: str) -> None:
    rows = ODD[kind]
    found = linked(rows)
    assert found.persons >= 0.98 * len(rows)
    assert found.candidates <= 50 * len(rows)


@pytest.mark.parametrize(
    "name",
    [
        "ᐊᓗᒃ",
        "ᒥᔅᑎᓯᓃ",
        "محمد",
        "伟",
        "🎭🎟️",
        "Ğ̈ụ̣̈ß",
        "\u202eevil",
        "x" * 100_000,
        "'; DROP TABLE x; --",
        "%_\\",
        "NULL",
        "\u0000a",
    ],
    ids=[
        "inuktitut",
        "cree",
        "arabic",
        "chinese",
        "emoji",
        "marks",
        "direction",
        "long",
        "quote",
        "wild",
        "null",
        "nul",
    ],
)
def test_two_rows_of_one_person_are_one_whatever_the_script(name: str) -> None:
    one = {**person(1), "first_name": name, "last_name": name}
    assert linked([one, one, person(2)]).persons == 2


def test_two_files_with_the_same_customer_codes_are_two_tables() -> None:
    rows = [
        {**person(i), "customer_number": f"{i % 20}", "organization": "one" if i < 20 else "two"} for i in range(40)
    ]
    assert linked(rows).persons == 40
    assert linked(rows, LinkScope.ORGANIZATION).persons == 40
