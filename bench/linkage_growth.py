"""How linkage grows: a table, then one four times as large. `PUBLICC_BENCH_GROWTH` names the set.

The larger table adds to the set three other populations drawn from it. Each has its surnames, habits and mistakes; its
first names are dealt anew among persons, its homes exchanged between sectors of like size; it lives behind other doors,
with telephones and e-mails of its own. So every name becomes four times as frequent, every postal code and sector four
times as peopled, and values that strangers share are shared by four times as many. First names and e-mails no longer
go together: it is the time that is measured here, more than the quality.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.linkage import SHARED
from publicc.harmonise.linkage.engine import LinkScope, link
from publicc.harmonise.linkage.measures import measures

SET: Final = os.environ.get("PUBLICC_BENCH_GROWTH", "canada_1m")
TIMES: Final = 4
BAR: Final = 5.0
"""Times the time that so many times the records may take."""
SHARED_BY: Final = 20
"""A telephone or an e-mail of more rows is nobody's: every population has the same."""
APART: Final = 11
"""Places, in the order of their size, between a sector and the one that takes its homes in the next population."""


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        told = {}
        for times in (1, TIMES):
            draw(Path(folder), times)
            done = subprocess.run(
                [sys.executable, "-m", "bench.linkage_growth", "--alone", folder], check=True, stdout=subprocess.PIPE
            )
            told[times] = json.loads(done.stdout.splitlines()[-1])
    return {
        "what": f"{SET}: {told[1]['rows']} records, then {told[TIMES]['rows']}",
        "load": os.getloadavg()[0],
        "times_the_seconds": round(told[TIMES]["seconds"] / told[1]["seconds"], 2),
        "times_the_processor_seconds": round(told[TIMES]["processor_seconds"] / told[1]["processor_seconds"], 2),
        "bar": BAR,
        **{f"{key}_{times}": value for times, one in told.items() for key, value in one.items()},
    }


def draw(folder: Path, times: int) -> None:
    """Write `records.parquet` and `truth.parquet` of so many populations in `folder`."""
    with duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = '{folder}'")
        connection.execute(
            f"""CREATE TABLE source AS
            SELECT r.*, entity, household, upper(left(postal_code, 3)) AS sector,
                row_number() OVER (PARTITION BY entity ORDER BY customer_number) - 1 AS row,
                count(*) OVER (PARTITION BY phone) > {SHARED_BY} AS nobodys_phone,
                count(*) OVER (PARTITION BY lower(email)) > {SHARED_BY} AS nobodys_email
            FROM read_parquet('{SHARED / SET}.parquet') r
            JOIN read_parquet('{SHARED / SET}.truth.parquet') USING (organization, customer_number)"""
        )
        connection.execute(_sectors_sql())
        connection.execute(
            """CREATE TABLE homes AS
            SELECT household, mode(sector) AS sector FROM source SEMI JOIN sectors USING (sector) GROUP BY household"""
        )
        connection.execute(
            """CREATE TABLE persons AS
            SELECT entity, list(first_name ORDER BY row) AS written, hash(entity) AS h FROM source GROUP BY entity"""
        )
        every = " UNION ALL ".join(_population_sql(number) for number in range(times))
        connection.execute(f"CREATE TABLE drawn AS {every}")
        connection.execute(f"COPY (SELECT * EXCLUDE entity FROM drawn) TO '{folder / 'records.parquet'}'")
        connection.execute(
            f"COPY (SELECT organization, customer_number, entity FROM drawn) TO '{folder / 'truth.parquet'}'"
        )


def _sectors_sql() -> str:
    """Sectors of homes, largest first, and the city most written there."""
    return """CREATE TABLE sectors AS
        SELECT sector, mode(city) AS city, row_number() OVER (ORDER BY count(*) DESC, sector) - 1 AS place,
            count(*) OVER () AS places
        FROM source WHERE regexp_full_match(sector, '[A-Z][1-9][A-Z]') GROUP BY sector"""


def _population_sql(number: int) -> str:
    """SQL: the source itself, or one more population, in the columns of the source and `entity`."""
    if number == 0:
        return """SELECT organization, customer_number, first_name, last_name, address, city, province, postal_code,
            phone, email, entity FROM source"""
    digits = "123456789"
    turned = f"translate({{}}, '{digits}', '{digits[number:] + digits[:number]}')".format
    dealt = f"""SELECT entity, lead(written, {number}) OVER (ORDER BY h, entity) AS written FROM persons"""
    return f"""SELECT organization, customer_number || '-{number}', d.written[1 + row % len(d.written)], last_name,
            {turned("address")},
            CASE WHEN r.city IS NULL THEN NULL ELSE coalesce(there.city, r.city) END, province,
            coalesce(there.sector || substr(postal_code, 4), postal_code),
            CASE WHEN nobodys_phone THEN phone
                ELSE left(phone, -4) || {turned("right(phone, 4)")} END,
            CASE WHEN nobodys_email THEN email ELSE replace(email, '@', '{number}@') END,
            entity || '-{number}'
        FROM source r LEFT JOIN ({dealt}) d USING (entity) LEFT JOIN homes USING (household)
        LEFT JOIN sectors here ON here.sector = coalesce(nullif(r.sector, ''), homes.sector)
        LEFT JOIN sectors there ON there.place = (here.place + {number} * {APART}) % here.places"""


def alone(folder: Path) -> dict[str, Any]:
    """Link the table of `folder` in this process."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '4GB'; SET temp_directory = '{folder}'")
        connection.read_parquet(str(folder / "records.parquet")).create_view("source")
        wall, processor = time.perf_counter(), time.process_time()
        result = link(connection, "source", scope=LinkScope.POOL)
        told: dict[str, Any] = {
            "rows": result.rows,
            "seconds": round(time.perf_counter() - wall, 1),
            "processor_seconds": round(time.process_time() - processor, 1),
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "candidates": result.candidates,
        }
        found = connection.execute(
            f"""SELECT person_no, entity FROM linkage_result
            JOIN read_parquet('{folder / "truth.parquet"}') USING (organization, customer_number) ORDER BY record_no"""
        ).fetchnumpy()
        quality = measures(found["person_no"].tolist(), found["entity"].tolist())
    return told | {
        "b_cubed": round(quality.b_cubed.f1, 4),
        "pair": round(quality.pairs.f1, 4),
        "largest_false_group": quality.largest_false_group,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        print(json.dumps(alone(Path(sys.argv[2]))))
    else:
        print(json.dumps(run(), indent=2))
