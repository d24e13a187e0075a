"""A file of text → one source table: survey, encoding, dialect, rows."""

from itertools import islice
from pathlib import Path
from typing import Final

import duckdb

from publicc.intake.reading import delimited, encodings, fixed_width, refusals
from publicc.intake.reading.dialects import Dialect, dialect_of, single_column
from publicc.intake.reading.encodings import Encoding
from publicc.intake.reading.publishing import published
from publicc.intake.reading.survey import survey
from publicc.intake.reading.tables import Evidence, Form, Limits, SourceTable
from publicc.kernel.text import Text

SAMPLE_LINES: Final = 1000
_NAMES: Final = {",": ",", ";": ";", "\t": "TAB", "|": "|"}


def read_text(
    scratch: duckdb.DuckDBPyConnection, name: str, path: Path, *, place: str, folder: Path, limits: Limits
) -> SourceTable:
    """Read a text file into the relation `name`. `folder` is private and takes the UTF-8 copy when one is needed.

    Raises BadInput for what cannot be a table: no text, no rows, too wide, endless lines, NUL characters.
    """
    file, encoding = _as_utf8(path, place, folder, limits)
    lines = list(islice(file.lines(), SAMPLE_LINES))
    if not any(line.strip() for line in lines):
        raise refusals.empty(place)
    _check_it_is_text(lines, place)
    dialect = dialect_of(lines)
    columns = None if dialect else fixed_width.columns_of(lines)
    if columns is not None:
        return fixed_width.load(
            scratch,
            name,
            file,
            columns,
            evidence=_evidence(encoding, Form.FIXED_WIDTH),
            place=place,
            limits=limits,
        )
    dialect = dialect or single_column(lines)
    loaded = delimited.load(scratch, name, file, dialect, limits=limits)
    return published(
        scratch,
        name,
        loaded,
        place=place,
        headers=dialect.header or (),
        evidence=_evidence(encoding, Form.DELIMITED, dialect),
        limits=limits,
    )


def _as_utf8(path: Path, place: str, folder: Path, limits: Limits) -> tuple[delimited.TextFile, Encoding]:
    """The file in UTF-8: itself, or a copy in `folder`."""
    with path.open("rb") as file:
        wide = encodings.wide_encoding(file.read(4096))
    if wide and wide != "utf-8-sig":
        encoding = Encoding(wide)
        copy = folder / f"{path.name}.utf8"
        encodings.transcode(path, copy, encoding)
        return delimited.TextFile(copy, place, survey(copy, place, limits)), encoding
    seen = survey(path, place, limits)
    encoding = Encoding("utf-8-sig") if wide and seen.utf8 else encodings.encoding_of(path, seen)
    if seen.utf8:
        return delimited.TextFile(path, place, seen), encoding
    copy = folder / f"{path.name}.utf8"
    mended = encodings.transcode(path, copy, encoding)
    return delimited.TextFile(copy, place, survey(copy, place, limits), frozenset(mended)), encoding


def _check_it_is_text(lines: list[str], place: str) -> None:
    """Refuse what decodes but is no text: control characters are rare in exports, common in binary files."""
    sample = "".join(lines[:200])
    odd = sum(1 for char in sample if ord(char) < 32 and char not in "\r\n\t\f\v")
    if odd > 0.01 * len(sample):
        raise refusals.name_and_content_differ(
            place, Text(fr="Son contenu n'est pas du texte.", en="Its content is not text.")
        )


def _evidence(encoding: Encoding, form: Form, dialect: Dialect | None = None) -> Evidence:
    notes: tuple[Text, ...] = ()
    if not encoding.sure:
        notes = (
            Text(
                fr="L'encodage des accents n'est pas certain : vérifier les exemples.",
                en="The encoding of the accents is not certain: check the samples.",
            ),
        )
    return Evidence(
        form=form,
        encoding=encoding.name,
        encoding_sure=encoding.sure,
        accent_samples=encoding.samples,
        delimiter=_NAMES.get(dialect.delimiter, dialect.delimiter) if dialect and dialect.columns > 1 else None,
        header_row=None if dialect is None or dialect.header_index is None else dialect.header_index + 1,
        notes=notes,
    )
