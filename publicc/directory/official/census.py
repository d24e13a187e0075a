"""Census Profile by FSA (Statistics Canada, 98-401-X2021013), read row by row from inside its archive.

Columns are read by place: the French file names them otherwise, and six of them have one name. Text: Windows-1252.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from publicc.directory.official.layers import Layer, Prepared, refused, truncated
from publicc.directory.official.recognise import CENSUS_COLUMNS, member_named, opened
from publicc.directory.official.traits import HOUSEHOLDS, LABELS, WANTED, measured
from publicc.directory.places import LETTERS, fsas_table
from publicc.kernel.postal_codes import FSA_PATTERN
from publicc.kernel.text import Text

YEAR: Final = "2021"
FILE: Final = "census.parquet"
INVENTED_MARK: Final = "DEMO"
"""Begins the DGUID of every row of a census that was invented for a demonstration."""
MOST_CHARACTERISTIC: Final = 2631
_YEAR_AT, _DGUID_AT, _CODE_AT, _LEVEL_AT, _ID_AT, _COUNT_AT, _SYMBOL_AT = 0, 1, 2, 3, 8, 11, 12
_WITHOUT_VALUE: Final = frozenset({"..", "...", "x", "F"})
_FSA: Final = re.compile(FSA_PATTERN)
_LEAST_CODES: Final = 50
_FEW_AT_THE_END: Final = 3
"""How many FSAs of a district, all after the last one read, must be absent for the file to be cut."""


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    counts: dict[str, dict[int, float | None]] = field(default_factory=dict)
    last_id: dict[str, int] = field(default_factory=dict)
    elsewhere: str = ""
    invented: bool = False
    row_number: int = 1


def read_census(path: Path) -> Prepared:
    """Part and whole of each trait of every FSA of the file: `census.parquet` (fsa, trait, part, whole).

    Raises BadInput for another year or level of geography, another layout, a file that stops before its end.
    """
    with _text(path) as file:
        reading = _read(file)
    if not reading.counts:
        raise refused(
            Text(
                "Ce profil n'est pas au niveau des RTA.", "This profile is not at the level of FSAs."
            ),
            found=Text(f"Niveau : {reading.elsewhere}.", f"Level: {reading.elsewhere}.") if reading.elsewhere else None,
            do=Text("Importer 98-401-X2021013.", "Import 98-401-X2021013."),
        )  # fmt: skip
    _check_whole(reading)
    rows = [
        (fsa, trait, part, whole)
        for fsa, counts in sorted(reading.counts.items())
        for trait, (part, whole) in measured(counts).items()
        if part is not None
    ]
    known = {trait for _, trait, _, _ in rows}
    if HOUSEHOLDS not in known:
        raise refused(
            Text("Ce profil ne dit pas combien de ménages il y a.", "This profile does not count households."),
            do=Text("Importer le profil complet.", "Import the complete profile."),
        )  # fmt: skip
    return Prepared(
        layer=Layer.CENSUS,
        vintage=YEAR,
        rows=len(reading.counts),
        files={FILE: _parquet(rows)},
        covers=tuple(sorted({LETTERS.get(fsa[0], fsa[0]) for fsa in reading.counts})),
        invented=reading.invented,
        notes=_left_out(known),
    )


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    with opened(path) as file:
        if isinstance(file, zipfile.ZipFile):
            member = member_named(file, ".csv")
            if member is None:
                raise refused(Text("L'archive n'a pas de fichier CSV.", "The archive has no CSV file."))
            with file.open(member) as inside:
                yield io.TextIOWrapper(inside, encoding="cp1252", errors="replace", newline="")
        else:
            yield io.TextIOWrapper(file, encoding="cp1252", errors="replace", newline="")


class _Lines:
    """Lines of a file, remembering whether the last one was whole."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.last = "\n"

    def __iter__(self) -> Iterator[str]:
        for line in self.file:
            self.last = line
            yield line


