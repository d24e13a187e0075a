"""What an organization may choose in a filter: the seasons, disciplines, venues, channels, tariffs of its own rows."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import duckdb

from publicc.dashboards.filters import Choice, Choices
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Channel, Discipline, PriceGroup, Term

_SEASONS: Final = "SELECT DISTINCT season FROM performances WHERE season IS NOT NULL ORDER BY season DESC"
_DISCIPLINES: Final = "SELECT DISTINCT discipline FROM performances WHERE discipline IS NOT NULL"
_CHANNELS: Final = "SELECT DISTINCT channel FROM purchases WHERE channel IS NOT NULL"
_PRICE_GROUPS: Final = "SELECT DISTINCT price_group FROM purchases WHERE price_group IS NOT NULL"
_SHOWS: Final = """SELECT s.show_id, any_value(s.title) FROM shows AS s
 WHERE s.title IS NOT NULL AND s.show_id IN (SELECT show_id FROM performances) GROUP BY s.show_id ORDER BY 2, 1"""
_VENUES: Final = "SELECT venue_id, any_value(label) FROM venues GROUP BY venue_id ORDER BY 2, 1"


def choices_of(facts: duckdb.DuckDBPyConnection, as_of: date) -> Choices:
    """The values that exist in the rows of one organization. `as_of` is the day of its data."""
    return Choices(
        seasons=tuple(int(row[0]) for row in facts.execute(_SEASONS).fetchall()),
        as_of=as_of,
        by_dimension={
            "discipline": _in_list_order(Discipline, _column(facts, _DISCIPLINES)),
            "venue": _named(facts, _VENUES),
            "show": _named(facts, _SHOWS),
            "channel": _in_list_order(Channel, _column(facts, _CHANNELS)),
            "price_group": _in_list_order(PriceGroup, _column(facts, _PRICE_GROUPS)),
        },
    )


def _named(facts: duckdb.DuckDBPyConnection, sql: str) -> tuple[Choice, ...]:
    """What the organization itself named: the same words in both languages."""
    return tuple(Choice(str(key), Text(str(name), str(name))) for key, name in facts.execute(sql).fetchall())


def _column(facts: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    return {str(row[0]) for row in facts.execute(sql).fetchall()}


def _in_list_order(terms: type[Term], found: Iterable[str]) -> tuple[Choice, ...]:
    """The terms found, in the order of their list."""
    present = set(found)
    return tuple(Choice(term.value, term.label) for term in terms if term.value in present)
