"""*Analyse de tendances*: what moved over the closed seasons, what did not, and what cannot be told yet.

The label of each line is that of metrics.md §0.4: clear between the first and the last season, one step back at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.parts import SEASONS, by_season, listed
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Step
from publicc.dashboards.screens.common import capital, coverage_notices, figure_column, filter_notices
from publicc.dashboards.wording import counted, words
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import season_label
from publicc.kernel.text import Text
from publicc.metrics.definition import IntervalRule
from publicc.metrics.registry import METRICS
from publicc.metrics.rules import Share, Trend, clear_change_of_amount, clear_change_of_share, trend

FIGURES: Final = (
    "admission_count",
    "occupancy_rate",
    "average_price_paid",
    "new_buyer_share",
    "lead_time_median",
    "distance_median",
    "performance_count",
)
LEAST_SEASONS: Final = 3
_WAYS: Final = {
    Trend.UP: Text("en hausse", "rising"),
    Trend.DOWN: Text("en baisse", "falling"),
    Trend.UNCLEAR: Text("sans tendance nette", "no clear trend"),
}
_TOO_SHORT: Final = Text("trop peu de saisons", "too few seasons")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over the closed seasons that know it, oldest first."""

    metric: str
    seasons: tuple[int, ...]
    cells: tuple[Shown, ...]

    @property
    def label(self) -> Trend | None:
        """Where it goes; None under three seasons."""
        first, last = self.cells[0], self.cells[-1]
        a, b = float(first.value), float(last.value)
        of_persons = METRICS[self.metric].interval is IntervalRule.WILSON
        if of_persons and first.n and last.n:
            clear = clear_change_of_share(Share(a, first.n), Share(b, last.n))
        else:
            clear = clear_change_of_amount(a, b)
        return trend([float(one.value) for one in self.cells], clear=clear)

    @property
    def moved(self) -> float:
        """By how much of its first value, whatever the way."""
        first, last = float(self.cells[0].value), float(self.cells[-1].value)
        return abs(last - first) / abs(first) if first else 0.0

    @property
    def name(self) -> Text:
        """What it is called."""
        return METRICS[self.metric].label

    def at(self, place: int) -> Text:
        """Its value in a season, in words."""
        one = METRICS[self.metric]
        return words(self.cells[place], one.unit, one.decimals)


def trends_guide(asker: Asker) -> Screen:
    """The whole page: up to five closed seasons, the last of them that of the filters or the one before."""
    found = by_season(asker, FIGURES)
    absent = _absent(tuple(found))
    told = [one for one in FIGURES if not (absent and METRICS[one].needs_history)]
    lines = tuple(line for one in told if (line := _line(one, found)) is not None)
    return Screen(
        id="trends",
        title=Text("Analyse de tendances", "Trend analysis"),
        purpose=Text(
            "Pour la direction : ce qui change vraiment d'une saison à l'autre.",
            "For direction: what really changes from season to season.",
        ),
        answer=_answer(lines, len(found)),
        notices=(
            *_short(len(found)),
            *_hole(absent),
            *filter_notices(asker, FIGURES),
            *coverage_notices(asker, "capacity_coverage"),
        ),
        charts=tuple(_chart(line) for line in lines if len(line.cells) > 1),
        tables=(_table(lines, tuple(found)),) if lines else (),
        metrics=FIGURES,
        steps=_steps({line.metric: line for line in lines}),
        limits=(
            Text(
                "Pourquoi un chiffre bouge : la page montre ce qui change, pas la cause.",
                "Why a figure moves: the page shows what changes, not the cause.",
            ),
            Text(
                "Si tout le secteur bouge avec vous : seul le comparatif avec vos pairs le dit.",
                "Whether the whole sector moves with you: only the comparison with your peers tells.",
            ),
            Text(
                "Rien d'une saison en cours : seules les saisons closes sont comparées.",
                "Anything of a season under way: only closed seasons are compared.",
            ),
        ),
        deeper=("season", "audiences", "prices"),
    )


def _absent(seasons: tuple[int, ...]) -> tuple[int, ...]:
    """Seasons that nobody deposited between the first and the last."""
    return tuple(one for one in range(min(seasons), max(seasons)) if one not in seasons) if seasons else ()


