"""Reading what `publicc run` left: one organization's own rows, from the pool in its folder."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import duckdb

from publicc.kernel.errors import BadInput
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.store.engine import bare_connection
from publicc.store.tables import TABLES

_TOLD: Final = "run.json"


@contextmanager
def own_facts_of_run(folder: Path, scope: OwnRows) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of `store.tables` by name, rows of the organization only, and the snapshot they are of.

    Raises BadInput when the folder holds no run, or no such organization.
    """
    snapshot, as_of = _told(folder, scope)
    with closing(bare_connection()) as connection:
        for table in TABLES:
            file = folder / "pool" / f"{table}.parquet"
            connection.execute(
                f"CREATE TABLE {table} AS SELECT * FROM read_parquet($file) WHERE organization = $own",
                {"file": str(file), "own": scope.organization},
            )
        connection.execute(
            "CREATE TABLE snapshot AS SELECT $id AS id, $day::DATE AS as_of", {"id": snapshot, "day": as_of}
        )
        connection.execute("SET enable_external_access = false")
        yield connection


def _told(folder: Path, scope: OwnRows) -> tuple[str, str]:
    try:
        told = json.loads((folder / _TOLD).read_text(encoding="utf-8"))
        organizations, found = told["organizations"], (str(told["snapshot"]), str(told["as_of"]))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadInput(
            Text("Ce dossier n'est pas celui d'une exécution.", "This folder is not that of a run."),
            where=Text(f"Dossier {folder.name}.", f"Folder {folder.name}."),
            do=Text("Nommer le dossier donné à publicc run --out.", "Name the folder given to publicc run --out."),
        ) from problem
    if scope.organization not in organizations:
        names = ", ".join(sorted(organizations))
        raise BadInput(
            Text("Cet organisme n'est pas dans l'exécution.", "This organization is not in the run."),
            do=Text(f"Choisir parmi : {names}.", f"Choose among: {names}."),
        )
    return found
