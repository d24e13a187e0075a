"""The book of deposits: one entry each, its files and columns, its refused rows; the last one can be undone."""

import json
from dataclasses import dataclass
from datetime import datetime

import duckdb

from publicc.intake.canonical.bench import Bench
from publicc.intake.deposits.report import DepositReport
from publicc.intake.schema import ENTITIES, create_schema
from publicc.kernel.errors import BadUsage
from publicc.kernel.text import Text

_COLUMNS = "deposit_id, received_at, source, state, fingerprint, mapping_toml, report_json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One deposit in the book."""

    deposit_id: int
    received_at: datetime
    source: str
    state: str
    """`active` or `undone`."""
    fingerprint: str
    mapping_toml: str
    report_json: str

    @classmethod
    def of(cls, report: DepositReport, fingerprint: str, mapping_toml: str) -> "Entry":
        """The entry of a deposit that was just brought in."""
        if report.deposit_id is None:
            raise BadUsage(Text("Ce dépôt n'a rien changé.", "This deposit changed nothing."))
        received = report.received_at.replace(tzinfo=None)
        told = json.dumps(report.as_json(), ensure_ascii=False, sort_keys=True)
        return cls(report.deposit_id, received, report.source, "active", fingerprint, mapping_toml, told)


def next_number(vault: duckdb.DuckDBPyConnection) -> int:
    """The number of the next deposit."""
    (number,) = vault.execute("SELECT coalesce(max(deposit_id), 0) + 1 FROM deposits").fetchone() or (1,)
    return int(number)


def write_entry(vault: duckdb.DuckDBPyConnection, entry: Entry, bench: Bench) -> None:
    """Write a deposit in the book, with its tables, its columns and its refused rows."""
    vault.execute(
        f"INSERT INTO deposits ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            entry.deposit_id,
            entry.received_at,
            entry.source,
            entry.state,
            entry.fingerprint,
            entry.mapping_toml,
            entry.report_json,
        ],
    )
    for table in bench.tables:
        account = bench.counts.get(table.file_no, {})
        vault.execute(
            "INSERT INTO deposit_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                entry.deposit_id, table.file_no, table.table.file_name, table.table.part, table.mapping.kind,
                table.grain.value, table.table.row_count + table.table.refused_count,
                account.get("accepted", 0), account.get("set_apart", 0), account.get("refused", 0),
            ],
        )  # fmt: skip
        vault.executemany(
            "INSERT INTO deposit_columns VALUES (?, ?, ?, ?, ?)",
            [
                [entry.deposit_id, table.file_no, number, use.header, use.target.value if use.target else None]
                for number, use in enumerate(table.mapping.columns, start=1)
            ],
        )
    vault.execute(
        "INSERT INTO refused_rows SELECT ?, file_no, row_number, reason, target, header, reason_fr, reason_en, "
        "amount_cents, cells "
        "FROM scratch.new_refused",
        [entry.deposit_id],
    )


def deposits_of(vault: duckdb.DuckDBPyConnection) -> tuple[Entry, ...]:
    """Every deposit of a vault, latest first, undone ones included."""
    create_schema(vault)
    rows = vault.execute(f"SELECT {_COLUMNS} FROM deposits ORDER BY deposit_id DESC").fetchall()
    return tuple(Entry(*row) for row in rows)


def last_active(vault: duckdb.DuckDBPyConnection) -> Entry | None:
    """The latest deposit that was not undone; None when there is none."""
    row = vault.execute(
        f"SELECT {_COLUMNS} FROM deposits WHERE state = 'active' ORDER BY deposit_id DESC LIMIT 1"
    ).fetchone()
    return Entry(*row) if row else None


def undo_last(vault: duckdb.DuckDBPyConnection) -> Entry:
    """Undo the latest deposit: its rows go, those it had superseded are current again. Whole or not at all.

    Raises BadUsage when there is nothing to undo.
    """
    create_schema(vault)
    entry = last_active(vault)
    if entry is None:
        raise BadUsage(Text("Il n'y a aucun dépôt à défaire.", "There is no deposit to undo."))
    vault.execute("BEGIN TRANSACTION")
    try:
        for table in ENTITIES:
            vault.execute(f"DELETE FROM {table} WHERE deposit_id = ?", [entry.deposit_id])
            vault.execute(f"UPDATE {table} SET superseded_by = NULL WHERE superseded_by = ?", [entry.deposit_id])
        vault.execute("DELETE FROM refused_rows WHERE deposit_id = ?", [entry.deposit_id])
        vault.execute("UPDATE deposits SET state = 'undone' WHERE deposit_id = ?", [entry.deposit_id])
        vault.execute("COMMIT")
    except BaseException:
        vault.execute("ROLLBACK")
        raise
    return entry