def _hole(absent: tuple[int, ...]) -> tuple[Notice, ...]:
    if not absent:
        return ()
    told = Text(
        "Ces saisons ne se suivent pas : il manque {seasons}. Qui est nouveau ne peut pas se dire après un "
        "tel trou; la part de nouveaux acheteurs n'est pas montrée.",
        "These seasons do not follow one another: {seasons} is missing. Who is new cannot be told after such a "
        "hole; the share of new buyers is not shown.",
    ).filled(seasons=listed([Text(season_label(one), season_label(one)) for one in absent]))
    return (Notice("warning", told, link="deposits", link_words=Text("Déposer des fichiers", "Deposit files")),)


def _line(metric_id: str, found: Mapping[int, Mapping[str, Cell]]) -> Line | None:
    told = [(season, cell) for season, cells in found.items() if isinstance(cell := cells[metric_id], Shown)]
    told = [(season, cell) for season, cell in told if not cell.provisional]
    told = [(season, cell) for season, cell in told if cell.value or METRICS[metric_id].unit is not Unit.COUNT]
    if not told:
        return None
    return Line(metric_id, tuple(season for season, _ in told), tuple(cell for _, cell in told))


def _answer(lines: tuple[Line, ...], seasons: int) -> Text:
    if not lines:
        return Text(
            "Aucune saison close avec ces filtres : aucune tendance ne peut être lue.",
            "No closed season with these filters: no trend can be read.",
        )
    if seasons < LEAST_SEASONS:
        return Text(
            "{n} close seulement : il en faut trois pour parler de tendance. Les chiffres sont là, sans flèche.",
            "Only {n} closed: three are needed to speak of a trend. The figures are here, without an arrow.",
        ).filled(n=counted(seasons, *SEASONS))
    clear = sorted((one for one in lines if one.label in {Trend.UP, Trend.DOWN}), key=lambda one: -one.moved)
    if not clear:
        return Text(
            "Sur {n} closes, aucune différence nette : rien ne monte ni ne descend assez pour agir.",
            "Over {n} closed, no clear difference: nothing rises or falls enough to act upon.",
        ).filled(n=counted(seasons, *SEASONS))
    first = clear[0]
    told = Text(
        "Ce qui a le plus bougé en {n} : {name}, {way}, de {a} à {b}.",
        "What moved most over {n}: {name}, {way}, from {a} to {b}.",
    ).filled(
        n=counted(len(first.seasons), *SEASONS),
        name=_lower(first.name),
        way=_WAYS[first.label or Trend.UNCLEAR],
        a=first.at(0),
        b=first.at(-1),
    )
    steady = [one for one in lines if one.label is Trend.UNCLEAR]
    if not steady:
        return told
    return Text("{told} Sans tendance nette : {steady}.", "{told} No clear trend: {steady}.").filled(
        told=told, steady=listed([_lower(one.name) for one in steady])
    )


def _lower(text: Text) -> Text:
    return Text(text.fr[:1].lower() + text.fr[1:], text.en[:1].lower() + text.en[1:])


def _short(seasons: int) -> tuple[Notice, ...]:
    if seasons >= LEAST_SEASONS:
        return ()
    told = Text(
        "Déposer des saisons plus anciennes donne leur tendance à ces chiffres.",
        "Depositing older seasons gives these figures their trend.",
    )
    return (Notice("missing", told, link="deposits", link_words=Text("Déposer des fichiers", "Deposit files")),)


def _way(line: Line) -> Text:
    return _WAYS[line.label] if line.label else _TOO_SHORT


def _chart(line: Line) -> Chart:
    label = Text("Saison", "Season")
    rows = tuple((season_label(season), cell) for season, cell in zip(line.seasons, line.cells, strict=True))
    table_id = line.metric.replace("_", "-")
    return Chart(
        id=table_id,
        kind="columns_in_time",
        title=Text("{name} : {way}", "{name}: {way}").filled(name=line.name, way=_way(line)),
        subtitle=Text("De {a} à {b}, saisons closes", "From {a} to {b}, closed seasons").filled(
            a=line.at(0), b=line.at(-1)
        ),
        summary=Text("Une barre par saison close : {name}.", "One bar a closed season: {name}.").filled(
            name=_lower(line.name)
        ),
        table=DataTable(table_id, line.name, (Column("season", label), figure_column(line.metric)), rows),
        metrics=(line.metric,),
    )


