"""Own screens when the pool is large: rollups built, every screen cold, against the same statements over the Parquet pool.

Two pools of invented rows, a small and a large one, of as many organizations: what a screen costs must hardly grow.
`PUBLICC_BENCH_TICKETS` (3 000 000), `PUBLICC_BENCH_SMALL_TICKETS` (a thirtieth), `PUBLICC_BENCH_POOLS` (folder where
they are kept for the next time).
"""
# ruff: noqa: E501 - SQL of invented rows

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from publicc.dashboards.asking import Asker
from publicc.dashboards.filters import Filters
from publicc.dashboards.known import Known
from publicc.dashboards.screens.audiences import audiences_screen
from publicc.dashboards.screens.season import season_screen
from publicc.dashboards.screens.territories import territories_screen
from publicc.kernel.period import season_period
from publicc.kernel.scope import OwnRows
from publicc.metrics.counted import source_of
from publicc.metrics.rollup import rollup_tables
from publicc.metrics.source import Source
from publicc.store.facts import open_own_facts
from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.rollups import write_rollup
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES

LARGE: Final = int(os.environ.get("PUBLICC_BENCH_TICKETS", "3000000"))
SMALL: Final = int(os.environ.get("PUBLICC_BENCH_SMALL_TICKETS", str(LARGE // 30)))
ORGANIZATIONS: Final = 12
AS_OF: Final = date(2026, 2, 15)
BARS: Final = {
    "cold p95 ms": 400,
    "p95 large ÷ small": 1.5,
    "plain ÷ ours, median": 50,
    "build s": 300,
    "build MB": 6000,
}
SCREENS: Final = {"season": season_screen, "audiences": audiences_screen, "territories": territories_screen}
FILTERS: Final[tuple[dict[str, tuple[str, ...]], ...]] = (
    {},
    {"channel": ("WEB",)},
    {"price_group": ("FULL",)},
    {"discipline": ("DANCE",)},
    {"channel": ("COUNTER",), "price_group": ("REDUCED",)},
    {"discipline": ("THEATRE",), "channel": ("WEB",)},
)
SEASONS: Final = (2025, 2024, 2023)


@dataclass(frozen=True, slots=True)
class Pool:
    """A published pool, and what it cost to build its rollups."""

    home: Home
    slugs: tuple[str, ...]
    build_seconds: float
    build_megabytes: int


def run() -> dict[str, Any]:
    with _folder() as folder:
        small, large = _pool(folder, SMALL), _pool(folder, LARGE)
        few, many = _cold(small), _cold(large)
        ours, plain = _beside_plain(large)
    p95, p95_small = _p95(many), _p95(few)
    told = {
        "load": round(os.getloadavg()[0], 1),
        "tickets": f"{SMALL} and {LARGE}, {ORGANIZATIONS} organizations, the greatest holds a quarter",
        "cold p50 ms": round(statistics.median(many)),
        "cold p95 ms": round(p95),
        "small p50 ms": round(statistics.median(few)),
        "small p95 ms": round(p95_small),
        "p95 large ÷ small": round(p95 / p95_small, 2),
        "ours, median ms": round(statistics.median(ours)),
        "plain SQL over Parquet, median ms": round(statistics.median(plain)),
        "plain ÷ ours, median": round(statistics.median(b / a for a, b in zip(ours, plain, strict=True)), 1),
        "build s": round(large.build_seconds, 1) or "kept from the time before",
        "build MB": large.build_megabytes or "kept from the time before",
    }
    return told | {"bars": BARS}


def _cold(pool: Pool) -> list[float]:
    """Milliseconds of every screen under every filter, for the greatest organization and a middling one."""
    return [
        took
        for slug in (pool.slugs[0], pool.slugs[len(pool.slugs) // 2])
        for took in _screens(pool, slug, FILTERS, SEASONS)
    ]


def _screens(pool: Pool, slug: str, filters: Any, seasons: tuple[int, ...], *, plain: bool = False) -> Iterator[float]:  # noqa: ANN401
    scope, known = OwnRows(slug), Known(AS_OF)
    with closing(open_own_facts(pool.home, scope)) as facts:
        for build in SCREENS.values():  # the choices of the filters are known to a process that serves
            build(Asker(source_of(facts), scope, Filters(season_period(2022), 2022), AS_OF, known))
        for season in seasons:
            for where in filters:
                for build in SCREENS.values():
                    source = Source(_over_parquet(pool)) if plain else source_of(facts)
                    asked = Filters(season_period(season), season, tuple(sorted(where.items())))
                    source.know()
                    begun = time.perf_counter()
                    build(Asker(source, scope, asked, AS_OF, known))
                    yield (time.perf_counter() - begun) * 1000


def _beside_plain(pool: Pool) -> tuple[list[float], list[float]]:
    """The same pages of the greatest organization, ours and by plain statements over the whole pool's Parquet."""
    few = FILTERS[:2]
    ours = list(_screens(pool, pool.slugs[0], few, SEASONS[:1]))
    return ours, list(_screens(pool, pool.slugs[0], few, SEASONS[:1], plain=True))


def _over_parquet(pool: Pool) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect()
    snapshot = next(path for path in pool.home.pool.iterdir() if path.is_dir())
    for table in TABLES:
        engine.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{snapshot}/{table}/*.parquet')")
    engine.execute("CREATE TABLE snapshot AS SELECT 'plain' AS id, ?::DATE AS as_of", [AS_OF])
    return engine


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


@contextmanager
def _folder() -> Iterator[Path]:
    kept = os.environ.get("PUBLICC_BENCH_POOLS")
    if kept:
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _pool(folder: Path, tickets: int) -> Pool:
    """A pool of that many tickets, built and timed unless it was kept from the time before."""
    home = Home(folder / str(tickets))
    slugs = tuple(f"o{number:02d}" for number in range(ORGANIZATIONS))
    took: dict[str, float] = {}

    def build(into: Path) -> Manifest:
        _write(into, slugs, tickets)
        begun = time.perf_counter()
        for slug in slugs:
            write_rollup(into, slug, rollup_tables())
        took["seconds"] = time.perf_counter() - begun
        took["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        counts = OrganizationCounts(tickets=tickets)
        organizations = dict.fromkeys(slugs, counts)
        at = datetime(2026, 2, 15, tzinfo=UTC)
        return Manifest("bench0000", at, AS_OF, "bench", counts, organizations, {})

    if not home.pool.is_dir() or not any(home.pool.iterdir()):
        publish(home, build)
    return Pool(home, slugs, took.get("seconds", 0.0), int(took.get("megabytes", 0)))


def _write(folder: Path, slugs: tuple[str, ...], tickets: int) -> None:
    """Parquet files of the pool. The first organization holds a quarter of the tickets, the others share the rest."""
    engine = duckdb.connect(config={"memory_limit": "3GB"})
    for table in TABLES:
        (folder / table).mkdir()
    for place, slug in enumerate(slugs):
        rows = tickets // 4 if place == 0 else tickets * 3 // 4 // (len(slugs) - 1)
        for table, query in _rows(slug, place, rows).items():
            given = {row[0] for row in engine.execute(f"DESCRIBE {query}").fetchall()}
            columns = ", ".join(
                f"{name}::{kind} AS {name}" if name in given else f"NULL::{kind} AS {name}"
                for name, kind in TABLES[table].items()
            )
            order = " ORDER BY starts_on" if table == "purchases" else ""
            engine.execute(
                f"COPY (SELECT {columns} FROM ({query}){order}) TO '{folder}/{table}/{slug}.parquet' (COMPRESSION zstd)"
            )
            if table == "performances":
                engine.execute(f"CREATE OR REPLACE TABLE played AS {query}")


def _rows(slug: str, place: int, tickets: int) -> dict[str, str]:
    performances, buyers = max(60, tickets // 600), max(100, tickets // 10)
    return {
        "organizations": f"SELECT '{slug}' AS organization, '{slug}' AS name",
        "venues": f"SELECT 'v' || i AS venue_id, '{slug}' AS organization, 'Salle ' || i AS label, 'H2X' AS fsa FROM range(3) t(i)",
        "shows": f"SELECT '{slug}-s' || i AS show_id, '{slug}' AS organization, 'Titre ' || i AS title FROM range({performances // 6 + 1}) t(i)",
        "performances": f"""SELECT '{slug}-p' || i AS performance_id, '{slug}' AS organization, '{slug}-s' || i // 6 AS show_id,
            'v' || i % 3 AS venue_id, starts_on, 20 AS starts_hour, isodow(starts_on) AS weekday,
            year(starts_on) - (month(starts_on) < 9)::INT AS season, 900 AS capacity,
            ['THEATRE', 'DANCE', 'MUSIC'][1 + i // 6 % 3] AS discipline, 'SCHEDULED' AS status,
            'PERFORMING_ARTS' AS event_type, 'PRESENTATION' AS deal_type, false AS is_free, false AS is_extra, false AS is_online,
            'montreal' AS local_territory, i AS no
            FROM (SELECT i, DATE '2021-09-10' + (i * 1740 // {performances})::INT AS starts_on FROM range({performances}) t(i))""",
        "purchases": f"""SELECT '{slug}' AS organization, performance_id, show_id, venue_id, starts_on, season, discipline,
            {place}::BIGINT * 1000000000 + i // 2 AS order_id, md5('{slug}' || who) AS buyer_id, 'h' || md5('{slug}' || who) AS household_id,
            'INDIVIDUAL' AS buyer_kind, starts_on - lead AS ordered_on, 8 + i % 14 AS ordered_hour,
            isodow(starts_on - lead) AS ordered_weekday, lead AS lead_time_days,
            CASE WHEN i % 41 = 0 THEN 'REFUNDED' ELSE 'VALID' END AS ticket_status,
            CASE WHEN i % 41 = 0 THEN starts_on - lead // 2 END AS cancelled_on,
            CASE WHEN i % 41 = 0 OR i % 29 = 0 THEN 0 ELSE 2000 + 500 * (i % 9) END AS net_cents, 6000 AS face_cents,
            CASE WHEN i % 29 = 0 THEN 'COMP' ELSE ['FULL', 'FULL', 'REDUCED', 'SUBSCRIPTION'][1 + i // 2 % 4] END AS price_group,
            ['WEB', 'WEB', 'COUNTER', 'PHONE'][1 + i // 2 % 4] AS channel, true AS is_scanned,
            CASE WHEN who % 17 = 0 THEN 'UNKNOWN' WHEN who % 97 = 0 THEN 'FOREIGN' ELSE 'CANADA' END AS origin,
            CASE WHEN who % 17 > 0 AND who % 97 > 0 THEN 'QC' END AS province,
            CASE WHEN who % 17 > 0 AND who % 97 > 0 THEN 'HJG'[1 + who % 3] || who // 3 % 9 || 'ABCEGHJKLMNPRSTVWXYZ'[1 + who // 27 % 20] END AS fsa,
            CASE WHEN who % 17 > 0 AND who % 97 > 0 THEN lpad((1 + who % 17)::VARCHAR, 2, '0') END AS admin_region,
            CASE WHEN who % 17 > 0 AND who % 97 > 0 THEN 'Ville ' || who % 60 END AS municipality,
            CASE WHEN who % 17 > 0 AND who % 97 > 0 THEN (who % 1400) / 10.0 END AS distance_km,
            i % 41 > 0 AND i % 29 > 0 AS is_paid, i % 41 > 0 AND i % 29 = 0 AS is_comp, false AS is_free, true AS price_known
            FROM (SELECT t.i, (pow(hash(i // 2) % 1000003 / 1000003.0, 2) * {buyers})::BIGINT AS who,
             (hash(i // 2 + 7) % {performances})::BIGINT AS no, (pow(hash(i // 2 + 11) % 1009 / 1009.0, 3) * 200)::INT AS lead
             FROM range({tickets}) t(i)) JOIN played USING (no)""",
        "persons": f"SELECT '{slug}' AS organization, md5('{slug}' || i) AS buyer_id FROM range({buyers}) t(i)",
        "totals": f"SELECT '{slug}' AS organization WHERE false",
    }
