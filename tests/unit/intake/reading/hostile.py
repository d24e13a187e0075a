"""Files that no honest export is, made on the spot."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

MIB = 1024 * 1024
CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def text(content: str | bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content) and None  # type: ignore[func-returns-value]


def archive(members: dict[str, bytes], *, level: int = 9) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as out:
            for name, content in members.items():
                out.writestr(name, content)

    return make


def truncated_archive(path: Path) -> None:
    archive({"ventes.csv": bytes(range(32, 127)) * 2000}, level=0)(path)
    path.write_bytes(path.read_bytes()[:-4000])


def archive_with_a_link(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as out:
        info = zipfile.ZipInfo("lien.csv")
        info.external_attr = 0o120777 << 16
        out.writestr(info, "/etc/passwd")


def bomb(path: Path) -> None:
    """80 MB of zeros in 80 kB."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out,
        out.open("ventes.csv", "w") as member,
    ):
        for _ in range(20):
            member.write(b"0" * 4 * MIB)


def lying_bomb(path: Path) -> None:
    """A bomb whose directory declares ten bytes."""
    bomb(path)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(mark)
        content[at + offset : at + offset + 4] = struct.pack("<I", 10)
    path.write_bytes(bytes(content))


def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=9) as out:
        for _ in range(20):
            out.write(b"0" * 4 * MIB)


def truncated_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(b"code,nom\n1,Ada\n" * 1000)[:-20])


def workbook(sheets: dict[str, list[list[object]]]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with xlsxwriter.Workbook(str(path)) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)

    return make


def exploding_workbook(path: Path) -> None:
    """A few hundred kilobytes that ask for gigabytes once parsed."""
    row = b"<row>" + b"<c t='n'><v>1</v></c>" * 200 + b"</row>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        out.writestr("[Content_Types].xml", CONTENT_TYPES)
        with out.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(3):
                sheet.write(row * 5000)


def workbook_with(member: str, content: bytes = b"<x/>") -> Callable[[Path], None]:
    def make(path: Path) -> None:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            book.add_worksheet().write_row(0, 0, ["code", "nom"])
        with zipfile.ZipFile(buffer, "a") as out:
            out.writestr(member, content)
        path.write_bytes(buffer.getvalue())

    return make


def encrypted_workbook(path: Path) -> None:
    """The container that spreadsheet programs make for a password: no sheet can be found in it."""
    path.write_bytes(OLE_HEAD + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096)


def endless_line(path: Path) -> None:
    """Two gigabytes without a line end, of which the disk holds nothing but the ends."""
    with path.open("wb") as out:
        out.write(b"code,nom\n")
        for _ in range(6):
            out.write(b"x" * MIB)
        out.truncate(2 * 1024 * MIB)
