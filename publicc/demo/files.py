"""Text files of any encoding and separator, and archives: the same rows always give the same bytes."""

import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

_MADE_AT: Final = datetime(2026, 2, 15, 6, 0)  # noqa: DTZ001 - workbooks know no zone
_CHUNK: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file is written."""

    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    quote_all: bool = False
    preamble: str = ""


def write_text(connection: duckdb.DuckDBPyConnection, query: str, path: Path, dialect: Dialect) -> None:
    """Write the rows of `query`, with a header row of its column names."""
    plain = path.with_name(path.name + ".tmp")
    quoting = ", FORCE_QUOTE *" if dialect.quote_all else ""
    connection.execute(f"COPY ({query}) TO '{plain}' (FORMAT csv, HEADER, DELIMITER '{dialect.delimiter}'{quoting})")
    with plain.open(encoding="utf-8", newline="") as rows, path.open("w", encoding=dialect.encoding, newline="") as out:
        out.write(dialect.preamble)
        while chunk := rows.read(_CHUNK):
            out.write(chunk.replace("\n", dialect.newline))
    plain.unlink()


def write_archive(members: list[Path], path: Path) -> None:
    """Put files into one archive, in order, and remove them."""
    with zipfile.ZipFile(path, "w") as package:
        for member in members:
            add_member(package, member.name, member.read_bytes())
            member.unlink()


def add_member(package: zipfile.ZipFile, name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> None:
    """Add one member, always of the same age."""
    info = zipfile.ZipInfo(name, date_time=_MADE_AT.timetuple()[:6])
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    package.writestr(info, content)
