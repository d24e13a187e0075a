"""Linkage of customers drawn here: other seeds and rates of mistakes than any it was built on.

The people are those of the demonstration's generator: homes in Québec, Ontario and New Brunswick, households that share
a name, a telephone and sometimes an e-mail address, movers. Each is written down by several box offices, with
nicknames, initials, slips, other telephones and addresses of e-mail, and much left out; at the second rate all of it
twice as often. No linkage had seen these seeds. `PUBLICC_BENCH_SEEDS`: the seeds, separated by commas.
"""

import os
import time
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from publicc.demo import spelling
from publicc.demo.chance import Chance, Floats, Ints, Stream, Words, happens, picked, words
from publicc.demo.organizations import plans
from publicc.demo.people import MAIL_DOMAINS, People, populate
from publicc.demo.places import Homes, homes
from publicc.demo.words import without_accents
from publicc.harmonise.linkage.engine import LinkScope, link
from publicc.harmonise.linkage.measures import measures

SEEDS: Final = os.environ.get("PUBLICC_BENCH_SEEDS", "31,1867,20260")
RATES: Final = (1.0, 2.0)
"""How many times the mistakes of a hurried box office."""
ROWS: Final = 20_000
AGAIN: Final = 0.62
"""Rows of a person besides the first one, on average."""
ORGANIZATIONS: Final = 7
BARS: Final = {"b_cubed": 0.972, "pair": 0.925, "largest_false_group": 20}


def run() -> dict[str, Any]:
    told = {f"seed {seed}, mistakes × {rate:g}": judged(int(seed), rate) for seed in SEEDS.split(",") for rate in RATES}
    reached = all(
        one["b_cubed"] >= BARS["b_cubed"]
        and one["pair"] >= BARS["pair"]
        and one["largest_false_group"] <= BARS["largest_false_group"]
        for one in told.values()
    )
    return {"bars": BARS, "reached": reached, "load": os.getloadavg()[0], **told}


def judged(seed: int, rate: float) -> dict[str, Any]:
    """Link one drawn table at the default, without labels, and hold the groups against who was drawn."""
    customers, person = drawn(seed, rate)
    with duckdb.connect() as connection:
        connection.register("customers", customers)
        before = time.process_time()
        link(connection, "customers", scope=LinkScope.POOL)
        processor = time.process_time() - before
        found = connection.execute("SELECT customer_number::INTEGER AS row, person_no FROM linkage_result").fetchnumpy()
    made = measures(found["person_no"].tolist(), person[found["row"]].tolist())
    return {
        "rows": len(person),
        "persons": len(np.unique(person)),
        "b_cubed": round(made.b_cubed.f1, 4),
        "precision": round(made.b_cubed.precision, 4),
        "recall": round(made.b_cubed.recall, 4),
        "pair": round(made.pairs.f1, 4),
        "largest_false_group": made.largest_false_group,
        "processor_seconds": round(processor, 1),
    }


def drawn(seed: int, rate: float) -> tuple[pa.Table, Ints]:
    """A customer table, and the person of each of its rows; `customer_number` is the row."""
    chance, at = Chance(seed), homes()
    people = populate(chance, at, plans(ORGANIZATIONS), ROWS)
    stream = chance.stream("linkage", rate)
    person, again = _who_is_written(stream, people)
    columns = _written(stream, at, people, person, again=again, rate=rate)
    slugs = [plan.slug for plan in plans(ORGANIZATIONS)]
    columns["organization"] = picked(stream, slugs, [1.0] * len(slugs), len(person))
    columns["customer_number"] = words([str(row) for row in range(len(person))])
    texts = {name: pa.array([value or None for value in column], pa.string()) for name, column in columns.items()}
    return pa.table(texts), person


def _who_is_written(stream: Stream, people: People) -> tuple[Ints, Floats]:
    """Whole households drawn until there are `ROWS` rows: the person of each, and 1 where it is not the first."""
    dealt = stream.permutation(int(people.household.max()) + 1)[people.household]
    order = np.argsort(dealt, kind="stable")
    rows = 1 + stream.poisson(stream.gamma(0.8, AGAIN / 0.8, len(order)))
    person = np.repeat(order, rows)[:ROWS]
    first = np.diff(person, prepend=-1) != 0
    shuffled = stream.permutation(len(person))
    return person[shuffled], np.where(first, 0.0, 1.0)[shuffled]


def _written(
    stream: Stream, at: Homes, people: People, person: Ints, *, again: Floats, rate: float
) -> dict[str, Words]:
    n = len(person)
    careless = rate * (0.4 + 0.6 * again)
    moved = (again > 0) & happens(stream, 0.5, n)
    home = np.where(moved, people.old_home[person], people.home[person])
    first, last = _names(stream, people, person, careless)
    address = np.where(moved, people.old_street[person], people.street[person])
    spelling.where(happens(stream, 0.05, n), address, str.upper)
    address[happens(stream, 0.08 * careless, n)] = ""
    return {
        "first_name": first,
        "last_name": last,
        "address": address,
        "city": spelling.cities(stream, at.city[home]),
        "province": spelling.provinces(stream, at.province[home]),
        "postal_code": spelling.postal_codes(stream, at.code[home], 0.08 * rate),
        "phone": spelling.phones(stream, _phones(stream, people, person, careless), 0.15 * rate),
        "email": _emails(stream, people, person, careless=careless, missing=0.12 * rate),
    }


def _names(stream: Stream, people: People, person: Ints, careless: Floats) -> tuple[Words, Words]:
    n = len(person)
    first = people.first_name[person].copy()
    spelling.where(happens(stream, 0.10 * careless, n), first, spelling.nicknamed)
    spelling.where(happens(stream, 0.03 * careless, n), first, lambda name: name[:1] + ".")
    first = spelling.respelled(stream, first, 0.04 * careless, 0.07)
    last = spelling.respelled(stream, people.last_name[person], 0.05 * careless, 0.07)
    swapped = happens(stream, 0.008 * careless, n)
    first[swapped], last[swapped] = last[swapped], first[swapped]
    return first, last


def _phones(stream: Stream, people: People, person: Ints, careless: Floats) -> Words:
    """Some gave another number."""
    phone = people.phone[person].copy()
    for row in np.flatnonzero(happens(stream, 0.10 * careless, len(person))):
        phone[row] = f"438{stream.integers(200, 990)}{stream.integers(1000, 9990)}"
    return phone


def _emails(stream: Stream, people: People, person: Ints, *, careless: Floats, missing: float) -> Words:
    """Some gave another address."""
    email = people.email[person].copy()
    for row in np.flatnonzero(happens(stream, 0.12 * careless, len(person))):
        given, family = (without_accents(str(part[person[row]])) for part in (people.first_name, people.last_name))
        user = f"{family}{given[:2]}{stream.integers(1, 999)}".lower().replace(" ", "").replace("'", "")
        email[row] = f"{user}@{MAIL_DOMAINS[stream.integers(0, len(MAIL_DOMAINS))]}"
    return spelling.emails(stream, email, "courtoisie@billetterie.example", missing)


if __name__ == "__main__":
    print(run())
