"""What kind of day each performance falls on, from the almanac: holiday, long weekend, break, ordinary day."""

import json

import duckdb

from publicc.directory.almanac import Almanac


def lay_day_kinds(connection: duckdb.DuckDBPyConnection, almanac: Almanac) -> None:
    """Make `kinds_of_days(day, kind)`, one row a day with a performance, in the schema in use."""
    days = [day for (day,) in connection.execute("SELECT DISTINCT starts_on FROM performances ORDER BY 1").fetchall()]
    known = [day for day in days if day is not None]
    connection.execute(
        """CREATE OR REPLACE TABLE kinds_of_days AS SELECT unnest($days::DATE[]) AS day,
            unnest($kinds::VARCHAR[]) AS kind""",
        {"days": known, "kinds": [almanac.kind_of(day).value for day in known]},
    )


def told(almanac: Almanac) -> str:
    """What of the almanac decides kinds of days, for the id of a snapshot."""
    return json.dumps([dict(rule) for rule in almanac.rules], sort_keys=True, default=str)
