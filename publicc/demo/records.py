"""Customer records: one person as one box office wrote them down, once, twice or three times."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

import numpy as np

from publicc.demo import spelling
from publicc.demo.audience import Audience
from publicc.demo.chance import Chance, Flags, Ints, Stream, Words, happens, picked, words
from publicc.demo.organizations import Plan
from publicc.demo.people import People
from publicc.demo.places import Homes
from publicc.demo.sales import GENERIC, SCHOOL, Sales
from publicc.demo.seasons import epoch_day

MOVE_MINUTE: Final = epoch_day(date(2020, 7, 1)) * 1440
SCHOOLS: Final = 14
FOREIGN: Final = (
    ("États-Unis", "10027", "New York", "NY"),
    ("France", "75011", "Paris", ""),
    ("USA", "05401", "Burlington", "VT"),
)


@dataclass(frozen=True)
class Records:
    """One row a customer record. `person` is -1 for the counter's account and for schools."""

    person: Ints
    source: Ints
    code: Words
    title: Words
    first_name: Words
    last_name: Words
    address: Words
    city: Words
    province: Words
    country: Words
    postal_code: Words
    phone: Words
    email: Words

    def __len__(self) -> int:
        return len(self.person)


def records(
    chance: Chance, plan: Plan, *, at: Homes, people: People, public: Audience, lines: Sales, source_of_line: Ints
) -> tuple[Records, Ints]:
    """The records of `plan`'s box office, and for each line the position of its buyer's record (-1 when anonymous)."""
    stream = chance.stream("records", plan.slug)
    member, alias, of_line = _who_bought(stream, public, lines, source_of_line)
    person = np.where(member >= 0, public.person[np.maximum(member, 0)], -1)
    first_minute = np.full(len(member), np.iinfo(np.int64).max)
    known = of_line >= 0
    np.minimum.at(first_minute, of_line[known], lines.minute[known])
    source = alias // 100
    table = _written(stream, plan, at=at, people=people, person=person, alias=alias, first_minute=first_minute)
    _write_the_house(plan, table, member, alias)
    code = _codes(stream, plan, source)
    return Records(person=person, source=source, code=code, **table), of_line


def _who_bought(stream: Stream, public: Audience, lines: Sales, source_of_line: Ints) -> tuple[Ints, Ints, Ints]:
    """Distinct (member, alias) pairs in use, with some who never bought; for each line its pair. A system adds 100."""
    newest = int(source_of_line.max(initial=0))
    member = lines.member
    copies = public.records[np.maximum(member, 0)]
    order_chance = stream.random(int(lines.order.max(initial=0)) + 1)[lines.order]
    alias = np.where(order_chance < 0.6, 0, np.floor(order_chance * 7919 % 1 * copies)).astype(np.int64)
    alias = np.where(member == SCHOOL, lines.order % SCHOOLS, np.where(member == GENERIC, 0, alias))
    alias = alias + 100 * source_of_line
    key = member * 1000 + alias
    known = member != -1
    silent = np.setdiff1d(np.arange(len(public)), member)
    silent = silent[happens(stream, 0.12, len(silent))]
    distinct = np.unique(np.concatenate([key[known], silent * 1000 + 100 * newest]))
    of_line = np.where(known, np.searchsorted(distinct, key), -1)
    return distinct // 1000, distinct % 1000, of_line


