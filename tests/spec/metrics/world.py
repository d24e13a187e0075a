"""Small worlds drawn as tables, turned into the tables of a snapshot (`store.tables`) in a DuckDB connection.

A drawn table has a header, a rule and one line a row; an empty cell or `–` is unknown. Only the columns that matter are
drawn: the rest takes the defaults below. Paid, comp and free follow docs/metrics/conventions.en.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from publicc.kernel.scope import OwnRows
from publicc.store.tables import TABLES

Drawn = Mapping[str, Any]
ORGANIZATION = "theatre"
OWN = OwnRows(ORGANIZATION)

PERFORMANCE: Drawn = {
    "organization": ORGANIZATION, "show_id": "show", "venue_id": "hall", "starts_on": "2025-01-15", "starts_hour": 20,
    "capacity": None, "discipline": "THEATRE", "status": "SCHEDULED", "event_type": "PERFORMING_ARTS",
    "deal_type": "PRESENTATION", "is_free": False, "is_extra": False, "is_online": False,
}  # fmt: skip
TICKET: Drawn = {
    "organization": ORGANIZATION, "tickets": 1, "ticket_status": "VALID", "price_group": "FULL", "net": "50", "channel": "WEB",
    "origin": "UNKNOWN", "buyer_kind": "INDIVIDUAL",
}  # fmt: skip
NEVER_PRICED_AT_ZERO = ("SUBSCRIPTION", "PACKAGE", "PASS")


def drawn(table: str) -> list[dict[str, str | None]]:
    """The rows of a drawn table; `–` and empty cells are None."""
    lines = [line.strip() for line in table.strip().splitlines()]
    header = [name.strip() for name in lines[0].split("|")]
    rows = []
    for line in lines[1:]:
        if set(line) <= set("-+ "):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        rows.append({name: None if cell in ("", "–") else cell for name, cell in zip(header, cells, strict=True)})
    return rows


@dataclass
class World:
    """Rows as they are drawn, and the connection that holds them as a snapshot would."""

    performances: Sequence[Drawn]
    tickets: Sequence[Drawn]
    as_of: date
    venues: Sequence[Drawn] = ()
    shows: Sequence[Drawn] = ()
    households: Mapping[str, int] = field(default_factory=dict)
    census: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    attitudes: Sequence[tuple[Any, ...]] | None = None
    """Day, attitude, whether they came, people, sum of weights, sum of their squares."""

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A new database with the tables of a snapshot."""
        made = duckdb.connect()
        for table, columns in TABLES.items():
            made.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
        made.execute("CREATE TABLE snapshot AS SELECT 'drawn' AS id, ?::DATE AS as_of", [self.as_of])
        performances = [performance_row(one) for one in self.performances]
        by_key = {(one["organization"], one["performance_id"]): one for one in performances}
        _insert(made, "performances", performances)
        _insert(made, "purchases", [row for one in self.tickets for row in ticket_rows(one, by_key)])
        _insert(
            made,
            "venues",
            [
                {"venue_id": "hall", "organization": ORGANIZATION, "fsa": "H2X", "label": "Hall", **one}
                for one in self.venues
            ],
        )
        _insert(made, "shows", [{"organization": ORGANIZATION, **one} for one in self.shows])
        if self.households:
            fsas, counts = list(self.households), pa.array(self.households.values(), pa.int32())
            made.from_arrow(pa.table({"fsa": fsas, "households": counts})).create("households")
        if self.census:
            told = [(fsa, trait, *share) for fsa, traits in self.census.items() for trait, share in traits.items()]
            fsas, traits, parts, wholes = zip(*told, strict=True)
            columns = {"fsa": fsas, "trait": traits, "part": map(float, parts), "whole": map(float, wholes)}
            made.from_arrow(pa.table({name: list(values) for name, values in columns.items()})).create("census")
        if self.attitudes is not None:
            made.execute(
                "CREATE TABLE attitudes (day DATE, attitude TEXT, attended BOOL, people INT, weight DOUBLE, squares DOUBLE)"
            )
            for row in self.attitudes:
                made.execute("INSERT INTO attitudes VALUES (?, ?, ?, ?, ?, ?)", list(row))
        return made


