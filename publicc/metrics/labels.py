"""What the values of a dimension are called: closed lists, titles of shows, names of venues and regions."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import duckdb

from publicc.directory.territories import PROVINCES, REGIONS
from publicc.kernel.formats import month, short_day
from publicc.kernel.scope import OwnRows, Scope
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN
from publicc.metrics.dimensions import known_dimension

_UNKNOWN: Final = Text("Inconnu", "Unknown")
_UNDETERMINED: Final = Text("Indéterminé", "Undetermined")
"""A buyer of whom the common model is not certain enough."""
_NAMED: Final = {
    "show": "SELECT show_id, title, NULL FROM shows WHERE coalesce(organization = $own, TRUE)",
    "venue": "SELECT venue_id, label, NULL FROM venues WHERE coalesce(organization = $own, TRUE)",
    "organization": "SELECT organization, name, NULL FROM organizations WHERE coalesce(organization = $own, TRUE)",
    "performance": "SELECT p.performance_id, s.title, p.starts_on FROM performances AS p LEFT JOIN shows AS s"
    " ON s.organization = p.organization AND s.show_id = p.show_id WHERE coalesce(p.organization = $own, TRUE)",
}


def labels(
    connection: duckdb.DuckDBPyConnection, dimension_id: str, values: Iterable[str], scope: Scope
) -> dict[str, Text]:
    """What to call each value in both languages; a value that has no name is called by its code."""
    wanted = list(dict.fromkeys(values))
    if dimension_id == "profile":
        named = _profiles(connection)
    else:
        named = _names(connection, dimension_id, scope) if dimension_id in _NAMED else {}
    return {value: named.get(value) or _label(dimension_id, value) for value in wanted}


def _names(connection: duckdb.DuckDBPyConnection, dimension_id: str, scope: Scope) -> dict[str, Text]:
    own = scope.organization if isinstance(scope, OwnRows) else None
    rows = connection.execute(_NAMED[dimension_id], {"own": own}).fetchall()
    return {code: _titled(title, day) for code, title, day in rows if title}


def _profiles(connection: duckdb.DuckDBPyConnection) -> dict[str, Text]:
    """Names that the collective gave; none where the facts have no profiles."""
    there = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'profile_classes'").fetchone()
    rows = connection.execute("SELECT code, name_fr, name_en FROM profile_classes").fetchall() if there else []
    return {UNKNOWN: _UNDETERMINED} | {code: Text(fr, en) for code, fr, en in rows}


def _titled(title: str, day: date | None) -> Text:
    if day is None:
        return Text(title, title)
    return Text(f"{title}, {short_day(day, 'fr')}", f"{title}, {short_day(day, 'en')}")


def _label(dimension_id: str, value: str) -> Text:
    closed = known_dimension(dimension_id).labels or {}
    if value in closed:
        return closed[value]
    if value == UNKNOWN:
        return _UNKNOWN
    if dimension_id in ("admin_region", "venue_region", "home_territory") and value in REGIONS:
        return Text(REGIONS[value], REGIONS[value])
    if dimension_id in ("province", "home_territory") and value in PROVINCES:
        return PROVINCES[value]
    if dimension_id == "month":
        first = date.fromisoformat(f"{value}-01")
        return Text(month(first, "fr"), month(first, "en"))
    return Text(value, value)
