"""Writes the demonstration collective: one folder of raw exports an organization, and the truth beside them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import tomlkit

from publicc.collective.profiles import PROFILE_FILE
from publicc.demo.audience import audience
from publicc.demo.census import CENSUS_FILE, invented_census
from publicc.demo.chance import Chance
from publicc.demo.findings import Collective, write_json
from publicc.demo.habits import KINDS
from publicc.demo.layouts import LAYOUTS, NUMBERED
from publicc.demo.organizations import Plan, plans
from publicc.demo.people import People, populate
from publicc.demo.places import Homes, homes, position_of
from publicc.demo.records import Records, records
from publicc.demo.sales import crowding, fullness, sell
from publicc.demo.seasons import AS_OF, Programme, programme
from publicc.demo.tables import Box, fill, source_of_lines
from publicc.demo.truth import counts
from publicc.kernel.errors import BadUsage
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text

DEFAULT_CUSTOMERS: Final = 48_000
DEFAULT_SEED: Final = 20191104
TRUTH: Final = "truth"
_SLACK: Final = 1.2
"""Some of those drawn into a public never buy: that many more are drawn."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large the collective is, and which one of all possible."""

    organizations: int = 12
    customers: int = DEFAULT_CUSTOMERS
    seed: int = DEFAULT_SEED

    def __post_init__(self) -> None:
        if not 1 <= self.organizations <= 200 or not 300 <= self.customers <= 2_000_000 or self.seed < 0:
            raise BadUsage(
                Text("Cette taille ne se peut pas.", "This size is not possible."),
                do=Text(
                    "Demander de 1 à 200 organismes, de 300 à 2 000 000 de clients et une graine d'au moins 0.",
                    "Ask for 1 to 200 organizations, 300 to 2,000,000 customers and a seed of at least 0.",
                ),
            )


@dataclass(frozen=True, slots=True)
class Built:
    """What was written."""

    folder: Path
    truth: dict[str, Any]


def build(wanted: Wanted, out: Path, progress: Progress = SILENT) -> Built:
    """Write the collective into `out`, which must be empty or new. The same `wanted` gives the same bytes."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadUsage(
            Text(f"Le dossier {out.name} n'est pas vide.", f"The folder {out.name} is not empty."),
            do=Text("En nommer un autre ou le vider.", "Name another one or empty it."),
        )
    chance = Chance(wanted.seed)
    chosen = plans(wanted.organizations)
    progress.step(Text("Peuplement", "Settling people"))
    at = homes()
    people = populate(chance, at, chosen, wanted.customers)
    played = [programme(chance, plan, wanted.customers / DEFAULT_CUSTOMERS) for plan in chosen]
    same_day = crowding([p for p, plan in zip(played, chosen, strict=True) if plan.crowded])
    with duckdb.connect(config={"threads": 2, "preserve_insertion_order": True}) as connection:
        connection.execute("SET enable_progress_bar = false")
        return _written(
            connection, chance, wanted, _World(chosen, at, people, played, same_day), out=out, progress=progress
        )


@dataclass(frozen=True, slots=True)
class _World:
    plans: tuple[Plan, ...]
    at: Homes
    people: People
    played: list[Programme]
    same_day: dict[int, int]


def _written(
    connection: duckdb.DuckDBPyConnection,
    chance: Chance,
    wanted: Wanted,
    world: _World,
    *,
    out: Path,
    progress: Progress,
) -> Built:
    whole = Collective.empty(connection, world.at)
    organizations: dict[str, Any] = {}
    entities: list[pa.Table] = []
    for i, (plan, played) in enumerate(zip(world.plans, world.played, strict=True)):
        progress.step(Text(plan.name, plan.name), i, len(world.plans))
        box, held = _box(connection, chance, wanted, world, plan=plan, played=played)
        folder = out / plan.slug
        folder.mkdir(parents=True)
        LAYOUTS[plan.layout](box, folder)
        (folder / PROFILE_FILE).write_text(_profile(plan, world.at), encoding="utf-8")
        organizations[plan.slug] = {
            **counts(box),
            "files": sorted(f.name for f in folder.iterdir() if f.suffix != ".toml"),
        }
        entities.append(_entities(plan, held, world.people))
        whole.take_in(box, world.at)
    census = invented_census(chance, world.at, world.plans, world.people)
    truth = {
        "as_of": AS_OF.isoformat(),
        "seed": wanted.seed,
        "customers_asked": wanted.customers,
        "organizations": organizations,
        "findings": whole.findings(world.plans) | {"degree_gradient": census.gradients},
    }
    (out / TRUTH).mkdir()
    census.write(out / TRUTH / CENSUS_FILE)
    write_json(out / TRUTH / "truth.json", truth)
    pq.write_table(pa.concat_tables(entities), out / TRUTH / "entities.parquet", compression="zstd")
    return Built(out, truth)


def _box(
    connection: duckdb.DuckDBPyConnection,
    chance: Chance,
    wanted: Wanted,
    world: _World,
    *,
    plan: Plan,
    played: Programme,
) -> tuple[Box, Records]:
    public = audience(chance, plan, world.people, at=world.at, customers=round(wanted.customers * _SLACK))
    lines = sell(chance, plan, played, public=public, people=world.people, full=fullness(plan, played, world.same_day))
    source = source_of_lines(plan, played, lines)
    held, record_of_line = records(
        chance, plan, at=world.at, people=world.people, public=public, lines=lines, source_of_line=source
    )
    return fill(
        connection, chance, plan, played=played, held=held, lines=lines, record_of_line=record_of_line,
        same_day=world.same_day,
    ), held  # fmt: skip


def _entities(plan: Plan, held: Records, people: People) -> pa.Table:
    """One row a customer record: who it truly is. `customer_number` is null where the system gives none."""
    n = len(held)
    numbered = plan.layout in NUMBERED
    person = held.person
    return pa.table(
        {
            "organization": pa.array([plan.slug] * n, pa.string()),
            "source": pa.array(held.source, pa.int32()),
            "customer_number": pa.array(held.code if numbered else [None] * n, pa.string()),
            "entity": pa.array(
                [f"P{p:07d}" if p >= 0 else f"{plan.slug}:{i}" for i, p in enumerate(person.tolist())], pa.string()
            ),
            "household": pa.array(
                [
                    f"H{people.household[p]:07d}" if p >= 0 else f"{plan.slug}:{i}"
                    for i, p in enumerate(person.tolist())
                ],
                pa.string(),
            ),
            "is_person": pa.array(person >= 0),
            "kind": pa.array([KINDS[people.kind[p]].code if p >= 0 else None for p in person.tolist()], pa.string()),
            **{
                name: pa.array(getattr(held, name), pa.string())
                for name in ("first_name", "last_name", "postal_code", "email")
            },
        }
    )


def _profile(plan: Plan, at: Homes) -> str:
    """The small file that says what the exports do not."""
    venue = position_of(at, plan.venue)
    told: dict[str, Any] = {
        "name": plan.name,
        "disciplines": [d.value for d in plan.disciplines],
        "territory": plan.territory,
        "size": plan.size,
        "time_zone": "America/Toronto",
        "links_across": plan.links_across,
    }
    if plan.local_territory:
        told["local_territory"] = plan.local_territory
    code = str(at.code[venue])
    told["venues"] = [
        {"label": room.label, "city": plan.city, "postal_code": f"{code[:3]} {code[3:]}"} for room in plan.rooms
    ]
    return tomlkit.dumps(told)
