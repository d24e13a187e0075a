"""What would let a figure be computed, in words a person who is no technician understands. Pure.

`Unknown.missing` holds a code for machines; every code that a figure may give stands here (a test holds it).
"""

from collections.abc import Mapping
from typing import Final

from publicc.kernel.text import Text

MISSING: Final[Mapping[str, Text]] = {
    "10_answers": Text("il faut au moins dix réponses", "at least ten answers are needed"),
    "30_buyers": Text("il faut au moins 30 acheteurs", "at least 30 buyers are needed"),
    "30_visits": Text("il faut au moins 30 visites", "at least 30 visits are needed"),
    "3_visit_dates": Text(
        "il faut des acheteurs venus à trois dates au moins", "buyers who came on three dates at least are needed"
    ),
    "4_comparables": Text(
        "il faut quatre représentations comparables déjà jouées",
        "four comparable performances already played are needed",
    ),
    "8_comparables": Text(
        "il faut huit représentations comparables déjà jouées",
        "eight comparable performances already played are needed",
    ),
    "answers": Text("aucun sondage n'a été mené hors des salles", "no survey was put to people met outside venues"),
    "areas": Text("trop peu de secteurs pour estimer", "too few areas to estimate from"),
    "break": Text("aucune rupture n'a été trouvée", "no break was found"),
    "buyer": Text("les ventes ne disent pas qui a acheté", "sales do not say who bought"),
    "capacity": Text("la jauge n'a pas été fournie", "the capacity was not supplied"),
    "census": Text("les données du recensement n'ont pas été importées", "census data were not imported"),
    "census_trait": Text("le recensement importé ne le dit pas", "the imported census does not say it"),
    "channel": Text("le canal de vente n'a pas été fourni", "the sales channel was not supplied"),
    "crowds": Text("trop peu de jours diffèrent", "too few days differ"),
    "discipline": Text("la discipline n'a pas été fournie", "the discipline was not supplied"),
    "face_price": Text("le prix affiché n'a pas été fourni", "the face price was not supplied"),
    "filter": Text("ce filtre n'a pas de sens pour ce chiffre", "this filter means nothing for this figure"),
    "full_price": Text("aucun billet au plein tarif", "no ticket at full price"),
    "future": Text("c'est à venir", "this is still to come"),
    "general_sale_on": Text(
        "la date de mise en vente n'a pas été fournie", "the date when sales opened was not supplied"
    ),
    "history_36_months": Text(
        "il faut 36 mois d'historique avant cette période", "36 months of history before this period are needed"
    ),
    "households": Text("moins de 500 ménages y vivent", "fewer than 500 households live there"),
    "is_scanned": Text(
        "les billets lus à la porte n'ont pas été fournis", "tickets scanned at the door were not supplied"
    ),
    "last_season": Text("la saison précédente n'a pas été déposée", "the season before was not deposited"),
    "model": Text("le recensement l'explique trop peu", "the census explains too little of it"),
    "net_price": Text("le prix payé n'a pas été fourni", "the price paid was not supplied"),
    "next_season": Text(
        "rien n'a encore été déposé pour la saison suivante", "nothing was deposited yet for the next season"
    ),
    "next_season_closed": Text("la saison suivante n'est pas terminée", "the next season is not over"),
    "no_break_found": Text("aucune rupture n'a été trouvée", "no break was found"),
    "order": Text("le numéro de transaction n'a pas été fourni", "the order number was not supplied"),
    "order_time": Text("l'heure d'achat n'a pas été fournie", "the time of purchase was not supplied"),
    "ordered_on": Text("la date d'achat n'a pas été fournie", "the date of purchase was not supplied"),
    "period_of_12_months": Text("la période doit être de 12 mois", "the period must be 12 months"),
    "played": Text("tout n'a pas encore été joué", "not all was played yet"),
    "pool": Text("seul le collectif peut le dire", "only the collective can tell"),
    "postal_code": Text("les codes postaux n'ont pas été fournis", "postal codes were not supplied"),
    "price": Text("le prix payé n'a pas été fourni", "the price paid was not supplied"),
    "price_category": Text(
        "les catégories de prix n'ont pas été fournies ou classées", "price types were not supplied or mapped"
    ),
    "reference": Text("il n'y a rien à quoi comparer", "there is nothing to compare with"),
    "season_closed": Text("la saison n'est pas terminée", "the season is not over"),
    "seasons": Text(
        "il faut deux saisons closes qui se suivent", "two closed seasons that follow each other are needed"
    ),
    "start_time": Text("l'heure de début n'a pas été fournie", "the start time was not supplied"),
    "territory": Text("le lieu des représentations n'est pas connu", "the place of performances is not known"),
    "venue": Text("le lieu des salles n'est pas connu", "where the venues are is not known"),
    "zone_capacity": Text("les places par zone n'ont pas été fournies", "seats by zone were not supplied"),
}
"""Code → why there is no figure, as the end of a sentence."""


def missing_words(code: str) -> Text:
    """The words of a code; the code itself when it is another program's."""
    return MISSING.get(code, Text(code, code))
