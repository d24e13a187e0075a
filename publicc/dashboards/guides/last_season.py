"""*Comment je me compare à la saison passée ?*: the gap at the same point, what explains it, and which shows make it.

The exceptional is told apart: the gap is said again without the extra performances.
"""

from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.parts import figure_of, joined, picked, without_extras
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Step
from publicc.dashboards.screens.common import named
from publicc.dashboards.screens.season import season_screen
from publicc.dashboards.wording import said, signed
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

FIGURES: Final = ("season_gap", "season_gap_share", "admission_count", "occupancy_rate", "average_price_paid")
MOST_SHOWS: Final = 12
_SHOWN: Final = ("admission_count", "occupancy_rate", "ticket_revenue", "average_price_paid")


def last_season_guide(asker: Asker) -> Screen:
    """The whole page for the season of the filters; a free period has no season before, and the page says so."""
    proof, before = season_screen(asker), asker.season_before()
    shows = _shows_of_the_gap(asker, before) if before else ()
    return Screen(
        id="last-season",
        title=Text("Comment je me compare à la saison passée ?", "How do I compare with last season?"),
        purpose=Text(
            "Pour la direction et le marketing : devant ou derrière, et à cause de quoi.",
            "For direction and marketing: ahead or behind, and because of what.",
        ),
        answer=joined(proof.answer, _without_extras(asker)) if before else _nothing_before(asker),
        notices=proof.notices if before else (*proof.notices, *_no_season(asker)),
        tiles=tuple(one for one in proof.tiles if one.metric in _SHOWN),
        charts=(*picked(proof, "curve", "why"), *shows),
        tables=tuple(one for one in proof.tables if one.id == "where"),
        metrics=("sales_curve", *FIGURES),
        is_empty=proof.is_empty,
        steps=_steps(asker, before, proof) if before else (Step(_BRING, "season"),),
        limits=(
            Text(
                "La fin de la saison : la courbe s'arrête au jour des données, rien n'est prolongé.",
                "The end of the season: the curve stops on the day of the data, nothing is extended.",
            ),
            Text(
                "Ce qu'une autre programmation aurait vendu : deux saisons n'ont jamais les mêmes spectacles.",
                "What another programme would have sold: two seasons never have the same shows.",
            ),
            Text(
                "Si les autres avancent ou reculent comme vous : voir le comparatif avec vos pairs.",
                "Whether others move as you do: see the comparison with your peers.",
            ),
        ),
        deeper=("season", "pace", "show"),
    )


def _nothing_before(asker: Asker) -> Text:
    if asker.filters.season is None:
        return Text(
            "Cette période n'est pas une saison : choisir une saison pour la comparer à la précédente.",
            "This period is not a season: choose a season to compare it with the one before.",
        )
    return Text(
        "Aucune saison précédente n'a été déposée : il n'y a rien à quoi comparer celle-ci.",
        "No earlier season was deposited: there is nothing to compare this one with.",
    )


def _no_season(asker: Asker) -> tuple[Notice, ...]:
    if asker.filters.season is None:
        return ()
    return (
        Notice(
            "missing",
            Text(
                "Il manque les transactions et les représentations de la saison précédente.",
                "The orders and performances of the season before are missing.",
            ),
            link="deposits",
            link_words=Text("Déposer des fichiers", "Deposit files"),
        ),
    )


def _without_extras(asker: Asker) -> Text | None:
    """The same gap without extra performances, when there are some and it can be told."""
    usual = without_extras(asker)
    if not asker.can_answer("season_gap_share") or not usual.can_answer("season_gap_share"):
        return None
    whole = figure_of(asker.figures("season_gap_share")["season_gap_share"])
    plain = figure_of(usual.figures("season_gap_share")["season_gap_share"])
    if whole is None or plain is None or round(whole, 3) == round(plain, 3):
        return None
    return Text("Sans les supplémentaires : {share}.", "Without extra performances: {share}.").filled(
        share=signed(plain, Unit.RATIO)
    )


