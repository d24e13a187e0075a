"""Linkage on Spark against linkage in one process, on the same rows: `python -m bench linkage_spark`.

The honest use of Spark is what one machine does not hold; these sets, one machine holds. So the ratio says what moving
rows costs, not what Spark brings. Each side works in a process of its own. The clock includes the start of Java; the
processor's seconds are those of all processes that a side started. `PUBLICC_BENCH_SETS` (space-separated) chooses among
the sets of the folder of shared data.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.linkage import SHARED
from publicc.cli.engines import Engine, workers_of
from publicc.harmonise.linkage import LinkScope, LinkSettings, link

DEFAULT_SETS: Final = ("canada_100k", "canada_1m")


def run() -> dict[str, Any]:
    found = []
    for name in os.environ.get("PUBLICC_BENCH_SETS", "").split() or DEFAULT_SETS:
        sides = {engine.value: _alone(engine, name) for engine in Engine}
        duckdb_side, spark_side = sides["duckdb"], sides["spark"]
        same = duckdb_side.pop("outcome") == spark_side.pop("outcome")
        found.append({"set": name, "same rows": same, **sides, "times as long": _ratio(spark_side, duckdb_side)})
    return {"load": os.getloadavg()[0], "sets": found}


def _ratio(one: dict[str, Any], other: dict[str, Any]) -> float:
    return round(float(one["seconds"]) / float(other["seconds"]), 1)


def _alone(engine: Engine, name: str) -> dict[str, Any]:
    """One side in a process of its own; the last line it prints is its answer."""
    wall, before = time.perf_counter(), _children_seconds()
    command = [sys.executable, "-m", "bench.linkage_spark", engine.value, name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    told = dict(json.loads(done.stdout.splitlines()[-1]))
    return {
        "seconds": round(time.perf_counter() - wall, 1),
        "processor_seconds": round(_children_seconds() - before, 1),
        **told,
    }


def _children_seconds() -> float:
    """Seconds of processor of all processes that ended under this one."""
    times = os.times()
    return times.children_user + times.children_system


def alone(engine: Engine, name: str) -> dict[str, Any]:
    """In this process: link, and say what came out of it in one number."""
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect() as connection,
        workers_of(engine, None, Path(folder)) as workers,
    ):
        connection.execute("SET memory_limit = '2GB'")
        connection.read_parquet(str(SHARED / f"{name}.parquet")).create_view("source")
        result = link(connection, "source", scope=LinkScope.POOL, settings=LinkSettings(workers=workers))
        (outcome,) = connection.execute(
            f"SELECT sum(hash(r)::HUGEINT)::VARCHAR FROM (SELECT * EXCLUDE (input_row) FROM {result.relation}) r"
        ).fetchone() or ("",)
        return {"rows": result.rows, "persons": result.persons, "stages": result.seconds, "outcome": outcome}


if __name__ == "__main__":
    print(json.dumps(alone(Engine(sys.argv[1]), sys.argv[2])))
