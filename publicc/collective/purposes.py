"""What an organization may allow with its data, one purpose at a time, and how far it goes in the collective."""

from typing import Final

from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Term


class Purpose(Term):
    """One use of an organization's data, fixed before any processing."""

    OWN_DASHBOARD = "OWN_DASHBOARD", "Ses propres tableaux de bord", "Own dashboards"
    POOLED_STATISTICS = "POOLED_STATISTICS", "Statistiques du collectif", "Pooled statistics"
    LINKAGE = "LINKAGE", "Jumelage entre organismes", "Linkage across organizations"
    COMPARISONS = "COMPARISONS", "Comparatifs", "Comparisons"
    SHOW_SHARING = "SHOW_SHARING", "Partage par spectacle", "Sharing by show"
    SURVEYS = "SURVEYS", "Sondages", "Surveys"


class Speed(Term):
    """The three speeds of membership: what one brings opens what one sees."""

    POSTAL = "POSTAL", "Codes postaux", "Postal codes"
    TICKETS = "TICKETS", "Billets et prix", "Tickets and prices"
    BUYERS = "BUYERS", "Acheteurs banalisés", "Blinded buyers"


USES: Final[dict[Purpose, Text]] = {
    Purpose.OWN_DASHBOARD: Text(
        "Vos exports sont lus, nettoyés et comptés pour vos seuls écrans.",
        "Your exports are read, cleaned and counted for your own screens only.",
    ),
    Purpose.POOLED_STATISTICS: Text(
        "Vos rangées dépersonnalisées entrent dans des totaux du collectif, publiés une fois protégés.",
        "Your de-identified rows enter totals of the collective, published once they are protected.",
    ),
    Purpose.LINKAGE: Text(
        "Un même acheteur est reconnu chez vous et chez d'autres, sous un numéro banalisé. Fermé au départ.",
        "One buyer is recognised here and elsewhere, under a blinded number. Off by default.",
    ),
    Purpose.COMPARISONS: Text(
        "Vos chiffres comptent dans les médianes de pairs, et vous voyez les leurs.",
        "Your figures count in medians of peers, and you see theirs.",
    ),
    Purpose.SHOW_SHARING: Text(
        "Vous pouvez accorder les résultats d'un spectacle à ses partenaires, un par un.",
        "You may grant the results of a show to its partners, one by one.",
    ),
    Purpose.SURVEYS: Text(
        "Vos sondages sont reliés à vos publics, et le tronc commun entre dans les totaux.",
        "Your surveys are tied to your audiences, and the common core enters the totals.",
    ),
}
"""What is done under each purpose, in one sentence."""

OPENS: Final[dict[Speed, Text]] = {
    Speed.POSTAL: Text(
        "Représentations et codes postaux : Territoires, Calendrier, deux des trois indices.",
        "Performances and postal codes: Territories, Calendar, two of the three indices.",
    ),
    Speed.TICKETS: Text(
        "S'y ajoutent billets et prix : Ma saison, Rythme, Prix, Comparatifs, Fiche spectacle, rapports.",
        "Tickets and prices besides: My season, Pace, Prices, Comparisons, Show page, reports.",
    ),
    Speed.BUYERS: Text(
        "S'y ajoutent les acheteurs, banalisés : Publics, Segments, Non-publics, publics partagés.",
        "Buyers besides, blinded: Audiences, Segments, Non-audiences, shared audiences.",
    ),
}
"""What each speed opens (screens.md, membership in steps)."""

_NEEDS: Final[dict[Purpose, Purpose]] = {
    Purpose.LINKAGE: Purpose.POOLED_STATISTICS,
    Purpose.COMPARISONS: Purpose.POOLED_STATISTICS,
}


def needed_by(purpose: Purpose) -> Purpose | None:
    """The purpose that must be allowed for this one to mean something; None when it stands alone."""
    return _NEEDS.get(purpose)


def depending_on(purpose: Purpose) -> tuple[Purpose, ...]:
    """The purposes that fall when this one is withdrawn."""
    return tuple(one for one, needed in _NEEDS.items() if needed is purpose)