def _table(lines: tuple[Line, ...], seasons: tuple[int, ...]) -> DataTable:
    """One line a figure: its way, then each season, in words since their units differ."""
    columns = (
        Column("figure", Text("Chiffre", "Figure")),
        Column("way", Text("Tendance", "Trend")),
        *(Column(f"s{one}", Text(season_label(one), season_label(one))) for one in seasons),
    )
    rows = tuple((line.name, capital(_way(line)), *(_said_in(line, season) for season in seasons)) for line in lines)
    return DataTable(
        "trends", Text("Chaque chiffre, saison par saison", "Each figure, season by season"), columns, rows
    )


def _said_in(line: Line, season: int) -> Text:
    if season not in line.seasons:
        return Text("sans objet", "not applicable")
    return line.at(line.seasons.index(season))


def _steps(lines: Mapping[str, Line]) -> tuple[Step, ...]:
    """By a decision table: the way of a figure, beside that of what explains it most often."""
    ways = {name: line.label for name, line in lines.items()}
    supply, came = ways.get("performance_count"), ways.get("admission_count")
    tried: list[Step] = []
    if came is Trend.DOWN and supply is Trend.DOWN:
        tried.append(
            Step(_SUPPLY_FELL.filled(a=lines["performance_count"].at(0), b=lines["performance_count"].at(-1)), "season")
        )
    elif came is Trend.DOWN:
        tried.append(Step(_FEWER_CAME, "show"))
    if ways.get("occupancy_rate") is Trend.DOWN and supply is Trend.UP:
        tried.append(Step(_TOO_MANY, "season"))
    if ways.get("new_buyer_share") is Trend.DOWN:
        tried.append(Step(_FEWER_NEW.filled(b=lines["new_buyer_share"].at(-1)), "territories"))
    if ways.get("lead_time_median") is Trend.DOWN:
        tried.append(Step(_LATER.filled(b=lines["lead_time_median"].at(-1)), "pace"))
    if ways.get("average_price_paid") in {Trend.UP, Trend.DOWN}:
        tried.append(
            Step(_PRICE.filled(a=lines["average_price_paid"].at(0), b=lines["average_price_paid"].at(-1)), "prices")
        )
    return tuple(tried) or (Step(_STEADY, "season"),)


_SUPPLY_FELL: Final = Text(
    "Les entrées baissent avec l'offre ({a} représentations, puis {b}) : regarder d'abord le nombre de dates avant de "
    "chercher un désintérêt.",
    "Admissions fall with supply ({a} performances, then {b}): look at the number of dates before looking for a loss "
    "of interest.",
)
_FEWER_CAME: Final = Text(
    "Les entrées baissent sans que l'offre baisse : chercher les spectacles qui expliquent l'écart.",
    "Admissions fall while supply does not: find the shows that explain the gap.",
)
_TOO_MANY: Final = Text(
    "Plus de dates, des salles moins pleines : essayer moins de représentations par titre la saison prochaine.",
    "More dates, emptier rooms: try fewer performances a title next season.",
)
_FEWER_NEW: Final = Text(
    "La part de nouveaux acheteurs recule (aujourd'hui {b}) : choisir un secteur proche où vous êtes peu présent et y "
    "annoncer un spectacle.",
    "The share of new buyers falls (now {b}): choose a near area where you are little present and announce a show "
    "there.",
)
_LATER: Final = Text(
    "On achète plus tard (médiane {b}) : garder une part du budget de promotion pour les dernières semaines.",
    "People buy later (median {b}): keep part of the promotion budget for the last weeks.",
)
_PRICE: Final = Text(
    "Le prix moyen payé passe de {a} à {b} : vérifier s'il suit vos tarifs ou la part de billets réduits.",
    "The average price paid goes from {a} to {b}: check whether it follows your prices or the share of reduced "
    "tickets.",
)
_STEADY: Final = Text(
    "Rien ne demande d'agir sur la durée : regarder plutôt la saison en cours.",
    "Nothing calls for action over the long run: look at the season under way instead.",
)
