"""Deposits for tests: drawn tables or real files, into a plain vault in memory."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.deposits import DepositReport, receive_deposit

RECEIVED = datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 - the day of the real exports, on the organization's clock
ORGANIZATION = OrganizationProfile("theatre", "Théâtre")


def drawn(drawing: str) -> str:
    """A drawn table (`a | b` lines) as the text of a CSV file; a line of dashes is decoration."""
    lines = [line.strip() for line in drawing.strip().splitlines()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if not set(line) <= set("-+ ")]
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


class Vault:
    """A vault in memory that takes drawn files, and answers questions."""

    def __init__(self, folder: Path) -> None:
        self.db = duckdb.connect()
        self.folder = folder

    def deposit(self, *paths: Path, files: dict[str, str] | None = None, **choices: Any) -> DepositReport:  # noqa: ANN401 - those of receive_deposit
        """Deposit files by path, and drawn ones by name."""
        written = []
        for name, drawing in (files or {}).items():
            path = self.folder / name
            path.write_text(drawing if "," in drawing.splitlines()[0] else drawn(drawing), encoding="utf-8")
            written.append(path)
        choices.setdefault("received_at", RECEIVED)
        return receive_deposit(self.db, [*paths, *written], organization=ORGANIZATION, **choices)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of an answer."""
        return self.db.execute(statement).fetchall()

    def one(self, statement: str) -> Any:  # noqa: ANN401 - whatever was asked
        """The only value of an answer."""
        return self.rows(statement)[0][0]


def files_of(folder: Path) -> Iterable[Path]:
    """The files of a folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.is_file())


def accounts_hold(report: DepositReport) -> bool:
    """Rows in = accepted + set apart + refused, and amounts to the cent, table by table."""
    return all(
        table.rows_read == table.accepted + table.set_apart + table.refused
        and table.amount_cents == table.accepted_cents + table.set_apart_cents + table.refused_cents
        for table in report.tables
    )
