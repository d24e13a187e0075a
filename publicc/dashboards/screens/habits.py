"""*Habitudes de sortie*: what else buyers see, in which order, how soon; and how many members people of the pool visit.

For programming and marketing: what to offer after a first outing. Own rows are whole; the pool is read in released
cells only. Source: screens, study 4.5; issue 4.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Value
from publicc.dashboards.portrait.saying import bare, discipline_name, first_shown, period_text
from publicc.dashboards.screens.common import coverage_notices, figure_column, filter_notices
from publicc.dashboards.screens.matrices import Matrix
from publicc.dashboards.wording import days, rate, said, shown_value
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline
from publicc.releases.contents import BREADTH, BUYERS, MAIN_DISCIPLINE
from publicc.releases.portrait import Portrait

_BACK, _NEXT, _DELAY, _FLOW = "first_return_share", "second_outing_share", "second_outing_delay", "discipline_flow"
METRICS: Final = (_BACK, _NEXT, _DELAY, _FLOW)
_NONE: Final = Unknown(UnknownReason.NO_BASE)
_LEAST: Final = 30
"""First outings under which the answer names no discipline."""
_MEMBERS: Final = {
    "1": Text("Un seul membre", "A single member"),
    "2": Text("Deux membres", "Two members"),
    "3+": Text("Trois membres ou plus", "Three members or more"),
    "2|3+": Text("Deux membres ou plus", "Two members or more"),
}


class First(NamedTuple):
    """What follows a first outing in one discipline."""

    discipline: str
    back: Shown
    delay: Cell
    nexts: Mapping[str, Cell]

    @property
    def most(self) -> tuple[str, Shown] | None:
        """The discipline that most of those who came again went to; the first by name among equals."""
        shown = sorted((name, cell) for name, cell in self.nexts.items() if isinstance(cell, Shown) and cell.value)
        return max(shown, key=lambda one: float(one[1].value), default=None)


def habits_screen(asker: Asker) -> Screen:
    """The whole page, as of the last day of the filters' period."""
    firsts = _firsts(asker)
    charts = _matrices(asker)
    pooled = _members_visited(asker.collective)
    return Screen(
        id="habits",
        title=Text("Habitudes de sortie", "Going-out habits"),
        purpose=Text(
            "Pour la programmation et le marketing : que proposer après une première sortie.",
            "For programming and marketing: what to offer after a first outing.",
        ),
        answer=_answer(firsts),
        notices=(
            *filter_notices(asker, METRICS),
            *coverage_notices(asker, "buyer_coverage"),
            *_few_disciplines(firsts),
            *_nothing_released(asker.collective),
        ),
        charts=charts,
        tables=(*_table(firsts), *pooled),
        metrics=METRICS,
        is_empty=not firsts and not charts,
    )


def _firsts(asker: Asker) -> list[First]:
    """By discipline, from that of most first outings to that of least."""
    if not asker.can_answer(_BACK):
        return []
    backs = {row.dims["discipline"]: row.cells for row in asker.answer((_BACK, _DELAY)).rows}
    nexts: dict[str, dict[str, Cell]] = {}
    for row in asker.answer((_NEXT,)).rows:
        nexts.setdefault(row.dims["discipline"], {})[row.dims["to_discipline"]] = row.cells[_NEXT]
    found = [
        First(name, back, cells.get(_DELAY, _NONE), nexts.get(name, {}))
        for name, cells in backs.items()
        if isinstance(back := cells[_BACK], Shown)
    ]
    return sorted(found, key=lambda one: (-(one.back.n or 0), one.discipline))


def _answer(firsts: Sequence[First]) -> Text:
    if not firsts or (firsts[0].back.n or 0) < _LEAST:
        return Text(
            "Trop peu de premières sorties, vieilles d'un an, pour dire ce qui les suit.",
            "Too few first outings, a year old, to tell what follows them.",
        )
    one = firsts[0]
    told = Text(
        "Après une première sortie en {discipline}, {share} reviennent dans l'année",
        "After a first outing in {discipline}, {share} return within the year",
    ).filled(discipline=_name(one.discipline), share=rate(one.back))
    if one.most is None:
        return Text(f"{told.fr}.", f"{told.en}.")
    after = Text("{days} plus tard (médiane).", "{days} later (median).").filled(
        days=days(float(shown_value(one.delay) or 0))
    )
    if len(firsts) == 1 and len(one.nexts) == 1:
        return Text(f"{told.fr}, {after.fr}", f"{told.en}, {after.en}")
    name, share = one.most
    next_ = Text("le plus souvent en {next} ({share})", "most often in {next} ({share})").filled(
        next=_name(name), share=said(share.value, Unit.RATIO, 0)
    )
    return Text(f"{told.fr}, {next_.fr}, {after.fr}", f"{told.en}, {next_.en}, {after.en}")


def _name(discipline: str) -> Text:
    label = Discipline(discipline).label
    return Text(label.fr.lower(), label.en.lower())


def _table(firsts: Sequence[First]) -> tuple[DataTable, ...]:
    if not firsts:
        return ()
    columns = (
        Column("discipline", Text("Première sortie en", "First outing in")),
        Column("firsts", Text("Personnes", "People"), Unit.PERSONS),
        figure_column(_BACK, label=Text("Revenues dans l'année", "Returned within the year"), bar=True),
        Column("sure", Text("Certitude (95 %)", "Certainty (95%)")),
        figure_column(_DELAY, label=Text("Délai médian", "Median time")),
        Column("most", Text("Sortie suivante la plus fréquente", "Most frequent next outing")),
    )
    title = Text("Ce qui suit une première sortie", "What follows a first outing")
    return (DataTable("firsts", title, columns, tuple(_line(one) for one in firsts), note=_WINDOW),)


