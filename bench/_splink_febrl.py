"""Splink 5 on the FEBRL sets, in its own environment: `python _splink_febrl.py RECORDS.parquet`.

Comparisons of its own library and blocking on names, postcode, street (birth date, number), trained without labels;
prints the pairs at the advised weight and at others. Nothing of ours is imported.
"""

import json
import sys

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

WEIGHTS = (6.6, 2, 4, 8, 10, 12, 14)
"""The first is that of a probability of 0.99."""


def main(records: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE records AS FROM '{records}'")
        there = {row[0] for row in connection.execute("DESCRIBE records").fetchall()}
        extra = [name for name in ("birth_date", "number") if name in there]
        api = DuckDBAPI(connection=connection)
        comparisons = [cl.JaroWinklerAtThresholds(name, [0.92, 0.8]) for name in ("given", "surname")]
        comparisons += [cl.JaroWinklerAtThresholds(name, [0.9]) for name in ("street", "place", "suburb")]
        comparisons += [cl.LevenshteinAtThresholds(name, [1]) for name in ("street_number", "postcode", *extra)]
        rules = [("given", "surname"), ("given", "postcode"), ("surname", "postcode"), ("street", "postcode"),
            ("suburb", "surname"), ("suburb", "given"), *((name,) for name in extra)]  # fmt: skip
        linker = Linker(
            api.register("records"),
            SettingsCreator(
                link_type="dedupe_only",
                unique_id_column_name="record_no",
                comparisons=comparisons,
                blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
            ),
        )
        learn = linker.training
        learn.estimate_probability_two_random_records_match([block_on("given", "surname", "postcode")], recall=0.5)
        learn.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (("given", "surname"), ("postcode",)):
            learn.estimate_parameters_using_expectation_maximisation(block_on(*rule))
        predicted = linker.inference.predict(threshold_match_weight=min(WEIGHTS)).physical_name
        for weight in WEIGHTS:
            pairs = connection.execute(
                f"SELECT record_no_l, record_no_r FROM {predicted} WHERE match_weight >= ?", [weight]
            ).fetchall()
            print(json.dumps({"threshold": weight, "pairs": pairs}))


if __name__ == "__main__":
    main(*sys.argv[1:])
