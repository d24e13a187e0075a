"""Three tables of CSV into a vault, against a bare DuckDB `read_csv` → Parquet of the same files in the same run."""
# ruff: noqa: E501 - SQL of invented rows

import os
import resource
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.deposits.desk import deposit_files
from publicc.store.home import Home

CUSTOMERS = int(os.environ.get("PUBLICC_BENCH_CUSTOMERS", "1000000"))
TICKETS = CUSTOMERS * 10
PERFORMANCES = 5_000
BAR = 6.0
RECEIVED = datetime(2026, 11, 22)  # noqa: DTZ001 - on the organization's clock


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = written(folder)
        peer = seconds_of(lambda: bare(files, folder))
        ours = seconds_of(lambda: deposit(files, folder))
    return {
        "what": "customers + orders + performances, CSV into an encrypted vault",
        "customers": CUSTOMERS,
        "tickets": TICKETS,
        "seconds": round(ours, 2),
        "peer": "DuckDB read_csv to Parquet",
        "peer_seconds": round(peer, 2),
        "ratio": round(ours / peer, 2),
        "bar": BAR,
        "rows_a_second": round((CUSTOMERS + TICKETS + PERFORMANCES) / ours),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def seconds_of(work: Any) -> float:  # noqa: ANN401
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def written(folder: Path) -> list[Path]:
    made = duckdb.connect()
    tables = {
        "clients": f"""SELECT 'C' || i AS "Code client", '' AS "Titre", 'Prénom' || i % 5000 AS "Prénom",
            'Nom' || i % 90000 AS "Nom", i % 9999 || ' rue Inventée' AS "Adresse", 'Val-Inventé' AS "Ville",
            'QC' AS "Province", 'Canada' AS "Pays", 'H2X 1Y4' AS "Code postal", '' AS "Téléphone",
            'c' || i || '@exemple.ca' AS "Courriel" FROM range({CUSTOMERS}) t(i)""",
        "evenements": f"""SELECT 'E' || i AS "Code événement", 'Titre ' || i // 8 AS "Titre événement",
            'Salle ' || i % 40 AS "Nom de la salle",
            strftime(TIMESTAMP '2018-09-01 20:00' + to_days((i % 700)::INT), '%Y-%m-%d %H:%M') AS "Date & heure de début",
            300 AS "Nombre de sièges", 'Théâtre' AS "Discipline" FROM range({PERFORMANCES}) t(i)""",
        "transactions": f"""SELECT 100000 + i // 2 AS "Numéro de transaction", 'C' || hash(i // 2) % {CUSTOMERS} AS "Code client",
            'E' || hash(i // 2 + 7) % {PERFORMANCES} AS "Code événement",
            strftime(TIMESTAMP '2018-06-01' + to_minutes((hash(i // 2) % 900000)::INT), '%Y-%m-%d %H:%M') AS "Date & heure transaction",
            20 + i % 60 AS "Montant du billet", ['Général', 'Réduit', 'Abonnement'][1 + i % 3] AS "Catégorie de prix",
            ['Internet', 'Guichet'][1 + i // 2 % 2] AS "Canal de transaction" FROM range({TICKETS}) t(i)""",
    }  # fmt: skip
    for name, statement in tables.items():
        made.execute(f"COPY ({statement}) TO '{folder / name}.csv' (HEADER)")
    return [folder / f"{name}.csv" for name in tables]


def bare(files: list[Path], folder: Path) -> None:
    engine = duckdb.connect()
    for file in files:
        engine.execute(f"COPY (FROM read_csv('{file}')) TO '{folder / file.stem}.parquet'")


def deposit(files: list[Path], folder: Path) -> None:
    report = deposit_files(
        Home(folder / "home"), files, organization=OrganizationProfile("bench", "Bench"), received_at=RECEIVED
    )
    assert report.held.tickets == TICKETS
    assert report.held.customers == CUSTOMERS
