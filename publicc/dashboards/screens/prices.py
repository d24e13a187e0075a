"""*Prix*: what is paid, by whom and when, and whether anything says that the price is the lever.

For direction and the box office: prices, zones, discounts. Own figures only; an association, never an effect.
Source: screens, screen 7 and guided answer G6.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen
from publicc.dashboards.screens.common import (
    by_figure,
    coverage_notices,
    figure_column,
    filter_notices,
    named,
    table_of,
    tile,
)
from publicc.dashboards.wording import said, shown_value, words
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.answers import Row

TILES: Final = (
    "average_price_paid",
    "median_price_paid",
    "reduced_share",
    "revenue_per_seat_offered",
    "sold_out_share",
    "early_sellout_share",
    "discount_rate",
    "financial_utilization",
)
_SHOW_FIGURES: Final = (
    "paid_admission_count",
    "average_price_paid",
    "reduced_share",
    "occupancy_rate",
    "revenue_per_seat_offered",
)
ROOM_UPWARD: Final = 0.25
"""Share of performances full two weeks ahead from which prices have room upward (screens, G6)."""
HALF_EMPTY: Final = 0.60
"""Occupancy under which discounts plainly do not fill the room (screens, G6)."""
MUCH_REDUCED: Final = 0.40


def prices_screen(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    before = asker.season_before()
    now = asker.figures(*TILES, "occupancy_rate")
    then = before.figures(*TILES) if before else None
    groups = [row for row in asker.rows("paid_admission_count", "average_price_paid", by="price_group") if _any(row)]
    shows = [row for row in asker.rows(*_SHOW_FIGURES, by="show") if _any(row)]
    charts = (*_against_occupancy(asker, shows), *_by_group(groups), *_prices_of(groups), *_by_moment(asker))
    return Screen(
        id="prices",
        title=Text("Prix", "Prices"),
        purpose=Text(
            "Pour la direction et la billetterie : prix, tarifs réduits, rabais.",
            "For direction and the box office: prices, reduced prices, discounts.",
        ),
        answer=_answer(now),
        notices=(*filter_notices(asker, TILES), *coverage_notices(asker, "price_coverage"), *_no_face_price(now)),
        tiles=tuple(tile(one, now, then) for one in TILES if _told(now[one]) and asker.can_answer(one)),
        charts=charts,
        tables=(_shows(asker, shows),) if shows else (),
        metrics=(*TILES, *_SHOW_FIGURES),
        is_empty=not shows,
    )


def _any(row: Row) -> bool:
    return bool(shown_value(row.cells["paid_admission_count"]))


def _told(cell: Cell) -> bool:
    """Figures whose column was never supplied leave the page; a notice says what to add."""
    return not (isinstance(cell, Unknown) and cell.reason is UnknownReason.NO_DATA)


def _answer(now: Mapping[str, Cell]) -> Text:
    """What the signs say, by the decision table of screens G6; nothing is inferred beyond it."""
    price = now["average_price_paid"]
    if not isinstance(price, Shown):
        return Text("Aucun prix connu dans cette période.", "No known price in this period.")
    paid = words(price, Unit.MONEY)
    occupancy, reduced = shown_value(now["occupancy_rate"]), shown_value(now["reduced_share"])
    early = shown_value(now["early_sellout_share"])
    if early is not None and early >= ROOM_UPWARD:
        told = Text(
            "{early} des représentations étaient complètes deux semaines d'avance, à {price} en moyenne : il y a de "
            "la place pour essayer plus haut, spectacle par spectacle.",
            "{early} of performances were full two weeks ahead, at {price} on average: there is room to try higher, "
            "show by show.",
        )
        return told.filled(early=said(early, Unit.RATIO, 0), price=paid)
    if occupancy is not None and occupancy < HALF_EMPTY and reduced is not None and reduced >= MUCH_REDUCED:
        told = Text(
            "{reduced} des billets sont à prix réduit et les salles ne sont remplies qu'à {occupancy} : les réductions "
            "ne remplissent pas. Revoir leur moment avant le prix.",
            "{reduced} of tickets are at a reduced price and rooms are only {occupancy} full: reductions do not fill "
            "them. Review when they are offered before the price.",
        )
        return told.filled(reduced=said(reduced, Unit.RATIO, 0), occupancy=said(occupancy, Unit.RATIO, 0))
    if occupancy is None:
        return Text("Un billet payant coûte {price} en moyenne.", "A paid ticket costs {price} on average.").filled(
            price=paid
        )
    full = (
        Text("{early} des représentations complètes", "{early} of performances full").filled(
            early=said(early, Unit.RATIO, 0)
        )
        if early
        else Text("aucune représentation complète", "no performance full")
    )
    return Text(
        "Rien ici ne dit que le prix freine : {price} en moyenne, des salles remplies à {occupancy}, {full} deux "
        "semaines d'avance.",
        "Nothing here says that the price holds sales back: {price} on average, rooms {occupancy} full, {full} two "
        "weeks ahead.",
    ).filled(price=paid, occupancy=said(occupancy, Unit.RATIO, 0), full=full)


def _no_face_price(now: Mapping[str, Cell]) -> tuple[Notice, ...]:
    if _told(now["discount_rate"]):
        return ()
    return (
        Notice(
            "info",
            Text(
                "Prix affichés absents : le taux de rabais ne peut pas être calculé. Ajouter cette colonne à vos "
                "exportations.",
                "Face prices are absent: the discount rate cannot be computed. Add the face-price column to your "
                "exports.",
            ),
            link="deposits",
            link_words=Text("Déposer des fichiers", "Deposit files"),
        ),
    )


def _against_occupancy(asker: Asker, shows: Sequence[Row]) -> tuple[Chart, ...]:
    """One point a show: whether dear shows are the empty ones."""
    if not (asker.can_answer("occupancy_rate") and asker.can_answer("average_price_paid")):
        return ()
    rows = tuple(
        (named("show", row.dims["show"], asker.titles), row.cells["average_price_paid"], row.cells["occupancy_rate"])
        for row in by_figure(shows, "occupancy_rate")
        if isinstance(row.cells["average_price_paid"], Shown) and isinstance(row.cells["occupancy_rate"], Shown)
    )
    if len(rows) < 3:
        return ()
    columns = (
        Column("show", Text("Spectacle", "Show")),
        figure_column("average_price_paid"),
        figure_column("occupancy_rate"),
    )
    return (
        Chart(
            id="price-occupancy",
            kind="scatter",
            title=Text("Les plus chers sont-ils les moins remplis ?", "Are the dearest the emptiest?"),
            subtitle=Text(
                "Un point par spectacle : taux d'occupation selon le prix moyen payé. Une association, pas un effet",
                "One point a show: occupancy by average price paid. An association, not an effect",
            ),
            summary=Text("Nuage de points des spectacles.", "Scatter of shows."),
            table=DataTable("price-occupancy", Text("Prix et occupation", "Price and occupancy"), columns, rows),
            metrics=("average_price_paid", "occupancy_rate"),
        ),
    )


def _by_group(groups: Sequence[Row]) -> tuple[Chart, ...]:
    if len(groups) < 2:
        return ()
    ranked = by_figure(groups, "paid_admission_count")
    total = sum(float(shown_value(row.cells["paid_admission_count"]) or 0) for row in groups)
    top = ranked[0]
    share = said(float(shown_value(top.cells["paid_admission_count"]) or 0) / total, Unit.RATIO, 0)
    group = Text("Groupe tarifaire", "Price group")
    return (
        Chart(
            id="price-groups",
            kind="ranked_bars",
            title=Text("{group} : {share} des billets payants", "{group}: {share} of paid tickets").filled(
                group=named("price_group", top.dims["price_group"]), share=share
            ),
            subtitle=Text(
                "Billets payants par groupe tarifaire, n = {n}", "Paid tickets by price group, n = {n}"
            ).filled(n=said(total, Unit.COUNT)),
            summary=Text("Barres des billets par groupe tarifaire.", "Bars of tickets by price group."),
            table=table_of("price-groups", group, ranked, by="price_group", metrics=("paid_admission_count",)),
            metrics=("paid_admission_count",),
        ),
    )


def _prices_of(groups: Sequence[Row]) -> tuple[Chart, ...]:
    priced = [row for row in groups if isinstance(row.cells["average_price_paid"], Shown)]
    if len(priced) < 2:
        return ()
    ranked = by_figure(priced, "average_price_paid")
    label = Text("Groupe tarifaire", "Price group")
    return (
        Chart(
            id="prices-paid",
            kind="ranked_bars",
            title=Text("De {low} à {high} selon le tarif", "From {low} to {high} by price group").filled(
                low=words(ranked[-1].cells["average_price_paid"], Unit.MONEY),
                high=words(ranked[0].cells["average_price_paid"], Unit.MONEY),
            ),
            subtitle=Text(
                "Prix moyen payé par groupe tarifaire, taxes et frais exclus",
                "Average price paid by price group, taxes and fees out",
            ),
            summary=Text("Barres du prix moyen par groupe tarifaire.", "Bars of the average price by price group."),
            table=table_of("prices-paid", label, ranked, by="price_group", metrics=("average_price_paid",)),
            metrics=("average_price_paid",),
        ),
    )


def _by_moment(asker: Asker) -> tuple[Chart, ...]:
    """What is paid on the day, in the last week, months ahead."""
    if not asker.can_answer("average_price_paid"):
        return ()
    found = asker.rows("average_price_paid", by="lead_time_bucket")
    rows = [
        r for r in found if r.dims["lead_time_bucket"] != "UNKNOWN" and isinstance(r.cells["average_price_paid"], Shown)
    ]
    if len(rows) < 2:
        return ()
    label = Text("Moment de l'achat", "Moment of purchase")
    return (
        Chart(
            id="prices-by-moment",
            kind="ranked_bars",
            title=Text("Ce qu'on paie selon le moment de l'achat", "What is paid by moment of purchase"),
            subtitle=Text(
                "Prix moyen payé, du jour de la représentation à plus de six mois d'avance",
                "Average price paid, from the day of the performance to over six months ahead",
            ),
            summary=Text("Barres du prix moyen par moment de l'achat.", "Bars of the average price by moment."),
            table=table_of("prices-by-moment", label, rows, by="lead_time_bucket", metrics=("average_price_paid",)),
            metrics=("average_price_paid",),
        ),
    )


def _shows(asker: Asker, rows: Sequence[Row]) -> DataTable:
    kept = tuple(one for one in _SHOW_FIGURES if asker.can_answer(one))
    lines = tuple(
        (named("show", row.dims["show"], asker.titles), *(row.cells[one] for one in kept))
        for row in by_figure(rows, "average_price_paid")
    )
    columns = (Column("show", Text("Spectacle", "Show")), *(figure_column(one) for one in kept))
    return DataTable(
        "shows", Text("Chaque spectacle, du plus cher au moins cher", "Each show, dearest first"), columns, lines
    )
