"""Vaults drawn as tables in a test: what intake would have written, without its files."""

from collections.abc import Iterable
from typing import Final

import duckdb

from publicc.intake.schema import ENTITIES, create_schema
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault

_DEFAULTS: Final[dict[str, dict[str, str]]] = {
    "customers": {},
    "tickets": {
        "net_cents": "2000",
        "price_group": "FULL",
        "channel": "WEB",
        "ticket_status": "VALID",
        "ordered_on": "2019-01-01",
    },
    "performances": {
        "status": "SCHEDULED",
        "event_type": "PERFORMING_ARTS",
        "starts_on": "2019-02-01",
        "has_time": "false",
        "is_test": "false",
    },
    "totals": {"kind": "SHOW"},
}


def drawn(table: str) -> list[dict[str, str | None]]:
    """Rows of a table drawn with `|` between cells and a rule of dashes under its header; `-` or nothing is NULL."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip() and set(line.strip()) - set("-+ ")]
    header = [name.strip() for name in lines[0].split("|")]
    cells = ([cell.strip() for cell in line.split("|")] for line in lines[1:])
    return [dict(zip(header, (None if c in ("", "-") else c for c in row), strict=True)) for row in cells]


def fill(home: Home, slug: str, *, deposit: int = 1, backwards: bool = False, **tables: str) -> None:
    """Add the drawn rows of `customers`, `tickets`, `performances`, `totals` to a vault, made when it does not exist.

    Columns left out take a plain value; a customer is one row of `customer_key`; `n` repeats a ticket.
    """
    with open_vault(home, KeyRing.open(home), slug) as vault:
        create_schema(vault)
        for name, table in tables.items():
            rows = list(_completed(name, drawn(table)))
            for number, row in enumerate(reversed(rows) if backwards else rows, 1):
                _insert(vault, name, row | {"deposit_id": str(deposit), "file_no": "1", "row_number": str(number)})


def _completed(name: str, rows: list[dict[str, str | None]]) -> Iterable[dict[str, str | None]]:
    for row in rows:
        copies = int(row.pop("n", None) or 1)
        for _ in range(copies):
            yield {"source": "box", **_DEFAULTS[name], **row}


def _insert(vault: duckdb.DuckDBPyConnection, name: str, row: dict[str, str | None]) -> None:
    if name == "tickets":
        row = {"ticket_no": row["row_number"], **row}
        if row.get("ordered_at"):
            row["ordered_on"] = str(row["ordered_at"])[:10]
    unknown = set(row) - set(ENTITIES[name]) - {"source", "ticket_no", "deposit_id", "file_no", "row_number"}
    if unknown:
        raise KeyError(unknown)
    names = ", ".join(row)
    vault.execute(f"INSERT INTO {name} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
