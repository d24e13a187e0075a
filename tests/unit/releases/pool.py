"""A small pool as Parquet, drawn by chance: houses in two regions, buyers who go to one or several of them."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from publicc.store.tables import TABLES


def write_pool(
    folder: Path,
    *,
    houses: int = 12,
    persons: int = 1500,
    seed: int = 1,
    first_on: date = date(2018, 9, 15),
    alike: bool = False,
) -> Path:
    """`alike`: every house in one region, of one discipline."""
    chance = np.random.default_rng(seed)
    arts = ("THEATRE", "THEATRE") if alike else ("THEATRE", "DANCE")
    regions = ("06", "06") if alike else ("06", "03")
    connection = duckdb.connect()
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")

    def put(table: str, **values: object) -> None:
        names = ", ".join(values)
        connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values())
        )

    slugs = [f"house-{at:02}" for at in range(houses)]
    for at, slug in enumerate(slugs):
        put("organizations", organization=slug, name=slug, territory="", disciplines=[], size="", time_zone="UTC")
        put("venues", venue_id="v", organization=slug, label="v", fsa="H2X", admin_region=regions[at % 2])
        for n in range(3):
            put(
                "performances", performance_id=f"{slug}-{n}", organization=slug, show_id="s", venue_id="v",
                starts_on=first_on + timedelta(days=30 * n), weekday=1, season=2018, capacity=600,
                discipline=arts[(at // 2 + (n == 2)) % 2], status="SCHEDULED", event_type="PERFORMING_ARTS",
                deal_type="PRESENTATION", is_free=False, is_extra=False, is_online=False,
            )  # fmt: skip
    purchases, known = [], set()
    homes = ("06", "03", "16", "13")
    weight = np.array([0.6, 0.2, 0.15, 0.05])
    liked = chance.dirichlet(np.full(houses, 3.0))
    for person in range(persons):
        home = homes[chance.choice(4, p=weight)]
        for house in chance.choice(houses, size=chance.integers(1, min(4, houses) + 1), replace=False, p=liked):
            slug, n = slugs[house], int(chance.integers(3))
            buyer = f"b{person}-{house}"
            known.add((slug, buyer, f"p{person}", home))
            day = first_on + timedelta(days=30 * n)
            purchases.append(
                (slug, f"{slug}-{n}", "s", person, buyer, f"p{person}", "INDIVIDUAL", day - timedelta(days=9), "VALID",
                 int(2000 + 100 * house + chance.integers(0, 900)), "FULL", "WEB", "CANADA", "QC", home, day, 2018, "v")
            )  # fmt: skip
    names = [
        "organization",
        "performance_id",
        "show_id",
        "order_id",
        "buyer_id",
        "person_id",
        "buyer_kind",
        "ordered_on",
        "ticket_status",
        "net_cents",
        "price_group",
        "channel",
        "origin",
        "province",
        "admin_region",
        "starts_on",
        "season",
        "venue_id",
    ]
    connection.register("bought", pa.table({name: [row[at] for row in purchases] for at, name in enumerate(names)}))
    connection.execute(
        "INSERT INTO purchases BY NAME SELECT *, true AS is_paid, false AS is_comp, false AS is_free, "
        "true AS price_known FROM bought"
    )
    people = sorted(known)
    columns = ("organization", "buyer_id", "person_id", "admin_region")
    connection.register("met", pa.table({name: [row[at] for row in people] for at, name in enumerate(columns)}))
    connection.execute("INSERT INTO persons BY NAME SELECT *, 'INDIVIDUAL' AS buyer_kind, 1 AS records FROM met")
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        connection.execute(f"COPY {table} TO '{folder / table}.parquet' (FORMAT parquet)")
    return folder
