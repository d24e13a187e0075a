"""The kinds of people that the demonstration plants are found again by the common segmentation, named and in force.

Its people, programmes and sales are written straight into a pool: nothing else of it has to be read for that.
"""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from publicc.demo.audience import audience
from publicc.demo.build import DEFAULT_SEED
from publicc.demo.chance import Chance
from publicc.demo.habits import KINDS
from publicc.demo.organizations import Plan, plans
from publicc.demo.people import People, populate
from publicc.demo.places import Homes, homes
from publicc.demo.sales import CATEGORIES, CHANNELS, crowding, fullness, sell
from publicc.demo.seasons import AS_OF, DISCIPLINES, Programme, programme
from publicc.kernel.scope import OwnRows
from publicc.metrics.rollup import rollup_tables
from publicc.segments.demonstration import PROFILES, publish_demo_segmentation
from publicc.segments.fitting import adjusted_rand
from publicc.segments.model import SegmentModel
from publicc.segments.queries import current
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.rollups import write_rollup
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES

pytestmark = pytest.mark.django_db
CUSTOMERS, HOUSES = 6_000, 7
CHANNEL = {"web": "WEB", "counter": "COUNTER", "phone": "PHONE"}


def days(of: np.typing.NDArray[np.int64]) -> pa.Array:
    return pa.array(of.astype("datetime64[D]"))


def performances(plan: Plan, played: Programme) -> pa.Table:
    n = len(played)
    return pa.table({
        "performance_id": [f"{plan.slug}-{at}" for at in range(n)], "organization": [plan.slug] * n,
        "show_id": [f"{plan.slug}-{show}" for show in played.show.tolist()], "starts_on": days(played.day),
        "starts_hour": played.hour, "weekday": (played.day + 3) % 7 + 1, "season": played.day // 365 + 1970,
        "capacity": played.capacity, "discipline": [DISCIPLINES[at].value for at in played.discipline.tolist()],
        "status": ["SCHEDULED"] * n, "event_type": ["PERFORMING_ARTS"] * n, "deal_type": ["PRESENTATION"] * n,
        "is_free": [False] * n, "is_extra": [False] * n, "is_online": [False] * n,
    })  # fmt: skip


def purchases(chance: Chance, plan: Plan, played: Programme, people: People, at: Homes) -> pa.Table:
    """One row a paid ticket of somebody known."""
    public = audience(chance, plan, people, at=at, customers=CUSTOMERS)
    full = fullness(plan, played, crowding([]))
    lines = sell(chance, plan, played, public=public, people=people, full=full)
    lines = lines.at((lines.member >= 0) & (lines.price_cents > 0) & ~lines.refused)
    row = np.repeat(np.arange(len(lines)), lines.quantity)
    performance, person = lines.performance[row], public.person[lines.member[row]].tolist()
    return pa.table({
        "organization": [plan.slug] * len(row), "performance_id": [f"{plan.slug}-{p}" for p in performance.tolist()],
        "show_id": [f"{plan.slug}-{show}" for show in played.show[performance].tolist()],
        "order_id": lines.order[row], "buyer_id": [f"{p}" for p in person], "person_id": [f"{p}" for p in person],
        "lead_time_days": played.day[performance] - lines.minute[row] // 1440, "net_cents": lines.price_cents[row],
        "price_group": ["SUBSCRIPTION" if CATEGORIES[c] == "subscription" else "FULL"
                        for c in lines.category[row].tolist()],
        "channel": [CHANNEL.get(CHANNELS[c], "OTHER") for c in lines.channel[row].tolist()],
        "starts_on": days(played.day[performance]),
        "discipline": [DISCIPLINES[d].value for d in played.discipline[performance].tolist()],
    })  # fmt: skip


def write_world(folder: Path) -> People:
    """The pool of the demonstration's organizations, as Parquet and rollups; gives its people."""
    chance, chosen, at = Chance(DEFAULT_SEED), plans(HOUSES), homes()
    people = populate(chance, at, chosen, CUSTOMERS)
    with duckdb.connect() as facts:
        for name, columns in TABLES.items():
            facts.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})")
        for plan in chosen:
            played = programme(chance, plan, 0.2)
            facts.register("offered", performances(plan, played))
            facts.register("sold", purchases(chance, plan, played, people, at))
            facts.execute("INSERT INTO performances BY NAME SELECT * FROM offered")
            facts.execute(
                "INSERT INTO purchases BY NAME SELECT *, 'INDIVIDUAL' AS buyer_kind, 'VALID' AS ticket_status,"
                " TRUE AS is_paid, FALSE AS is_comp, FALSE AS is_free, TRUE AS price_known FROM sold"
            )
        facts.execute(
            "INSERT INTO persons BY NAME SELECT DISTINCT organization, buyer_id, person_id, 'INDIVIDUAL' AS buyer_kind,"
            " 1 AS records FROM purchases"
        )
        for name in TABLES:
            (folder / name).mkdir()
            for plan in chosen:
                facts.execute(
                    f"COPY (SELECT * FROM {name} WHERE organization = $slug)"
                    f" TO '{folder / name / plan.slug}.parquet' (FORMAT parquet)",
                    {"slug": plan.slug},
                )
    for plan in chosen:
        write_rollup(folder, plan.slug, rollup_tables())
    return people


@pytest.fixture
def world(tmp_path: Path) -> tuple[Home, People]:
    home, held = Home(tmp_path), []

    def build(folder: Path) -> Manifest:
        held.append(write_world(folder))
        counts = {plan.slug: OrganizationCounts() for plan in plans(HOUSES)}
        return Manifest("d" * 32, datetime(2026, 2, 16, tzinfo=UTC), AS_OF, "test", organizations=counts)

    publish(home, build)
    return home, held[0]


def profiles(home: Home, plan: Plan) -> dict[int, str]:
    """Person → profile told at home, of one organization's buyers of the current season."""
    with own_facts(home, OwnRows(plan.slug)) as facts:
        rows = facts.execute("SELECT buyer_id, profile FROM profiles WHERE profile IS NOT NULL").fetchall()
    return {int(buyer): profile for buyer, profile in rows}


def agreement(model: SegmentModel, told: dict[int, str], people: People) -> float:
    """Adjusted Rand index between profiles and planted kinds."""
    found = np.array([model.codes.index(code) for code in told.values()])
    planted = people.kind[np.array(list(told))]
    return adjusted_rand(found, planted, np.ones(len(found)))


def test_planted_kinds_become_named_profiles_in_force_that_tell_the_same_people(world: tuple[Home, People]) -> None:
    home, people = world
    publish_demo_segmentation(home)
    model = current()
    assert model is not None
    names = {one.name for one in model.classes}
    assert names <= {one.name for one in PROFILES.values()}
    assert {PROFILES[kind.code].name for kind in KINDS} <= names
    assert 0.04 <= min(model.quality["sizes"]) <= max(model.quality["sizes"]) <= 0.35
    assert model.quality["bootstrap"]["min"] >= 0.7
    assert model.quality["without_one"]["min"] >= 0.8
    assert model.quality["golden"]["agreement"][5] >= 0.85
    for plan in plans(HOUSES):
        told = profiles(home, plan)
        if len(told) > 100:
            assert agreement(model, told, people) >= 0.7, plan.slug