def performance_row(one: Drawn) -> dict[str, Any]:
    """A performance with its defaults, weekday and season."""
    row = {**PERFORMANCE, **one}
    starts_on = _day(row["starts_on"])
    row |= {
        "starts_on": starts_on,
        "weekday": starts_on and starts_on.isoweekday(),
        "season": starts_on and starts_on.year - (starts_on.month < 9),
        **{name: _truth(row.get(name)) for name in ("is_free", "is_extra", "is_online")},
    }
    return row


def ticket_rows(one: Drawn, performances: Mapping[tuple[str, str], Drawn]) -> list[dict[str, Any]]:
    """One row a ticket: `tickets` copies of a drawn line, net price in dollars, buyer and order in short names."""
    row = {**TICKET, **one}
    of = performances.get((row["organization"], row.get("performance_id") or ""), {})
    ordered_on, starts_on = _day(row.get("ordered_on")), of.get("starts_on")
    group, net = row["price_group"], _cents(row["net"])
    known = net is not None and not (net == 0 and group in NEVER_PRICED_AT_ZERO)
    free = group == "FREE" or bool(of.get("is_free"))
    comp = not free and (group == "COMP" or (group == "UNMAPPED" and net == 0))
    valid = row["ticket_status"] == "VALID"
    lead = (starts_on - ordered_on).days if ordered_on and starts_on else None
    row |= {
        "buyer_id": row.get("buyer"), "person_id": row.get("person") or row.get("buyer"), "ordered_on": ordered_on,
        "buyer_kind": row["buyer_kind"] if row.get("buyer") else None, "household_id": row.get("household"),
        "order_id": row.get("order"), "net_cents": net, "face_cents": _cents(row.get("face")),
        "ordered_weekday": ordered_on and ordered_on.isoweekday(), "cancelled_on": _day(row.get("cancelled_on")),
        "lead_time_days": row.get("lead", lead), "is_scanned": _truth(row.get("scanned")),
        "is_paid": valid and not free and not comp, "is_comp": valid and comp, "is_free": valid and free,
        "price_known": known, "starts_on": starts_on, "season": of.get("season"), "discipline": of.get("discipline"),
        "show_id": of.get("show_id"), "venue_id": of.get("venue_id"),
    }  # fmt: skip
    return [row] * int(row["tickets"])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Drawn]) -> None:
    columns = TABLES[table]
    unknown = {name for row in rows for name in row} - set(columns) - _SHORT
    if unknown:
        raise KeyError(f"{table} has no {sorted(unknown)}")
    if rows:
        drawn_rows = pa.table({name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in columns})
        connection.register("drawn_rows", drawn_rows)
        connection.execute(f"INSERT INTO {table} SELECT * FROM drawn_rows")
        connection.unregister("drawn_rows")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_SHORT = {"tickets", "net", "face", "buyer", "person", "household", "order", "lead", "scanned"}


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _cents(dollars: str | int | None) -> int | None:
    return None if dollars is None else round(float(dollars) * 100)


def _truth(value: Any) -> bool | None:
    return value in (True, "yes") if value is not None else None


def theatre(
    performances: str,
    tickets: str,
    *,
    as_of: str = "2025-08-31",
    venues: str = "",
    shows: str = "",
    households: Mapping[str, int] | None = None,
    census: Mapping[str, Mapping[str, tuple[float, float]]] | None = None,
    attitudes: Sequence[tuple[Any, ...]] | None = None,
) -> duckdb.DuckDBPyConnection:
    """A snapshot of one theatre, from its drawn performances and tickets."""
    return World(
        performances=drawn(performances),
        tickets=drawn(tickets),
        as_of=date.fromisoformat(as_of),
        venues=drawn(venues) if venues else [{}],
        shows=drawn(shows) if shows else [],
        households=households or {},
        census=census or {},
        attitudes=attitudes,
    ).connection()
