"""*Profil des publics ?*: who comes, how often, from how far, and what sets the areas where they live apart.

Census facts describe areas, never persons; age, income and origin of persons are not inferred from a postal code.
"""

from collections.abc import Mapping
from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.guides.parts import BUYERS, figure_of, joined, picked
from publicc.dashboards.page import Chart, Notice, Screen, Step
from publicc.dashboards.screens.audiences import audiences_screen
from publicc.dashboards.screens.common import coverage_notices
from publicc.dashboards.screens.non_public_proofs import profile_of
from publicc.dashboards.screens.shares import share_chart
from publicc.dashboards.wording import counted, rate, said, words
from publicc.kernel.cells import Cell, Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

FIGURES: Final = ("buyer_count", "new_buyer_share", "multi_buyer_share", "distance_median", "postal_coverage")
_BREADTH: Final = Text("{share} des acheteurs : {top}", "{share} of buyers: {top}")
_DISTANCE: Final = Text("{share} des billets : {top}", "{share} of tickets: {top}")
_ONE_OF_TWO: Final = 0.5


def profile_guide(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    proof, now = audiences_screen(asker), asker.figures(*FIGURES)
    census = profile_of(asker) if asker.facts.households else ()
    shares = (
        share_chart(asker, "breadth_share", "breadth", _BREADTH),
        share_chart(asker, "distance_band_share", "distance_band", _DISTANCE),
    )
    return Screen(
        id="profile",
        title=Text("Profil des publics ?", "Audience profile?"),
        purpose=Text(
            "Pour toute l'équipe : décrire ses publics en une minute, sans inventer.",
            "For the whole team: describe one's audiences in a minute, inventing nothing.",
        ),
        answer=_answer(now, census),
        notices=(*proof.notices, *coverage_notices(asker, "postal_coverage"), *_no_census(asker)),
        charts=(*picked(proof, "parcours", "frequency-band"), *(one for one in shares if one), *census),
        metrics=(*FIGURES, "parcours_share", "frequency_band_share", "breadth_share", "distance_band_share"),
        is_empty=proof.is_empty,
        steps=_steps(now, census),
        limits=(
            Text(
                "L'âge, le revenu, la langue ou l'origine des personnes : la billetterie ne les connaît pas et un code "
                "postal ne les dit pas. Un sondage le peut.",
                "Age, income, language or origin of persons: ticketing does not know them and a postal code does not "
                "tell. A survey can.",
            ),
            Text(
                "Les autres spectateurs de la rangée : on ne connaît que la personne qui a payé.",
                "The other spectators of the row: only the person who paid is known.",
            ),
            Text(
                "Pourquoi ces secteurs sont plus présents : ce qui va ensemble n'est pas une cause.",
                "Why these areas are more present: what goes together is not a cause.",
            ),
        ),
        deeper=("audiences", "territories", "non-publics"),
    )


def _answer(now: Mapping[str, Cell], census: tuple[Chart, ...]) -> Text:
    buyers = figure_of(now["buyer_count"])
    if not buyers:
        return Text(
            "Aucun acheteur identifié dans cette période : le profil ne peut pas être dressé.",
            "No identified buyer in this period: the profile cannot be drawn.",
        )
    first = counted(int(buyers), *BUYERS)
    new, again = now["new_buyer_share"], now["multi_buyer_share"]
    parts = [first]
    if isinstance(new, Shown):
        parts.append(Text("{share} de nouveaux", "{share} new").filled(share=rate(new)))
    if isinstance(again, Shown):
        parts.append(Text("{share} venus plus d'une fois", "{share} who came more than once").filled(share=rate(again)))
    told = Text(f"{', '.join(one.fr for one in parts)}.", f"{', '.join(one.en for one in parts)}.")
    return joined(told, _near(now), _apart(census))


def _near(now: Mapping[str, Cell]) -> Text | None:
    median = now["distance_median"]
    if not isinstance(median, Shown):
        return None
    return Text("Un billet sur deux vient de moins de {km}.", "One ticket in two comes from under {km}.").filled(
        km=words(median, Unit.KM)
    )


def _apart(census: tuple[Chart, ...]) -> Text | None:
    """The trait most over-represented and the one most under-represented, as the chart says them."""
    if not census:
        return None
    rows = [(row[0], cell) for row in census[0].table.rows if isinstance(cell := row[1], Shown)]
    over = [(label, cell) for label, cell in rows if float(cell.value) > 100]
    under = [(label, cell) for label, cell in rows if float(cell.value) < 100]
    if not over or not under:
        return None
    told = Text(
        "Face à la population, les secteurs où ils vivent ont plus souvent « {over} » (indice {a}) et moins souvent "
        "« {under} » ({b}).",
        "Against the population, the areas where they live more often have “{over}” (index {a}) and less often "
        "“{under}” ({b}).",
    )
    return told.filled(
        over=over[0][0],
        a=said(over[0][1].value, Unit.INDEX),
        under=under[-1][0],
        b=said(under[-1][1].value, Unit.INDEX),
    )


def _no_census(asker: Asker) -> tuple[Notice, ...]:
    if asker.facts.households:
        return ()
    return (
        Notice(
            "missing",
            Text(
                "Sans recensement, vos publics ne peuvent pas être comparés à la population : le pôle peut l'importer.",
                "Without a census, your audiences cannot be compared with the population: the hub can import it.",
            ),
        ),
    )


def _steps(now: Mapping[str, Cell], census: tuple[Chart, ...]) -> tuple[Step, ...]:
    tried: list[Step] = []
    new, again = figure_of(now["new_buyer_share"]), figure_of(now["multi_buyer_share"])
    buyers = figure_of(now["buyer_count"]) or 0
    if new is not None and new >= _ONE_OF_TWO:
        tried.append(Step(_MANY_NEW.filled(share=said(new, Unit.RATIO, 0)), "segments"))
    if again is not None and again < _ONE_OF_TWO and buyers:
        tried.append(Step(_ONCE.filled(n=counted(round(buyers * (1 - again)), *BUYERS)), "audiences"))
    coverage = figure_of(now["postal_coverage"])
    if coverage is not None and coverage < 0.7:
        tried.append(Step(_POSTAL.filled(share=said(coverage, Unit.RATIO, 0)), "quality"))
    if census:
        tried.append(Step(_PARTNERS, "non-publics"))
    return tuple(tried) or (Step(_DESCRIBE, "audiences"),)


_MANY_NEW: Final = Text(
    "{share} de vos acheteurs viennent pour la première fois : préparer leur deuxième visite avant d'en chercher "
    "d'autres.",
    "{share} of your buyers come for the first time: prepare their second visit before looking for others.",
)
_ONCE: Final = Text(
    "{n} sont venus une seule fois dans la période : leur proposer un deuxième titre, proche du premier.",
    "{n} came once only in the period: offer them a second title, near the first.",
)
_POSTAL: Final = Text(
    "Demander le code postal à la vente : {share} seulement sont connus, le portrait des territoires en souffre.",
    "Ask for the postal code at the sale: only {share} are known, and the picture of territories suffers.",
)
_PARTNERS: Final = Text(
    "Chercher un partenaire (bibliothèque, école, organisme communautaire) dans un secteur peu présent et proche.",
    "Look for a partner (library, school, community organization) in an area that is near and little present.",
)
_DESCRIBE: Final = Text(
    "Reprendre ce portrait tel quel dans vos demandes de subvention : chaque chiffre a sa définition et sa date.",
    "Use this portrait as it is in your grant applications: each figure has its definition and its date.",
)
