"""*Segments*: where buyers stand in their life with the house, what each group buys, when, from how far, at what price.

For marketing and programming: what to offer to whom. Source: screens, screen 5; segmentation, parcours.
"""

from collections.abc import Sequence
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Screen, Step, Value
from publicc.dashboards.screens.common import coverage_notices, figure_column, filter_notices, tile
from publicc.dashboards.screens.matrices import Matrix
from publicc.dashboards.screens.profiles import METRICS, profiles_of
from publicc.dashboards.wording import counted, said, shown_value, words
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Parcours
from publicc.metrics.answers import Row
from publicc.metrics.definition import UNKNOWN

TILES: Final = ("buyer_count", "frequency", "multi_buyer_share", "subscriber_share")
_CARD: Final = (
    "buyer_count",
    "paid_admission_count",
    "ticket_revenue",
    "average_price_paid",
    "frequency",
    "lead_time_median",
    "distance_median",
)
_MATRICES: Final = ("parcours_transition", "segment_affinity", "discipline_flow", "next_discipline_share")
_ORDER: Final = (
    Parcours.NEW,
    Parcours.RETURNING,
    Parcours.REGULAR,
    Parcours.PASSIONATE,
    Parcours.DORMANT,
    Parcours.LOST,
    Parcours.UPCOMING,
)
_THEY: Final = {
    Parcours.NEW: Text("Les nouveaux", "New buyers"),
    Parcours.RETURNING: Text("Les acheteurs de retour", "Returning buyers"),
    Parcours.REGULAR: Text("Les réguliers", "Regulars"),
    Parcours.PASSIONATE: Text("Les passionnés", "The passionate"),
    Parcours.DORMANT: Text("Les dormants", "Dormant buyers"),
    Parcours.LOST: Text("Les perdus", "Lost buyers"),
    Parcours.UPCOMING: Text("Ceux qui ne sont pas encore venus", "Those who have yet to come"),
}
_WRITE: Final = Text(
    "Prendre les courriels des acheteurs d'un segment, s'ils les acceptent",
    "Take the e-mails of a segment's buyers, if they accept them",
)
_FEW: Final = 30
"""Buyers under which a segment is not named in the answer."""


