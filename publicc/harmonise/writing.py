"""From the working tables of one organization to its Parquet files of the snapshot, and what they count."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import duckdb

from publicc.collective.profiles import OrganizationProfile
from publicc.store.engine import sql_text
from publicc.store.manifest import OrganizationCounts
from publicc.store.tables import TABLES

FORM: Final = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"

SOLD_ORDER: Final = """starts_on, performance_id, order_id, buyer_id, ticket_status, price_group, net_cents, price_zone,
    face_cents, fees_cents, taxes_cents, channel, ordered_on, ordered_hour, cancelled_on, is_scanned"""
"""Order of purchases in the pool: two rows alike in all of these are alike in everything a reader sees."""

_RELATIONS: Final = {
    "organizations": ("described", "organization"),
    "venues": ("rooms", "venue_id"),
    "shows": ("works", "show_id"),
    "performances": ("played", "starts_on, performance_id"),
    "purchases": ("sold", SOLD_ORDER),
    "persons": ("buyers", "buyer_id"),
    "totals": ("totals_kept", "first_on, title, last_on, tickets"),
}
"""Table of the snapshot → working relation, and the order of its rows."""


def write_tables(connection: duckdb.DuckDBPyConnection, folder: Path, profile: OrganizationProfile) -> None:
    """Write `<table>/<organization>.parquet` for every table of `store.tables` from the schema in use."""
    _describe(connection, profile)
    for table, (relation, order) in _RELATIONS.items():
        columns = ", ".join(f"{name}::{kind} AS {name}" for name, kind in TABLES[table].items())
        target = folder / table / f"{profile.slug}.parquet"
        target.parent.mkdir(exist_ok=True)
        rows = f"SELECT {columns} FROM {relation} ORDER BY {order}"
        connection.execute(f"COPY ({rows}) TO {sql_text(str(target))} ({FORM})")


def _describe(connection: duckdb.DuckDBPyConnection, profile: OrganizationProfile) -> None:
    """The small relations: the organization itself, its venues, and its totals where nothing finer is known."""
    connection.execute(
        """CREATE OR REPLACE TABLE described AS SELECT $slug AS organization, $name AS name, $territory AS territory,
            $disciplines::VARCHAR[] AS disciplines, $size AS size, $zone AS time_zone""",
        {
            "slug": profile.slug,
            "name": profile.name,
            "territory": profile.territory or None,
            "disciplines": list(profile.disciplines),
            "size": profile.size or None,
            "zone": profile.time_zone,
        },
    )
    connection.execute(
        """CREATE OR REPLACE TABLE rooms AS
        SELECT venue_id, $slug AS organization, any_value(c.code) AS common_venue_id,
            arg_min(label, (label IS NULL, label)) AS label,
            arg_min(municipality, place) AS municipality, arg_min(fsa, place) AS fsa,
            arg_min(admin_region, place) AS admin_region, arg_min(latitude, place) AS latitude,
            arg_min(longitude, place) AS longitude
        FROM (SELECT *, (postal_code IS NULL, postal_code, city) AS place FROM venue_of WHERE venue_id IS NOT NULL)
        LEFT JOIN common_venues AS c ON c.own_id = venue_id GROUP BY venue_id""",
        {"slug": profile.slug},
    )
    connection.execute(
        """CREATE OR REPLACE TABLE works AS SELECT s.*, $slug AS organization, c.code AS common_show_id
        FROM shows_ AS s LEFT JOIN common_shows AS c ON c.own_id = s.show_id""",
        {"slug": profile.slug},
    )
    connection.execute(
        """CREATE OR REPLACE TABLE totals_kept AS
        SELECT $slug AS organization, * FROM totals
        WHERE lower(strip_accents(trim(title))) NOT IN (
            SELECT lower(strip_accents(trim(p.title))) FROM performances p
            WHERE p.title IS NOT NULL AND p.perf_no IN (SELECT perf_no FROM tickets WHERE perf_no IS NOT NULL))
        QUALIFY rank() OVER (PARTITION BY lower(strip_accents(trim(title)))
            ORDER BY CASE kind WHEN 'WEEK' THEN 1 WHEN 'SHOW' THEN 2 ELSE 3 END) = 1""",
        {"slug": profile.slug},
    )


def counts_of(connection: duckdb.DuckDBPyConnection) -> OrganizationCounts:
    """What the schema in use holds. Totals count only where the organization has neither ticket nor performance.

    Shows are those of performances, and those that a list of events alone names: under no title that a performance has.
    """
    found = connection.execute(
        f"""SELECT (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM buyers) AS persons,
            (SELECT count(DISTINCT household_id) FROM buyers) AS households,
            (SELECT count(*) FROM played) AS performances,
            (SELECT count(*) FROM shows_) + ({_LISTED_ONLY}) AS shows,
            count(*) FILTER (WHERE ticket_status = 'VALID') AS tickets,
            coalesce(sum(net_cents) FILTER (WHERE ticket_status = 'VALID'), 0)::BIGINT AS revenue_cents,
            coalesce(sum(taxes_cents) FILTER (WHERE ticket_status = 'VALID' AND net_cents IS NOT NULL), 0)::BIGINT
                AS taxes_cents,
            min(ordered_on) AS first_order_on, max(ordered_on) AS last_order_on,
            (SELECT min(starts_on) FROM played) AS first_performance_on,
            (SELECT max(starts_on) FROM played) AS last_performance_on
        FROM sold"""
    )
    names = [column[0] for column in found.description]
    own = OrganizationCounts(**dict(zip(names, found.fetchone() or (), strict=True)))
    return own if own.tickets or own.performances else _of_totals(connection, own)


_LISTED_ONLY: Final = """SELECT count(DISTINCT (source, coalesce(show_key, title))) FROM totals t WHERE kind = 'EVENT'
    AND lower(strip_accents(trim(title))) NOT IN (
        SELECT lower(strip_accents(trim(title))) FROM performances WHERE title IS NOT NULL)
    AND NOT EXISTS (FROM performances p WHERE p.source = t.source AND p.show_key = t.show_key)"""


def _of_totals(connection: duckdb.DuckDBPyConnection, own: OrganizationCounts) -> OrganizationCounts:
    shows, performances, tickets, revenue, first_on, last_on = connection.execute(
        """SELECT count(DISTINCT coalesce(show_key, title)), coalesce(sum(performances), 0)::BIGINT,
            coalesce(sum(tickets), 0)::BIGINT, coalesce(sum(revenue_cents), 0)::BIGINT, min(first_on), max(last_on)
        FROM totals_kept"""
    ).fetchone() or (0, 0, 0, 0, None, None)
    told = {
        "shows": shows, "performances": performances, "tickets": tickets, "revenue_cents": revenue,
        "first_performance_on": first_on, "last_performance_on": last_on,
    }  # fmt: skip
    return OrganizationCounts(**(asdict(own) | told))


def coverage_of(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Shares 0–1 of paid tickets whose buyer, home and price are known, and of performances whose seats are."""
    found = connection.execute(
        """SELECT round(avg((buyer_id IS NOT NULL)::INT) FILTER (WHERE is_paid), 6),
            round(avg((origin <> 'UNKNOWN')::INT) FILTER (WHERE is_paid), 6),
            round(avg(price_known::INT) FILTER (WHERE is_paid), 6),
            (SELECT round(avg((capacity IS NOT NULL)::INT), 6) FROM played)
        FROM sold"""
    ).fetchone() or (None, None, None, None)
    names = ("buyer_coverage", "postal_coverage", "price_coverage", "capacity_coverage")
    return {name: share for name, share in zip(names, found, strict=True) if share is not None}


def pool_counts(connection: duckdb.DuckDBPyConnection, each: list[OrganizationCounts]) -> OrganizationCounts:
    """All organizations together: sums, but persons and households, which are counted once in the circle."""
    persons, households = connection.execute(
        "SELECT count(DISTINCT person_id), count(DISTINCT pool_household_id) FROM named"
    ).fetchone() or (0, 0)
    summed = {
        name: sum(getattr(one, name) for one in each)
        for name in ("customers", "performances", "shows", "tickets", "revenue_cents", "taxes_cents")
    }
    first, last = ("first_order_on", "first_performance_on"), ("last_order_on", "last_performance_on")
    days = {name: min((d for one in each if (d := getattr(one, name))), default=None) for name in first}
    days |= {name: max((d for one in each if (d := getattr(one, name))), default=None) for name in last}
    told: dict[str, Any] = {"persons": persons, "households": households, **summed, **days}
    return OrganizationCounts(**told)
