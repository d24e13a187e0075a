"""A table of households and a table of wrong first names look alike: the aliases of each side tell them apart."""

from random import Random

import duckdb

from publicc.harmonise.linkage import LinkScope, link
from tests.integration.harmonise.customers import rows_of

GIVEN = (
    "anne",
    "luc",
    "marie",
    "paul",
    "rita",
    "guy",
    "omar",
    "zoe",
    "max",
    "eva",
    "noel",
    "ida",
    "hugo",
    "wei",
    "lina",
)
SYLLABLES = ("ba", "cor", "de", "fou", "gar", "lan", "mi", "nel", "po", "quin", "re", "sau", "ter", "vi", "zon", "lo")


def home(i: int) -> dict[str, str]:
    drawn = Random(f"home {i}")
    return {
        "last_name": "".join(SYLLABLES[n % 16] for n in (i, 5 * i + i // 16, 3 * i + i // 256)),
        "address": f"{drawn.randrange(10, 9999)} rue {SYLLABLES[i % 16]}{SYLLABLES[i // 16 % 16]}ville",
        "city": f"{SYLLABLES[i % 7]}{SYLLABLES[i % 11]}",
        "postal_code": "{}{}{} {}{}{}".format(
            *(drawn.choice(of) for of in ("GHJ", "1234", "ABCE", "1234", "LMNP", "12345"))
        ),
    }


def persons_of(rows: list[dict[str, str]]) -> int:
    with duckdb.connect() as connection:
        numbered = [{**row, "customer_number": f"n{i:05}"} for i, row in enumerate(rows)]
        return link(connection, rows_of(connection, numbered), scope=LinkScope.POOL).persons


def test_two_who_each_have_aliases_are_a_couple() -> None:
    rows = [
        {**home(i), "first_name": GIVEN[(i + who * 7) % 15]} for i in range(300) for who in (0, 1) for _ in range(2)
    ]
    assert 570 <= persons_of(rows) <= 600


def test_a_first_name_that_stands_alone_beside_the_right_ones_is_an_error() -> None:
    rows = [{**home(i), "first_name": GIVEN[i % 15]} for i in range(300) for _ in range(3)]
    rows += [{**home(i), "first_name": GIVEN[(i + 7) % 15]} for i in range(0, 300, 3)]
    assert 295 <= persons_of(rows) <= 305
