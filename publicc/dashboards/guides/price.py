"""*Devrais-je changer le prix des billets ?*: what the signs say of the price, and what to test before changing it.

The sentence is that of *Prix* (decision table of screens, G6). An association, never an effect; nothing about others.
"""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.parts import figure_of, joined, picked
from publicc.dashboards.page import Chart, Column, DataTable, Notice, Screen, Step
from publicc.dashboards.screens.common import figure_column
from publicc.dashboards.screens.prices import HALF_EMPTY, MUCH_REDUCED, ROOM_UPWARD, prices_screen
from publicc.dashboards.wording import rate, said, words
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import UNKNOWN

FIGURES: Final = (
    "average_price_paid",
    "occupancy_rate",
    "early_sellout_share",
    "sold_out_share",
    "reduced_share",
    "discount_rate",
    "late_sales_share",
)
_NO_CAPACITY: Final = Text(
    "Sans les jauges, rien ne permet de dire si le prix freine.",
    "Without capacities, nothing allows saying whether the price holds sales back.",
)
_ZONE: Final = "zone_sell_through"
_HALF: Final = 0.5


def price_guide(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    proof, now = prices_screen(asker), asker.figures(*FIGURES)
    zones = _zones(asker)
    return Screen(
        id="price",
        title=Text("Devrais-je changer le prix des billets ?", "Should I change ticket prices?"),
        purpose=Text(
            "Pour la direction et la billetterie : essayer au bon endroit, ou laisser le prix tranquille.",
            "For direction and the box office: try in the right place, or leave the price alone.",
        ),
        answer=_answer(proof, now),
        notices=(*proof.notices, *_no_price(now)),
        tiles=tuple(one for one in proof.tiles if one.metric in FIGURES),
        charts=(
            *picked(proof, "price-occupancy"),
            *zones,
            *picked(proof, "price-groups", "prices-paid", "prices-by-moment"),
        ),
        metrics=(*FIGURES, _ZONE),
        is_empty=proof.is_empty,
        steps=_steps(now, zones),
        limits=(
            Text(
                "L'effet d'un changement de prix : ces chiffres montrent ce qui va ensemble, pas ce qui arriverait.",
                "The effect of a change of price: these figures show what goes together, not what would happen.",
            ),
            Text(
                "Les prix des autres : aucun prix courant ou prévu d'un autre organisme n'est montré, nulle part.",
                "The prices of others: no current or planned price of another organization is shown, anywhere.",
            ),
            Text(
                "Ce que vos publics pensent du prix : seul un sondage le dirait.",
                "What your audiences think of the price: only a survey would tell.",
            ),
        ),
        deeper=("prices", "show", "pace"),
    )


def _answer(proof: Screen, now: Mapping[str, Cell]) -> Text:
    """The sentence of *Prix*, with how sure the share of full performances is."""
    early = now["early_sellout_share"]
    if not isinstance(now["average_price_paid"], Shown):
        return Text(
            "Aucun prix connu dans cette période : la question ne peut pas recevoir de réponse.",
            "No known price in this period: the question cannot be answered.",
        )
    if not isinstance(now["occupancy_rate"], Shown):
        return joined(proof.answer, _NO_CAPACITY)
    if not isinstance(early, Shown) or not early.n or not early.value:
        return proof.answer
    told = Text(
        "{answer} Complètes deux semaines d'avance : {share}, sur {n} représentations.",
        "{answer} Full two weeks ahead: {share}, of {n} performances.",
    )
    return told.filled(answer=proof.answer, share=rate(early), n=said(early.n, Unit.COUNT))


def _no_price(now: Mapping[str, Cell]) -> tuple[Notice, ...]:
    if isinstance(now["average_price_paid"], Shown):
        return ()
    return (
        Notice(
            "missing",
            Text(
                "Ajouter à l'exportation le montant payé par billet et la catégorie de prix, puis déposer de nouveau.",
                "Add the amount paid for each ticket and the price category to the export, then deposit again.",
            ),
            link="deposits",
            link_words=Text("Déposer des fichiers", "Deposit files"),
        ),
    )


def _zones(asker: Asker) -> tuple[Chart, ...]:
    """Admissions out of seats by price zone, where zones and their capacities are known."""
    if not asker.can_answer(_ZONE):
        return ()
    rows = [
        (row.dims["price_zone"], row.cells[_ZONE])
        for row in asker.rows(_ZONE, by="price_zone")
        if row.dims["price_zone"] != UNKNOWN and isinstance(row.cells[_ZONE], Shown)
    ]
    if len(rows) < 2:
        return ()
    ranked = sorted(rows, key=lambda row: (-(figure_of(row[1]) or 0), row[0]))
    columns = (Column("zone", Text("Zone", "Zone")), figure_column(_ZONE))
    return (
        Chart(
            id="zones",
            kind="ranked_bars",
            title=Text("La zone {zone} se remplit à {share}", "Zone {zone} fills to {share}").filled(
                zone=ranked[0][0], share=words(ranked[0][1], Unit.RATIO, 0)
            ),
            subtitle=Text("Entrées sur places, par zone de prix", "Admissions out of seats, by price zone"),
            summary=Text("Une barre par zone, la plus remplie d'abord.", "One bar a zone, the fullest first."),
            table=DataTable("zones", Text("Vente par zone", "Sell-through by zone"), columns, tuple(ranked)),
            metrics=(_ZONE,),
        ),
    )


def _steps(now: Mapping[str, Cell], zones: tuple[Chart, ...]) -> tuple[Step, ...]:
    """The decision table of screens G6, in its order; each step is a small test, with the figure it comes from."""
    early, occupancy = figure_of(now["early_sellout_share"]), figure_of(now["occupancy_rate"])
    reduced, late = figure_of(now["reduced_share"]), figure_of(now["late_sales_share"])
    tried: list[Step] = []
    if early is not None and early >= ROOM_UPWARD:
        tried.append(Step(_UPWARD, "show"))
    if occupancy is not None and occupancy < HALF_EMPTY and reduced is not None and reduced >= MUCH_REDUCED:
        tried.append(Step(_TIMING.filled(share=said(reduced, Unit.RATIO, 0)), "prices"))
    if zones:
        fills = [figure_of(row[1]) or 0 for row in zones[0].table.rows]  # type: ignore[arg-type]
        if max(fills) - min(fills) >= _HALF:
            tried.append(Step(_ZONES, "prices"))
    if late is not None and late >= _HALF:
        tried.append(Step(_LATE.filled(share=said(late, Unit.RATIO, 0)), "pace"))
    if not isinstance(now["discount_rate"], Shown):
        tried.append(Step(_FACE, "quality"))
    return tuple(tried) or (Step(_LEAVE, "pace"),)


_UPWARD: Final = Text(
    "Essayer un prix plus haut sur une ou deux représentations à venir qui ressemblent à celles déjà complètes; "
    "comparer leur rythme à leur bande avant de généraliser.",
    "Try a higher price on one or two coming performances like those that were already full; compare their pace with "
    "their band before going further.",
)
_TIMING: Final = Text(
    "Déplacer une réduction plutôt que l'augmenter : {share} des billets sont déjà réduits. L'offrir tôt à un groupe "
    "précis, puis l'arrêter.",
    "Move a reduction rather than increase it: {share} of tickets are already reduced. Offer it early to one group, "
    "then stop it.",
)
_ZONES: Final = Text(
    "Rapprocher les zones avant de toucher au prix moyen : l'une se remplit bien mieux que l'autre.",
    "Bring zones nearer before touching the average price: one fills far better than another.",
)
_LATE: Final = Text(
    "{share} des billets se vendent dans la dernière semaine : éviter les rabais de dernière minute, ils apprennent à "
    "attendre.",
    "{share} of tickets are sold in the last week: avoid last-minute discounts, they teach people to wait.",
)
_FACE: Final = Text(
    "Ajouter le prix affiché aux exportations : le taux de rabais se lira ici.",
    "Add the face price to the exports: the discount rate will be read here.",
)
_LEAVE: Final = Text(
    "Laisser le prix, et agir sur la date, le titre ou la portée : commencer par les représentations sous leur bande.",
    "Leave the price, and act on the date, the title or the reach: begin with performances under their band.",
)
