"""The three indices by month, their peaks, and what the peaks tell: territory study 4.2.

A peak is one of the quarter of months with most tickets. Read at the peaks: from farther, fewer locals, bought later;
or not that pattern here. What goes together, never why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Value
from publicc.dashboards.screens.common import capital, figure_column, month_name
from publicc.dashboards.wording import said, shown_value
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row

INDICES: Final = ("distance_index", "local_penetration_index", "sale_period_index")
_WEIGHT: Final = "paid_admission_count"
_FEWEST_MONTHS: Final = 4
"""Under this many months a quarter is not a whole month."""
_EXPECTED: Final = (1, -1, -1)
"""At a peak: over 100, under 100, under 100 (metrics, section 6)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The chart of the indices, and the sentence on its peaks when there are any."""

    charts: tuple[Chart, ...]
    notices: tuple[Notice, ...]


def indices_by_month(asker: Asker) -> Reading | None:
    """The three indices by month against the last closed season; None when fewer than three months are known."""
    if not all(asker.can_answer(one) for one in INDICES):
        return None
    rows = [row for row in asker.rows(*INDICES, by="month") if any(isinstance(c, Shown) for c in row.cells.values())]
    if len(rows) < 3:
        return None
    sold = {row.dims["month"]: shown_value(row.cells[_WEIGHT]) for row in asker.rows(_WEIGHT, by="month")}
    tickets = {row.dims["month"]: float(sold.get(row.dims["month"]) or 0) for row in rows}
    high = peaks(tickets)
    return Reading((_chart(rows, tickets, high),), _notice(rows, tickets, high))


def peaks(tickets: Mapping[str, float]) -> tuple[str, ...]:
    """The quarter of months with most tickets, in the order of time; none under four months. Ties: the earlier."""
    if len(tickets) < _FEWEST_MONTHS:
        return ()
    ranked = sorted(tickets, key=lambda month: (-tickets[month], month))
    return tuple(sorted(ranked[: len(tickets) // 4]))


def _chart(rows: Sequence[Row], tickets: Mapping[str, float], high: Sequence[str]) -> Chart:
    table = DataTable(
        "indices",
        Text("Les trois indices par mois", "The three indices by month"),
        (
            Column("month", Text("Mois", "Month")),
            *(figure_column(one) for one in INDICES),
            figure_column(_WEIGHT),
            Column("peak", Text("Pic", "Peak")),
        ),
        tuple(_line(row, tickets, high) for row in rows),
    )
    return Chart(
        id="indices",
        kind="indices",
        title=_farthest_month(rows),
        subtitle=Text(
            "Indices par mois, 100 = dernière saison close. Plus de 100 : de plus loin, plus de gens du coin, "
            "achat plus tôt. Bandes : les pics, le quart des mois où il se vend le plus de billets",
            "Indices by month, 100 = last closed season. Over 100: from farther, more locals, bought earlier. "
            "Bands: the peaks, the quarter of months with most tickets",
        ),
        summary=Text(
            "Trois lignes par mois autour de 100; les mois de pic sont marqués.",
            "Three lines by month around 100; the months at a peak are marked.",
        ),
        table=table,
        metrics=(*INDICES, _WEIGHT),
    )


def _line(row: Row, tickets: Mapping[str, float], high: Sequence[str]) -> tuple[Value, ...]:
    month = row.dims["month"]
    peak = Text("pic", "peak") if month in high else Text("", "")
    return (month_name(month), *(row.cells[one] for one in INDICES), Shown(int(tickets[month])), peak)


def _farthest_month(rows: Sequence[Row]) -> Text:
    """The month whose audience came from farthest, in words."""
    known = [row for row in rows if isinstance(row.cells[INDICES[0]], Shown)]
    top = max(known, key=lambda row: float(shown_value(row.cells[INDICES[0]]) or 0), default=None)
    index = shown_value(top.cells[INDICES[0]]) if top else None
    if top is None or index is None or index <= 100:
        return Text(
            "Aucun mois n'attire de plus loin que la dernière saison close",
            "No month draws from farther than the last closed season",
        )
    return Text("{month} : on vient de plus loin (indice {n})", "{month}: people come from farther (index {n})").filled(
        month=capital(month_name(top.dims["month"])), n=said(index, Unit.COUNT)
    )


def _notice(rows: Sequence[Row], tickets: Mapping[str, float], high: Sequence[str]) -> tuple[Notice, ...]:
    levels = peak_levels(rows, tickets, high)
    if levels is None:
        return ()
    names = [month_name(month) for month in high]
    where = Text(", ".join(one.fr for one in names), ", ".join(one.en for one in names))
    return (Notice("info", peak_words(levels, where)),)


def peak_levels(
    rows: Sequence[Row], tickets: Mapping[str, float], high: Sequence[str]
) -> tuple[float, float, float] | None:
    """Each index at the peaks: the mean of the months, each as heavy as its tickets. None when one is not known."""
    found = []
    for one in INDICES:
        known = [
            (tickets[row.dims["month"]], float(cell.value))
            for row in rows
            if row.dims["month"] in high and isinstance(cell := row.cells[one], Shown)
        ]
        if not known:
            return None
        found.append(fmean([value for _, value in known], weights=[weight for weight, _ in known]))
    distance, local, ahead = found
    return distance, local, ahead


def peak_words(levels: tuple[float, float, float], where: Text) -> Text:
    """What the peaks tell: the pattern when the three indices are all on their side of 100, else that it is not so."""
    distance, local, ahead = (said(round(level), Unit.COUNT) for level in levels)
    told = {"where": where, "distance": distance, "local": local, "ahead": ahead}
    if all(sign * (round(level) - 100) > 0 for sign, level in zip(_EXPECTED, levels, strict=True)):
        return Text(
            "Aux pics ({where}), on vient de plus loin (indice {distance}), il y a moins de gens du coin ({local}) et "
            "on achète plus tard ({ahead}).",
            "At the peaks ({where}), people come from farther (index {distance}), fewer are locals ({local}) and they "
            "buy later ({ahead}).",
        ).filled(**told)
    return Text(
        "Aux pics ({where}), pas ici le schéma habituel « de plus loin, moins de gens du coin, achat plus tardif » : "
        "distance {distance}, gens du coin {local}, période de vente {ahead}.",
        "At the peaks ({where}), not the usual pattern here of “from farther, fewer locals, bought later”: distance "
        "{distance}, locals {local}, sale period {ahead}.",
    ).filled(**told)
