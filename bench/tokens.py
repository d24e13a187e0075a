"""What blinding before upload costs: `python -m bench.tokens [SET…]`, tokens against clear text on the same rows.

Each organization encodes its own rows alone; the hub links the tokens. Writes bench/results/tokens.json.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.linkage import SHARED
from publicc.harmonise.blind import BlindKey
from publicc.harmonise.linkage import LinkScope, link
from publicc.harmonise.linkage.measures import measures
from publicc.harmonise.tokens.across import link_tokens
from publicc.harmonise.tokens.encode import encode

RESULTS: Final = Path(__file__).parent / "results" / "tokens.json"
SETS: Final = ("canada_20k", "canada_100k")


def main(sets: list[str]) -> None:
    rows = [row for name in sets or SETS for row in both(name)]
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n")


def both(name: str) -> list[dict[str, Any]]:
    rows = []
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '3GB'")
        connection.execute(f"CREATE TABLE truth AS FROM '{SHARED / f'{name}.truth.parquet'}'")
        connection.read_parquet(str(SHARED / f"{name}.parquet")).create_view("source")
        started = time.perf_counter()
        link(connection, "source", scope=LinkScope.POOL)
        rows.append(_row(connection, name, "clear text", started, "FROM linkage_result"))
        print(rows[-1], flush=True)
        started = time.perf_counter()
        for (slug,) in connection.execute("SELECT DISTINCT organization FROM source ORDER BY 1").fetchall():
            connection.execute(f"CREATE OR REPLACE TEMP TABLE own AS FROM source WHERE organization = '{slug}'")
            encode(connection, "own", BlindKey(b"k" * 32))
            made = f"SELECT '{slug}' AS organization, * FROM tokens_encoded"
            first = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'uploaded'").fetchone()
            connection.execute(f"INSERT INTO uploaded {made}" if first else f"CREATE TABLE uploaded AS {made}")
        encoded = time.perf_counter()
        link_tokens(connection, "uploaded", into="blind_result")
        found = """SELECT u.organization, u.customer_number, b.person_no FROM uploaded u
            JOIN blind_result b ON b.organization = u.organization AND b.customer_number = u.own_person::VARCHAR"""
        rows.append(
            _row(connection, name, "tokens", started, found) | {"encoding_seconds": round(encoded - started, 1)}
        )
        print(rows[-1], flush=True)
    return rows


def _row(  # noqa: PLR0917
    connection: duckdb.DuckDBPyConnection, name: str, side: str, started: float, found: str
) -> dict[str, Any]:
    seconds = time.perf_counter() - started
    rows = connection.execute(
        f"""SELECT person_no, entity FROM ({found}) JOIN truth USING (organization, customer_number)
        ORDER BY organization, customer_number"""
    ).fetchnumpy()
    quality = measures(rows["person_no"].tolist(), rows["entity"].tolist())
    return {
        "set": name,
        "side": side,
        "b_cubed": round(quality.b_cubed.f1, 4),
        "pair": round(quality.pairs.f1, 4),
        "precision": round(quality.b_cubed.precision, 4),
        "recall": round(quality.b_cubed.recall, 4),
        "largest_false_group": quality.largest_false_group,
        "seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
