"""`{% load publicc %}`: text in two languages, figures as they are read, cells, tables, chips.

Figures are formatted by `kernel.formats` in the language of the page; nothing here computes one.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from publicc.dashboards.page import Chart, DataTable, Tile
from publicc.kernel import formats
from publicc.kernel.cells import Cell, Number
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period
from publicc.kernel.text import Lang, Text, count_form, french_spaces, language
from publicc.metrics.registry import METRICS
from publicc.web import cells
from publicc.web.listing import listing
from publicc.web.navigation import Fold, folds_written, name_of

register = template.Library()
register.tag("listing", listing)


def _lang() -> Lang:
    return language(get_language())


@register.simple_tag(name="t")
def said(fr: str, en: str, **fields: object) -> SafeString:
    """`{% t "Bonjour {name}" "Hello {name}" name=user %}`: fields are escaped, whole numbers formatted."""
    lang = _lang()
    filled = {name: _field(value, lang) for name, value in fields.items()}
    plain = fr if lang == "fr" else en
    spaced = french_spaces(plain) if lang == "fr" else plain
    return mark_safe(spaced.format(**filled) if fields else spaced)  # noqa: S308 - the template's own words; fields are escaped


def _field(value: object, lang: Lang) -> object:
    if isinstance(value, Text):
        return conditional_escape(value.said(lang))
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number(value, lang)
    return conditional_escape(str(value))


@register.simple_tag
def choices(options: Iterable[tuple[str, Text | str]], chosen: str) -> SafeString:
    """The `<option>` of a list of (value, label): written here, for a list of shows has hundreds."""
    lang = _lang()
    return SafeString("\n".join(_choice(value, text_in(label, lang), value == chosen) for value, label in options))


def _choice(value: str, words: str, chosen: bool) -> str:  # noqa: FBT001 - the state of a line
    return f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(words)}</option>'


@register.simple_tag
def rail_links(folds: Iterable[Fold]) -> SafeString:
    """The rail's groups and their lines."""
    return folds_written(folds)


@register.simple_tag
def plural(n: int, *forms: str) -> SafeString:
    """`{% plural n "{n} billet" "{n} billets" "{n} ticket" "{n} tickets" %}`: French counts 0 as one."""
    lang = _lang()
    one, many = forms[:2] if lang == "fr" else forms[2:]
    form = count_form(n, lang, one, many)
    return mark_safe((french_spaces(form) if lang == "fr" else form).format(n=formats.number(n, lang)))  # noqa: S308


@register.filter(name="said")
def text_said(text: Text | str) -> str:
    """A `Text` in the page's language: `{{ metric.label|said }}`."""
    return text_in(text, _lang())


def text_in(text: Text | str, lang: Lang) -> str:
    """A `Text` in that language; words that are the same in both as they are."""
    return text.said(lang) if isinstance(text, Text) else text


@register.filter
def entry(named: Mapping[str, Text], key: str) -> Text:
    """What `key` is called in a list of names; nothing when it is not there."""
    return named.get(key, Text("", ""))


@register.filter
def number(value: Number, decimals: int = 0) -> str:
    """`{{ n|number }}`, `{{ km|number:1 }}`."""
    return formats.number(value, _lang(), decimals)


@register.filter
def signed(value: Number, decimals: int = 0) -> str:
    """A difference with its sign."""
    return formats.signed(value, _lang(), decimals)


@register.filter
def money(value: Number, decimals: int = 2) -> str:
    """Dollars: `{{ revenue|money:0 }}`."""
    return formats.money(value, _lang(), decimals)


@register.filter
def percent(ratio: Number, decimals: int = 1) -> str:
    """A ratio 0–1 as a percentage."""
    return formats.percent(ratio, _lang(), decimals)


@register.filter
def day(when: date) -> str:
    """`16 février 2026`."""
    return formats.day(when, _lang())


@register.filter
def short_day(when: date) -> str:
    """`16 févr. 2026`; of an instant, the day that it was where the installation is."""
    on = timezone.localtime(when).date() if isinstance(when, datetime) else when
    return formats.short_day(on, _lang())


