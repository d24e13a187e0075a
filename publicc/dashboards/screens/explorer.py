"""*Explorer*: any figure, cut by what means something for it, under any filter, beside another season or a show.

For analysts and the curious: the page cannot ask what makes no sense. Figures and intervals are those of `metrics`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from publicc.dashboards.asking import Asker
from publicc.dashboards.exploration import SAME_POINT, Exploration
from publicc.dashboards.filters import DIMENSIONS as FILTERS
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Value
from publicc.dashboards.screens.common import by_figure, figure_column, filter_notices, month_name, named, tile
from publicc.dashboards.screens.profiles import UNDETERMINED, profile_names
from publicc.dashboards.wording import said, shown_value, signed, words
from publicc.directory.territories import REGIONS
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period, months_before, parse_period, season_label
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from publicc.metrics.definition import UNKNOWN, Along, IntervalRule
from publicc.metrics.dimensions import DIMENSIONS
from publicc.metrics.registry import METRICS
from publicc.metrics.rules import Share, clear_change_of_amount, clear_change_of_share

MOST_ROWS: Final = 200
"""Rows of the table: beyond, an open list (days, postal areas) is read in the file."""
_TIMES: Final = ("season", "month", "week", "day")
_NO_CENTS: Final = 1000
_FINER: Final = {"season": "month", "month": "day"}
"""What a stretch of time is cut by, once it is chosen."""
_COMPARED: Final = Text("Comparé à", "Compared with")
_UNKNOWN: Final = Unknown(UnknownReason.NO_BASE)
_TITLE: Final = Text("Explorer", "Explore")
_PURPOSE: Final = Text(
    "Pour qui veut vérifier : un chiffre, un découpage, des filtres, une comparaison.",
    "For whoever wants to check: a figure, a cut, filters, a comparison.",
)


def explorer_screen(asker: Asker, asked: Exploration) -> Screen:
    """The whole page for one question."""
    other = _other(asker, asked)
    stands = not isinstance(METRICS[asked.figure].recipe, Along)
    whole = asker.figures(asked.figure)
    then = other.figures(asked.figure) if other else None
    rows = _rows(asker, asked) if asked.by else []
    before = _aligned(other, asked) if other and asked.by else {}
    table = _table(asker, asked, rows, before if other else None)
    return Screen(
        id="explore",
        title=_TITLE,
        purpose=_PURPOSE,
        answer=_answer(asker, asked, whole[asked.figure], then) if stands else _greatest(asker, asked, table),
        notices=(*filter_notices(asker, (asked.figure,)), *_dropped(asked), *_nothing_to_compare(asked, other)),
        tiles=(tile(asked.figure, whole, then),) if stands and asker.can_answer(asked.figure) else (),
        charts=_chart(asked, table) if len(rows) > 1 else (),
        tables=(table,) if rows else (),
        metrics=(asked.figure,),
    )


def _rows(asker: Asker, asked: Exploration) -> list[Row]:
    """One row a value; lists in their order, open lists from the greatest figure to the least."""
    found = list(asker.rows(asked.figure, by=asked.by))
    one = DIMENSIONS[asked.by]
    return found if one.values or one.span else by_figure(found, asked.figure)


def _other(asker: Asker, asked: Exploration) -> Asker | None:
    """What the figure is compared with; None when nothing is asked or it does not exist."""
    if not asked.against:
        return None
    if asked.show:
        where = (*(pair for pair in asker.filters.where if pair[0] != "show"), ("show", (asked.show,)))
        return replace(asker, filters=replace(asker.filters, where=where))
    if asked.against == SAME_POINT:
        return asker.season_before()
    season = asker.filters.season
    if season is not None:
        return asker.for_season(season - 1) if season - 1 in asker.choices.seasons else None
    period = asker.filters.period
    earlier = Period(months_before(period.first_on, 12), months_before(period.last_on, 12))
    return replace(asker, filters=asker.filters.over(earlier))


def _aligned(other: Asker, asked: Exploration) -> dict[str, Cell]:
    """Value → figure of what is compared; months of a season before stand under the same months of this one."""
    found = {row.dims[asked.by]: row.cells[asked.figure] for row in other.rows(asked.figure, by=asked.by)}
    if asked.show or asked.by not in _TIMES:
        return found
    return {a_year_later(asked.by, value): cell for value, cell in found.items()}


def a_year_later(span: str, value: str) -> str:
    """The same month, week, day or season a year on: `2018-02` → `2019-02`."""
    if value == UNKNOWN:
        return value
    year = int(value[:4]) + 1
    return season_label(year) if span == "season" else f"{year}{value[4:]}"


def _table(asker: Asker, asked: Exploration, rows: Sequence[Row], before: Mapping[str, Cell] | None) -> DataTable:
    one = METRICS[asked.figure]
    columns = [Column("cut", DIMENSIONS[asked.by].label if asked.by else one.label), figure_column(asked.figure)]
    if before is not None:
        columns.append(replace(figure_column(asked.figure, label=_COMPARED), id="before"))
        columns.append(Column("clear", Text("Différence", "Difference")))
    if not one.unit.is_count:
        columns.append(Column("base", Text("Calculé sur (n)", "Computed on (n)"), Unit.COUNT))
    kept = rows[:MOST_ROWS]
    lines = tuple(_line(asker, asked, row, before) for row in kept)
    return DataTable(
        "explored",
        Text("{figure} : {by}", "{figure}: {by}").filled(figure=one.label, by=_by(asked)),
        tuple(columns),
        lines,
        leads=tuple(_lead(asker, asked, row.dims[asked.by]) for row in kept),
    )


def _by(asked: Exploration) -> Text:
    label = DIMENSIONS[asked.by].label if asked.by else Text("en tout", "as a whole")
    return Text(label.fr[:1].lower() + label.fr[1:], label.en[:1].lower() + label.en[1:])


def _line(asker: Asker, asked: Exploration, row: Row, before: Mapping[str, Cell] | None) -> tuple[Value, ...]:
    cell, value = row.cells[asked.figure], row.dims[asked.by]
    line: tuple[Value, ...] = (_name(asker, asked.by, value), cell)
    if before is not None:
        other = before.get(value, _UNKNOWN)
        line = (*line, other, _difference(asked.figure, other, cell))
    if METRICS[asked.figure].unit.is_count:
        return line
    return (*line, Shown(cell.n) if isinstance(cell, Shown) and cell.n is not None else _UNKNOWN)


def _name(asker: Asker, by: str, value: str) -> Value:
    if by == "month" and value != UNKNOWN:
        return month_name(value)
    if by == "profile":
        return {**profile_names(asker), UNKNOWN: UNDETERMINED}.get(value, value)
    own = {one.value: one.label.fr for one in asker.choices.by_dimension.get(by, ())}
    regions = REGIONS if by in {"admin_region", "venue_region", "home_territory"} else {}
    return named(by, value, {**regions, **(asker.titles if by == "show" else {}), **own})


def _difference(figure: str, before: Cell, now: Cell) -> Text:
    """How much it moved, or that the difference is not clear; never an arrow where nothing is sure."""
    a, b = shown_value(before), shown_value(now)
    if a is None or b is None:
        return Text("sans objet", "not applicable")
    one = METRICS[figure]
    moved = float(b) - float(a)
    told = _points(moved) if one.unit is Unit.RATIO else signed(moved, one.unit, _decimals(figure, now))
    if not clear(figure, before, now):
        return Text("{told}, pas de différence nette", "{told}, no clear difference").filled(told=told)
    if not one.unit.is_count and any(isinstance(cell, Shown) and cell.fragile for cell in (before, now)):
        return Text("{told}, petite base", "{told}, small base").filled(told=told)
    return told


def _points(moved: float) -> Text:
    points = signed(100 * moved, Unit.PLAIN, 1)
    return Text(f"{points.fr}\u00a0pt", f"{points.en}\u00a0pt")


def clear(figure: str, before: Cell, now: Cell) -> bool:
    """Whether two figures differ clearly: shares of units by their 95 % interval, amounts beyond 5 % (metrics §0.4)."""
    if not isinstance(before, Shown) or not isinstance(now, Shown):
        return False
    if METRICS[figure].interval is IntervalRule.WILSON and before.n and now.n:
        return clear_change_of_share(Share(float(before.value), before.n), Share(float(now.value), now.n))
    return clear_change_of_amount(float(before.value), float(now.value))


def _lead(asker: Asker, asked: Exploration, value: str) -> str:
    """The same question under the filter of that row; nothing where no filter says it."""
    if value == UNKNOWN:
        return ""
    filters, finer = asker.filters, replace(asked, by=_FINER.get(asked.by, asked.by))
    if asked.by in _FINER:
        within = filters.over(parse_period(value))
        return f"?{finer.query_string}&{within.query_string()}"
    if asked.by not in FILTERS:
        return ""
    return f"?{asked.query_string}&{filters.without(asked.by).query_string()}&{urlencode([(asked.by, value)])}"


def _chart(asked: Exploration, table: DataTable) -> tuple[Chart, ...]:
    one = METRICS[asked.figure]
    in_time = asked.by in _TIMES and not asked.against
    shown = [(row[0], row[1]) for row in table.rows if isinstance(row[1], Shown)]
    if not shown:
        return ()
    name, top = max(shown, key=lambda pair: float(pair[1].value))
    return (
        Chart(
            id="explored",
            kind="columns_in_time" if in_time else "ranked_bars",
            title=Text("{figure}, le plus haut : {name} ({top})", "{figure}, highest: {name} ({top})").filled(
                figure=one.label, name=name, top=words(top, one.unit, one.decimals)
            ),
            subtitle=Text("{figure} par {by}{mark}", "{figure} by {by}{mark}").filled(
                figure=one.label, by=_by(asked), mark=_MARK if asked.against else Text("", "")
            ),
            summary=Text(
                "Une barre par valeur; choisir une barre filtre la page.",
                "One bar a value; choosing a bar filters the page.",
            ),
            table=table,
            metrics=(asked.figure,),
        ),
    )


_MARK: Final = Text("; le trait est la comparaison", "; the mark is the comparison")


def _answer(asker: Asker, asked: Exploration, cell: Cell, then: Mapping[str, Cell] | None) -> Text:
    one = METRICS[asked.figure]
    if not asker.can_answer(asked.figure):
        cannot = Text("{figure} ne se calcule pas avec ces filtres.", "{figure} cannot be computed with these filters.")
        return cannot.filled(figure=one.label)
    value = words(cell, one.unit, _decimals(asked.figure, cell))
    told = Text("{figure} : {value}", "{figure}: {value}").filled(figure=one.label, value=value)
    if isinstance(cell, Shown) and cell.n and not one.unit.is_count:
        told = Text("{told} (n = {n})", "{told} (n = {n})").filled(told=told, n=said(cell.n, Unit.COUNT))
    other = then[asked.figure] if then else None
    if not isinstance(cell, Shown) or not isinstance(other, Shown):
        return Text(f"{told.fr}.", f"{told.en}.")
    return Text("{told}, contre {other} ({moved}).", "{told}, against {other} ({moved}).").filled(
        told=told,
        other=words(other, one.unit, _decimals(asked.figure, other)),
        moved=_difference(asked.figure, other, cell),
    )


def _decimals(figure: str, cell: Cell) -> int | None:
    """Those of the figure; none for money from a thousand dollars."""
    one, value = METRICS[figure], shown_value(cell)
    if one.unit is Unit.MONEY and one.decimals is None and value is not None and abs(float(value)) >= _NO_CENTS:
        return 0
    return one.decimals


def _greatest(asker: Asker, asked: Exploration, table: DataTable) -> Text:
    """A distribution has no figure as a whole: its greatest share is told."""
    shown = [(row[0], row[1]) for row in table.rows if isinstance(row[1], Shown)]
    if not shown:
        return _answer(asker, asked, _UNKNOWN, None)
    name, top = max(shown, key=lambda pair: float(pair[1].value))
    one = METRICS[asked.figure]
    return Text("{figure} : d'abord {name}, {value} (n = {n}).", "{figure}: {name} first, {value} (n = {n}).").filled(
        figure=one.label, name=name, value=words(top, one.unit, one.decimals), n=said(top.n or 0, Unit.COUNT)
    )


def _dropped(asked: Exploration) -> tuple[Notice, ...]:
    return (Notice("info", _NO_SUCH),) if asked.dropped else ()


def _nothing_to_compare(asked: Exploration, other: Asker | None) -> tuple[Notice, ...]:
    return (Notice("info", _NO_SEASON),) if asked.against and other is None else ()


_NO_SUCH: Final = Text(
    "L'adresse demandait un chiffre, un découpage ou une comparaison qui n'existe pas ici; le plus proche est montré.",
    "The address asked for a figure, a cut or a comparison that does not exist here; the nearest is shown.",
)
_NO_SEASON: Final = Text(
    "Aucune saison d'avant à comparer : rien n'a été déposé pour elle.",
    "No season before to compare with: nothing was deposited for it.",
)
