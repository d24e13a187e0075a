"""Linkage against its best known peer: `python -m bench.linkage [SET…]`, sets of the folder of shared data.

Each side works in a process of its own, one after the other, on the same rows; every figure counts all true pairs,
misses of blocking included. Ours is at its default, without labels. Splink has an environment of its own; it is given
our cleaned records and our comparisons, and is shown at an advised threshold and at its best one, known afterwards; the
time of the cleaning is counted on both sides. Processor seconds stand beside the clock's: the first do not depend on
what else the machine is doing. `PUBLICC_BENCH_SETS` (space-separated) chooses the sets; `short` stands for small ones.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import duckdb

from bench._peers import python_with
from bench.linkage_models import HISTORICAL, Table, febrl
from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.engine import LinkScope, LinkSettings, link, link_records
from publicc.harmonise.linkage.measures import measures
from publicc.harmonise.linkage.model import Comparison

SHARED: Final = Path(os.environ.get("PUBLICC_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data") / "linkage"
OWN_TABLES: Final[dict[str, Table]] = {
    "febrl3": febrl(full=True),
    "febrl4": febrl(full=True),
    "febrl3-names": febrl(full=False),
    "febrl4-names": febrl(full=False),
    "hist50k": HISTORICAL,
}
"""Linked through a configuration of their own."""
PLAIN_TABLES: Final = ("febrl3-plain", "febrl4-plain")
"""Names and places as the columns of a box office, through the default model."""
SHORT: Final = ("canada_20k", "febrl3-plain", "febrl4-plain")
DEFAULT_SETS: Final = ("canada_20k", "canada_100k", *OWN_TABLES, *PLAIN_TABLES)
PEER: Final = ("splink", "splink==5.0.0", "duckdb==1.5.5")
ADVISED_WEIGHT: Final = 6.6
"""Match weight of a probability of 0.99."""
WEIGHTS: Final = {"canada_1m": (10, 12, 14)}
"""Weights tried besides the advised one; from 4 to 14 when nothing is said."""
PLAIN_SQL: Final = """SELECT unique_id AS customer_number, given_name AS first_name, surname AS last_name,
    nullif(concat_ws(' ', street_number, address_1, address_2), '') AS address, suburb AS city, state AS province,
    postcode AS postal_code, cluster FROM read_parquet('{}')"""


def run() -> dict[str, Any]:
    chosen = os.environ.get("PUBLICC_BENCH_SETS", "").split() or list(DEFAULT_SETS)
    sets = [name for one in chosen for name in (SHORT if one == "short" else (one,))]
    rows: list[dict[str, Any]] = []
    for name in sets:
        rows.append(_alone("ours", name))
        if name.startswith("canada"):
            rows += _splink(name)
    return {"load": os.getloadavg()[0], "sets": rows}


def main(sets: list[str]) -> None:
    os.environ["PUBLICC_BENCH_SETS"] = " ".join(sets)
    found = run()
    for row in found["sets"]:
        print(
            f"{row['set']:14} {row['side']:22} B3 {row['b_cubed']:.4f}  pair {row['pair']:.4f}"
            f"  largest false {row['largest_false_group']:4}  {row['seconds']:7.1f} s"
            f"  {row['processor_seconds']:7.1f} s of processor  {row['peak_memory_mb']} MB"
        )
    results = Path(__file__).parent / "results" / f"linkage-{'-'.join(sets) or 'all'}.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(json.dumps(found, indent=2) + "\n")


def _alone(side: str, *arguments: str) -> dict[str, Any]:
    """One side in a process of its own; the last line it prints is its answer."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.linkage", "--alone", side, *arguments], check=True, stdout=subprocess.PIPE
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def alone(side: str, *arguments: str) -> dict[str, Any]:
    """In this process: link with ours, or clean for the peer."""
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '2GB'")
        wall, processor = time.perf_counter(), time.process_time()
        (_link if side == "ours" else _clean)(connection, *arguments)
        told = {
            "seconds": round(time.perf_counter() - wall, 1),
            "processor_seconds": round(time.process_time() - processor, 1),
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        if side == "ours":
            name = arguments[0]
            found = _measured(connection, "linkage_result", _truth(name))
            return {"set": name, "side": "ours, default", **told, **found}
    return told


def _link(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    if name in PLAIN_TABLES:
        connection.execute(f"CREATE VIEW source AS {PLAIN_SQL.format(_file(name))}")
    else:
        connection.read_parquet(_file(name)).create_view("source")
    if name in OWN_TABLES:
        table = OWN_TABLES[name]
        connection.execute(f"CREATE TEMP TABLE linkage_records AS {table.records_sql}")
        connection.execute("CREATE TEMP TABLE linkage_courtesies (kind VARCHAR, value VARCHAR, row_count BIGINT)")
        link_records(connection, scope=LinkScope.POOL, settings=LinkSettings(model=table.model, largest=table.largest))
    else:
        link(connection, "source", scope=LinkScope.POOL)


def _clean(connection: duckdb.DuckDBPyConnection, name: str, out: str) -> None:
    connection.read_parquet(_file(name)).create_view("source")
    clean_records(connection, "source", into="cleaned")
    connection.execute(f"COPY cleaned TO '{out}'")


def _file(name: str) -> str:
    return str(SHARED / f"{name.split('-', maxsplit=1)[0]}.parquet")


def _truth(name: str) -> str:
    """SQL: organization, customer_number, entity."""
    if name.startswith("canada"):
        return f"FROM read_parquet('{SHARED / f'{name}.truth.parquet'}')"
    return (
        f"SELECT '' AS organization, unique_id AS customer_number, cluster AS entity FROM read_parquet('{_file(name)}')"
    )


def _splink(name: str) -> list[dict[str, Any]]:
    """Splink on our cleaned records, with our comparisons and the usual five blocking rules."""
    weights = (ADVISED_WEIGHT, *WEIGHTS.get(name, range(4, 15)))
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        records, comparisons = Path(folder) / "records.parquet", Path(folder) / "comparisons.json"
        cleaning = _alone("clean", name, str(records))
        comparisons.write_text(json.dumps([_in_splink(comparison) for comparison in CANADA.comparisons]))
        program = Path(__file__).with_name("_splink.py")
        done = subprocess.run(
            [python_with(*PEER), program, records, comparisons, folder, *map(str, weights)],
            check=True,
            stdout=subprocess.PIPE,
        )
        told = json.loads(done.stdout.splitlines()[-1])
        for key in ("seconds", "processor_seconds"):
            told[key] = round(told[key] + cleaning[key], 1)
        trials = []
        for weight in weights:
            found = f"""(SELECT organization, customer_number, cluster_id AS person_no
                FROM read_parquet('{folder}/{weight}.parquet') JOIN read_parquet('{records}') USING (record_no))"""
            trials.append((weight, _measured(connection, found, _truth(name))))
    best, measured = max(trials, key=lambda trial: trial[1]["b_cubed"])
    return [
        {"set": name, "side": f"Splink, {ADVISED_WEIGHT} advised", **told, **trials[0][1]},
        {"set": name, "side": f"Splink, {best} best", **told, **measured},
    ]


def _in_splink(comparison: Comparison) -> dict[str, Any]:
    """Our comparison in Splink's words, term frequencies included."""

    def said(condition: str) -> str:
        return re.sub(r"\b([lr])\.(\w+)", r'"\2_\1"', condition)

    levels: list[dict[str, Any]] = [{"sql_condition": said(comparison.absent), "is_null_level": True}]
    for level in comparison.levels[:-1]:
        levels.append({"sql_condition": said(level.condition), "label_for_charts": level.name})
        if level.rarity:
            levels[-1]["tf_adjustment_column"] = level.rarity.removesuffix("_bits")
    levels.append({"sql_condition": "ELSE", "label_for_charts": "different"})
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _measured(connection: duckdb.DuckDBPyConnection, found: str, truth: str) -> dict[str, Any]:
    rows = connection.execute(
        f"""SELECT person_no, entity FROM {found} f JOIN ({truth}) t USING (organization, customer_number)
        ORDER BY organization, customer_number"""
    ).fetchnumpy()
    found_now = measures(rows["person_no"].tolist(), rows["entity"].tolist())
    return {
        "rows": len(rows["entity"]),
        "b_cubed": round(found_now.b_cubed.f1, 4),
        "pair": round(found_now.pairs.f1, 4),
        "largest_false_group": found_now.largest_false_group,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        print(json.dumps(alone(*sys.argv[2:])))
    else:
        main(sys.argv[1:])
