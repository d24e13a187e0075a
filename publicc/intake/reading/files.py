"""The door of reading: files in any supported form → source tables in the scratch database."""

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from publicc.intake.reading import refusals
from publicc.intake.reading.tables import Limits, SourceTable
from publicc.intake.reading.text_files import read_text
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text


def read_files(
    paths: Sequence[Path],
    scratch: duckdb.DuckDBPyConnection,
    limits: Limits | None = None,
    *,
    progress: Progress = SILENT,
) -> list[SourceTable]:
    """Every table found in `paths`, in their order, each materialised in `scratch`.

    `scratch` must be allowed to read files. Copies needed on the way lie in a private folder which is gone afterwards.
    Raises BadInput, one clear sentence, for the first file that cannot be used; relations already made then stay in
    `scratch`, which its owner throws away.
    """
    limits = limits or Limits()
    names = _free_names(scratch)
    tables: list[SourceTable] = []
    with TemporaryDirectory(prefix="publicc-reading-", dir=limits.working_folder) as private:
        for done, path in enumerate(paths):
            progress.step(
                Text(fr="Lecture de {name}", en="Reading {name}").filled(name=path.name), done=done, total=len(paths)
            )
            tables += _read(path, scratch, names, folder=Path(private), limits=limits)
    return tables


def _free_names(scratch: duckdb.DuckDBPyConnection) -> Iterable[str]:
    taken = scratch.execute(
        "SELECT count(*) FROM duckdb_views() WHERE view_name LIKE 'source\\_%' ESCAPE '\\'"
    ).fetchone()
    return (f"source_{i}" for i in count((taken[0] if taken else 0) + 1))


def _read(
    path: Path, scratch: duckdb.DuckDBPyConnection, names: Iterable[str], *, folder: Path, limits: Limits
) -> list[SourceTable]:
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise refusals.missing(path.name) from problem
    if size == 0:
        raise refusals.empty(path.name)
    return [read_text(scratch, next(iter(names)), path, file_name=path.name, part="", folder=folder, limits=limits)]
