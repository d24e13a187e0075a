"""The people of the demonstration: households with a home, persons with names, telephones, e-mails and tastes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from publicc.demo.chance import Chance, Flags, Floats, Ints, Stream, Words, happens, indices, picked, words
from publicc.demo.habits import kinds_of, roaming
from publicc.demo.organizations import Plan
from publicc.demo.places import Homes, position_of, settle
from publicc.demo.seasons import DISCIPLINES
from publicc.demo.words import STREETS_EN, STREETS_FR, first_names, surnames
from publicc.kernel.vocabulary import Discipline

HOUSEHOLD_SIZES: Final = (0.42, 0.38, 0.12, 0.08)
MAIL_DOMAINS: Final = ("courriel.example", "boitemail.example", "poste.example", "maisonnee.example", "webmail.example")
"""Reserved names: no one can own an address there."""
AREA_CODES: Final = {
    "H": ("514", "438"),
    "J": ("450", "579", "819"),
    "G": ("418", "581"),
    "M": ("416", "647"),
    "K": ("613", "343"),
    "E": ("506",),
}
FLOWS: Final = {
    Discipline.THEATRE: {Discipline.DANCE: 0.30, Discipline.HUMOUR: 0.18, Discipline.CLASSICAL_MUSIC: 0.15,
    Discipline.OPERA: 0.08},
    Discipline.DANCE: {Discipline.THEATRE: 0.45, Discipline.CIRCUS: 0.25, Discipline.CLASSICAL_MUSIC: 0.12},
    Discipline.CLASSICAL_MUSIC: {Discipline.OPERA: 0.50, Discipline.THEATRE: 0.20, Discipline.INSTRUMENTAL_MUSIC: 0.2},
    Discipline.OPERA: {Discipline.CLASSICAL_MUSIC: 0.60, Discipline.DANCE: 0.15},
    Discipline.HUMOUR: {Discipline.VARIETY: 0.35, Discipline.SONG_FR: 0.25, Discipline.THEATRE: 0.06},
    Discipline.SONG_FR: {Discipline.HUMOUR: 0.30, Discipline.CIRCUS: 0.15, Discipline.THEATRE: 0.12},
    Discipline.CIRCUS: {Discipline.DANCE: 0.25, Discipline.SONG_FR: 0.25, Discipline.VARIETY: 0.2},
}  # fmt: skip
"""Planted: how strongly the public of one discipline goes to another."""


@dataclass(frozen=True)
class People:
    """One row a person, in the order of their number. Arrays of one length."""

    household: Ints
    home: Ints
    old_home: Ints
    """Where they lived before 2020; the same home when they did not move."""
    female: Flags
    english: Flags
    first_name: Words
    last_name: Words
    street: Words
    old_street: Words
    phone: Words
    email: Words
    taste: Floats
    """Persons × disciplines, 0–1."""
    kind: Ints
    """Position in `habits.KINDS`."""
    preferred: Mapping[str, Floats]
    """Town → how much each area of its homes is preferred, as a logarithm."""

    def __len__(self) -> int:
        return len(self.household)


def populate(chance: Chance, at: Homes, plans: tuple[Plan, ...], customers: int) -> People:
    """Enough people around every town for its organizations to share some of them."""
    stream = chance.stream("people")
    homes, english, preferred = _households(stream, at, plans, customers)
    size = indices(stream, np.array(HOUSEHOLD_SIZES), len(homes)) + 1
    household = np.repeat(np.arange(len(homes)), size)
    place = np.arange(len(household)) - np.repeat(np.cumsum(size) - size, size)
    moved = happens(stream, 0.10, len(homes))
    old_homes = np.where(moved, homes[stream.permutation(len(homes))], homes)
    speaks = english[household]
    female = happens(stream, 0.58, len(household)) ^ (place == 1)
    first, first_plain, last, last_plain = _names(stream, household, place, english=speaks, female=female)
    streets = _streets(stream, english)
    old_street = np.where(moved, _streets(stream, english), streets)[household]
    phone, email = _phones(stream, at, homes, household), _emails(stream, household, first_plain, last_plain)
    taste = _tastes(stream, plans, len(household))
    kind = kinds_of(chance, taste)
    return People(
        household=household, home=homes[household], old_home=old_homes[household], female=female, english=speaks,
        first_name=first, last_name=last, street=streets[household],
        old_street=old_street, phone=phone, email=email, taste=roaming(taste, kind), kind=kind, preferred=preferred,
    )  # fmt: skip


def _households(
    stream: Stream, at: Homes, plans: tuple[Plan, ...], customers: int
) -> tuple[Ints, Flags, dict[str, Floats]]:
    mean_size = sum((i + 1) * share for i, share in enumerate(HOUSEHOLD_SIZES))
    homes, english, preferred = [], [], {}
    for city in sorted({plan.city for plan in plans}):
        here = [plan for plan in plans if plan.city == city]
        wanted = sum(plan.share for plan in here) * customers * (0.75 if len(here) > 2 else 1.7)
        around = position_of(at, here[0].venue)
        reach_km = max(p.reach_km for p in here)
        found, preferred[city] = settle(stream, at, around, max(20, round(wanted / mean_size)), reach_km=reach_km)
        likely = {"Toronto": 0.96, "Montréal": 0.17}.get(city, 0.04)
        homes.append(found)
        english.append(
            happens(stream, np.where(at.province[found] == "ON", 0.9, likely).astype(np.float64), len(found))
        )
    return np.concatenate(homes), np.concatenate(english), preferred


def _names(
    stream: Stream, household: Ints, place: Ints, *, english: Flags, female: Flags
) -> tuple[Words, Words, Words, Words]:
    n = len(household)
    first, first_plain, last, last_plain = (np.empty(n, dtype=object) for _ in range(4))
    for speaks in (False, True):
        family = surnames(english=speaks)
        mask = english == speaks
        drawn = indices(stream, family.weights, int(mask.sum()))
        last[mask], last_plain[mask] = family.names[drawn], family.plain[drawn]
        for woman in (False, True):
            given = first_names(english=speaks, female=woman)
            rows = mask & (female == woman)
            found = indices(stream, given.weights, int(rows.sum()))
            first[rows], first_plain[rows] = given.names[found], given.plain[found]
    head = np.maximum.accumulate(np.where(place == 0, np.arange(n), 0))
    shares = np.where(place == 1, 0.34, 0.84)
    same = (place > 0) & happens(stream, shares, n)
    last[same], last_plain[same] = last[head[same]], last_plain[head[same]]
    compound = np.flatnonzero((place > 1) & ~same)
    for i in compound:
        own, parent = str(last[i]).split("-")[0], str(last[head[i]]).split("-")[0]
        last[i], last_plain[i] = f"{own}-{parent}", f"{last_plain[i]}{last_plain[head[i]]}"
    return first, first_plain, last, last_plain


def _streets(stream: Stream, english: Flags) -> Words:
    n = len(english)
    number = stream.integers(1, 9800, n)
    street = np.where(
        english,
        picked(stream, STREETS_EN, [1] * len(STREETS_EN), n),
        picked(stream, STREETS_FR, [1] * len(STREETS_FR), n),
    )
    flat = np.where(happens(stream, 0.32, n), stream.integers(1, 1400, n), 0)
    form = stream.integers(0, 3, n)
    lines = []
    for no, name, apt, f, en in zip(
        number.tolist(), street, flat.tolist(), form.tolist(), english.tolist(), strict=True
    ):
        comma = " " if en or f == 1 else ", "
        line = f"{no}{comma}{name}"
        if apt:
            line = f"{apt}-{line}" if f == 0 else f"{line}, {'apt.' if en else 'app.'} {apt}"
        lines.append(line)
    return words(lines)


def _phones(stream: Stream, at: Homes, homes: Ints, household: Ints) -> Words:
    """Numbers of the 555 exchange, each given once; those who come when none is left have none."""
    n = len(household)
    letters = [at.code[h][0] for h in homes]
    area = words(
        [AREA_CODES.get(c, AREA_CODES["K"])[i % len(AREA_CODES.get(c, AREA_CODES["K"]))] for i, c in enumerate(letters)]
    )
    order = {code: stream.permutation(9900) for code in sorted(set(area))}
    taken = dict.fromkeys(order, 0)

    def next_number(code: str) -> str:
        i = taken[code]
        taken[code] = i + 1
        return f"{code}555{int(order[code][i]) + 100:04d}" if i < len(order[code]) else ""

    landline = [
        next_number(code) if home else "" for code, home in zip(area, happens(stream, 0.3, len(homes)), strict=True)
    ]
    own = happens(stream, 0.62, n)
    return words(
        [next_number(area[h]) if o else landline[h] for h, o in zip(household.tolist(), own.tolist(), strict=True)]
    )


def _emails(stream: Stream, household: Ints, first: Words, last: Words) -> Words:
    n = len(household)
    form = stream.integers(0, 4, n)
    domain = picked(stream, MAIL_DOMAINS, [0.5, 0.2, 0.15, 0.1, 0.05], n)
    number = stream.integers(1, 1990, n)
    kind = indices(stream, np.array([0.80, 0.13, 0.07]), n)
    own: list[str] = []
    first_of_household: dict[int, str] = {}
    rows = zip(household.tolist(), first, last, form.tolist(), domain, number.tolist(), kind.tolist(), strict=True)
    for i, (home, given, family, f, where, no, k) in enumerate(rows):
        who = (f"{given}.{family}", f"{given[:1]}{family}", f"{family}.{given}", f"{given}{family[:1]}")[f]
        address = f"{who}{no}@{where}" if no % 5 else f"{who}{i}@{where}"
        if k == 2:
            own.append("")
            continue
        shared = first_of_household.setdefault(home, address)
        own.append(shared if k == 1 else address)
    return words(own)


def _tastes(stream: Stream, plans: tuple[Plan, ...], n: int) -> Floats:
    demand: dict[Discipline, float] = {}
    for plan in plans:
        for discipline in plan.disciplines:
            demand[discipline] = demand.get(discipline, 0.0) + plan.share / len(plan.disciplines)
    liked = [d for d in DISCIPLINES if d in demand]
    main = indices(stream, np.array([demand[d] for d in liked]), n)
    taste = np.full((n, len(DISCIPLINES)), 0.03)
    for i, discipline in enumerate(liked):
        rows = np.flatnonzero(main == i)
        taste[rows, DISCIPLINES.index(discipline)] = 1.0
        for other, share in FLOWS.get(discipline, {}).items():
            taste[rows, DISCIPLINES.index(other)] = share * stream.uniform(0.4, 1.6, len(rows))
    return taste