def _read(file: TextIO) -> _Reading:
    lines, reading = _Lines(file), _Reading()
    try:
        rows = csv.reader(lines)
        if len(next(rows, [])) != CENSUS_COLUMNS:
            raise _other_layout()
        for row in rows:
            reading.row_number += 1
            if len(row) != CENSUS_COLUMNS:
                raise truncated(_at(reading.row_number))
            _take(row, reading)
    except (zipfile.BadZipFile, EOFError, OSError, csv.Error) as problem:
        raise truncated(_at(reading.row_number)) from problem
    if not lines.last.endswith("\n"):
        raise truncated(_at(reading.row_number))
    return reading


def _take(row: list[str], reading: _Reading) -> None:
    """One row: a characteristic of an area."""
    if row[_YEAR_AT] != YEAR:
        raise refused(
            Text(f"Ce profil n'est pas celui de {YEAR}.", f"This profile is not that of {YEAR}."),
            found=Text(f"Année : {row[_YEAR_AT][:12]}.", f"Year: {row[_YEAR_AT][:12]}."),
            do=Text("Importer 98-401-X2021013.", "Import 98-401-X2021013."),
        )
    if not row[_ID_AT].isdecimal() or not 1 <= int(row[_ID_AT]) <= MOST_CHARACTERISTIC:
        raise _other_layout()
    fsa, characteristic = row[_CODE_AT], int(row[_ID_AT])
    if not _FSA.fullmatch(fsa):
        reading.elsewhere = row[_LEVEL_AT][:60]
        return
    reading.last_id[fsa] = characteristic
    counts = reading.counts.setdefault(fsa, {})
    if characteristic in WANTED:
        counts[characteristic] = _value(row)
    reading.invented = reading.invented or row[_DGUID_AT].startswith(INVENTED_MARK)


def _value(row: list[str]) -> float | None:
    """The total; None where a symbol says that there is none. `E` and `r` keep their value."""
    said = row[_COUNT_AT].strip()
    if not said or row[_SYMBOL_AT].strip() in _WITHOUT_VALUE or said in _WITHOUT_VALUE:
        return None
    try:
        return float(said)
    except ValueError:
        return None


def _check_whole(reading: _Reading) -> None:
    """Raise BadInput when the last area lacks its last rows, or the last district its last areas."""
    ids = list(reading.last_id.values())
    usual = max(set(ids), key=ids.count)
    last = list(reading.last_id)[-1]
    if reading.last_id[last] < usual:
        raise truncated(Text(f"Il s'arrête dans {last}.", f"It stops inside {last}."))
    known = zip(*(fsas_table().column(name).to_pylist() for name in ("fsa", "codes")), strict=True)
    beyond = [f for f, codes in known if f[0] == last[0] and f > last and codes >= _LEAST_CODES]
    if len(beyond) >= _FEW_AT_THE_END and not set(beyond) & set(reading.counts):
        raise truncated(Text(f"Il s'arrête après {last}.", f"It stops after {last}."))


def _left_out(known: set[str]) -> tuple[Text, ...]:
    absent = [label for trait, label in LABELS.items() if trait not in known]
    if not absent:
        return ()
    french, english = ", ".join(one.fr for one in absent), ", ".join(one.en for one in absent)
    return (Text(f"Absents du fichier : {french}.", f"Absent from the file: {english}."),)


def _parquet(rows: Sequence[tuple[str, str, float | None, float | None]]) -> bytes:
    columns = zip(*rows, strict=True)
    kinds = (pa.string(), pa.string(), pa.float64(), pa.float64())
    names = ("fsa", "trait", "part", "whole")
    made = {name: pa.array(values, kind) for name, values, kind in zip(names, columns, kinds, strict=True)}
    out = io.BytesIO()
    pq.write_table(pa.table(made), out, compression="zstd")
    return out.getvalue()


def _at(row_number: int) -> Text:
    return Text(f"Il s'arrête à la ligne {row_number}.", f"It stops at line {row_number}.")


def _other_layout() -> Exception:
    return refused(
        Text(
            "Ce n'est pas la disposition du Profil du recensement de 2021.",
            "This is not the layout of the 2021 Census Profile.",
        ),
        do=Text(
            "Importer 98-401-X2021013, en CSV, sans l'ouvrir dans un tableur.",
            "Import 98-401-X2021013 as CSV, without opening it in a spreadsheet.",
        ),
    )
