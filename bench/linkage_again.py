"""An incremental linkage against a full one: one customer in a hundred is new. `PUBLICC_BENCH_AGAIN` names the set."""

import os
import resource
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

import duckdb

from bench.linkage import SHARED
from publicc.harmonise.linkage.again import keep_for_again, link_again
from publicc.harmonise.linkage.engine import LinkScope, link
from publicc.harmonise.linkage.measures import measures

SET: Final = os.environ.get("PUBLICC_BENCH_AGAIN", "canada_100k")
SHARE: Final = 100
"""One customer in so many is new."""
BAR: Final = 0.05

T = TypeVar("T")


def run() -> dict[str, Any]:
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '2GB'")
        chosen = f"FROM read_parquet('{SHARED / SET}.parquet') WHERE hash(customer_number, organization) % {SHARE}"
        connection.execute(f"CREATE VIEW whole AS FROM read_parquet('{SHARED / SET}.parquet')")
        connection.execute(f"CREATE VIEW former AS {chosen} > 0; CREATE VIEW more AS {chosen} = 0")
        former = link(connection, "former", scope=LinkScope.POOL)
        keep_for_again(connection, former.relation, former.trained, across=True, into="kept")
        again, again_seconds, again_processor = timed(
            lambda: link_again(connection, "more", kept="kept", trained=former.trained, across=True)
        )
        full, full_seconds, full_processor = timed(lambda: link(connection, "whole", scope=LinkScope.POOL))
        alike = agreement(connection)
    return {
        "what": f"{again.rows} new rows on {former.rows}",
        "load": os.getloadavg()[0],
        "full_seconds": full_seconds,
        "again_seconds": again_seconds,
        "full_processor_seconds": full_processor,
        "again_processor_seconds": again_processor,
        "share_of_the_clock": round(again_seconds / full_seconds, 4),
        "share_of_the_processor": round(again_processor / full_processor, 4),
        "bar": BAR,
        "compared": again.compared,
        "compared_by_the_full_run": full.candidates,
        "rows_settled_again": again.touched,
        "b_cubed_with_the_full_run": alike,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def timed(work: Callable[[], T]) -> tuple[T, float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, round(time.perf_counter() - wall, 2), round(time.process_time() - processor, 2)


def agreement(connection: duckdb.DuckDBPyConnection) -> float:
    """B-cubed F1 of the incremental groups, the full run's taken for the truth."""
    found = connection.execute(
        """SELECT a.person_no AS again, f.person_no AS whole
        FROM kept_groups a JOIN kept_records r USING (record_no)
        JOIN linkage_result f USING (organization, customer_number)"""
    ).fetchnumpy()
    return round(measures(found["again"].tolist(), found["whole"].tolist()).b_cubed.f1, 5)


if __name__ == "__main__":
    print(run())
