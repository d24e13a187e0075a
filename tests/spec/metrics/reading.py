"""How specifications read answers: one call, one figure as it is printed in the reference."""

from typing import Any

import duckdb

from publicc.kernel.cells import Cell, Shown, Unknown
from publicc.kernel.formats import rounded
from publicc.kernel.period import parse_period
from publicc.kernel.scope import Scope
from publicc.metrics.answers import answer
from publicc.metrics.questions import Question
from tests.spec.metrics.world import OWN


def figures(
    facts: duckdb.DuckDBPyConnection, *metrics: str, period: str | None = None, scope: Scope = OWN, **where: str
) -> dict[str, Any]:
    """One value a metric, over everything drawn: a number, or `NO_BASE`, `NO_DATA …`."""
    found = answer(
        facts,
        Question(metrics, period=parse_period(period) if period else None, where={k: (v,) for k, v in where.items()}),
        scope,
    )
    (row,) = found.rows
    return {name: said(cell) for name, cell in row.cells.items()}


def by(
    facts: duckdb.DuckDBPyConnection, metric: str, *dimensions: str, period: str | None = None, **where: str
) -> dict[str, Any]:
    """One value a group, by the codes of its dimensions joined with spaces."""
    question = Question(
        (metric,), dimensions, {k: (v,) for k, v in where.items()}, parse_period(period) if period else None
    )
    return {" ".join(row.dims.values()): said(row.cells[metric]) for row in answer(facts, question, OWN).rows}


def said(cell: Cell) -> Any:
    match cell:
        case Shown(value=value):
            return value
        case Unknown(reason=why, missing=missing):
            return f"{why.name} {missing}" if missing else why.name
    raise TypeError(cell)


def percent(ratio: Any, decimals: int = 1) -> str:
    """As the reference prints it: half away from zero."""
    return f"{rounded(ratio * 100, decimals)} %"
