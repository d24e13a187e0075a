"""The door of reading: files in any supported form → source tables in the scratch database."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from publicc.intake.reading import refusals
from publicc.intake.reading.containers import Content, content_of, unpacked_gzip, unpacked_zip
from publicc.intake.reading.parsed_files import read_json, read_parquet, read_workbook
from publicc.intake.reading.tables import Limits, SourceTable
from publicc.intake.reading.text_files import read_text
from publicc.kernel.errors import BadInput
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text


def read_files(
    paths: Sequence[Path],
    scratch: duckdb.DuckDBPyConnection,
    limits: Limits | None = None,
    *,
    progress: Progress = SILENT,
    spared: Callable[[BadInput], None] | None = None,
) -> list[SourceTable]:
    """Every table found in `paths`, in their order, each materialised in `scratch`.

    `spared` is told of each member of an archive that cannot be used, when another of the same archive can.

    `scratch` must be allowed to read files. Copies needed on the way lie in a private folder which is gone afterwards.
    Raises BadInput, one clear sentence, for the first file that cannot be used; relations already made then stay in
    `scratch`, which its owner throws away.
    """
    limits = limits or Limits()
    names = _free_names(scratch)
    tables: list[SourceTable] = []
    for done, path in enumerate(paths):
        progress.step(
            Text(fr="Lecture de {name}", en="Reading {name}").filled(name=path.name), done=done, total=len(paths)
        )
        tables += _read_file(path, scratch, names, limits, spared)
    return tables


def _free_names(scratch: duckdb.DuckDBPyConnection) -> Iterator[str]:
    found = scratch.execute(
        "SELECT coalesce(max(TRY_CAST(regexp_extract(view_name, '^source_(\\d+)$', 1) AS INT)), 0) FROM duckdb_views()"
    ).fetchone()
    return (f"source_{i}" for i in count((found[0] if found else 0) + 1))


def _read_file(  # noqa: PLR0917 - the same few things all the way down
    path: Path,
    scratch: duckdb.DuckDBPyConnection,
    names: Iterator[str],
    limits: Limits,
    spared: Callable[[BadInput], None] | None,
) -> list[SourceTable]:
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as problem:
        raise refusals.missing(path.name) from problem
    if size == 0:
        raise refusals.empty(path.name)
    if size > limits.file_bytes:
        raise refusals.too_big(path.name, size, limits.file_bytes)
    match content_of(path, path.name):
        case Content.ZIP:
            return _read_zip(path, scratch, names, limits, spared)
        case Content.GZIP:
            with _private(limits) as folder:
                member = unpacked_gzip(path, path.name, folder, limits)
                return _read_plain(member.path, scratch, names, place=path.name, name=member.name, limits=limits)
    return _read_plain(path, scratch, names, place=path.name, limits=limits)


def _read_zip(  # noqa: PLR0917
    path: Path,
    scratch: duckdb.DuckDBPyConnection,
    names: Iterator[str],
    limits: Limits,
    spared: Callable[[BadInput], None] | None,
) -> list[SourceTable]:
    """The members that can be used. Raises BadInput when none can, and for an archive that is itself to be refused."""
    tables: list[SourceTable] = []
    refused: list[BadInput] = []
    with _private(limits) as folder:
        for member in unpacked_zip(path, path.name, folder, limits):
            place = f"{path.name} › {member.name}"
            try:
                found = _read_plain(member.path, scratch, names, place=place, name=member.name, limits=limits)
            except BadInput as unusable:
                refused.append(unusable)
                continue
            for table in found:
                part = f"{member.name} › {table.part}" if table.part else member.name
                tables.append(replace(table, file_name=path.name, part=part))
    for problem in refused:
        if not tables or spared is None:
            raise problem
        spared(problem)
    return tables


def _read_plain(
    path: Path,
    scratch: duckdb.DuckDBPyConnection,
    names: Iterator[str],
    *,
    place: str,
    limits: Limits,
    name: str | None = None,
) -> list[SourceTable]:
    """A file that is no archive. `place` stands in sentences, `name` is its own name when `path` is a copy."""
    if path.stat().st_size == 0:
        raise refusals.empty(place)
    with _private(limits) as folder:
        match content_of(path, place, name):
            case Content.TEXT:
                return [read_text(scratch, next(names), path, place=place, folder=folder, limits=limits)]
            case Content.JSON:
                return read_json(scratch, names, path, place=place, folder=folder, limits=limits)
            case Content.WORKBOOK:
                return read_workbook(scratch, names, path, place=place, folder=folder, limits=limits)
            case Content.PARQUET:
                return read_parquet(scratch, names, path, place=place, limits=limits)
    raise refusals.nested(place)


@contextmanager
def _private(limits: Limits) -> Iterator[Path]:
    """A folder only its owner may enter (0700), removed with all it holds whatever happens."""
    with TemporaryDirectory(prefix="publicc-reading-", dir=limits.working_folder) as folder:
        yield Path(folder)
