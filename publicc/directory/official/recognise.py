"""What an official file is, by what it holds: its name says nothing."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from publicc.directory.official.layers import FILES, Layer, refused, truncated
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

HEAD_OCTETS: Final = 1 << 16
CENSUS_COLUMNS: Final = 23
GEONAMES_COLUMNS: Final = 12
_MUNICIPAL: Final = frozenset({"mcode", "munnom", "regadm"})
_SHAPE_MAGIC: Final = b"\x00\x00\x27\x0a"
MOST_OCTETS: Final = 4_000_000_000
"""No official file is larger once unpacked."""


def layer_of(path: Path) -> Layer:
    """The layer a file holds. Raises BadInput, in words, for a file that is none of them or cannot be read."""
    if not path.is_file():
        raise refused(
            Text(f"Le fichier {path.name} n'existe pas.", f"The file {path.name} does not exist."),
        )
    with opened(path) as file:
        if isinstance(file, zipfile.ZipFile):
            return _layer_of_zip(file)
        return _layer_of_head(file.read(HEAD_OCTETS))


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes] | zipfile.ZipFile]:
    """The file, as an archive when it is one. Raises BadInput for an archive that is cut short or too large."""
    with path.open("rb") as start:
        is_zip = start.read(2) == b"PK"
    if not is_zip:
        with path.open("rb") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_OCTETS:
                raise refused(Text("L'archive est trop grande.", "The archive is too large."))
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as problem:
        raise truncated(
            Text(f"L'archive {path.name} ne s'ouvre pas.", f"The archive {path.name} cannot be opened.")
        ) from problem


def member_named(archive: zipfile.ZipFile, suffix: str) -> zipfile.ZipInfo | None:
    """The largest member of that ending."""
    found = [one for one in archive.infolist() if one.filename.lower().endswith(suffix)]
    return max(found, key=lambda one: one.file_size, default=None)


def _layer_of_zip(archive: zipfile.ZipFile) -> Layer:
    if member_named(archive, ".shp"):
        return Layer.FSA_LIMITS
    for suffix in (".csv", ".txt", ".geojson", ".json"):
        member = member_named(archive, suffix)
        if member is None:
            continue
        with archive.open(member) as file:
            try:
                return _layer_of_head(file.read(HEAD_OCTETS))
            except BadInput:
                continue
    raise _unknown(Text(", ".join(archive.namelist()[:5]), ", ".join(archive.namelist()[:5])))


def _layer_of_head(head: bytes) -> Layer:
    if head.startswith(_SHAPE_MAGIC):
        raise refused(
            Text("Un fichier .shp seul ne suffit pas.", "A .shp file alone is not enough."),
            do=Text(
                "Donner l'archive zip entière : elle dit aussi les codes et la projection.",
                "Give the whole zip archive: it also says the codes and the projection.",
            ),
        )
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return Layer.FSA_LIMITS
    text = head.decode("utf-8-sig", errors="replace") if head.startswith(b"\xef\xbb\xbf") else head.decode("latin-1")
    lines = text.splitlines()[:2]
    if lines and lines[0].count("\t") == GEONAMES_COLUMNS - 1:
        return Layer.POSTAL_CODES
    rows = list(csv.reader(io.StringIO("\n".join(lines))))
    names = {name.strip().lower() for name in rows[0]} if rows else set()
    if names >= _MUNICIPAL:
        return Layer.MUNICIPALITIES
    if any(name.startswith(("date/time", "date/heure")) for name in names) and any(
        name.startswith(("mean temp", "temp moy")) for name in names
    ):
        return Layer.WEATHER
    if rows and len(rows[0]) == CENSUS_COLUMNS:
        return Layer.CENSUS
    said = ", ".join(sorted(names)[:6]) if len(names) > 1 else ""
    raise _unknown(Text(said, said) if said and said.isprintable() else None)


def _unknown(found: Text | None) -> BadInput:
    listed = ", ".join(FILES.values())
    return refused(
        Text(
            "Ce n'est aucun des fichiers officiels que Public C sait lire.",
            "This is none of the official files that Public C can read.",
        ),
        found=Text("On y trouve : {what}.", "It holds: {what}.").filled(what=found) if found else None,
        do=Text(f"Donner l'un de ceux-ci : {listed}.", f"Give one of these: {listed}."),
    )


def json_of(path: Path) -> object:
    """A JSON document, alone or the largest of an archive. Raises BadInput when it stops before its end."""
    with opened(path) as file:
        try:
            if isinstance(file, zipfile.ZipFile):
                member = member_named(file, "json")
                content = file.read(member) if member else b""
            else:
                content = file.read()
            return json.loads(content.decode("utf-8-sig"))
        except (ValueError, zipfile.BadZipFile) as problem:
            raise truncated(Text(f"{path.name} ne se lit pas.", f"{path.name} cannot be read.")) from problem
