"""recordlinkage's ECM classifier in its own environment: `python _ecm.py RECORDS.parquet`.

Records that share a first name, a surname, a postcode (a birth date, a number) are compared, as in its own examples;
prints the pairs at even odds, which is what it decides by itself, and at other chances. Nothing of ours is imported.
"""

import json
import sys
import warnings

import pandas as pd
import recordlinkage as rl

THRESHOLDS = (0.5, 0.1, 0.3, 0.7, 0.9, 0.99)
WORDS = ("given", "surname", "street", "place", "suburb")
CODES = ("street_number", "postcode", "birth_date", "number")
BLOCKS = ("given", "surname", "postcode", "street", "birth_date", "number")


def main(records: str) -> None:
    warnings.simplefilter("ignore")
    table = pd.read_parquet(records).set_index("record_no").astype("object")
    indexer, compare = rl.Index(), rl.Compare()
    for block in BLOCKS:
        if block in table:
            indexer.block(block)
    for word in WORDS:
        compare.string(word, word, method="jarowinkler", threshold=0.85)
    for code in CODES:
        if code in table:
            compare.exact(code, code)
    seen = compare.compute(indexer.index(table), table)
    chance = _trained(seen).prob(seen)
    for threshold in THRESHOLDS:
        linked = chance[chance >= threshold].index
        print(json.dumps({"threshold": threshold, "pairs": [[int(a), int(b)] for a, b in linked]}))


def _trained(seen: pd.DataFrame) -> rl.ECMClassifier:
    judge = rl.ECMClassifier(init="jaro", binarize=None, max_iter=200)
    judge.fit((seen > 0).astype(int))
    return judge


if __name__ == "__main__":
    main(*sys.argv[1:])
