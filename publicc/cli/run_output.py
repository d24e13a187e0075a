"""The folder that `publicc run` leaves: built aside, put in place whole, and never over somebody's own files."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.store.engine import sql_text
from publicc.store.home import working_folder
from publicc.store.tables import TABLES

RUN_FILE: Final = "run.json"
_PREFIX: Final = ".publicc-run-"


@contextmanager
def output_folder(out: Path) -> Iterator[Path]:
    """A folder to build in; it becomes `out` when the block ends well, and is gone when it does not.

    Raises BadInput when `out` holds anything but a former run, or cannot be made.
    """
    target = out.absolute()
    _check_replaceable(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with working_folder(target.parent, _PREFIX) as work:
            built = work / "run"
            built.mkdir()
            yield built
            if target.exists():
                target.rename(work / "former")
            built.rename(target)
    except OSError as problem:
        raise BadInput(
            Text("Ce dossier ne peut pas être écrit.", "This folder cannot be written."),
            where=Text(f"Dossier {target.name}.", f"Folder {target.name}."),
        ) from problem


def _check_replaceable(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir() or (any(target.iterdir()) and not _is_a_run(target)):
        raise BadInput(
            Text("Ce dossier contient autre chose qu'une exécution.", "This folder holds something other than a run."),
            where=Text(f"Dossier {target.name}.", f"Folder {target.name}."),
            do=Text("Choisir un dossier neuf ou vide.", "Choose a new or empty folder."),
        )


def _is_a_run(folder: Path) -> bool:
    try:
        return "publicc" in json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))["versions"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_json(path: Path, told: dict[str, Any]) -> None:
    """One JSON document, keys in order, so that the same content is the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(content + "\n", encoding="utf-8")


def write_pool(snapshot: Path, pool: Path) -> None:
    """One Parquet file a table, all organizations together, from the files of a snapshot."""
    pool.mkdir(parents=True)
    for table in TABLES:
        parts = sorted((snapshot / table).glob("*.parquet"))
        target = pool / f"{table}.parquet"
        if len(parts) == 1:
            shutil.copyfile(parts[0], target)
            continue
        listed = "[" + ", ".join(sql_text(str(part)) for part in parts) + "]"
        with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
            rows = f"SELECT * FROM read_parquet({listed})"
            connection.execute(f"COPY ({rows}) TO {sql_text(str(target))} (FORMAT parquet, COMPRESSION zstd)")
