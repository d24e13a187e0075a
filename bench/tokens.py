"""What blinding before upload costs: tokens against clear text on the same rows.

Each organization encodes its own rows alone; the hub links the tokens. `PUBLICC_BENCH_SETS` names the sets.
"""

import time
from typing import Any

import duckdb

from bench._linkage_sets import linkage_set, quality, sets_asked
from publicc.harmonise.linkage import LinkScope, link
from publicc.harmonise.tokens.across import link_tokens
from publicc.harmonise.tokens.encode import encode
from publicc.kernel.blind import BlindKey


def run() -> dict[str, Any]:
    """One entry a set and side."""
    return {f"{name}, {side}": row for name in sets_asked() for side, row in both(name).items()}


def both(name: str) -> dict[str, dict[str, Any]]:
    with linkage_set(name) as connection:
        clear = _timed(lambda: link(connection, "source", scope=LinkScope.POOL))
        of_clear = quality(connection, "FROM linkage_result")
        encoding = _timed(lambda: _encode_each(connection))
        linking = _timed(lambda: link_tokens(connection, "uploaded", into="blind_result"))
        found = """SELECT u.organization, u.customer_number, b.person_no FROM uploaded u
            JOIN blind_result b ON b.organization = u.organization AND b.customer_number = u.own_person::VARCHAR"""
        of_tokens = quality(connection, found) | {"encoding_seconds": encoding, "seconds": linking}
    return {"clear text": of_clear | {"seconds": clear}, "tokens": of_tokens}


def _encode_each(connection: duckdb.DuckDBPyConnection) -> None:
    """Each organization alone, with the key they share."""
    slugs = connection.execute("SELECT DISTINCT organization FROM source ORDER BY 1").fetchall()
    for number, (slug,) in enumerate(slugs):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE own AS FROM source WHERE organization = '{slug}'")
        encode(connection, "own", BlindKey(b"k" * 32))
        made = f"SELECT '{slug}' AS organization, * FROM tokens_encoded"
        connection.execute(f"INSERT INTO uploaded {made}" if number else f"CREATE TABLE uploaded AS {made}")


def _timed(work: Any) -> float:  # noqa: ANN401 - whatever it gives is not looked at
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 1)
