"""Workbooks, JSON documents and Parquet files → source tables."""

import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import defusedxml.ElementTree
import duckdb
from defusedxml import DefusedXmlException

from publicc.intake.reading import delimited, refusals
from publicc.intake.reading.dialects import Dialect, cells_of, frame
from publicc.intake.reading.publishing import published
from publicc.intake.reading.sandbox import JSON_WORKER, WORKBOOK_WORKER, Sheet, run_worker
from publicc.intake.reading.scratch import Tally
from publicc.intake.reading.survey import survey
from publicc.intake.reading.tables import MIB, Evidence, Form, Limits, SourceTable

_SAMPLE_LINES: Final = 1000
_SMALL_PARTS: Final = ("[Content_Types].xml", "xl/workbook.xml", "META-INF/manifest.xml")
_SMALL_PART_BYTES: Final = 4 * MIB
_OPENING_BYTES: Final = 64 * 1024


def read_workbook(
    scratch: duckdb.DuckDBPyConnection, names: Iterator[str], path: Path, *, place: str, folder: Path, limits: Limits
) -> list[SourceTable]:
    """Every sheet of a workbook that holds rows. Raises BadInput for what is not safe or has no rows."""
    if path.stat().st_size > limits.workbook_bytes:
        raise refusals.too_big(place, path.stat().st_size, limits.workbook_bytes)
    if zipfile.is_zipfile(path):
        _check_parts(path, place, limits)
    sheets = run_worker(WORKBOOK_WORKER, path, place=place, folder=folder, limits=limits)
    return [_publish(scratch, next(names), sheet, place=place, form=Form.SHEET, limits=limits) for sheet in sheets]


def read_json(
    scratch: duckdb.DuckDBPyConnection, names: Iterator[str], path: Path, *, place: str, folder: Path, limits: Limits
) -> list[SourceTable]:
    """The records of a JSON document, and its lists of several objects as tables beside them."""
    if path.stat().st_size > limits.document_bytes:
        raise refusals.too_big(place, path.stat().st_size, limits.document_bytes)
    sheets = run_worker(JSON_WORKER, path, place=place, folder=folder, limits=limits)
    return [_publish(scratch, next(names), sheet, place=place, form=Form.JSON, limits=limits) for sheet in sheets]


def read_parquet(
    scratch: duckdb.DuckDBPyConnection, names: Iterator[str], path: Path, *, place: str, limits: Limits
) -> list[SourceTable]:
    """A Parquet file, every value as text. Its first row is row 1: there is no header row to count."""
    name = next(names)
    try:
        scratch.execute("SELECT * FROM read_parquet($path) LIMIT 0", {"path": str(path)})
        headers = [column[0] for column in scratch.description or ()]
        if len(headers) > limits.columns:
            raise refusals.too_many_columns(place, len(headers), limits.columns)
        cells = ", ".join(f"c{i}" for i in range(1, len(headers) + 1))
        scratch.execute(
            f"CREATE TABLE {name}_raw AS SELECT * FROM "
            f"(SELECT nullif(CAST(COLUMNS(*) AS VARCHAR), '') FROM read_parquet($path)) AS file({cells})",
            {"path": str(path)},
        )
    except duckdb.Error as problem:
        raise refusals.damaged(place) from problem
    rows, empty = delimited.count_rows(scratch, name, len(headers))
    return [
        published(
            scratch,
            name,
            delimited.Loaded(rows - empty, len(headers), empty, Tally(), first_row_number=1),
            place=place,
            headers=headers,
            evidence=Evidence(Form.PARQUET, header_row=0),
            limits=limits,
        )
    ]


def _publish(
    scratch: duckdb.DuckDBPyConnection, name: str, sheet: Sheet, *, place: str, form: Form, limits: Limits
) -> SourceTable:
    """A table that a worker wrote. Its CSV is ours: nothing in it needs guessing but the header of a sheet."""
    seen = survey(sheet.path, f"{place} › {sheet.part}" if sheet.part else place, limits)
    file = delimited.TextFile(sheet.path, place, seen, made_here=True)
    dialect = _framed(file, sheet)
    loaded = delimited.load(scratch, name, file, dialect, limits=limits)
    sheet.path.unlink()
    header_row = 0 if sheet.header else None if dialect.header_index is None else dialect.header_index + 1
    return published(
        scratch,
        name,
        loaded,
        place=place,
        part=sheet.part,
        headers=sheet.header or dialect.header or (),
        evidence=Evidence(form, encoding="utf-8" if form is Form.JSON else None, header_row=header_row),
        limits=limits,
    )


def _framed(file: delimited.TextFile, sheet: Sheet) -> Dialect:
    if sheet.header:
        return Dialect(",", sheet.width, sheet.header, None, 0, 1.0)
    rows = list(cells_of(list(islice(file.lines(), _SAMPLE_LINES)), ","))
    return frame(rows, delimiter=",", columns=sheet.width)


def _check_parts(path: Path, place: str, limits: Limits) -> None:
    """Refuse macros, external links, entities and bombs before any parser sees the workbook."""
    try:
        with zipfile.ZipFile(path) as workbook:
            infos = workbook.infolist()
            if len(infos) > limits.archive_members:
                raise refusals.too_many_members(place, len(infos), limits.archive_members)
            unpacked = sum(info.file_size for info in infos)
            if unpacked > min(
                limits.unpacked_workbook_bytes, max(50 * MIB, limits.archive_ratio * path.stat().st_size)
            ):
                raise refusals.inflates(place, limits.unpacked_workbook_bytes)
            if any(info.flag_bits & 0x1 for info in infos):
                raise refusals.encrypted(place)
            _check_names({info.filename for info in infos}, place)
            for info in infos:
                _check_xml(workbook, info, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as problem:
        raise refusals.damaged(place) from problem


def _check_names(members: set[str], place: str) -> None:
    lowered = {name.lower() for name in members}
    if any("vbaproject" in name or name.endswith("workbook.bin") or "/macrosheets/" in name for name in lowered):
        raise refusals.macros(place)
    if any("externallinks/" in name for name in lowered):
        raise refusals.foreign_parts(place)


def _check_xml(workbook: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> None:
    if not info.filename.lower().endswith((".xml", ".rels")):
        return
    with workbook.open(info) as part:
        opening = part.read(_OPENING_BYTES)
        if b"<!DOCTYPE" in opening.upper() or b"<!ENTITY" in opening.upper():
            raise refusals.foreign_parts(place)
        if info.filename not in _SMALL_PARTS:
            return
        content = opening + part.read(_SMALL_PART_BYTES)
    try:
        defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise refusals.foreign_parts(place) from problem
    except ET.ParseError as problem:
        raise refusals.damaged(place) from problem
    if b"macroenabled" in content.lower() or b"sheet.binary" in content.lower():
        raise refusals.macros(place)
    if info.filename.startswith("META-INF") and b"encryption-data" in content:
        raise refusals.encrypted(place)
