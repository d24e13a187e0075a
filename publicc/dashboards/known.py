"""What a page needs that no filter changes: choices of the filters, titles of shows, names of areas.

Found once for the rows of an organization and a snapshot, with the connection that read them, and kept between pages.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar, cast

import duckdb

from publicc.dashboards.choices import choices_of
from publicc.dashboards.filters import Choices
from publicc.directory.official.layers import Layer
from publicc.kernel.errors import Busy
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import EventType
from publicc.metrics.counted import source_of
from publicc.metrics.source import Source
from publicc.store.attitudes import version_of_attitudes
from publicc.store.facts import another, open_own_facts
from publicc.store.home import Home
from publicc.store.profiles import version_of_profiles
from publicc.store.shelf import Shelf
from publicc.store.tables import TABLES

KEPT_OPEN: Final = 16
"""Organizations whose rows a process keeps open; the one read longest ago is closed."""

_Found = TypeVar("_Found")


class Dated(NamedTuple):
    """A performance by its date, whatever the filters."""

    show: str
    on: date
    capacity: int | None


class Known:
    """Found when first needed, by the connection of whoever needs it."""

    def __init__(self, as_of: date) -> None:
        """`as_of`: day of the data."""
        self._as_of = as_of
        self._found: dict[str, Any] = {}

    def choices(self, facts: Source) -> Choices:
        """What the filters may hold."""
        return self._once("choices", lambda: choices_of(facts.connection, self._as_of))

    def titles(self, facts: Source) -> dict[str, str]:
        """Show id → title."""
        return self._once("titles", lambda: _pairs(facts, "SELECT show_id, any_value(title) FROM shows GROUP BY ALL"))

    def places(self, facts: Source) -> dict[str, str]:
        """FSA → the municipality most of its buyers name."""
        return self._once("places", lambda: _pairs(facts, _PLACES))

    def coming(self, facts: Source, after: date) -> dict[str, "Dated"]:
        """Performances after a day: which show, when, how many seats."""
        return {key: one for key, one in self.dated(facts).items() if one.on > after}

    def dated(self, facts: Source) -> dict[str, "Dated"]:
        """Every performance whose date is known, whatever the filters."""
        return self._once("performances", lambda: _performances(facts))

    def out_of_scope(self, facts: Source) -> dict[str, int]:
        """Event type → performances, where not one is of the performing arts: nothing of them is an admission."""
        return self._once("out of scope", lambda: _out_of_scope(facts))

    def run_of(self, facts: Source, show_id: str) -> Period | None:
        """From the first to the last performance of a show; None when no date is known."""
        days = [one.on for one in self.dated(facts).values() if one.show == show_id]
        return Period(min(days), max(days)) if days else None

    def _once(self, name: str, find: Callable[[], _Found]) -> _Found:
        if name not in self._found:
            self._found[name] = find()
        return cast("_Found", self._found[name])


_PLACES: Final = """SELECT fsa, mode(municipality ORDER BY municipality) FROM purchases
 WHERE fsa IS NOT NULL AND municipality IS NOT NULL GROUP BY fsa"""


def _performances(facts: Source) -> dict[str, Dated]:
    found = facts.connection.execute(
        "SELECT performance_id, show_id, starts_on, capacity FROM performances WHERE starts_on IS NOT NULL"
    )
    return {str(key): Dated(str(show), on, capacity) for key, show, on, capacity in found.fetchall()}


def _out_of_scope(facts: Source) -> dict[str, int]:
    found = facts.connection.execute(
        "SELECT event_type, count(*) FROM performances GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    counts = {str(kind): int(count) for kind, count in found}
    return {} if EventType.PERFORMING_ARTS in counts else counts


def _pairs(facts: Source, sql: str) -> dict[str, str]:
    return {str(key): str(value) for key, value in facts.connection.execute(sql).fetchall() if value is not None}


@contextmanager
def own_source(home: Home, scope: OwnRows, snapshot: str, as_of: date) -> Iterator[tuple[Source, Known]]:
    """One organization's rows of one snapshot, for one page: a connection of its own to a file that is already open."""
    census, profiles = Shelf.of(home).version_of(Layer.CENSUS), version_of_profiles(home, snapshot, scope.organization)
    attitudes = version_of_attitudes(home, snapshot, scope.organization)
    source, known = _opened(home, scope, (snapshot, census, profiles, attitudes), as_of, os.getpid())
    with closing(another(source.connection)) as connection:
        yield source.over(connection), known


def _check_prepared(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise Busy when an older program prepared these rows: a column that figures ask for is not there yet."""
    told = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    wanted = {(table, column) for table, columns in TABLES.items() for column in columns}
    if wanted - set(told):
        raise Busy(
            Text(
                "Ces données ont été préparées par une version plus ancienne de Public C; rien n'en est perdu.",
                "These data were prepared by an older version of Public C; nothing of them is lost.",
            ),
            do=Text(
                "Elles se préparent de nouveau; recharger la page dans quelques minutes.",
                "They are being prepared again; reload the page in a few minutes.",
            ),
        )


@lru_cache(maxsize=KEPT_OPEN)
def _opened(
    home: Home, scope: OwnRows, versions: tuple[str, str, str, str], as_of: date, _process: int
) -> tuple[Source, Known]:
    """Opened once a process: a connection does not outlive the fork of the process that made it.

    `versions`: of the snapshot, of the census, of the profiles and of what people met outside venues answered.
    """
    connection = open_own_facts(home, scope, snapshot_id=versions[0])
    _check_prepared(connection)
    source = source_of(connection)
    source.know()
    return source, Known(as_of)
