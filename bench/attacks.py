"""`make attack`: attack generated collectives for long. Members, pairs of members, several quarterly releases.

Each release is protected with all earlier ones and with exact figures that some members granted to others, then tried:
by its own audit, as every member, from its stored files and the pool; by an independent attacker (tests/attacks.py)
that imports nothing of the engine, on a sample of members, of pairs who put together what they know, and of targets;
by members who invent customers. At the end, every member shops among all the groups it was ever shown, alone and with
another. Every success is counted; the goal is none in 100,000 attempts. Protecting and auditing are timed apart.
"""

import argparse
import itertools
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from publicc.disclosure.policy import DEFAULT_POLICY
from publicc.disclosure.rules import PersonUnits, safe_person_cells
from publicc.disclosure.seal import Signer
from publicc.disclosure.tables import membership_table
from publicc.kernel.period import Period
from publicc.releases.audit import audit_release
from publicc.releases.build import build_release
from publicc.releases.contents import BUYERS, REVENUE, buyers_table
from publicc.releases.granted import Granted
from publicc.releases.history import history_of
from publicc.releases.units import organization_figures, person_units, snapshot_facts
from tests.attacks import Published, cornered, near_groups, reach
from tests.unit.releases.pool import write_pool

RESULT = Path(__file__).parent / "results" / "attacks.json"
SIGNER = Signer("bench", Ed25519PrivateKey.from_private_bytes(bytes(32)))
P, WIDTH = 0.15, 5
SYBILS = 50
"""Invented customers in each finest group."""


