"""Splink 5 in its own environment: `python _splink.py RECORDS.parquet COMPARISONS.json FOLDER WEIGHT…`.

Reads our cleaned records, trains without labels, predicts, and writes in FOLDER one Parquet of clusters for each match
weight; prints seconds (wall and processor) from reading to the first clusters, and peak memory, as JSON.
Nothing of ours is imported here.
"""

import json
import resource
import sys
import time
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def main(records: str, comparisons: str, folder: str, *weights: str) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '5GB'; SET temp_directory = '{folder}'")
        connection.execute(f"CREATE TABLE records AS FROM '{records}'")
        api = DuckDBAPI(connection=connection)
        linker = Linker(
            api.register("records"),
            SettingsCreator(
                link_type="dedupe_only",
                unique_id_column_name="record_no",
                comparisons=json.loads(Path(comparisons).read_text()),
                blocking_rules_to_generate_predictions=[
                    block_on("email"),
                    block_on("phone"),
                    block_on("given", "surname", "fsa"),
                    block_on("surname", "postal_code"),
                    block_on("given", "postal_code"),
                ],
            ),
        )
        learn = linker.training
        learn.estimate_probability_two_random_records_match([block_on("email", "given")], recall=0.5)
        learn.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
        for rule in (block_on("given", "surname"), block_on("postal_code"), block_on("email")):
            learn.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
        predicted = linker.inference.predict(threshold_match_weight=2)
        said = {}
        for weight in weights:
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
                predicted, threshold_match_weight=float(weight)
            )
            out = Path(folder) / f"{weight}.parquet"
            connection.execute(f"COPY (SELECT record_no, cluster_id FROM {clusters.physical_name}) TO '{out}'")
            said = said or {
                "seconds": time.perf_counter() - wall,
                "processor_seconds": time.process_time() - processor,
                "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
