"""An incremental linkage against a full one: one customer in a hundred is new. `PUBLICC_BENCH_AGAIN` names the set.

What is measured ends when the groups of all rows are kept, and can be read as a view. *Read out*: that view made a
table beside the names of the customers, as a full run leaves it.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

import duckdb

from bench.linkage import SHARED
from publicc.harmonise.linkage.again import link_again
from publicc.harmonise.linkage.changes import Changes, compare_rows
from publicc.harmonise.linkage.engine import LinkResult, LinkScope, LinkSettings, link
from publicc.harmonise.linkage.kept import Kept, keep, marked_columns, marks_sql
from publicc.harmonise.linkage.measures import measures

SET: Final = os.environ.get("PUBLICC_BENCH_AGAIN", "canada_100k")
SHARE: Final = 100
"""One customer in so many is new."""
BAR: Final = 0.05

T = TypeVar("T")


def run() -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="publicc-bench-") as folder,
        duckdb.connect(f"{folder}/bench.duckdb") as connection,
    ):
        connection.execute("SET memory_limit = '2GB'")
        gather(connection)
        connection.execute("CREATE SCHEMA kept")
        settings = LinkSettings(to_keep=True)
        former = link(connection, "former", scope=LinkScope.POOL, settings=settings)
        kept, keep_seconds, keep_processor = timed(
            lambda: keep(connection, "former", former, settings, across=True, where="kept")
        )
        (changes, again), again_seconds, again_processor = timed(lambda: continued(connection, kept, settings))
        _, read_seconds, read_processor = timed(lambda: connection.execute("CREATE TEMP TABLE read_out AS FROM again"))
        full, full_seconds, full_processor = timed(lambda: link(connection, "whole", scope=LinkScope.POOL))
        alike = agreement(connection)
    return {
        "what": f"{changes.new} new rows on {former.rows}",
        "load": os.getloadavg()[0],
        "full_seconds": full_seconds,
        "again_seconds": again_seconds,
        "read_out_seconds": read_seconds,
        "keep_seconds": keep_seconds,
        "full_processor_seconds": full_processor,
        "again_processor_seconds": again_processor,
        "read_out_processor_seconds": read_processor,
        "keep_processor_seconds": keep_processor,
        "share_of_the_clock": round(again_seconds / full_seconds, 4),
        "share_of_the_processor": round(again_processor / full_processor, 4),
        "share_of_the_processor_read_out": round((again_processor + read_processor) / full_processor, 4),
        "bar": BAR,
        "compared": again.candidates,
        "compared_by_the_full_run": full.candidates,
        "b_cubed_with_the_full_run": alike,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def gather(connection: duckdb.DuckDBPyConnection) -> None:
    """`whole`, the rows as `harmonise` gathers them, each with what it is known by; and `former`, without the new."""
    source = connection.read_parquet(f"{SHARED / SET}.parquet")
    marks = marks_sql(source.columns, "organization", "customer_number")
    for table, rows in (
        ("whole", f"SELECT *, {marks} FROM read_parquet('{SHARED / SET}.parquet')"),
        ("former", f"FROM whole WHERE hash(customer_number, organization) % {SHARE} > 0"),
    ):
        connection.execute(f"CREATE TABLE {table} ({marked_columns(source.columns)})")
        connection.execute(f"INSERT INTO {table} {rows}")


def continued(connection: duckdb.DuckDBPyConnection, kept: Kept, settings: LinkSettings) -> tuple[Changes, LinkResult]:
    changes = compare_rows(connection, "whole", kept)
    return changes, link_again(connection, "whole", kept, changes, settings, into="again")


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, round(time.perf_counter() - wall, 2), round(time.process_time() - processor, 2)


def agreement(connection: duckdb.DuckDBPyConnection) -> float:
    """B-cubed F1 of the incremental groups, the full run's taken for the truth."""
    found = connection.execute(
        """SELECT a.person_no AS again, f.person_no AS whole
        FROM again a JOIN linkage_result f USING (organization, customer_number)"""
    ).fetchnumpy()
    return round(measures(found["again"].tolist(), found["whole"].tolist()).b_cubed.f1, 5)


if __name__ == "__main__":
    print(run())
