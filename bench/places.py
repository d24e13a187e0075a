"""Postal codes to point, municipality, region and FSA: how many a second, on one thread; and the weight of the map.

Codes are drawn from the shipped table, as deposits hold them: a tenth is only an FSA, a tenth is unknown, a tenth typed
with a slip (O for 0) that cleaning mends. `PUBLICC_BENCH_CODES` (2 000 000).
"""

import gzip
import os
import time

import duckdb

from publicc.directory import places
from publicc.directory.areas import fsa_topojson_path
from publicc.harmonise.clean.postal_codes import bare_sql, slips_mended_sql, usable_sql

CODES = int(os.environ.get("PUBLICC_BENCH_CODES", "2000000"))
BARS = {"codes_a_second": 500_000, "map_gzipped_octets": 150_000}
_TYPED = """CREATE TABLE typed AS
SELECT CASE i % 10 WHEN 0 THEN code[1:3] WHEN 1 THEN 'Q9Q 9Q9' WHEN 2 THEN replace(code, '0', 'O')
    ELSE code[1:3] || ' ' || lower(code[4:6]) END AS postal_code
FROM (SELECT i, codes[1 + (i * 7919) % len(codes)] AS code
      FROM range($n) AS drawn(i), (SELECT list(code ORDER BY code) AS codes FROM postal_codes) AS known)"""


def run() -> dict[str, object]:
    with duckdb.connect(config={"threads": 1}) as connection:
        started = time.perf_counter()
        places.register(connection)
        registered = time.perf_counter() - started
        connection.execute(_TYPED, {"n": CODES})
        started, worked = time.perf_counter(), time.process_time()
        found = connection.execute(_resolved()).fetchall()
        seconds, processor = time.perf_counter() - started, time.process_time() - worked
    precision = {name: n for name, n, _ in found}
    weight = len(gzip.compress(fsa_topojson_path().read_bytes(), 6))
    return {
        "codes": CODES,
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "codes_a_second": round(CODES / seconds),
        "codes_a_processor_second": round(CODES / processor),
        "register_seconds": round(registered, 2),
        "precision": precision,
        "with_region": sum(n for _, _, n in found),
        "map_gzipped_octets": weight,
        "bars": BARS,
    }


def _resolved() -> str:
    """Each code cleaned as harmonising does, then placed."""
    bare, mended = bare_sql("postal_code"), slips_mended_sql("bare")
    return f"""WITH cleaned AS (SELECT {bare} AS bare FROM typed),
    asked(code) AS (SELECT CASE WHEN {usable_sql("bare")} THEN bare
        WHEN length(bare) = 6 AND {usable_sql(mended)} THEN {mended} ELSE bare[1:3] END FROM cleaned),
    placed AS ({places.PLACED})
    SELECT precision, count(*), count(admin_region) FROM placed GROUP BY 1 ORDER BY 1"""