def _shows_of_the_gap(asker: Asker, before: Asker) -> tuple[Chart, ...]:
    """Paid tickets of performances played, show by show, against the season before at the same point."""
    if not asker.can_answer("paid_admission_count"):
        return ()
    now, then = (
        {
            row.dims["show"]: figure_of(row.cells["paid_admission_count"]) or 0.0
            for row in one.rows("paid_admission_count", by="show")
        }
        for one in (asker, before)
    )
    moved = sorted(
        ((now.get(one, 0.0) - then.get(one, 0.0), one) for one in now.keys() | then.keys()),
        key=lambda pair: (-abs(pair[0]), pair[1]),
    )
    kept = [pair for pair in moved if pair[0]][:MOST_SHOWS]
    if len(kept) < 2:
        return ()
    columns = (
        Column("show", Text("Spectacle", "Show")),
        Column("difference", Text("Écart", "Difference"), Unit.COUNT),
        Column("before", Text("Saison d'avant", "Season before"), Unit.COUNT),
        Column("now", Text("Maintenant", "Now"), Unit.COUNT),
    )
    rows = tuple(
        (
            named("show", one, asker.titles),
            Shown(difference),
            Shown(then.get(one, 0.0)),
            Shown(now.get(one, 0.0)),
        )
        for difference, one in sorted(kept, key=lambda pair: (-pair[0], pair[1]))
    )
    first = named("show", kept[0][1], asker.titles)
    return (
        Chart(
            id="shows-of-the-gap",
            kind="contributions",
            title=Text("Le plus grand écart vient de {show} : {gap}", "The widest gap comes from {show}: {gap}").filled(
                show=first, gap=signed(kept[0][0], Unit.COUNT)
            ),
            subtitle=Text(
                "Billets payants des représentations jouées, contre la saison d'avant au même point",
                "Paid tickets of performances played, against the season before at the same point",
            ),
            summary=Text(
                "Barres à droite pour les spectacles qui ajoutent, à gauche pour ceux qui manquent.",
                "Bars to the right for shows that add, to the left for those that are missed.",
            ),
            table=DataTable("shows-of-the-gap", Text("Écart par spectacle", "Gap by show"), columns, rows),
            metrics=("paid_admission_count",),
        ),
    )


def _steps(asker: Asker, before: Asker | None, proof: Screen) -> tuple[Step, ...]:
    """What explains the gap first says where to look; a season under way also looks at what is on sale."""
    gap = figure_of(asker.figures("season_gap")["season_gap"])
    tried: list[Step] = []
    if before and gap is not None and gap < 0 and not asker.is_closed:
        told = Text(
            "Il manque {n} billets pour rejoindre la saison passée au même point : commencer par les représentations "
            "à venir sous leur bande habituelle.",
            "{n} tickets are missing to join last season at the same point: begin with coming performances under "
            "their usual band.",
        )
        tried.append(Step(told.filled(n=said(-gap, Unit.COUNT)), "pace"))
    why = proof.chart("why")
    if why is not None:
        factor, effect = max(why.table.rows, key=lambda row: abs(figure_of(row[1]) or 0))[:2]  # type: ignore[arg-type]
        told = Text(
            "Vérifier d'abord « {factor} » : c'est ce qui pèse le plus dans l'écart de revenus ({effect}).",
            "Check “{factor}” first: it weighs most in the difference of revenue ({effect}).",
        )
        tried.append(Step(told.filled(factor=factor, effect=signed(figure_of(effect) or 0, Unit.MONEY, 0)), "season"))  # type: ignore[arg-type]
    if gap is not None and gap >= 0:
        tried.append(Step(_AHEAD, "show"))
    return tuple(tried) or (Step(_BRING, "season"),)


_AHEAD: Final = Text(
    "Vous êtes devant : noter ce qui a été fait autrement cette année, pendant que l'équipe s'en souvient.",
    "You are ahead: write down what was done differently this year, while the team remembers.",
)
_BRING: Final = Text(
    "Demander à votre billetterie l'exportation de la saison précédente : transactions et représentations suffisent.",
    "Ask your ticketing system for the export of the season before: orders and performances are enough.",
)