def segments_screen(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    asker.look_ahead((TILES, None), (_CARD, "parcours"))
    now, cards = asker.figures(*TILES), _in_order(asker.rows(*_CARD, by="parcours"))
    cards = [row for row in cards if shown_value(row.cells["buyer_count"])]
    profiles = profiles_of(asker, _CARD)
    charts = (*_weights(cards), *profiles.charts, *_matrices(asker))
    return Screen(
        id="segments",
        title=Text("Segments", "Segments"),
        purpose=Text(
            "Pour le marketing et la programmation : quoi proposer, à qui, quand.",
            "For marketing and programming: what to offer, to whom, when.",
        ),
        answer=_answer(cards),
        notices=(
            *filter_notices(asker, (*TILES, *_CARD)),
            *coverage_notices(asker, "buyer_coverage"),
            *profiles.notices,
        ),
        tiles=tuple(tile(one, now) for one in TILES if asker.can_answer(one)),
        charts=charts,
        tables=(*_cards(cards), *profiles.tables),
        metrics=(*TILES, *_CARD, *_MATRICES, *METRICS),
        is_empty=not cards and not charts,
        onward=(Step(_WRITE, "segment_buyers"),),
    )


def _in_order(rows: Sequence[Row]) -> list[Row]:
    """From the newest buyers to those who are gone; buyers whose place is not known are left out."""
    known = [row for row in rows if row.dims["parcours"] != UNKNOWN]
    return sorted(known, key=lambda row: _ORDER.index(Parcours(row.dims["parcours"])))


def _answer(cards: Sequence[Row]) -> Text:
    """The segment that buys most for its size, and what sets it apart."""
    buyers, tickets = _total(cards, "buyer_count"), _total(cards, "paid_admission_count")
    large = [row for row in cards if float(shown_value(row.cells["buyer_count"]) or 0) >= _FEW]
    if not large or not tickets:
        return Text(
            "Trop peu d'acheteurs connus dans cette période pour parler de segments.",
            "Too few known buyers in this period to speak of segments.",
        )
    best = max(large, key=lambda row: _share(row, "paid_admission_count", tickets) / _share(row, "buyer_count", buyers))
    told = Text(
        "{segment} ({heads} des acheteurs) achètent {seats} des billets",
        "{segment} ({heads} of buyers) buy {seats} of tickets",
    ).filled(
        segment=_THEY[Parcours(best.dims["parcours"])],
        heads=said(_share(best, "buyer_count", buyers), Unit.RATIO, 0),
        seats=said(_share(best, "paid_admission_count", tickets), Unit.RATIO, 0),
    )
    ahead = best.cells["lead_time_median"]
    if isinstance(ahead, Shown):
        days = counted(round(float(ahead.value)), Text("jour", "day"), Text("jours", "days"))
        told = Text("{told}, {days} d'avance", "{told}, {days} ahead").filled(told=told, days=days)
    return Text("{told}.", "{told}.").filled(told=told)


def _total(rows: Sequence[Row], metric_id: str) -> float:
    return sum(float(shown_value(row.cells[metric_id]) or 0) for row in rows)


def _share(row: Row, metric_id: str, whole: float) -> float:
    return float(shown_value(row.cells[metric_id]) or 0) / whole if whole else 0.0


def _weights(cards: Sequence[Row]) -> tuple[Chart, ...]:
    """What each segment weighs in tickets, beside what it weighs in heads."""
    buyers, tickets = _total(cards, "buyer_count"), _total(cards, "paid_admission_count")
    if len(cards) < 2 or not tickets:
        return ()
    columns = (
        Column("parcours", Text("Segment", "Segment")),
        Column("tickets", Text("Part des billets", "Share of tickets"), Unit.RATIO),
        Column("buyers", Text("Part des acheteurs", "Share of buyers"), Unit.RATIO),
    )
    rows = tuple(
        (
            Parcours(row.dims["parcours"]).label,
            Shown(_share(row, "paid_admission_count", tickets), n=int(tickets)),
            Shown(_share(row, "buyer_count", buyers), n=int(buyers)),
        )
        for row in cards
    )
    top = max(rows, key=lambda row: float(row[1].value))
    return (
        Chart(
            id="weights",
            kind="ranked_bars",
            title=Text("{segment} : {share} des billets", "{segment}: {share} of tickets").filled(
                segment=top[0], share=words(top[1], Unit.RATIO, 0)
            ),
            subtitle=Text(
                "Part des billets payants par segment; le trait est la part des acheteurs, n = {n}",
                "Share of paid tickets by segment; the mark is the share of buyers, n = {n}",
            ).filled(n=said(int(buyers), Unit.COUNT)),
            summary=Text(
                "Barres des parts de billets, traits des parts d'acheteurs.", "Bars of tickets, marks of buyers."
            ),
            table=DataTable("weights", Text("Poids de chaque segment", "Weight of each segment"), columns, rows),
            metrics=("buyer_count", "paid_admission_count"),
        ),
    )


def _cards(cards: Sequence[Row]) -> tuple[DataTable, ...]:
    if not cards:
        return ()
    columns = (Column("parcours", Text("Segment", "Segment")), *(figure_column(one) for one in _CARD))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (Parcours(row.dims["parcours"]).label, *(row.cells[one] for one in _CARD)) for row in cards
    )
    return (DataTable("cards", Text("Chaque segment", "Each segment"), columns, rows),)


def _matrices(asker: Asker) -> tuple[Chart, ...]:
    """Who became what in a year; what each segment prefers; who crosses from one discipline to another."""
    stages = {one.value: one.label for one in _ORDER}
    disciplines = {one.value: one.label for one in asker.choices.by_dimension.get("discipline", ())}
    told = (
        Matrix(
            "parcours_transition",
            Text("Où en sont les acheteurs d'il y a un an", "Where last year's buyers stand"),
            Text("Part de chaque segment d'il y a douze mois, selon le segment d'aujourd'hui",
                 "Share of each segment of twelve months ago, by the segment of today"),
            (stages, stages),
        ),
        Matrix(
            "segment_affinity",
            Text("Ce que chaque segment préfère", "What each segment prefers"),
            Text("Indice : 100 = autant que tous; 24 mois", "Index: 100 = as much as everyone; 24 months"),
            (stages, disciplines),
        ),
        Matrix(
            "discipline_flow",
            Text("Qui passe d'une discipline à l'autre", "Who crosses from one discipline to another"),
            Text("Part des acheteurs d'une discipline (ligne) qui ont aussi acheté l'autre (colonne); 24 mois",
                 "Share of the buyers of a discipline (row) who also bought the other (column); 24 months"),
            (disciplines, disciplines),
        ),
        Matrix(
            "next_discipline_share",
            Text("Ce qu'on va voir ensuite", "What people go to next"),
            Text("Après une sortie dans une discipline (ligne), celle de la sortie suivante (colonne); 24 mois",
                 "After an outing in a discipline (row), that of the next outing (column); 24 months"),
            (disciplines, disciplines),
        ),
    )  # fmt: skip
    return tuple(chart for one in told for chart in one.drawn(asker))
