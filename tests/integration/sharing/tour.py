"""A drawn tour: three presenters of one show, four other houses, a producer without data. Nothing is left to chance."""

import zlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.rollups import write_rollup
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES

AS_OF = date(2024, 6, 1)
PRESENTERS = ("nord", "sud", "ouest")
OTHERS = ("autre-a", "autre-b", "autre-c", "autre-d")
NIGHTS = (date(2023, 2, 1), date(2023, 2, 2), date(2023, 2, 3))
BUYERS = 120
"""Of the show, at each presenter: 60 new to it; 48 of these were seen elsewhere, 24 came back within the year."""


def draw_tour(home: Path, snapshot_id: str = "c" * 20, as_of: date = AS_OF, *, together: bool = False) -> Home:
    """The pool and the rollups of the tour. `together`: *nord* and *sud* sell the same nights in the same room."""
    place = Home(home)

    def build(folder: Path) -> Manifest:
        connection = _drawn(together)
        for table in TABLES:
            (folder / table).mkdir(parents=True)
            for slug in (*PRESENTERS, *OTHERS):
                name = folder / table / f"{slug}.parquet"
                connection.execute(
                    f"COPY (SELECT * FROM {table} WHERE organization = '{slug}') TO '{name}' (FORMAT parquet)"
                )
        for slug in (*PRESENTERS, *OTHERS):
            write_rollup(folder, slug)
        counts = {slug: OrganizationCounts() for slug in (*PRESENTERS, *OTHERS)}
        return Manifest(snapshot_id, datetime(2024, 6, 1, tzinfo=UTC), as_of, "test", organizations=counts)

    publish(place, build)
    return place


def _drawn(together: bool) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    sold: list[dict[str, object]] = []
    for at, slug in enumerate((*PRESENTERS, *OTHERS)):
        _house(connection, slug, region="0124"[at % 4], room="salle" if together else slug)
    for at, slug in enumerate(PRESENTERS):
        for number in range(BUYERS):
            person = f"tournee-{number}" if number >= 80 else f"{slug}-{number}"
            night = NIGHTS[number % 3]
            sold += [_ticket(slug, "tour", f"tour-{number % 3}", night, person)] * 2
            if number >= 60:
                sold.append(_ticket(slug, "old", "old-0", date(2019, 10, 1), person))
            elif number < 24:
                sold.append(_ticket(slug, "next", "next-0", date(2023, 11, 1), person))
            if number < 48:
                sold.append(_ticket(OTHERS[number % 4], "old", "old-0", date(2019, 10, 1), person))
        sold.append(_ticket(slug, "old", "old-0", date(2019, 10, 1), f"ancien-{at}"))
    connection.register("bought", pa.Table.from_pylist(sold))
    connection.execute("INSERT INTO purchases BY NAME SELECT * FROM bought")
    connection.execute(
        """INSERT INTO persons BY NAME SELECT DISTINCT organization, buyer_id, person_id, 'INDIVIDUAL' AS buyer_kind,
        1 AS records FROM purchases"""
    )
    return connection


def _house(connection: duckdb.DuckDBPyConnection, slug: str, *, region: str, room: str) -> None:
    def put(table: str, **values: object) -> None:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))

    put("organizations", organization=slug, name=slug, territory="", disciplines=[], size="S", time_zone="UTC")
    put(
        "venues", venue_id=f"{slug}-v", organization=slug, label=room, municipality=f"Ville {room}", fsa="H2X",
        admin_region=f"0{region}", common_venue_id=f"V-{room}",
    )  # fmt: skip
    nights = {("tour", f"tour-{n}"): on for n, on in enumerate(NIGHTS)} if slug in PRESENTERS else {}
    nights |= {("old", "old-0"): date(2019, 10, 1), ("next", "next-0"): date(2023, 11, 1)}
    for show, (_, performance) in ((key[0], key) for key in nights):
        put(
            "performances", performance_id=f"{slug}-{performance}", organization=slug, show_id=f"{slug}-{show}",
            venue_id=f"{slug}-v", starts_on=nights[show, performance], starts_hour=20, weekday=1, season=2022,
            capacity=100, discipline="THEATRE", status="SCHEDULED", event_type="PERFORMING_ARTS",
            deal_type="PRESENTATION", is_free=False, is_extra=False, is_online=False,
        )  # fmt: skip
    for show in {show for show, _ in nights}:
        put("shows", show_id=f"{slug}-{show}", organization=slug, title=show, discipline="THEATRE", language="fr")


def _ticket(slug: str, show: str, performance: str, on: date, person: str) -> dict[str, object]:
    return {
        "organization": slug, "performance_id": f"{slug}-{performance}", "show_id": f"{slug}-{show}",
        "order_id": zlib.crc32(f"{slug} {performance} {person}".encode()), "buyer_id": f"{slug}:{person}",
        "person_id": person,
        "buyer_kind": "INDIVIDUAL", "ordered_on": on - timedelta(days=10), "lead_time_days": 10,
        "ticket_status": "VALID", "net_cents": 3000, "face_cents": 3000, "price_group": "FULL", "channel": "WEB",
        "origin": "CANADA", "province": "QC", "admin_region": "06", "starts_on": on, "season": 2022,
        "discipline": "THEATRE", "venue_id": f"{slug}-v", "is_paid": True, "is_comp": False, "is_free": False,
        "price_known": True, "distance_km": 5.0 if person[-1] in "02468" else 60.0,
    }  # fmt: skip
