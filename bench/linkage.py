"""Linkage against its best known peer: `python -m bench.linkage [SET…]`, sets of the folder of shared data.

Each side runs in a process of its own, one after the other, on the same rows; every figure counts all true pairs,
misses of blocking included. Ours is at its default; Splink is given our cleaned records and our comparisons, and is
shown at an advised threshold and at its best one, known afterwards. Writes bench/results/linkage.json.
"""

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.linkage_models import HISTORICAL, Table, febrl
from publicc.harmonise.clean.records import clean_records
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.engine import LinkScope, LinkSettings, link, link_records
from publicc.harmonise.linkage.measures import measures
from publicc.harmonise.linkage.model import Comparison

SHARED: Final = Path(os.environ.get("PUBLICC_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data") / "linkage"
RESULTS: Final = Path(__file__).parent / "results" / "linkage.json"
OWN_TABLES: Final[dict[str, Table]] = {
    "febrl3": febrl(full=True),
    "febrl4": febrl(full=True),
    "febrl3-names": febrl(full=False),
    "febrl4-names": febrl(full=False),
    "hist50k": HISTORICAL,
}
DEFAULT_SETS: Final = ("canada_20k", "canada_100k", *OWN_TABLES)
ADVISED_WEIGHT: Final = 6.6
"""Match weight of a probability of 0.99."""


def main(sets: list[str]) -> None:
    rows = []
    for name in sets or DEFAULT_SETS:
        for side in ("ours", "splink") if name.startswith("canada") else ("ours",):
            done = subprocess.run(
                [sys.executable, "-m", "bench.linkage", "--run", side, name], check=True, capture_output=True, text=True
            )
            rows += json.loads(done.stdout.splitlines()[-1])
    for row in rows:
        print(
            f"{row['set']:14} {row['side']:22} B3 {row['b_cubed']:.4f}  pair {row['pair']:.4f}"
            f"  largest false {row['largest_false_group']:4}  {row['seconds']:7.1f} s  {row['peak_memory_mb']} MB"
        )
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n")


def run(side: str, name: str) -> None:
    """One side on one set; the last line printed is its rows as JSON."""
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '3GB'")
        start = time.perf_counter()
        rows = [
            {
                "set": name,
                "side": label,
                "b_cubed": found["b_cubed"]["f1"],
                "pair": found["pairwise"]["f1"],
                "largest_false_group": found["largest_false_group"],
                "seconds": round(seconds - start, 1),
                "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
            for label, seconds, found in (_ours(connection, name) if side == "ours" else _splink(connection, name))
        ]
    print(json.dumps(rows))


def _ours(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[tuple[str, float, dict[str, Any]]]:
    source = SHARED / f"{name.removesuffix('-names')}.parquet"
    connection.read_parquet(str(source)).create_view("source")
    if name in OWN_TABLES:
        table = OWN_TABLES[name]
        connection.execute(f"CREATE TEMP TABLE linkage_records AS {table.records_sql}")
        connection.execute("CREATE TEMP TABLE linkage_courtesies (kind VARCHAR, value VARCHAR, row_count BIGINT)")
        link_records(connection, scope=LinkScope.POOL, settings=LinkSettings(model=table.model, largest=table.largest))
        truth = "SELECT '' AS organization, unique_id AS customer_number, cluster AS entity FROM source"
    else:
        link(connection, "source", scope=LinkScope.POOL)
        truth = f"FROM '{SHARED / f'{name}.truth.parquet'}'"
    seconds = time.perf_counter()
    yield "ours, default", seconds, _measured(connection, "SELECT * FROM linkage_result", truth)


def _splink(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[tuple[str, float, dict[str, Any]]]:
    """Splink 5 on our cleaned records, with our comparisons and the usual five blocking rules."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    connection.read_parquet(str(SHARED / f"{name}.parquet")).create_view("source")
    clean_records(connection, "source", into="cleaned")
    connection.execute("CREATE TABLE records AS SELECT * FROM cleaned")
    api = DuckDBAPI(connection=connection)
    linker = Linker(
        api.register("records"),
        SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="record_no",
            comparisons=[_in_splink(comparison) for comparison in CANADA.comparisons],
            blocking_rules_to_generate_predictions=[
                block_on("email"),
                block_on("phone"),
                block_on("given", "surname", "fsa"),
                block_on("surname", "postal_code"),
                block_on("given", "postal_code"),
            ],
        ),
    )
    linker.training.estimate_probability_two_random_records_match([block_on("email", "given")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (block_on("given", "surname"), block_on("postal_code"), block_on("email")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    predicted = linker.inference.predict(threshold_match_weight=2)
    seconds = time.perf_counter()
    truth = f"FROM '{SHARED / f'{name}.truth.parquet'}'"
    trials = []
    for weight in (ADVISED_WEIGHT, *range(3, 19)):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_weight=weight)
        found = f"""SELECT cleaned.organization, cleaned.customer_number, cluster_id AS person_no
            FROM {clusters.physical_name} JOIN cleaned USING (record_no)"""
        trials.append((weight, _measured(connection, found, truth)))
    yield f"Splink, {ADVISED_WEIGHT} advised", seconds, trials[0][1]
    weight, best = max(trials, key=lambda trial: trial[1]["b_cubed"]["f1"])
    yield f"Splink, {weight} best", seconds, best


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
        f"""SELECT person_no, entity FROM ({found}) f JOIN ({truth}) t USING (organization, customer_number)
        ORDER BY organization, customer_number"""
    ).fetchnumpy()
    return dict(measures(rows["person_no"].tolist(), rows["entity"].tolist()).as_json())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(*sys.argv[2:])
    else:
        main(sys.argv[1:])