_WINDOW: Final = Text(
    "Premières sorties de tout l'historique chargé, de 36 à 12 mois avant le dernier jour de la période, pour qu'une "
    "année ait pu suivre chacune. Une sortie suit l'autre : rien ne dit que l'une a causé l'autre.",
    "First outings of all the history loaded, 36 to 12 months before the last day of the period, so that a year could "
    "follow each. One outing follows another: nothing says that one caused the other.",
)


def _line(one: First) -> tuple[Value, ...]:
    most: Value = _NONE
    if one.most:
        most = Text("{name}, {share}", "{name}, {share}").filled(
            name=Discipline(one.most[0]).label, share=rate(one.most[1])
        )
    return (Discipline(one.discipline).label, Shown(one.back.n or 0), one.back, _between(one.back), one.delay, most)


def _between(cell: Shown) -> Text:
    """The interval alone: `22 % à 26 %`."""
    whole = rate(cell)
    return Text(whole.fr.partition("(")[2].rstrip(")"), whole.en.partition("(")[2].rstrip(")"))


def _matrices(asker: Asker) -> tuple[Chart, ...]:
    names = {one.value: one.label for one in asker.choices.by_dimension.get("discipline", ())}
    told = (
        Matrix(
            _NEXT,
            Text("Après une première sortie, où va-t-on ?", "After a first outing, where do people go?"),
            Text(
                "Part de ceux qui reviennent dans l'année (ligne : première sortie) vers chaque discipline (colonne)",
                "Share of those who return within the year (row: first outing) to each discipline (column)",
            ),
            (names, names),
        ),
        Matrix(
            _FLOW,
            Text("Que voient-ils d'autre ?", "What else do they see?"),
            Text(
                "Part des acheteurs d'une discipline (ligne) qui ont aussi acheté l'autre (colonne); 24 mois",
                "Share of the buyers of a discipline (row) who also bought the other (column); 24 months",
            ),
            (names, names),
        ),
    )
    return tuple(chart for one in told for chart in one.drawn(asker))


def _few_disciplines(firsts: Sequence[First]) -> tuple[Notice, ...]:
    if len(firsts) != 1:
        return ()
    return (
        Notice(
            "info",
            Text(
                "Une seule discipline chez vous : ce qu'on voit d'autre ne se lit que dans le collectif, plus bas.",
                "A single discipline here: what else people see is read only in the collective, below.",
            ),
        ),
    )


def _nothing_released(collective: Portrait | None) -> tuple[Notice, ...]:
    if collective is not None:
        return ()
    return (
        Notice(
            "missing",
            Text(
                "Le collectif n'a encore rien publié des personnes : leur nombre de membres visités n'est pas connu.",
                "The collective has published nothing of people yet: how many members they visit is not known.",
            ),
        ),
    )


def _members_visited(collective: Portrait | None) -> tuple[DataTable, ...]:
    """Of the people of each main discipline, how many members they visit: released cells, withheld ones said."""
    if collective is None:
        return ()
    breadths, disciplines = _told(collective)
    every = [_visits(collective, breadths, one) for one in (None, *disciplines)]
    lines = [line for line in every if first_shown(cell for cell in line[1:] if not isinstance(cell, Text)) is not None]
    if not lines:
        return ()
    columns = (
        Column("main_discipline", Text("Discipline la plus vue", "Discipline seen most")),
        *(
            Column(f"visited_{at}", label, Unit.PERSONS)
            for at, label in enumerate((_MEMBERS[one] for one in breadths), start=1)
        ),
        Column("elsewhere", Text("Vont chez d'autres", "Go to others"), Unit.RATIO, 0),
    )
    title = Text(
        "Dans le collectif, {period} : chez combien de membres va-t-on ?",
        "In the collective, {period}: how many members do people visit?",
    ).filled(period=period_text(collective.period))
    return (DataTable("members-visited", title, columns, tuple(lines), note=_RELEASED),)


_RELEASED: Final = Text(
    "Chiffres publiés du collectif, arrondis à 5 personnes près; masqués sous le seuil de la politique. Le nombre de "
    "membres visités s'y lit, jamais lesquels; la part, quand tous ces nombres sont montrés.",
    "Published figures of the collective, rounded to 5 people; withheld under the policy's threshold. They tell how "
    "many members are visited, never which; the share, when all these numbers are shown.",
)


def _told(collective: Portrait) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Numbers of members visited, and disciplines, as the release tells them: small ones together."""
    alone = collective.told_by(BREADTH.name)
    if not alone:
        return BREADTH.values, MAIN_DISCIPLINE.values
    crossed = collective.told_by(BREADTH.name, MAIN_DISCIPLINE.name)
    return alone[0], crossed[1] if crossed and crossed[0] == alone[0] else ()


def _visits(collective: Portrait, breadths: Sequence[str], discipline: str | None) -> tuple[Text | Cell, ...]:
    """One line: the discipline, people by number of members, and the share that goes to two or more."""
    key = {} if discipline is None else {MAIN_DISCIPLINE.name: discipline}
    cells = [
        bare(collective.cell(BUYERS.id, "buyer_count", "count", **{BREADTH.name: breadth}, **key))
        for breadth in breadths
    ]
    label = Text("Toutes", "All") if discipline is None else discipline_name(discipline)
    return (label, *cells, _shared(cells))


def _shared(cells: Sequence[Cell]) -> Cell:
    """Those of two members or more ÷ everyone, when each number is shown; else what keeps the first one back."""
    shown = [float(cell.value) for cell in cells if isinstance(cell, Shown)]
    if len(shown) < len(cells):
        return next(cell for cell in cells if not isinstance(cell, Shown))
    return Shown(sum(shown[1:]) / sum(shown)) if sum(shown) else _NONE
