"""Tables that are small, skewed or wrong: no crash, no explosion of pairs, no wrong mass merge."""

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from publicc.cli.link import app
from publicc.harmonise.linkage import LinkScope
from publicc.kernel.errors import BadInput

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


class Found:
    """What `publicc link` said and wrote."""

    def __init__(self, report: dict[str, Any], persons: list[str]) -> None:
        self.rows, self.persons, self.candidates = report["rows"], report["persons"], report["candidate_pairs"]
        self.held, self.capped = report["held_joins"], report["capped"]
        self.person_of = persons


def linked(rows: list[Row], scope: LinkScope = LinkScope.POOL) -> Found:
    """Link these rows by the command, from one file."""
    return linked_files({"customers": [{"customer_number": f"n{i}", **row} for i, row in enumerate(rows)]}, scope)


def linked_files(files: dict[str, list[Row]], scope: LinkScope = LinkScope.POOL) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in files.items():
            headers = list(dict.fromkeys(header for row in rows for header in row))
            with (Path(folder) / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, headers)
                writer.writeheader()
                writer.writerows(rows)
        paths = [f"{folder}/{name}.csv" for name in files]
        said = CliRunner().invoke(app, [*paths, "--out", f"{folder}/out.parquet", "--scope", scope, "--json"])
        if said.exception:
            raise said.exception
        persons = duckdb.execute(f"SELECT person_id FROM '{folder}/out.parquet'").fetchall()
    return Found(json.loads(said.stdout), [row[0] for row in persons])


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


NAMES = (
    "ᐊᓗᒃ",
    "ᒥᔅᑎᓯᓃ",
    "محمد",
    "伟",
    "🎭🎟️",
    "Ğ̈ụ̣̈ß",
    "\u202eevil",
    "x" * 30_000,
    "'; DROP TABLE x; --",
    "%_\\",
    "NULL",
)
"""Inuktitut, Cree, Arabic, Chinese, emoji, marks upon marks, a change of direction, absurd length, words of SQL."""


def test_two_rows_of_one_person_are_one_whatever_the_script() -> None:
    written = [{**person(i), "first_name": name, "last_name": name} for i, name in enumerate(NAMES)]
    found = linked([row for row in written for _ in range(2)] + [person(99)])
    assert found.person_of[0:22:2] == found.person_of[1:22:2]
    assert found.persons == len(NAMES) + 1


def test_fields_absurdly_long_are_borne_and_an_enormous_one_is_refused_in_a_sentence() -> None:
    long = dict.fromkeys(person(1), "é" * 30_000)
    assert linked([long, long, person(2)]).rows == 3
    with pytest.raises(BadInput, match="enormous cell"):
        linked([{**person(1), "address": "é" * 100_000}, person(2)])


def test_two_files_with_the_same_customer_codes_are_two_tables() -> None:
    files = {
        name: [{**person(first + i), "customer_number": str(i)} for i in range(20)]
        for name, first in (("one", 0), ("two", 20))
    }
    assert linked_files(files).persons == 40
    assert linked_files(files, LinkScope.ORGANIZATION).persons == 40


def test_a_city_with_one_postal_code_makes_no_explosion_and_the_value_is_named() -> None:
    found = linked(each(20_000, lambda _, row: {**row, "postal_code": "H2X 1Y4"}))
    assert found.candidates < 10 * 20_000
    assert found.persons >= 0.995 * 20_000
    told = {one["key"]: one for one in found.capped}["postal code"]
    assert (told["values"], told["largest"], told["example"]) == (1, 20_000, "H2X1Y4")


def test_a_group_of_more_than_fifty_is_held_for_a_person() -> None:
    found = linked([person(1)] * 56 + each(60, lambda _, row: row)[2:])
    sizes = Counter(found.person_of).most_common(3)
    assert found.held > 0
    assert 1 < max(n for _, n in sizes) <= 50
