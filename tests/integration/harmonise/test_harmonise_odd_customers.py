"""Customers written in every odd way, through the whole harmonisation: nobody is merged wrongly, no value gets out."""

import json

from publicc.harmonise.review import desk
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from tests.integration.harmonise.asking import ask, run
from tests.integration.harmonise.test_harmonise_again import put_rows
from tests.integration.harmonise.test_link_odd_tables import NAMES, Row, each, person


def odd_customers() -> dict[str, Row]:
    """Fifty-six copies of one account, one e-mail or postal code for many, shifted columns, names of all scripts."""
    shifted = {"last_name": "first_name", "address": "last_name", "city": "address", "postal_code": "city"}
    rows = {f"copy{i}": person(1000) for i in range(56)}
    rows |= {f"mail{i}": {**row, "email": "someone@bell.ca"} for i, row in enumerate(each(60, lambda _, row: row))}
    rows |= {f"code{i}": {**person(100 + i), "postal_code": "H2X 1Y4"} for i in range(60)}
    rows |= {f"moved{i}": {to: person(200 + i)[of] for to, of in shifted.items()} for i in range(60)}
    rows |= {f"none{i}": {"email": person(300 + i)["email"]} for i in range(30)}
    rows |= {f"name{i}": {**person(400 + i), "first_name": n, "last_name": n} for i, n in enumerate(NAMES)}
    return rows | {"nothing": {}}


def test_odd_customers_are_harmonised_and_too_large_a_group_is_asked_about(home: Home) -> None:
    rows = odd_customers()
    put_rows(home, "opera", rows)
    counts = run(home).organizations["opera"]
    assert counts.customers == len(rows)

    ring = KeyRing.open(home)
    _, pairs = desk.queue(home, ring, "opera", most=3)
    assert pairs[0].reason == "LARGE"
    assert {pairs[0].left.key[:4], pairs[0].right.key[:4]} == {"copy"}

    strangers = len(rows) - 56
    assert strangers + 2 <= counts.persons <= strangers + 6
    assert ask(home, "SELECT max(records) <= 50 FROM persons") == [(True,)]

    told = json.loads((home.reports / "linkage.json").read_text(encoding="utf-8"))["inside"]["capped"]
    assert {"key": "postal code", "values": 2, "largest": 60} in told
    assert "someone@bell.ca" not in json.dumps(told)
    assert "H2X" not in json.dumps(told)
