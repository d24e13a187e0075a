"""Charts that PowerPoint draws and edits itself, from the very table that the screen's drawing reads."""

from collections.abc import Sequence
from itertools import pairwise
from math import gcd
from typing import Any, Final

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from publicc.dashboards.charts.bars import MOST_ROWS
from publicc.dashboards.charts.look import PRINT
from publicc.dashboards.page import Chart, Column, Value
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Lang
from publicc.reports.native_intervals import put_intervals
from publicc.reports.saying import value_words

Place = tuple[int, int, int, int]
"""Left, top, width, height in EMU."""

_BARS: Final = ("ranked_bars", "shares", "contributions", "estimates")
_LINES: Final = ("season_curves", "build_up")
_NUMBERS: Final = {Unit.RATIO: "0.0%", Unit.MONEY: '#,##0.00 "$"', Unit.KM: "0.0"}
_QUIET: Final = RGBColor(0x57, 0x52, 0x4B)
_RULE: Final = RGBColor(0xE2, 0xDD, 0xD3)
_SIZE: Final = Pt(12)
_MOST_DAYS: Final = 12


def place_chart(slide: Any, chart: Chart, lang: Lang, place: Place, colour: str) -> Any:  # noqa: ANN401, PLR0917
    """The chart on a slide; None when PowerPoint has no drawing for its kind."""
    if chart.kind in _BARS:
        return _bars(slide, chart, lang, place, colour)
    if chart.kind == "columns_in_time":
        return _columns(slide, chart, lang, place, colour)
    if chart.kind == "indices":
        return _lines_over_time(slide, chart, lang, place, colour)
    if chart.kind in _LINES:
        return _curves(slide, chart, lang, place, colour)
    if chart.kind == "scatter":
        return _points(slide, chart, lang, place, colour)
    return None


def _figure(value: Value) -> float | None:
    return float(value.value) if isinstance(value, Shown) else None


def _added(slide: Any, kind: Any, data: Any, place: Place) -> Any:  # noqa: ANN401 - python-pptx's own
    return slide.shapes.add_chart(kind, *(Emu(int(one)) for one in place), data)


def _categories(chart: Chart, lang: Lang, columns: tuple[Column, ...], most: int | None = None) -> CategoryChartData:
    """The table as PowerPoint holds it: the words of its first column, then a series a column. Blank = not shown."""
    rows = chart.table.rows[:most]
    data = CategoryChartData(number_format=_number(columns[0]))
    data.categories = [_category(chart, row, lang) for row in rows]
    for column in columns:
        at = chart.table.columns.index(column)
        data.add_series(column.label.said(lang), [_figure(row[at]) for row in rows])
    return data


def _category(chart: Chart, row: Sequence[Value], lang: Lang) -> str:
    """The words of a row; of an estimate, its figure and interval too: a label would stand on the interval's line."""
    name, *figures = chart.table.columns
    words = value_words(row[0], name, lang)
    if chart.kind != "estimates":
        return words
    told, low, high = (value_words(row[at], one, lang, one.decimals) for at, one in enumerate(figures[:3], 1))
    return f"{words}, {told} ({low} – {high})"


def _number(column: Column) -> str:
    return _NUMBERS.get(column.unit, "#,##0") if column.unit else "General"


def _bars(slide: Any, chart: Chart, lang: Lang, place: Place, colour: str) -> Any:  # noqa: ANN401, PLR0917
    value, *others = chart.table.columns[1:]
    alone = {"contributions", "estimates"}
    compared = [one for one in others[:1] if one.unit == value.unit and chart.kind not in alone]
    shape = _added(slide, XL_CHART_TYPE.BAR_CLUSTERED, _categories(chart, lang, (value, *compared), MOST_ROWS), place)
    drawn = shape.chart
    _quiet_axes(drawn, value)
    drawn.category_axis.reverse_order = True
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    _label(drawn, value)
    _colours(drawn, (colour, PRINT.context))
    if chart.kind == "estimates":
        drawn.plots[0].has_data_labels = False
        put_intervals(drawn, chart.table.rows[:MOST_ROWS])
    if chart.kind == "contributions":
        drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _legend(drawn, shown=bool(compared))
    return shape


def _columns(slide: Any, chart: Chart, lang: Lang, place: Place, colour: str) -> Any:  # noqa: ANN401, PLR0917
    value = chart.table.columns[1]
    shape = _added(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, _categories(chart, lang, (value,)), place)
    _quiet_axes(shape.chart, value)
    _label(shape.chart, value)
    _colours(shape.chart, (colour,))
    _legend(shape.chart, shown=False)
    return shape


def _lines_over_time(slide: Any, chart: Chart, lang: Lang, place: Place, colour: str) -> Any:  # noqa: ANN401, PLR0917
    columns = tuple(one for one in chart.table.columns[1:] if one.unit is Unit.INDEX)
    shape = _added(slide, XL_CHART_TYPE.LINE, _categories(chart, lang, columns), place)
    _quiet_axes(shape.chart, columns[0])
    _strokes(shape.chart, (colour, PRINT.below, PRINT.population, PRINT.context))
    _legend(shape.chart, shown=True)
    return shape


