"""*Quel % de développement est réaliste ?*: own growth over closed seasons, and what the territory leaves to reach.

Decision: a range when both are known; the territory alone when it leaves less than the usual pace; own history alone
without a census; else what is missing. Never a promise.
"""

from dataclasses import dataclass
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.parts import BUYERS, SEASONS, TICKETS, by_season, figure_of, joined, picked
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Step
from publicc.dashboards.screens.common import figure_column
from publicc.dashboards.screens.non_publics import non_publics_screen
from publicc.dashboards.wording import counted, rate, said, signed
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import season_label
from publicc.kernel.text import Text

CEILING: Final = "growth_ceiling"
FIGURES: Final = ("buyer_growth", "buyer_count", "tickets_per_buyer", "new_buyer_share", "new_buyer_retention")
_OF_A_SEASON: Final = ("buyer_count", "tickets_per_buyer", "new_buyer_share")
_TWO: Final = 2
_TOO_WIDE: Final = 2.0
"""Times its middle from which an interval is said to be too wide to choose by."""
_UNSURE: Final = Text(
    "Ce plafond est très incertain : s'en servir pour choisir où aller, pas pour fixer une cible.",
    "This ceiling is very uncertain: use it to choose where to go, not to set a target.",
)
RETURN_TRIED: Final = 0.03
"""Points of return of new buyers that a step converts into buyers."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the answer stands on: buyers by closed season, the usual pace, the ceiling with its interval."""

    seasons: dict[int, dict[str, Cell]]
    """Closed seasons, oldest first."""
    usual: float | None
    """Median of the yearly changes; None under two closed seasons."""
    ceiling: float | None
    bounds: tuple[float, float]

    @property
    def last(self) -> dict[str, Cell]:
        """The last closed season."""
        return self.seasons[max(self.seasons)] if self.seasons else {}

    @property
    def counted(self) -> list[tuple[int, Shown]]:
        """Closed seasons whose buyers are known."""
        told = ((season, cells["buyer_count"]) for season, cells in self.seasons.items())
        return [(season, cell) for season, cell in told if isinstance(cell, Shown) and cell.value]


def growth_guide(asker: Asker) -> Screen:
    """The whole page: closed seasons up to the one of the filters, the territory at the end of its period."""
    proof = non_publics_screen(asker)
    known = _known(asker)
    return Screen(
        id="realistic-growth",
        title=Text("Quel % de développement est réaliste ?", "Which % of growth is realistic?"),
        purpose=Text(
            "Pour le développement des publics et la direction : une cible honnête.",
            "For audience development and direction: an honest target.",
        ),
        answer=_answer(known),
        notices=(*proof.notices, *_short(known)),
        charts=(*_own_growth(known), *picked(proof, "potential", "map")),
        tables=tuple(one for one in proof.tables if one.id == "territories"),
        metrics=(*FIGURES, CEILING, "potential_gap", "household_penetration"),
        steps=_steps(asker, known, proof),
        limits=(
            Text(
                "Ce qui va arriver : c'est un ordre de grandeur tiré du passé et du recensement, pas une prévision.",
                "What will happen: it is an order of magnitude from the past and the census, not a forecast.",
            ),
            Text(
                "La croissance de vos pairs : elle demande le comparatif, et au moins huit organismes.",
                "The growth of your peers: it needs the comparison, and at least eight organizations.",
            ),
            Text(
                "Ce que coûte d'atteindre un secteur : la page dit où sont les ménages, pas ce qu'il faut y dépenser.",
                "What reaching an area costs: the page says where households are, not at which price they are reached.",
            ),
        ),
        deeper=("non-publics", "audiences", "territories"),
    )


def _known(asker: Asker) -> Known:
    bounds = _ceiling(asker)
    return Known(
        seasons=by_season(asker, _OF_A_SEASON),
        usual=figure_of(asker.figures("buyer_growth")["buyer_growth"]),
        ceiling=figure_of(bounds.get("middle")),
        bounds=(figure_of(bounds.get("low")) or 0.0, figure_of(bounds.get("high")) or 0.0),
    )


def _ceiling(asker: Asker) -> dict[str, Cell]:
    if not asker.facts.households or not asker.can_answer(CEILING):
        return {}
    return {row.dims["bound"]: row.cells[CEILING] for row in asker.answer((CEILING,)).rows}


def _answer(known: Known) -> Text:
    told = _range(known)
    low, high = known.bounds
    if known.ceiling is None or high - low <= _TOO_WIDE * known.ceiling:
        return told
    return joined(told, _UNSURE)


def _range(known: Known) -> Text:
    usual, top = known.usual, known.ceiling
    if usual is None and top is None:
        return Text(
            "Rien ne permet encore de chiffrer un développement : il faut deux saisons closes, ou un recensement.",
            "Nothing allows growth to be put in figures yet: two closed seasons are needed, or a census.",
        )
    if top is None:
        return _own_history(known, usual or 0.0)
    limit = Text("{middle} (de {low} à {high})", "{middle} (from {low} to {high})").filled(
        middle=said(top, Unit.RATIO, 0),
        low=said(known.bounds[0], Unit.RATIO, 0),
        high=said(known.bounds[1], Unit.RATIO, 0),
    )
    if usual is None:
        return Text(
            "Au plus {limit} : c'est ce que le territoire laisse à rejoindre. Votre rythme n'est pas encore connu.",
            "At most {limit}: it is what the territory leaves to reach. Your own pace is not known yet.",
        ).filled(limit=limit)
    if top <= usual:
        return Text(
            "Le territoire limite à {limit} : moins que votre rythme habituel ({usual} par saison).",
            "The territory limits growth to {limit}: less than your usual pace ({usual} a season).",
        ).filled(limit=limit, usual=signed(usual, Unit.RATIO, 0))
    told = Text(
        "Entre {usual}, votre rythme habituel, et {limit}, si chaque secteur rejoignait ses semblables{heads}.",
        "Between {usual}, your usual pace, and {limit}, if every area caught up with those like it{heads}.",
    )
    return told.filled(usual=signed(usual, Unit.RATIO, 0), limit=limit, heads=_in_heads(known, usual, top))


