"""*Meilleurs clients ?*: what the most faithful weigh, how they buy, and what it would take to keep them.

Speaks of groups, never of a person: nobody is listed, ranked or scored.
"""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.parts import BUYERS, FRAGILE, figure_of, joined, picked
from publicc.dashboards.page import Notice, Screen, Step
from publicc.dashboards.screens.segments import segments_screen
from publicc.dashboards.screens.shares import share_chart
from publicc.dashboards.wording import counted, days, rate, said
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Parcours

FIGURES: Final = ("concentration_top10", "gini_tickets", "buyer_count", "new_buyer_retention", "new_buyer_share")
_CARD: Final = ("buyer_count", "paid_admission_count", "lead_time_median", "distance_median", "average_price_paid")
_FAITHFUL: Final = (Parcours.REGULAR.value, Parcours.PASSIONATE.value)
_FEW: Final = 30
_BANDS: Final = Text("{share} des acheteurs : {top}", "{share} of buyers: {top}")
RETURN_TRIED: Final = 0.05
"""Points of return that a step converts into buyers."""


def best_customers_guide(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    proof = segments_screen(asker)
    now = asker.figures(*FIGURES)
    cards = {row.dims["parcours"]: row.cells for row in asker.rows(*_CARD, by="parcours")}
    bands = share_chart(asker, "frequency_band_share", "frequency_band", _BANDS)
    return Screen(
        id="best-customers",
        title=Text("Meilleurs clients ?", "Best customers?"),
        purpose=Text(
            "Pour le marketing : qui fidéliser d'abord, et comment ils achètent.",
            "For marketing: whom to keep first, and how they buy.",
        ),
        answer=_answer(now, cards),
        notices=(*proof.notices, *_fragile(now)),
        charts=(*picked(proof, "weights"), *((bands,) if bands else ()), *picked(proof, "parcours-transition")),
        tables=tuple(one for one in proof.tables if one.id == "cards"),
        metrics=(*FIGURES, *_CARD, "frequency_band_share", "parcours_transition"),
        is_empty=proof.is_empty,
        steps=_steps(asker, now, cards),
        limits=(
            Text(
                "Qui ils sont : aucune personne n'est nommée, classée ni notée. Vos listes de contacts restent dans "
                "votre billetterie.",
                "Who they are: no person is named, ranked or scored. Your contact lists stay in your ticketing system.",
            ),
            Text(
                "Ce qu'ils voient ailleurs : seuls vos billets sont comptés ici.",
                "What they see elsewhere: only your tickets are counted here.",
            ),
            Text(
                "Qui les accompagne : la billetterie connaît l'acheteur, pas les autres spectateurs.",
                "Who comes with them: ticketing knows the buyer, not the other spectators.",
            ),
        ),
        deeper=("segments", "audiences"),
    )


def _answer(now: Mapping[str, Cell], cards: Mapping[str, Mapping[str, Cell]]) -> Text:
    top, buyers = now["concentration_top10"], figure_of(now["buyer_count"])
    if not isinstance(top, Shown) or not buyers:
        return Text(
            "Aucun acheteur identifié dans cette période : les meilleurs clients ne peuvent pas être décrits.",
            "No identified buyer in this period: the best customers cannot be described.",
        )
    heads = counted(-(-int(buyers) // 10), *BUYERS)
    first = Text(
        "Les 10 % les plus assidus ({heads}) achètent {share} des billets.",
        "The most faithful 10% ({heads}) buy {share} of the tickets.",
    ).filled(heads=heads, share=said(top.value, Unit.RATIO, 0))
    return joined(first, _how_they_buy(cards))


def _how_they_buy(cards: Mapping[str, Mapping[str, Cell]]) -> Text | None:
    """How the largest faithful segment buys beside new buyers; None when either is too small to speak of."""
    known = {name: card for name, card in cards.items() if (figure_of(card["buyer_count"]) or 0) >= _FEW}
    faithful = [name for name in _FAITHFUL if name in known]
    if not faithful or Parcours.NEW.value not in known:
        return None
    theirs, new = known[faithful[-1]], known[Parcours.NEW.value]
    ahead, against = figure_of(theirs["lead_time_median"]), figure_of(new["lead_time_median"])
    if ahead is None or against is None:
        return None
    who = _WHO[faithful[-1]]
    if round(ahead) == round(against):
        return Text(
            "{who} s'y prennent {days} d'avance, comme les nouveaux.", "{who} buy {days} ahead, as new buyers do."
        ).filled(who=who, days=days(ahead))
    return Text(
        "{who} s'y prennent {days} d'avance, contre {other} pour les nouveaux.",
        "{who} buy {days} ahead, against {other} for new buyers.",
    ).filled(who=who, days=days(ahead), other=days(against))


_WHO: Final = {
    Parcours.REGULAR.value: Text("Les réguliers", "Regulars"),
    Parcours.PASSIONATE.value: Text("Les passionnés", "The passionate"),
}


def _fragile(now: Mapping[str, Cell]) -> tuple[Notice, ...]:
    buyers = figure_of(now["buyer_count"])
    return (Notice("warning", FRAGILE),) if buyers and buyers / 10 < _FEW else ()


def _steps(asker: Asker, now: Mapping[str, Cell], cards: Mapping[str, Mapping[str, Cell]]) -> tuple[Step, ...]:
    tried: list[Step] = []
    faithful = [cards[name] for name in _FAITHFUL if name in cards]
    heads = sum(figure_of(card["buyer_count"]) or 0 for card in faithful)
    ahead = [value for card in faithful if (value := figure_of(card["lead_time_median"])) is not None]
    if heads and ahead:
        tried.append(Step(_FIRST.filled(n=counted(int(heads), *BUYERS), days=days(max(ahead))), "segments"))
    returned = _returned(asker)
    if isinstance(returned, Shown) and returned.n:
        tried.append(
            Step(
                _BACK.filled(
                    share=rate(returned),
                    n=counted(round(returned.n * RETURN_TRIED), *BUYERS),
                    points=said(round(RETURN_TRIED * 100), Unit.COUNT),
                ),
                "audiences",
            )
        )
    dormant = figure_of(cards.get(Parcours.DORMANT.value, {}).get("buyer_count"))
    if dormant:
        tried.append(Step(_DORMANT.filled(n=counted(int(dormant), *BUYERS)), "segments"))
    return tuple(tried) or (Step(_IDENTIFY, "quality" if not figure_of(now["buyer_count"]) else "audiences"),)


def _returned(asker: Asker) -> Cell | None:
    """How many of the new buyers of the season before came back in this one."""
    season = asker.filters.season
    if season is None or not asker.can_answer("new_buyer_retention"):
        return None
    return asker.for_season(season - 1).figures("new_buyer_retention")["new_buyer_retention"]


_FIRST: Final = Text(
    "Annoncer la prochaine saison d'abord aux réguliers et aux passionnés ({n}), au moins {days} avant la date : c'est "
    "le moment où ils achètent.",
    "Announce the next season first to regulars and the passionate ({n}), at least {days} before the date: it is when "
    "they buy.",
)
_BACK: Final = Text(
    "Réinviter les nouveaux de la saison précédente : {share} sont revenus. {points} points de plus feraient {n}.",
    "Invite again the new buyers of the season before: {share} returned. {points} points more would make {n}.",
)
_DORMANT: Final = Text(
    "Relancer les dormants ({n} ont encore acheté dans la période) par ce qu'ils ont déjà aimé.",
    "Call back dormant buyers ({n} still bought in the period) with what they already liked.",
)
_IDENTIFY: Final = Text(
    "Déposer le fichier des clients avec celui des transactions : les acheteurs deviennent comptables, sans qu'aucun "
    "nom ne sorte du coffre.",
    "Deposit the customers file with the orders: buyers can then be counted, and no name leaves the vault.",
)
