"""The refused rows of a deposit, as CSV for spreadsheets: written by a process of its own, for whoever deposited them.

`python -m publicc.intake.refused_rows SLUG NUMBER LANG` opens the vault and prints them; the site's own process only
passes them on: it neither holds the key of a vault nor opens one.
"""

import csv
import io
import json
import re
import subprocess
import sys
from typing import Final

from publicc.kernel.errors import Broken
from publicc.kernel.text import Lang, Text, language
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

_RISKY: Final = re.compile(r"^[\s\u00a0]*[=+\-@\t\r\x00\uff1d\uff0b\uff0d\uff20]")
_HEADERS: Final = (
    Text("Fichier", "File"),
    Text("Partie", "Part"),
    Text("Ligne", "Row"),
    Text("Colonne", "Column"),
    Text("Raison", "Reason"),
)


_LONGEST_SECONDS: Final = 120


def refused_rows(slug: str, vault_deposit: int, lang: Lang) -> bytes:
    """The refused rows of a deposit with the reason of each, safe from formulas. Raises Broken when that fails."""
    command = [sys.executable, "-m", __name__, slug, str(vault_deposit), lang]
    try:
        return subprocess.run(  # noqa: S603 - ourselves, with a slug, a number and a language
            command, capture_output=True, check=True, timeout=_LONGEST_SECONDS
        ).stdout
    except subprocess.SubprocessError as problem:
        raise Broken(
            Text("Les lignes refusées n'ont pas pu être lues.", "The refused rows could not be read."),
            do=Text("Réessayer; si cela revient, prévenir le pôle.", "Try again; if it happens again, tell the hub."),
        ) from problem


def read_refused_rows(slug: str, vault_deposit: int, lang: Lang) -> bytes:
    """The same, read from the vault in this process."""
    home = Home.from_environment()
    with open_vault(home, KeyRing.open(home), slug, read_only=True) as vault:
        found = vault.execute(
            """SELECT f.file_name, f.part, r.row_number, r.header, r.reason_fr, r.reason_en, r.cells
            FROM refused_rows r JOIN deposit_files f USING (deposit_id, file_no)
            WHERE r.deposit_id = ? ORDER BY r.file_no, r.row_number""",
            [vault_deposit],
        ).fetchall()
    told = [(*row[:4], row[4] if lang == "fr" else row[5], json.loads(row[6])) for row in found]
    return _as_csv(told, lang)


def _as_csv(rows: list[tuple[object, ...]], lang: Lang) -> bytes:
    """File, part, row, column, reason, then the cells as they were given, one column a header."""
    headers = list(dict.fromkeys(header for row in rows for header in _cells(row)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    writer.writerow([h.said(lang) for h in _HEADERS] + [_safe(header) for header in headers])
    for row in rows:
        cells = _cells(row)
        told = [_safe(cells.get(header, "")) for header in headers]
        writer.writerow([_safe(row[0]), _safe(row[1]), row[2], _safe(row[3]), row[4], *told])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(row: tuple[object, ...]) -> dict[str, str]:
    cells = row[5]
    return cells if isinstance(cells, dict) else {}


def _safe(value: object) -> str:
    """A text that a spreadsheet would run gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if _RISKY.match(text) else text


if __name__ == "__main__":
    sys.stdout.buffer.write(read_refused_rows(sys.argv[1], int(sys.argv[2]), language(sys.argv[3])))