def _own_history(known: Known, usual: float) -> Text:
    (_, first), (_, last) = known.counted[0], known.counted[-1]
    fields = {
        "usual": signed(usual, Unit.RATIO, 0),
        "first": said(first.value, Unit.COUNT),
        "last": counted(int(last.value), *BUYERS),
        "n": counted(len(known.counted), *SEASONS),
    }
    if len(known.counted) <= _TWO:
        return Text(
            "De {first} à {last} ({usual}) entre les deux seules saisons closes : c'est trop peu pour une cible.",
            "From {first} to {last} ({usual}) between the only two closed seasons: too little for a target.",
        ).filled(**fields)
    return Text(
        "Votre rythme habituel est de {usual} d'acheteurs par saison (de {first} à {last} en {n}). Sans plafond de "
        "territoire, rien ici ne permet de viser plus.",
        "Your usual pace is {usual} of buyers a season (from {first} to {last} in {n}). Without a ceiling of the "
        "territory, nothing here allows aiming higher.",
    ).filled(**fields)


def _in_heads(known: Known, low: float, high: float) -> Text:
    buyers, each = figure_of(known.last.get("buyer_count")), figure_of(known.last.get("tickets_per_buyer"))
    if not buyers or not each:
        return Text("", "")
    return Text("; au plus {heads}, environ {seats}", "; at most {heads}, about {seats}").filled(
        heads=counted(round(buyers * max(high, low)), *BUYERS),
        seats=counted(round(buyers * max(high, low) * each), *TICKETS),
    )


def _short(known: Known) -> tuple[Notice, ...]:
    if len(known.counted) > _TWO:
        return ()
    told = Text(
        "Saisons closes dont les acheteurs sont connus : {n}. Il en faut trois pour un rythme.",
        "Closed seasons whose buyers are known: {n}. Three are needed for a pace.",
    ).filled(n=said(len(known.counted), Unit.COUNT))
    return (Notice("missing", told, link="deposits", link_words=Text("Déposer des fichiers", "Deposit files")),)


def _own_growth(known: Known) -> tuple[Chart, ...]:
    if len(known.counted) < _TWO:
        return ()
    rows = tuple((season_label(season), cell) for season, cell in known.counted)
    columns = (Column("season", Text("Saison", "Season")), figure_column("buyer_count"))
    title = Text("Vos acheteurs, saison par saison", "Your buyers, season by season")
    if known.usual is not None:
        title = Text("Votre rythme habituel : {usual} par saison", "Your usual pace: {usual} a season")
    return (
        Chart(
            id="own-growth",
            kind="columns_in_time",
            title=title.filled(usual=signed(known.usual or 0, Unit.RATIO, 0)),
            subtitle=Text(
                "Acheteurs par saison close; le rythme est la médiane des variations",
                "Buyers by closed season; the pace is the median of the changes",
            ),
            summary=Text("Une barre par saison close.", "One bar a closed season."),
            table=DataTable("own-growth", Text("Acheteurs par saison", "Buyers by season"), columns, rows),
            metrics=("buyer_count", "buyer_growth"),
        ),
    )


def _steps(asker: Asker, known: Known, proof: Screen) -> tuple[Step, ...]:
    """The lever of those who came once, beside the lever of those who never came."""
    tried: list[Step] = []
    buyers, new = figure_of(known.last.get("buyer_count")), figure_of(known.last.get("new_buyer_share"))
    if buyers and new:
        came = round(buyers * new)
        returned = _new_back(asker, known)
        told = Text(
            "Retenir : {points} points de plus de retour chez vos {n} nouveaux feraient {more}{now}.",
            "Keep: {points} points more of return among your {n} new buyers would make {more}{now}.",
        )
        now = Text("", "")
        if isinstance(returned, Shown):
            now = Text(" (aujourd'hui : {share})", " (today: {share})").filled(share=rate(returned))
        points = said(round(100 * RETURN_TRIED), Unit.COUNT)
        more = counted(round(came * RETURN_TRIED), *BUYERS)
        tried.append(Step(told.filled(points=points, n=said(came, Unit.COUNT), more=more, now=now), "audiences"))
    potential = proof.chart("potential")
    if potential is not None and potential.table.rows:
        area = potential.table.rows[0][0]
        told = Text(
            "Conquérir : commencer par {area}, le secteur où il manque le plus de ménages pour ce qu'il est.",
            "Acquire: begin with {area}, the area where most households are missing for what it is.",
        )
        tried.append(Step(told.filled(area=area), "non-publics"))
    return tuple(tried) or (Step(_BRING, "quality"),)


def _new_back(asker: Asker, known: Known) -> Cell | None:
    """Return of the new buyers of the season before the last closed one."""
    if not known.seasons or not asker.can_answer("new_buyer_retention"):
        return None
    return asker.for_season(max(known.seasons) - 1).figures("new_buyer_retention")["new_buyer_retention"]


_BRING: Final = Text(
    "Déposer les clients et les saisons plus anciennes : c'est ce qui manque pour dire un rythme.",
    "Deposit customers and older seasons: it is what is missing to tell a pace.",
)