@register.filter
def moment(at: datetime) -> str:
    """A date and a time, where the installation is."""
    return formats.moment(timezone.localtime(at), _lang())


@register.filter
def period_words(span: Period) -> str:
    """A period in words."""
    return formats.period_words(span, _lang())


@register.filter
def file_size(octets: int) -> str:
    """`1,4 Mo`, `1.4 MB`."""
    return formats.file_size(octets, _lang())


@register.filter
def wait(seconds: float) -> str:
    """`environ 3 minutes`."""
    return formats.wait(seconds, _lang())


@register.filter
def quoted(name: str) -> str:
    """A name someone gave, in the quotation marks of the language."""
    return formats.quoted(name, _lang())


@register.filter
def page_name(route: str) -> str:
    """The name of a page in words; the code of its address for the few that have none."""
    return text_said(name_of(route) or route)


@register.simple_tag
def figure(value: Number, unit: str, decimals: int | None = None) -> str:
    """A bare figure in its unit, for sentences: `{% figure 0.049 "ratio" %}`."""
    return formats.figure(value, Unit(unit), _lang(), decimals)


@register.simple_tag
def cell(value: Cell, unit: str = Unit.COUNT, decimals: int | None = None) -> SafeString:
    """A cell: the figure; or its hatched, dashed or fragile form, with words. Never blank."""
    return cells.drawn(value, Unit(unit), _lang(), decimals)


@register.inclusion_tag("components/table/table.html")
def data_table(
    table: DataTable,
    download: str = "",
    *,
    dense: bool = False,
    heading: bool = False,
    twin_of: str = "",
    still: bool = False,
) -> dict[str, Any]:
    """A table with sticky, sortable headers. `download` is the address of its file; `heading` puts its title above.

    `still`: for a page without a script, where nothing sorts.
    `twin_of` is the id of the chart it stands for, when the same table may be on the page by itself.
    """
    rows, total = cells.body_of(table, _lang())
    told = {"table": table, "rows": rows, "total": total, "download": download}
    told["left_out"] = max(0, len(table.rows) - cells.MOST_ROWS)
    terms = [(column.id, METRICS[column.id].label) for column in table.columns if column.id in METRICS]
    return told | {
        "dense": dense,
        "heading": heading,
        "twin_of": twin_of,
        "still": still,
        "terms": terms if heading else [],
    }


@register.simple_tag
def column(fr: str, en: str, *, figure: bool = False) -> SafeString:
    """A heading of a `{% listing %}`; `figure` for a column of numbers."""
    return format_html('<th scope="col"{}>{}</th>', mark_safe(' class="is-figure"') if figure else "", said(fr, en))


@register.simple_tag
def address(route: str, *args: str, query: str = "") -> str:
    """`{% address "season" slug query=query %}`: the address of a page, with the filters in use."""
    found = reverse(route, args=args)
    return f"{found}?{query}" if query else found


@register.inclusion_tag("components/tile/tile.html")
def tile(given: Tile) -> dict[str, Any]:
    """One figure with its label, its definition and the same figure a season earlier."""
    return {"tile": given, "decimals": cells.tile_decimals(given), "change": cells.change(given, _lang())}


@register.inclusion_tag("components/chart/chart.html")
def chart(given: Chart, spec: str, *, download: str = "", png: str = "", svg: str = "") -> dict[str, Any]:
    """A chart in its frame, with its table twin. `spec` is the address of its Vega-Lite JSON.

    `download` is the address of its table, `png` and `svg` those of its pictures. Its definitions are those of its
    metrics, drawn once on the page. The page also needs
    `{% block scripts %}{% include "components/chart/scripts.html" %}{% endblock %}`.
    """
    return {
        "chart": given,
        "spec": spec,
        "download": download,
        "png": png,
        "svg": svg,
        "terms": [(one, METRICS[one].label) for one in given.metrics if one in METRICS],
    }
