"""Every figure of an organization's screens as JSON: what `publicc run` leaves in `dashboards/<organization>.json`.

The same screens as the pages, season by season, so that a script and a page can never read two numbers.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import duckdb

from publicc.dashboards.asking import Asker
from publicc.dashboards.filters import Filters
from publicc.dashboards.known import Known
from publicc.dashboards.page import DataTable, Screen, Tile, Value
from publicc.dashboards.screens.every import SCREENS
from publicc.directory.official.layers import Layer
from publicc.kernel.cells import Shown, Unknown, Withheld, cell_as_json
from publicc.kernel.period import season_label, season_period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.metrics.counted import source_of
from publicc.store.shelf import Imported
from publicc.store.supply import NO_SUPPLY, PublicSupply

SHIPPED: Final[Mapping[Layer, Imported]] = MappingProxyType({})


def all_figures(  # noqa: PLR0917 - what the pages read, given by a command that has no page
    facts: duckdb.DuckDBPyConnection,
    scope: OwnRows,
    as_of: date,
    imported: Mapping[Layer, Imported] = SHIPPED,
    supply: PublicSupply = NO_SUPPLY,
) -> dict[str, Any]:
    """Season → screen → answer, tiles and tables, oldest season first. Deterministic: same facts, same JSON.

    `imported`: official geography whose source the screens must say. `supply`: what everyone offers in public.
    """
    source, known = source_of(facts), Known(as_of)
    seasons = sorted(known.choices(source).seasons)
    over = partial(Asker, source, scope, as_of=as_of, known=known, imported=imported, supply=supply)
    return {
        "organization": scope.organization,
        "as_of": as_of.isoformat(),
        "seasons": {
            season_label(season): {
                screen_id: screen_as_json(build(over(filters=Filters(season_period(season), season))))
                for screen_id, build in SCREENS.items()
            }
            for season in seasons
        },
    }


def screen_as_json(screen: Screen) -> dict[str, Any]:
    """A screen without its pictures: charts are given by the tables they draw."""
    return {
        "title": _text(screen.title),
        "answer": _text(screen.answer),
        **({"beside": _text(screen.beside)} if screen.beside else {}),
        "notices": [{"level": notice.level, "words": _text(notice.words)} for notice in screen.notices],
        "figures": {one.metric: _tile(one) for one in screen.tiles},
        "tables": {table.id: _table(table) for table in (*(c.table for c in screen.charts), *screen.tables)},
    }


def _tile(one: Tile) -> dict[str, Any]:
    told: dict[str, Any] = {"label": _text(one.label), "unit": one.unit.value, "cell": cell_as_json(one.cell)}
    if one.before is not None:
        told["season_before"] = cell_as_json(one.before)
    return told


def _table(table: DataTable) -> dict[str, Any]:
    columns = [
        {"id": column.id, "label": _text(column.label), **({"unit": column.unit.value} if column.unit else {})}
        for column in table.columns
    ]
    told: dict[str, Any] = {
        "title": _text(table.title),
        "columns": columns,
        "rows": [[_value(value) for value in row] for row in table.rows],
    }
    if table.total is not None:
        told["total"] = [_value(value) for value in table.total]
    return told


def _value(value: Value) -> Any:  # noqa: ANN401 - JSON
    match value:
        case Shown() | Unknown() | Withheld():
            return cell_as_json(value)
        case Text():
            return _text(value)
        case date():
            return value.isoformat()
        case str():
            return value


def _text(text: Text) -> Mapping[str, str]:
    return {"fr": text.said("fr"), "en": text.said("en")}
