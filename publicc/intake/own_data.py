"""Everything that an organization brought, back in open forms: for its own director or data steward, at any time.

`python -m publicc.intake.own_data SLUG FORM` opens the vault and writes a ZIP on its output, a batch of rows at a time:
nothing is put in clear on a disk. The site's own process only passes it on: it neither holds the key nor opens a vault.
"""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Final, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from publicc.kernel.errors import BadInput, Broken, NotFound
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

TABLES: Final = ("customers", "tickets", "performances", "totals")
"""What is current in the vault: the latest deposit that holds a row wins."""
_BATCH_ROWS: Final = 50_000
_CHUNK: Final = 1 << 16
_READ_ME: Final = """Tout ce que cet organisme a déposé, tel qu'il est retenu aujourd'hui.
customers : les fiches; tickets : une ligne par billet; performances : les représentations; totals : les totaux
qu'une source donne sans détail. Les montants (_cents) sont en cents. deposit_id, file_no et row_number disent d'où
vient chaque ligne. En CSV, un texte qu'un tableur prendrait pour une formule porte une apostrophe devant.
Ces fichiers nomment des personnes : les garder comme vous gardez votre billetterie.

Everything that this organization deposited, as it is held today.
customers: the records; tickets: one row a ticket; performances: the dates; totals: what a source tells without detail.
Amounts (_cents) are in cents. deposit_id, file_no and row_number say where each row comes from. In CSV, a text that a
spreadsheet would run as a formula has an apostrophe before it.
These files name people: keep them as you keep your box office.
"""


def own_data(slug: str, form: str) -> Iterator[bytes]:
    """The ZIP, piece by piece. Raises NotFound, BadInput before any deposit, Broken."""
    if form not in _WRITERS:
        raise NotFound(
            Text("Cette forme n'existe pas.", "There is no such form."),
            do=Text("Choisir CSV, Parquet ou JSON.", "Choose CSV, Parquet or JSON."),
        )
    if not (Home.from_environment().vaults / f"{slug}.duckdb").is_file():
        raise BadInput(
            Text("Aucun fichier n'a encore été reçu.", "No file was received yet."),
            do=Text("Déposer des fichiers d'abord.", "Deposit files first."),
        )
    command = [sys.executable, "-m", __name__, slug, form]
    reader = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - ourselves
    first = reader.stdout.read(_CHUNK) if reader.stdout else b""
    if not first:
        _close(reader)
        raise Broken(
            Text("Vos données n'ont pas pu être lues.", "Your data could not be read."),
            do=Text("Réessayer; si cela revient, prévenir le pôle.", "Try again; if it happens again, tell the hub."),
        )
    return PassedOn(reader, first)


class PassedOn:
    """What the reader writes. A reader that fails half-way leaves an archive without its list: no program opens it.

    Not a generator: one that was never begun is closed without its reader being stopped, which then keeps the vault.
    """

    def __init__(self, reader: subprocess.Popen[bytes], first: bytes) -> None:
        self.reader, self.waiting = reader, first

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        piece, self.waiting = self.waiting, b""
        if not piece and self.reader.stdout and not self.reader.stdout.closed:
            piece = self.reader.stdout.read(_CHUNK)
        if not piece:
            self.close()
            raise StopIteration
        return piece

    def close(self) -> None:
        """Stop the reader: nothing more is wanted."""
        self.waiting = b""
        _close(self.reader)


def _close(reader: subprocess.Popen[bytes]) -> None:
    if reader.stdout:
        reader.stdout.close()
    reader.terminate()
    reader.wait()


def write_own_data(slug: str, form: str, out: IO[bytes]) -> None:
    """The ZIP, read from the vault in this process."""
    home = Home.from_environment()
    with open_vault(home, KeyRing.open(home), slug, read_only=True) as vault:
        write_archive(vault, form, out)


def write_archive(vault: duckdb.DuckDBPyConnection, form: str, out: IO[bytes]) -> None:
    """A file a table, and what they are in both languages."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("LISEZ-MOI · READ-ME.txt", _READ_ME)
        for table in TABLES:
            rows = vault.execute(f"SELECT * FROM current_{table}").to_arrow_reader(_BATCH_ROWS)
            with archive.open(f"{table}.{form}", "w", force_zip64=True) as file:
                _WRITERS[form](rows, file)


def _as_csv(rows: pa.RecordBatchReader, file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(rows.schema.names)
    for batch in rows:
        columns = [batch.column(at).to_pylist() for at in range(batch.num_columns)]
        writer.writerows([_plain(value) for value in row] for row in zip(*columns, strict=True))
    text.detach()


def _plain(value: object) -> object:
    if isinstance(value, str):
        return safe_text(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _as_json(rows: pa.RecordBatchReader, file: IO[bytes]) -> None:
    """A list with one object a row; what is empty is null."""
    file.write(b"[")
    comma = b"\n"
    for batch in rows:
        for row in batch.to_pylist():
            file.write(comma + json.dumps(row, ensure_ascii=False, default=_told).encode())
            comma = b",\n"
    file.write(b"\n]\n")


def _told(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)


def _as_parquet(rows: pa.RecordBatchReader, file: IO[bytes]) -> None:
    sink = pa.PythonFile(file, mode="w")
    with pq.ParquetWriter(sink, rows.schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch)


_WRITERS: Final[dict[str, Callable[[pa.RecordBatchReader, IO[bytes]], None]]] = {
    "csv": _as_csv,
    "parquet": _as_parquet,
    "json": _as_json,
}
FORMS: Final = tuple(_WRITERS)


if __name__ == "__main__":
    write_own_data(sys.argv[1], sys.argv[2], sys.stdout.buffer)
