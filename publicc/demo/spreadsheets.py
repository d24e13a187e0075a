"""Workbooks, in both of the forms spreadsheets save: the same rows always give the same bytes."""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import duckdb

from publicc.demo.files import add_member

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no zone
_DAY: Final = timedelta(days=1)

_ODS_KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
_ODS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_MANIFEST: Final = (
    f'{_XML}<manifest:manifest manifest:version="1.2" xmlns:manifest="{_ODS}:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_ODS_HEAD: Final = (
    f'{_XML}<office:document-content office:version="1.2" xmlns:office="{_ODS}:office:1.0"'
    f' xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0"><office:body><office:spreadsheet>'
)
_ODS_TAIL: Final = "</office:spreadsheet></office:body></office:document-content>"

_FORMATS: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_FORMATS}/spreadsheetml/2006/main"
_LINK: Final = f"{_FORMATS}/officeDocument/2006/relationships"
_LINKS: Final = f"{_FORMATS}/package/2006/relationships"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def write_workbook(connection: duckdb.DuckDBPyConnection, sheets: Mapping[str, str], path: Path) -> None:
    """Write an XLSX of one sheet a query: dates as dates, amounts as numbers."""
    with zipfile.ZipFile(path, "w") as package:
        for name, part in _skeleton(list(sheets)).items():
            add_member(package, name, part.encode())
        for i, query in enumerate(sheets.values(), start=1):
            rows = "".join("<row>" + "".join(map(_xlsx_cell, row)) + "</row>" for row in _rows(connection, query))
            sheet = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
            add_member(package, f"xl/worksheets/sheet{i}.xml", sheet.encode())


def _skeleton(names: list[str]) -> dict[str, str]:
    """The parts of the package that say what the others are."""
    numbered = list(enumerate(names, start=1))
    parts = {"workbook": "sheet.main", "styles": "styles"} | {f"worksheets/sheet{i}": "worksheet" for i, _ in numbered}
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in parts.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>' for i, name in numbered)
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{_LINK}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i, _ in numbered
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_FORMATS}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>{kinds}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_LINKS}">'
        f'<Relationship Id="rId1" Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_LINKS}">'
        f'<Relationship Id="rId0" Type="{_LINK}/styles" Target="styles.xml"/>{links}</Relationships>',
        "xl/styles.xml": _STYLES,
    }


def _xlsx_cell(value: object) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, datetime):
        return f'<c s="1"><v>{(value - _DAY_ZERO) / _DAY:.10f}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def write_open_document(connection: duckdb.DuckDBPyConnection, sheets: Mapping[str, str], path: Path) -> None:
    """Write an OpenDocument spreadsheet of one sheet a query."""
    parts = [_ODS_HEAD]
    for name, query in sheets.items():
        parts.append(f'<table:table table:name="{escape(name)}">')
        parts.extend(
            "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>"
            for row in _rows(connection, query)
        )
        parts.append("</table:table>")
    parts.append(_ODS_TAIL)
    with zipfile.ZipFile(path, "w") as package:
        add_member(package, "mimetype", _ODS_KIND.encode(), zipfile.ZIP_STORED)
        add_member(package, "META-INF/manifest.xml", _ODS_MANIFEST.encode())
        add_member(package, "content.xml", "".join(parts).encode())


def _ods_cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    kind = 'office:value-type="string"'
    if isinstance(value, datetime | date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[object, ...]]:
    found = connection.execute(query)
    yield tuple(column[0] for column in found.description or ())
    while batch := found.fetchmany(20_000):
        yield from batch
