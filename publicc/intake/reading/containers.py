"""What a file is, by its first bytes and not by its name, and the way into archives: bounded, flat, never outside."""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePosixPath
from typing import IO, Final

import puremagic

from publicc.intake.reading import refusals
from publicc.intake.reading.tables import MIB, Limits
from publicc.kernel.text import Text

COPY_BYTES: Final = MIB
_RATIO_MATTERS_FROM: Final = 50 * MIB
_TEXT_NAMES: Final = frozenset({"", ".csv", ".tsv", ".tab", ".txt", ".dat", ".asc", ".prn"})
_JSON_NAMES: Final = frozenset({".json", ".jsonl", ".ndjson", ".jsonld", ".geojson"})
_SHEET_NAMES: Final = frozenset({".xlsx", ".xls", ".ods"})
_PARQUET_NAMES: Final = frozenset({".parquet", ".pq"})
_MACRO_NAMES: Final = frozenset({".xlsm", ".xlsb", ".xltm", ".xlam", ".xla"})
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOISE: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Content(Enum):
    """What the first bytes say."""

    TEXT = auto()
    JSON = auto()
    GZIP = auto()
    ZIP = auto()
    WORKBOOK = auto()
    PARQUET = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive, copied to a private place."""

    path: Path
    name: str


def content_of(path: Path, place: str, name: str | None = None) -> Content:
    """What `path` holds. `name` is its own name when `path` is a copy.

    Raises BadInput when the name promises something else, when the form is not read, for macros and for web pages.
    """
    suffix = PurePosixPath((name or path.name).lower()).suffix
    if suffix in _MACRO_NAMES:
        raise refusals.macros(place)
    with path.open("rb") as file:
        head = file.read(4096)
    content = _by_bytes(path, head)
    if content is Content.TEXT:
        return _text_or_json(head, suffix, place)
    if content is Content.OTHER:
        raise refusals.unsupported(place, _found(head))
    _check_name(content, suffix, place)
    return content


def _by_bytes(path: Path, head: bytes) -> Content:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content.WORKBOOK if _is_workbook(path) else Content.ZIP
    if head.startswith(_OLE):
        return Content.WORKBOOK
    if head.startswith(b"\x1f\x8b"):
        return Content.GZIP
    if head.startswith(b"PAR1"):
        return Content.PARQUET
    known = (
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"7z\xbc\xaf",
        b"Rar!",
        b"SQLite format 3",
        b"BZh",
        b"\xfd7zXZ",
    )
    return Content.OTHER if head.startswith(known) else Content.TEXT


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return path.suffix.lower() in _SHEET_NAMES
    return "[Content_Types].xml" in names or {"content.xml", "mimetype"} <= names


def _text_or_json(head: bytes, suffix: str, place: str) -> Content:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise refusals.name_and_content_differ(
            place,
            Text(
                fr="C'est une page web, même si elle s'ouvre dans un tableur.",
                en="It is a web page, although it opens in a spreadsheet program.",
            ),
        )
    if suffix in _JSON_NAMES:
        return Content.JSON
    if suffix in _TEXT_NAMES:
        return Content.TEXT
    if suffix in _SHEET_NAMES | _PARQUET_NAMES | {".zip", ".gz"}:
        raise refusals.name_and_content_differ(
            place, Text(fr="Son contenu n'est pas de cette forme.", en="Its content is not of that form.")
        )
    raise refusals.unsupported(
        place, Text(fr="Extension « {suffix} ».", en="Extension “{suffix}”.").filled(suffix=suffix)
    )


def _check_name(content: Content, suffix: str, place: str) -> None:
    """An export named `.csv` that is a workbook was renamed by someone: better ask than guess."""
    expected = {
        Content.WORKBOOK: _SHEET_NAMES,
        Content.ZIP: frozenset({".zip"}),
        Content.GZIP: frozenset({".gz"}),
        Content.PARQUET: _PARQUET_NAMES,
    }
    if suffix not in expected[content]:
        found = Text(fr="Son contenu est {kind}.", en="Its content is {kind}.").filled(kind=_KIND_NAMES[content])
        raise refusals.name_and_content_differ(place, found)


_KIND_NAMES: Final = {
    Content.WORKBOOK: Text(fr="un classeur", en="a workbook"),
    Content.ZIP: Text(fr="une archive ZIP", en="a ZIP archive"),
    Content.GZIP: Text(fr="un fichier gzip", en="a gzip file"),
    Content.PARQUET: Text(fr="un fichier Parquet", en="a Parquet file"),
}


def _found(head: bytes) -> Text:
    try:
        kind = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        kind = "?"
    return Text(fr="Contenu reconnu : {kind}.", en="Content recognised: {kind}.").filled(kind=kind)


def unpacked_gzip(path: Path, place: str, folder: Path, limits: Limits) -> Member:
    """The file inside a `.gz`, copied to `folder`. Raises BadInput when it is damaged or inflates beyond the limit."""
    name = path.stem
    if PurePosixPath(name.lower()).suffix in {".gz", ".zip", ".tar"}:
        raise refusals.nested(place)
    target = folder / "unpacked"
    most = max(_RATIO_MATTERS_FROM, limits.archive_ratio * path.stat().st_size)
    try:
        with gzip.open(path) as source:
            _copy(source, target, place, min(most, limits.unpacked_archive_bytes))
    except (OSError, EOFError, zlib.error) as problem:
        raise refusals.damaged(place) from problem
    return Member(target, name)


def unpacked_zip(path: Path, place: str, folder: Path, limits: Limits) -> Iterator[Member]:
    """The files of a ZIP, one at a time, each copy removed before the next is made.

    Raises BadInput for what security.md §6.1 refuses: too many, too large, nested, encrypted, links, paths that leave.
    """
    target = folder / "unpacked"
    try:
        with zipfile.ZipFile(path) as archive:
            for info in _checked(archive, path.stat().st_size, place, limits):
                with archive.open(info) as source:
                    _copy(source, target, place, info.file_size)
                yield Member(target, info.filename)
                target.unlink()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        raise refusals.damaged(place) from problem


def _checked(archive: zipfile.ZipFile, size: int, place: str, limits: Limits) -> list[zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir() and not _is_noise(info.filename)]
    if len(infos) > limits.archive_members:
        raise refusals.too_many_members(place, len(infos), limits.archive_members)
    if not infos:
        raise refusals.empty(place)
    for info in infos:
        _check_member(info, place)
    total = sum(info.file_size for info in infos)
    if total > limits.unpacked_archive_bytes:
        raise refusals.inflates(place, limits.unpacked_archive_bytes)
    if total > max(_RATIO_MATTERS_FROM, limits.archive_ratio * size):
        raise refusals.inflates(place, limits.archive_ratio * size)
    return infos


def _check_member(info: zipfile.ZipInfo, place: str) -> None:
    name = info.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":" or stat.S_ISLNK(info.external_attr >> 16):
        raise refusals.unsafe_member(place)
    if info.flag_bits & 0x1:
        raise refusals.encrypted(place)
    if PurePosixPath(name.lower()).suffix in {".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz"}:
        raise refusals.nested(place)


def _is_noise(name: str) -> bool:
    return name.startswith(_NOISE[0]) or PurePosixPath(name).name in _NOISE[1:]


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, place: str, limit: int) -> None:
    """Inflate for real, counting: declared sizes may lie."""
    copied = 0
    with target.open("wb") as out:
        while block := source.read(COPY_BYTES):
            copied += len(block)
            if copied > limit:
                raise refusals.inflates(place, limit)
            out.write(block)
