"""What people met outside venues say, on *Non-publics*: beside what the census bounds, never mixed with it."""

from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice
from publicc.dashboards.wording import counted, said
from publicc.kernel.cells import Cell, Shown, Unknown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.dimensions import ATTITUDES

RATE: Final = "non_public_rate"
ATTITUDE: Final = "attitude_share"
_FEW: Final = Notice(
    "info",
    Text(
        "Moins de dix personnes rencontrées hors des salles ont répondu en 24 mois : leurs attitudes ne sont pas "
        "montrées.",
        "Fewer than ten people met outside venues answered in 24 months: their attitudes are not shown.",
    ),
)
_COLUMNS: Final = (
    Column("attitude", Text("Attitude", "Attitude")),
    Column("share", Text("Part pondérée", "Weighted share"), Unit.RATIO, 0),
    Column("low", Text("Au moins", "At least"), Unit.RATIO, 0),
    Column("high", Text("Au plus", "At most"), Unit.RATIO, 0),
)


def answers_of(asker: Asker) -> tuple[Chart, ...]:
    """Interest × attendance of those who answered, with the interval of each share; nothing without enough of them."""
    rate = _bounds(asker, RATE).get("", {})
    middle = rate.get("middle")
    if not isinstance(middle, Shown):
        return ()
    shares = _bounds(asker, ATTITUDE)
    lines = tuple((name, cells["middle"], cells["low"], cells["high"]) for name, cells in _named(shares))
    low, high = (said(_value(rate[end]), Unit.RATIO, 0) for end in ("low", "high"))
    return (
        Chart(
            id="attitudes",
            kind="bands",
            title=Text(
                "{share} des gens rencontrés hors des salles n'ont vu aucun spectacle payant en un an (de {low} à "
                "{high})",
                "{share} of people met outside venues saw no paid show in a year ({low} to {high})",
            ).filled(share=said(middle.value, Unit.RATIO, 0), low=low, high=high),
            subtitle=Text(
                "Intérêt pour les arts de la scène et venue dans l'année, part pondérée, intervalle à 95 %; {n}",
                "Interest in the performing arts and attendance in the year, weighted share, 95% interval; {n}",
            ).filled(n=counted(middle.n or 0, Text("réponse", "answer"), Text("réponses", "answers"))),
            summary=Text(
                "Un point par attitude, avec l'intervalle de sa part.", "One point an attitude, with its interval."
            ),
            table=DataTable("attitudes", Text("Intérêt et venue", "Interest and attendance"), _COLUMNS, lines),
            metrics=(RATE, ATTITUDE),
            note=Text(
                "Vos sondages hors des salles parlent de gens; l'indice et la carte, tirés du recensement, parlent de "
                "ménages qui n'ont rien acheté chez vous. Les deux se lisent côte à côte et ne s'additionnent pas.",
                "Your surveys outside venues speak of people; the index and the map, drawn from the census, speak of "
                "households that bought nothing from you. Both are read side by side and never added up.",
            ),
        ),
    )


def few_answers(asker: Asker) -> tuple[Notice, ...]:
    """Why nothing is said of the people who answered, when some did."""
    told = _bounds(asker, RATE).get("", {}).get("middle")
    return (_FEW,) if isinstance(told, Unknown) and told.missing == "10_answers" else ()


def _bounds(asker: Asker, metric: str) -> dict[str, dict[str, Cell]]:
    """Attitude (empty for the rate) → bound → cell; nothing under filters, which answers do not know."""
    found: dict[str, dict[str, Cell]] = {}
    for row in asker.answer((metric,)).rows if asker.can_answer(metric) else ():
        found.setdefault(row.dims.get("attitude", ""), {})[row.dims["bound"]] = row.cells[metric]
    return found


def _named(shares: dict[str, dict[str, Cell]]) -> list[tuple[Text, dict[str, Cell]]]:
    return [(words, shares[name]) for name, words in ATTITUDES.items()]


def _value(cell: Cell) -> float:
    return float(cell.value) if isinstance(cell, Shown) else 0.0
