"""The words of sharing: where a request stands, which figures it is about, why it is declined."""

from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Term


class RequestState(Term):
    """Where a request stands. Only GRANTED opens anything, and only while it lasts."""

    PENDING = "PENDING", "En attente", "Pending"
    GRANTED = "GRANTED", "Accordée", "Granted"
    DECLINED = "DECLINED", "Déclinée", "Declined"
    WITHDRAWN = "WITHDRAWN", "Retirée", "Withdrawn"
    EXPIRED = "EXPIRED", "Expirée", "Expired"
    REVOKED = "REVOKED", "Révoquée", "Revoked"


class Figures(Term):
    """A family of figures that is asked for and granted as one."""

    ATTENDANCE = "ATTENDANCE", "Entrées et occupation", "Attendance and occupancy"
    REVENUE = "REVENUE", "Revenus et prix moyen", "Revenue and average price"
    TIMING = "TIMING", "Rythme de vente", "Sales pace"
    PRICES = "PRICES", "Billets par tarif", "Tickets by price group"
    AUDIENCE = "AUDIENCE", "Profil du public", "Audience profile"
    OVERLAP = "OVERLAP", "Publics partagés", "Shared audiences"
    SEGMENTS = "SEGMENTS", "Profils d'acheteurs", "Buyer profiles"
    SURVEY = "SURVEY", "Résultats de sondage", "Survey results"

    @property
    def meaning(self) -> Text:
        """What it holds, in one sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    Figures.ATTENDANCE: Text(
        "Représentations, entrées, places et occupation, exactes.", "Performances, admissions, seats, occupancy; exact."
    ),
    Figures.REVENUE: Text(
        "Revenus de billetterie et prix moyen payé, exacts, trois mois après la représentation.",
        "Ticket revenue and average price paid, exact, three months after the performance.",
    ),
    Figures.TIMING: Text(
        "Délai d'achat et courbe de vente, exacts.", "Lead time and sales curve, exact."
    ),
    Figures.PRICES: Text(
        "Nombre de billets payants par tarif, trois mois après la représentation.",
        "Number of paid tickets by price group, three months after the performance.",
    ),
    Figures.AUDIENCE: Text(
        "Acheteurs, part de nouveaux, distance : arrondis, et masqués sous dix personnes.",
        "Buyers, share of newcomers, distance: rounded, and withheld under ten people.",
    ),
    Figures.OVERLAP: Text(
        "Connus ailleurs, revenus dans l'année, acheteurs communs : parts par pas de 5 %, si les deux permettent le "
        "jumelage.",
        "Known elsewhere, returned within the year, shared buyers: shares in steps of 5%, if both allow linkage.",
    ),
    Figures.SEGMENTS: Text(
        "Part de chaque profil de la segmentation commune parmi les acheteurs : pas de 5 %, rien sous dix personnes.",
        "Share of each profile of the common segmentation among buyers: steps of 5%, nothing under ten people.",
    ),
    Figures.SURVEY: Text(
        "Réponses au tronc commun par les liens de ce spectacle : pas de 5 %, dès trente réponses. Ni âge, ni genre, "
        "ni langue, ni lieu, ni commentaire.",
        "Answers to the common core by this show's links: steps of 5%, from thirty answers on. No age, gender, "
        "language, place or comment.",
    ),
}  # fmt: skip
PROTECTED = frozenset({Figures.AUDIENCE, Figures.OVERLAP, Figures.SEGMENTS, Figures.SURVEY})
"""Figures of persons: told of a whole run or not at all, and protected."""
OF_MONEY = frozenset({Figures.REVENUE, Figures.PRICES})
"""Figures that wait for the delay of prices."""


class Reason(Term):
    """Why an owner declines, from a list: nothing else is said unless a word is added."""

    NOT_NOW = "NOT_NOW", "Pas maintenant", "Not now"
    CONTRACT = "CONTRACT", "Notre contrat ne le prévoit pas", "Our contract does not provide for it"
    UNCLEAR = "UNCLEAR", "La demande n'est pas assez précise", "The request is not precise enough"
    NOT_CONCERNED = "NOT_CONCERNED", "Ce spectacle ne nous concerne pas", "This show does not concern us"
    OTHER = "OTHER", "Autre raison", "Another reason"