def quarters(number: int) -> list[Period]:
    """Quarters in a row from the autumn of 2018."""
    firsts = [date(2018 + (8 + 3 * at) // 12, (8 + 3 * at) % 12 + 1, 1) for at in range(number + 1)]
    return [Period(first, date.fromordinal(after.toordinal() - 1)) for first, after in itertools.pairwise(firsts)]


def published(folder: Path, table: str) -> list[Published]:
    """The cells shown, each with the interval that its rounding leaves."""
    found = []
    for row in pq.read_table(folder / "cells.parquet").to_pylist():
        if row["table"] != table or row["state"] != "shown":
            continue
        dimensions = BUYERS.dimensions if table == "buyers" else REVENUE.dimensions
        key = tuple((one.name, row[one.name]) for one in dimensions if row[one.name] is not None)
        half = 2 if table == "buyers" else 10 ** (np.floor(np.log10(row["value"])) - 2) / 2
        found.append(Published(key, row["value"] - half, row["value"] + half))
    return found


@dataclass(frozen=True)
class Target:
    """A release, and the pool it was made from: what a member knows of itself, and what is to be found."""

    folder: Path
    pool: Path
    period: Period


def attack_amounts(at: Target, chance: random.Random, tries: int) -> Counter[str]:
    """One member, or two together, against the revenue of another."""
    with snapshot_facts(at.pool) as connection:
        figures = organization_figures(connection, at.period, at.period.last_on, compared=False)
    slugs = sorted(set(figures.sums["ticket_revenue"]) & set(figures.membership))
    units = membership_table(REVENUE.dimensions, {slug: figures.membership[slug] for slug in slugs}).units
    amounts = np.array([figures.sums["ticket_revenue"][slug] for slug in slugs])
    cells, tally = published(at.folder, "revenue"), Counter[str]()
    for number in range(tries if cells else 0):
        target, *members = chance.sample(range(len(slugs)), 2 + number % 2)
        floor, roof = np.zeros(len(slugs)), np.full(len(slugs), np.inf)
        floor[members] = roof[members] = amounts[members]
        low, high = reach(cells, units, np.eye(len(slugs))[target], floor, roof)
        kind = "independent, pairs, money" if len(members) == 2 else "independent, members, money"
        near = high < (1 + P) * amounts[target] * (1 - 1e-6) or low > (1 - P) * amounts[target] * (1 + 1e-6)
        exact = high - low <= 1e-6 * amounts[target]
        tally.update({kind: 1, f"{kind}: found": int(exact or (near and len(members) == 1))})
    return tally


def attack_persons(at: Target, chance: random.Random, tries: int) -> Counter[str]:
    """One member against a group of others too small to be shown."""
    table = buyers_table()
    with snapshot_facts(at.pool) as connection:
        members = sorted(organization_figures(connection, at.period, at.period.last_on, compared=False).membership)
        people = person_units(connection, at.period, table, members)
    small = [
        (member, unit)
        for member in range(len(members))
        for unit in np.flatnonzero(people.persons - people.by_org[member] < 10).tolist()
    ]
    cells, tally = published(at.folder, "buyers"), Counter[str]()
    for member, unit in chance.sample(small, min(tries, len(small))) if cells else ():
        floor = people.by_org[member].astype(float)
        low, high = reach(cells, table.units, np.eye(len(table.units))[unit], floor)
        kind = "independent, members, persons"
        tally.update({kind: 1, f"{kind}: found": int(high - low < WIDTH - 1e-6)})
    return tally


def granted_by_chance(at: Target, chance: random.Random, grantees: int) -> Granted:
    """Some members were shown, by two others each, the exact figures of a show: here, all of their amounts."""
    with snapshot_facts(at.pool) as connection:
        figures = organization_figures(connection, at.period, at.period.last_on, compared=False)
    slugs = sorted(figures.membership)
    return Granted(
        {
            grantee: {
                metric: {
                    owner: known[owner] for owner in chance.sample(slugs, 2) if owner in known and owner != grantee
                }
                for metric, known in figures.sums.items()
            }
            for grantee in chance.sample(slugs, grantees)
        }
    )


def attack_with_sybils(at: Target, chance: random.Random, tries: int) -> Counter[str]:
    """Members who bring invented customers, as many as it takes: a cell then shown must rest on enough others."""
    table, tally = buyers_table(), Counter[str]()
    with snapshot_facts(at.pool) as connection:
        members = sorted(organization_figures(connection, at.period, at.period.last_on, compared=False).membership)
        people = person_units(connection, at.period, table, members)
    for member in chance.sample(range(len(members)), tries):
        known = people.by_pair.copy()
        known[member, member] += SYBILS
        total = people.persons + SYBILS
        safe = safe_person_cells(
            table.matrix, PersonUnits(total, np.einsum("mme->me", known).copy(), known), DEFAULT_POLICY.persons
        )
        others = table.matrix @ (total - known[member, member])
        small = others < DEFAULT_POLICY.persons.k
        tally.update({"sybils, persons": int(small.sum()), "sybils, persons: found": int((small & safe).sum())})
    return tally


def attack_groups(folders: list[Path], chance: random.Random, pairs: int) -> Counter[str]:
    """Every member shops among all the groups of all releases; pairs of members put them together."""
    tally, told = Counter[str](), history_of(folders)
    for metric in sorted({metric for one in told.releases for metric in one.voters}):
        groups = told.groups(metric)
        members = sorted({slug for group in groups for slug in group})
        for viewer in members:
            tally.update({"groups over time, members": len(groups) * (len(groups) - 1) // 2})
            tally.update({"groups over time, members: found": len(near_groups(groups, viewer))})
        for together in (chance.sample(members, 2) for _ in range(pairs if members else 0)):
            tally.update({"groups over time, pairs": len(members) - 2})
            tally.update({"groups over time, pairs: found": len(cornered(groups, together))})
    return tally


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--organizations", type=int, default=100)
    asked.add_argument("--persons", type=int, default=25_000)
    asked.add_argument("--quarters", type=int, default=8)
    asked.add_argument("--sample", type=int, default=2000, help="independent attempts of each kind, a release")
    asked.add_argument("--grantees", type=int, default=6, help="members who were granted exact figures, a release")
    asked.add_argument("--poisoners", type=int, default=5, help="members who invent customers, a release")
    asked.add_argument("--pairs", type=int, default=20, help="pairs of members who shop together, a figure")
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    chance, tally, shown = random.Random(told.seed), Counter[str](), Counter[str]()
    started, seconds, processor, folders = time.perf_counter(), 0.0, 0.0, list[Path]()
    with tempfile.TemporaryDirectory() as scratch:
        for number, period in enumerate(quarters(told.quarters)):
            folder, pool = Path(scratch) / f"release-{number}", Path(scratch) / f"pool-{number}"
            write_pool(
                pool, houses=told.organizations, persons=told.persons, seed=told.seed + number, first_on=period.first_on
            )
            target = Target(folder, pool, period)
            granted = granted_by_chance(target, chance, told.grantees)
            begun, worked = time.perf_counter(), time.process_time()
            certificate = build_release(
                pool, folder, period=period, as_of=date(2022, 1, 1), signer=SIGNER, history=history_of(folders),
                granted=granted,
            )  # fmt: skip
            report = audit_release(folder, pool=pool, granted=granted)
            seconds += time.perf_counter() - begun
            processor += time.process_time() - worked
            folders.append(folder)
            for kind, attempts in report.attempts.items():
                tally.update({kind: attempts.run, f"{kind}: found": attempts.within})
            tally.update(attack_amounts(target, chance, told.sample))
            tally.update(attack_persons(target, chance, told.sample))
            tally.update(attack_with_sybils(target, chance, told.poisoners))
            tally.update({"cells read again": 1, "cells read again: found": report.altered or 0})
            shown.update({k: certificate["cells"][k] for k in ("shown", "withheld")})
            print(
                f"{period}: {seconds:.0f} s so far, {certificate['cells']['shown']} cells shown, {said(tally)}",
                flush=True,
            )
        tally.update(attack_groups(folders, chance, told.pairs))
    result = {
        "organizations": told.organizations, "persons": told.persons, "releases": told.quarters, "seed": told.seed,
        "attempts": sum(n for kind, n in tally.items() if not kind.endswith("found")),
        "found": sum(n for kind, n in tally.items() if kind.endswith("found")),
        "by_kind": dict(sorted(tally.items())), "cells": dict(shown),
        "seconds protecting and auditing": round(seconds, 1), "bar": "300 s on 2 cores, 100 organizations, 8 quarters",
        "processor seconds protecting and auditing": round(processor, 1), "load": round(os.getloadavg()[0], 1),
        "seconds": round(time.perf_counter() - started, 1),
    }  # fmt: skip
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2, sort_keys=True))
    sys.exit(1 if result["found"] else 0)


def said(tally: Counter[str]) -> str:
    attempts = sum(n for kind, n in tally.items() if not kind.endswith("found"))
    return f"{attempts} attempts so far, {sum(n for kind, n in tally.items() if kind.endswith('found'))} found anything"


if __name__ == "__main__":
    main()