def _written(
    stream: Stream, plan: Plan, *, at: Homes, people: People, person: Ints, alias: Ints, first_minute: Ints
) -> dict[str, Words]:
    who = np.maximum(person, 0)
    n = len(who)
    again = (alias % 100) > 0
    before = first_minute < MOVE_MINUTE
    home = np.where(before & (again | happens(stream, 0.5, n)), people.old_home[who], people.home[who])
    street = np.where(home == people.home[who], people.street[who], people.old_street[who])
    typo = np.where(again, 0.16, 0.018)
    first = people.first_name[who].copy()
    spelling.where(happens(stream, np.where(again, 0.22, 0.03), n), first, spelling.nicknamed)
    spelling.where(happens(stream, np.where(again, 0.06, 0.008), n), first, lambda name: name[:1] + ".")
    first = spelling.respelled(stream, first, typo / 2, 0.07)
    last = spelling.respelled(stream, people.last_name[who], typo, 0.07)
    if plan.layout in {"embedded", "archive"}:
        broken = happens(stream, 0.012, n)
        spelling.where(broken, first, spelling.misdecoded)
        spelling.where(broken, last, spelling.misdecoded)
    swapped = happens(stream, 0.006, n)
    first[swapped], last[swapped] = last[swapped], first[swapped]
    partner = np.minimum(who + 1, len(people) - 1)
    for i in np.flatnonzero(happens(stream, 0.006, n) & (people.household[partner] == people.household[who])):
        word = "and" if people.english[who[i]] else "et"
        first[i] = f"{first[i]} {word} {people.first_name[partner[i]]}"
    missing = float(stream.uniform(0.03, 0.12))
    email = people.email[who].copy()
    fresh = again & happens(stream, 0.4, n)
    spelling.where(fresh, email, lambda address: "x" + address if address else "")
    table = {
        "title": _titles(stream, plan, people.female[who], people.english[who]),
        "first_name": first,
        "last_name": last,
        "address": _respaced(stream, street, 0.06),
        "city": spelling.cities(stream, at.city[home]),
        "province": spelling.provinces(stream, at.province[home]),
        "country": picked(stream, *spelling.COUNTRY_FORMS, n),
        "postal_code": spelling.postal_codes(stream, at.code[home], missing),
        "phone": spelling.phones(stream, people.phone[who], 0.14),
        "email": spelling.emails(
            stream, email, f"courtoisie@{plan.slug}.example", 0.05 if plan.layout == "pretix" else 0.11
        ),
    }
    _put_foreigners(stream, table, (alias % 100 == 0) & (person >= 0))
    return table


def _titles(stream: Stream, plan: Plan, female: Flags, english: Flags) -> Words:
    """Half empty; one organization keeps languages and statuses in the same column."""
    n = len(female)
    title = words(
        [
            "" if c < 0.45 else ("Ms." if e else "Mme") if f else ("Mr." if e else "M.")
            for f, e, c in zip(female.tolist(), english.tolist(), stream.random(n).tolist(), strict=True)
        ]
    )
    if plan.layout in {"template_fr", "workbook"}:
        other = happens(stream, 0.09, n)
        title[other] = picked(
            stream, ("FR", "EN", "Abonné", "Membre", "VIP"), (0.4, 0.25, 0.2, 0.1, 0.05), int(other.sum())
        )
    return title


def _respaced(stream: Stream, column: Words, missing: float) -> Words:
    written = column.copy()
    spelling.where(happens(stream, 0.05, len(column)), written, str.upper)
    written[happens(stream, missing, len(column))] = ""
    return written


def _put_foreigners(stream: Stream, table: dict[str, Words], may: Flags) -> None:
    rows = np.flatnonzero(may & happens(stream, 0.012, len(may)))
    for i, kind in zip(rows.tolist(), stream.integers(0, len(FOREIGN), len(rows)).tolist(), strict=True):
        country, code, city, province = FOREIGN[kind]
        table["country"][i], table["postal_code"][i], table["city"][i], table["province"][i] = (
            country,
            code,
            city,
            province,
        )


def _write_the_house(plan: Plan, table: dict[str, Words], member: Ints, alias: Ints) -> None:
    """The counter's own account and the schools."""
    for i in np.flatnonzero(member < 0):
        for column in table.values():
            column[i] = ""
        if member[i] == GENERIC:
            table["first_name"][i], table["last_name"][i] = "Client", "Comptoir" if not plan.english else "Walk-up"
            table["email"][i] = f"courtoisie@{plan.slug}.example"
        else:
            number = int(alias[i]) % 100
            table["last_name"][i] = (
                f"École {('des Érables', 'Sainte-Anne', 'du Ruisseau', 'des Sentiers')[number % 4]} {number + 1}"
            )
            table["email"][i] = f"secretariat{number}@ecole.example"


def _codes(stream: Stream, plan: Plan, source: Ints) -> Words:
    """Customer numbers in the manner of each system; the second system starts again from the first number."""
    code = np.empty(len(source), dtype=object)
    form = {
        "template_fr": "CLI{:06d}",
        "template_en": "HS-{:05d}",
        "workbook": "{:07d}",
        "embedded": "C{:05d}",
        "archive": "{:06d}",
    }
    for one in (0, 1):
        rows = np.flatnonzero(source == one)
        numbers = stream.permutation(len(rows)) + 1001
        code[rows] = words([form.get(plan.layout, "{:d}").format(int(number)) for number in numbers])
    return code


def column_names() -> tuple[str, ...]:
    """The text columns of a record, in the order of the published template."""
    return tuple(field.name for field in fields(Records))[2:]