def _curves(slide: Any, chart: Chart, lang: Lang, place: Place, colour: str) -> Any:  # noqa: ANN401, PLR0917
    """Lines over the days left, greatest first, as on the page.

    A line chart over evenly spaced days: LibreOffice draws it as PowerPoint does; a scatter turned around, it does not.
    """
    days, *series = chart.table.columns
    rows = {int(day): row for row in chart.table.rows if (day := _figure(row[0])) is not None}
    if not rows:
        return None
    every = _evenly(sorted(rows, reverse=True))
    data = CategoryChartData(number_format=_number(series[0]))
    data.categories = [str(day) for day in every]
    for at, column in enumerate(series, start=1):
        data.add_series(column.label.said(lang), [_figure(rows[day][at]) if day in rows else None for day in every])
    shape = _added(slide, XL_CHART_TYPE.LINE, data, place)
    drawn = shape.chart
    _quiet_axes(drawn, series[0])
    _few_labels(drawn, len(every))
    _span_gaps(drawn)
    drawn.category_axis.has_title = True
    drawn.category_axis.axis_title.text_frame.text = days.label.said(lang)
    drawn.category_axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = _SIZE
    _strokes(drawn, (colour, PRINT.context, PRINT.population, PRINT.below))
    _legend(drawn, shown=True)
    return shape


def _evenly(days: Sequence[int]) -> range:
    """The days from the first to the last by their common step, greatest first."""
    step = gcd(*(before - after for before, after in pairwise(days))) or 1
    return range(days[0], days[-1] - 1, -step)


def _span_gaps(drawn: Any) -> None:  # noqa: ANN401 - python-pptx's own
    """A day without a figure does not break the line."""
    for told in drawn._chartSpace.xpath(".//c:dispBlanksAs"):  # noqa: SLF001 - python-pptx has no door to it
        told.set("val", "span")


def _few_labels(drawn: Any, count: int) -> None:  # noqa: ANN401 - python-pptx's own
    """A dozen days written under the axis, whatever their number."""
    axis = drawn.category_axis._element  # noqa: SLF001 - python-pptx has no door to it
    last = axis.find(qn("c:noMultiLvlLbl"))
    for name in ("tickLblSkip", "tickMarkSkip"):
        last.addprevious(parse_xml(f'<c:{name} {nsdecls("c")} val="{max(1, count // _MOST_DAYS)}"/>'))


def _points(slide: Any, chart: Chart, lang: Lang, place: Place, colour: str) -> Any:  # noqa: ANN401, PLR0917
    name, across, upwards = chart.table.columns[:3]
    kept = [row for row in chart.table.rows if isinstance(row[1], Shown) and isinstance(row[2], Shown)]
    if not kept:
        return None
    data = XyChartData(number_format=_number(upwards))
    series = data.add_series(upwards.label.said(lang))
    for row in kept:
        series.add_data_point(_figure(row[1]), _figure(row[2]))
    shape = _added(slide, XL_CHART_TYPE.XY_SCATTER, data, place)
    drawn = shape.chart
    _quiet_axes(drawn, upwards)
    drawn.category_axis.has_major_gridlines = False
    drawn.category_axis.tick_labels.number_format = _number(across)
    drawn.category_axis.tick_labels.number_format_is_linked = False
    drawn.category_axis.has_title = True
    drawn.category_axis.axis_title.text_frame.text = across.label.said(lang)
    lowest, highest = (end(_figure(row[2]) or 0.0 for row in kept) for end in (min, max))
    drawn.value_axis.minimum_scale = max(0.0, lowest - 0.15 * (highest - lowest or lowest or 1.0))
    points = drawn.plots[0].series[0]
    points.marker.format.fill.solid()
    points.marker.format.fill.fore_color.rgb = _rgb(colour)
    for at, row in enumerate(kept):
        frame = points.points[at].data_label.text_frame
        frame.text = value_words(row[0], name, lang)
        frame.paragraphs[0].runs[0].font.size = Pt(10)
        points.points[at].data_label.position = XL_LABEL_POSITION.RIGHT
    _legend(drawn, shown=False)
    return shape


def _quiet_axes(drawn: Any, value: Column) -> None:  # noqa: ANN401 - python-pptx's own
    drawn.font.size, drawn.font.color.rgb = _SIZE, _QUIET
    drawn.has_title = False
    axis = drawn.value_axis
    axis.major_gridlines.format.line.color.rgb = _RULE
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _number(value), False
    drawn.category_axis.format.line.color.rgb = _RULE


def _label(drawn: Any, value: Column) -> None:  # noqa: ANN401 - python-pptx's own
    plot = drawn.plots[0]
    plot.gap_width = 60
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = _number(value), False
    plot.data_labels.font.size = _SIZE


def _colours(drawn: Any, colours: tuple[str, ...]) -> None:  # noqa: ANN401 - python-pptx's own
    for series, colour in zip(drawn.plots[0].series, colours, strict=False):
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)


def _strokes(drawn: Any, colours: tuple[str, ...]) -> None:  # noqa: ANN401 - python-pptx's own
    for series, colour in zip(drawn.plots[0].series, colours, strict=False):
        series.smooth = False
        series.format.line.width = Pt(2.25)
        series.format.line.color.rgb = _rgb(colour)


def _legend(drawn: Any, *, shown: bool) -> None:  # noqa: ANN401 - python-pptx's own
    drawn.has_legend = shown
    if shown:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        drawn.legend.font.size = _SIZE


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour[1:]))
