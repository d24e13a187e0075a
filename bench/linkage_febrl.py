"""FEBRL 3 and 4, in full and by name and place only: ours at its default against Splink 5 and recordlinkage's ECM.

All sides are given the same cleaned columns. Ours links them through a configuration of its own, without labels. Each
peer has an environment of its own and is shown at the threshold that its users are advised and at its best one, known
only afterwards; its groups are connected components. Quality only: the sets are too small for seconds to say anything.
`PUBLICC_BENCH_SETS` (space-separated) chooses the sets.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import duckdb

from bench._peers import python_with
from bench.linkage import OWN_TABLES, SHARED, alone
from publicc.harmonise.linkage.measures import measures

SETS: Final = ("febrl3", "febrl4", "febrl3-names", "febrl4-names")
PEERS: Final = {
    "Splink 5": ("_splink_febrl.py", ("splink", "splink==5.0.0", "duckdb==1.5.5")),
    "recordlinkage ECM": ("_ecm.py", ("recordlinkage", "recordlinkage==0.16", "pyarrow")),
}


def run() -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for name in os.environ.get("PUBLICC_BENCH_SETS", "").split() or SETS:
        rows.append(_short(alone("ours", name)))
        with tempfile.TemporaryDirectory() as folder:
            truth = _clean(name, Path(folder) / "records.parquet")
            for peer in PEERS:
                rows += _beside(name, peer, Path(folder), truth)
    return {"sets": rows}


def _clean(name: str, out: Path) -> list[str]:
    """Write what we compare of each record, by `record_no`; the true group of each."""
    with duckdb.connect() as connection:
        connection.read_parquet(str(SHARED / f"{name.split('-', maxsplit=1)[0]}.parquet")).create_view("source")
        connection.execute(f"CREATE TABLE records AS {OWN_TABLES[name].records_sql}")
        columns = ", ".join(("record_no", *(one.name for one in OWN_TABLES[name].model.comparisons)))
        connection.execute(f"COPY (SELECT {columns} FROM records ORDER BY record_no) TO '{out}'")
        found = connection.execute(
            "SELECT cluster::VARCHAR FROM records JOIN source ON unique_id = customer_number ORDER BY record_no"
        )
        return [cluster for (cluster,) in found.fetchall()]


def _beside(name: str, peer: str, folder: Path, truth: list[str]) -> list[dict[str, Any]]:
    """The peer at its advised threshold, which it tells first, and at its best one.

    A program prints one JSON line a threshold: `threshold`, and the `pairs` of `record_no` that it links.
    """
    program, environment = PEERS[peer]
    command = [python_with(*environment), Path(__file__).with_name(program)]
    done = subprocess.run([*command, folder / "records.parquet"], check=True, stdout=subprocess.PIPE)
    trials: list[dict[str, Any]] = []
    for line in done.stdout.splitlines():
        told = json.loads(line)
        found = measures(_groups(len(truth), told["pairs"]), truth)
        trials.append(
            {
                "set": name,
                "side": f"{peer}, {told['threshold']}",
                "b_cubed": round(found.b_cubed.f1, 4),
                "pair": round(found.pairs.f1, 4),
                "largest_false_group": found.largest_false_group,
            }
        )
    best = max(trials, key=lambda trial: float(trial["b_cubed"]))
    return [trials[0] | {"side": trials[0]["side"] + " advised"}, best | {"side": best["side"] + " best"}]


def _groups(rows: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Connected components of records numbered from 1."""
    group = list(range(rows + 1))

    def first(row: int) -> int:
        while group[row] != row:
            group[row] = row = group[group[row]]
        return row

    for one, other in pairs:
        group[first(one)] = first(other)
    return [first(row) for row in range(1, rows + 1)]


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("set", "side", "b_cubed", "pair", "largest_false_group")}


if __name__ == "__main__":
    for row in run()["sets"]:
        print(json.dumps(row))
