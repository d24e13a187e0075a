"""The supply that everyone can see: how many performances share a day in a territory, and what they are.

Supply is what is known to the public: performances in person, rentals included, that were played, are on sale, or sold
a ticket. Cancelled, postponed and online ones are out; so is a date still to be announced, which nobody may learn here.
What crosses is date, hour, discipline, room and the usual seats of that room (docs/explanation/calendar.en.md): never
a title, a price, a sale, or the seats that one performance had on offer.
"""

from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from publicc.directory.territories import Territory, territories
from publicc.store.engine import sql_text
from publicc.store.tables import SUPPLY, SUPPLY_FILE

_SUPPLY: Final = """
CREATE OR REPLACE TEMP TABLE supply AS
WITH sold AS (
    SELECT DISTINCT organization, performance_id FROM read_parquet({purchases}) WHERE ticket_status = 'VALID'),
placed AS (
    SELECT p.*, v.fsa, o.territory AS declared,
        p.status IN ('SCHEDULED', 'RESCHEDULED') AND NOT p.is_online AND p.event_type = 'PERFORMING_ARTS'
        AND (p.starts_on <= $as_of OR least(p.presale_on, p.general_sale_on) <= $as_of OR s.performance_id IS NOT NULL)
            AS offered
    FROM read_parquet({performances}) AS p
    LEFT JOIN read_parquet({venues}) AS v ON v.organization = p.organization AND v.venue_id = p.venue_id
    LEFT JOIN read_parquet({organizations}) AS o ON o.organization = p.organization
    LEFT JOIN sold AS s ON s.organization = p.organization AND s.performance_id = p.performance_id)
SELECT *, {territory} AS territory FROM placed WHERE offered"""
_PUBLIC: Final = """
COPY (
    WITH rooms AS (
        SELECT organization, venue_id, median(capacity) AS seats FROM read_parquet({performances})
        WHERE capacity > 0 AND starts_on <= $as_of GROUP BY ALL),
    kinds AS (
        SELECT territory, discipline, median(capacity) AS seats FROM supply
        WHERE capacity > 0 AND starts_on <= $as_of GROUP BY ALL),
    told AS (
        SELECT s.*, v.label AS room, v.municipality, v.latitude, v.longitude,
            round(coalesce(r.seats, k.seats))::INTEGER AS seats,
            CASE WHEN r.seats IS NOT NULL THEN 'ROOM' WHEN k.seats IS NOT NULL THEN 'DISCIPLINE' END AS seats_from
        FROM supply AS s
        LEFT JOIN read_parquet({venues}) AS v ON v.organization = s.organization AND v.venue_id = s.venue_id
        LEFT JOIN rooms AS r ON r.organization = s.organization AND r.venue_id = s.venue_id
        LEFT JOIN kinds AS k ON k.territory = s.territory AND k.discipline IS NOT DISTINCT FROM s.discipline)
    SELECT {columns} FROM (
        SELECT * REPLACE (holders AS organizations) FROM (
            SELECT *, NULL::VARCHAR[] AS organizations,
                list_sort(list(organization) OVER (PARTITION BY performance_id)) AS holders,
                row_number() OVER (PARTITION BY performance_id ORDER BY organization) AS place FROM told)
        WHERE place = 1)
    ORDER BY starts_on, starts_hour, territory, room, performance_id
) TO {file} ({form})"""
_REWRITTEN: Final = """
COPY (
    SELECT p.* REPLACE (d.performances AS same_day_count) FROM read_parquet({file}) AS p
    LEFT JOIN supply AS s ON s.organization = p.organization AND s.performance_id = p.performance_id
    LEFT JOIN (SELECT territory, starts_on, count(DISTINCT performance_id)::INTEGER AS performances FROM supply
        WHERE territory IS NOT NULL GROUP BY ALL) AS d ON d.territory = s.territory AND d.starts_on = s.starts_on
    ORDER BY p.starts_on, p.performance_id
) TO {aside} ({form})"""


def count_same_days(connection: duckdb.DuckDBPyConnection, folder: Path, *, as_of: date, form: str) -> None:
    """Fill `same_day_count` in every `performances/*.parquet` of the snapshot: the one in question included.

    The supply itself is left beside, in `supply.parquet` (`store.tables.SUPPLY`), each performance once.
    """
    tables = ("performances", "venues", "organizations", "purchases")
    read = {table: sql_text(str(folder / table / "*.parquet")) for table in tables}
    connection.execute(_SUPPLY.format(territory=_territory(), **read), {"as_of": as_of})
    for file in sorted((folder / "performances").glob("*.parquet")):
        aside = file.with_suffix(".aside")
        connection.execute(_REWRITTEN.format(file=sql_text(str(file)), aside=sql_text(str(aside)), form=form))
        aside.replace(file)
    columns = ", ".join(f"{name}::{kind} AS {name}" for name, kind in SUPPLY.items())
    target = sql_text(str(folder / SUPPLY_FILE))
    connection.execute(_PUBLIC.format(file=target, form=form, columns=columns, **read), {"as_of": as_of})
    connection.execute("DROP TABLE supply")


def _territory() -> str:
    """Where a performance is: the district that holds its venue, else what the organization declared, else the city.

    A district that the organization declared holds a venue of unknown address, never one that is known to be elsewhere.
    """
    named = territories()
    districts = {slug: one for slug, one in named.items() if not one.home}
    cities = {slug: one for slug, one in named.items() if one.home}
    elsewhere = ", ".join(sql_text(slug) for slug in districts) or "''"
    return (
        f"CASE {_arms(districts)} WHEN declared IS NOT NULL AND (fsa IS NULL OR declared NOT IN ({elsewhere}))"
        f" THEN declared {_arms(cities)} END"
    )


def _arms(named: dict[str, Territory]) -> str:
    arms = []
    for slug, one in named.items():
        held = " OR ".join(f"starts_with(fsa, {sql_text(prefix)})" for prefix in one.prefixes)
        out = "".join(f" AND NOT starts_with(fsa, {sql_text(prefix)})" for prefix in one.exceptions)
        arms.append(f"WHEN ({held}){out} THEN {sql_text(slug)}")
    return " ".join(arms)
