"""Who is in which segment, in one organization's own rows: their number, and their ids for their owner alone."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import duckdb

from publicc.kernel.errors import NotFound
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.metrics.counted import source_of
from publicc.metrics.gathering import Cut, facts_of, rows_of
from publicc.metrics.source import Readable, Rows, Source

AXES: Final[Mapping[str, str]] = MappingProxyType({"parcours": "parcours_of", "profile": "profiles"})
"""Axis of segments → what says where each buyer is: a step of a statement, or what the common model told."""


def segment_sizes(facts: Readable, scope: OwnRows, axis: str, as_of: date) -> dict[str, int]:
    """How many buyers each segment of an axis has on that day. Raises NotFound for no such axis."""
    sizes = f"SELECT {axis}, count(*) FROM {_step(axis)} WHERE {axis} IS NOT NULL GROUP BY 1"
    if axis == "profile":
        source = source_of(facts)
        return dict(source.connection.execute(sizes).fetchall()) if "profiles" in source.tables else {}
    return dict(_rows(source_of(facts), scope, as_of, sizes))


def buyers_in(facts: duckdb.DuckDBPyConnection, scope: OwnRows, *, axis: str, code: str, as_of: date) -> list[str]:
    """The ids of a segment's buyers on that day, sorted. Raises NotFound for no such axis.

    Read from the rows themselves: a rollup has numbers in the place of ids.
    """
    return sorted(buyer for buyer, held in segments_of(facts, scope, axis=axis, as_of=as_of).items() if held == code)


def segments_of(facts: duckdb.DuckDBPyConnection, scope: OwnRows, *, axis: str, as_of: date) -> dict[str, str]:
    """Buyer → segment on that day, for those who are in one. Raises NotFound for no such axis."""
    if axis == "profile":
        return dict(facts.execute("SELECT buyer_id, profile FROM profiles WHERE profile IS NOT NULL").fetchall())
    found = _rows(Source(facts), scope, as_of, f"SELECT buyer, {axis} FROM {_step(axis)} WHERE {axis} IS NOT NULL")
    return {str(buyer): str(held) for buyer, held in found}


def _rows(source: Source, scope: OwnRows, as_of: date, final: str) -> Rows:
    day = Period(as_of, as_of)
    return rows_of(facts_of(source, scope, period=day, as_of=as_of, reference=None), Cut((), {}, day), final)


def _step(axis: str) -> str:
    if axis not in AXES:
        raise NotFound(Text("Cet axe de segments n'existe pas.", "There is no such axis of segments."))
    return AXES[axis]
