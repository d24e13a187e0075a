"""Atoms and words that many definitions share: what the row sets count, and what is in and out of them."""

from typing import Final

from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Grain
from publicc.metrics.formulas import Field

# ---------------------------------------------------------------- atoms over tickets

ADMISSIONS: Final = Atom("admissions", Grain.TICKET, "count(*) FILTER (WHERE is_valid)")
PAID: Final = Atom("paid", Grain.TICKET, "count(*) FILTER (WHERE is_paid)")
PRICED: Final = Atom("priced", Grain.TICKET, "count(*) FILTER (WHERE is_priced)")
REVENUE: Final = Atom("revenue_cents", Grain.TICKET, "sum(net_cents) FILTER (WHERE is_priced)")
PERSONAL: Final = Atom("personal", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND individual)")
BUYERS: Final = Atom("buyers", Grain.TICKET, "count(DISTINCT buyer) FILTER (WHERE is_paid AND individual)")
IDENTIFIED: Final = Atom("identified", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND buyer IS NOT NULL)")
PRICE: Final = Field("price", PAID, PRICED)
BUYER: Final = Field("buyer", PAID, IDENTIFIED)

# ---------------------------------------------------------------- words

SHOWS_F30: Final = Text(
    "Chez soi : toujours montré, marqué fragile sous 30. Ailleurs : 5 autres organismes (N5), périodes closes (LAG).",
    "Own view: always shown, marked fragile under 30. Elsewhere: 5 other organizations (N5), closed periods (LAG).",
)
NEVER_SHARED: Final = Text(
    "Chez soi : toujours montré, marqué fragile sous 30. Jamais partagé pour un seul organisme.",
    "Own view: always shown, marked fragile under 30. Never shared for one organization.",
)
PERSONS_F30: Final = Text(
    "Chez soi : toujours montré, marqué fragile sous 30 acheteurs. Ailleurs : 10 autres personnes (K10) ou 5 autres organismes (N5).",
    "Own view: always shown, marked fragile under 30 buyers. Elsewhere: 10 other persons (K10) or 5 other organizations (N5).",
)
PLAYED_IN: Final = Text(
    "Représentations jouées : prévues, reportées à leur nouvelle date ou déplacées en ligne; arts de la scène.",
    "Performances played: scheduled, rescheduled at their new date or moved online; performing arts.",
)
PLAYED_OUT: Final = Text(
    "Annulées, suspendues sans date, locations, projections, expositions et autres activités.",
    "Cancelled, postponed without a date, rentals, screenings, exhibitions and other events.",
)
VALID_IN: Final = Text(
    "Billets valides des représentations jouées, payants, faveurs et gratuités.",
    "Valid tickets of performances played: paid, complimentary and free.",
)
VALID_OUT: Final = Text(
    "Billets annulés, remboursés en entier, échangés, réservés sans paiement; représentations annulées.",
    "Tickets cancelled, refunded in full, exchanged, reserved without payment; cancelled performances.",
)
PAID_IN: Final = Text(
    "Billets payants valides des représentations jouées; un remboursement partiel reste.",
    "Paid valid tickets of performances played; a partial refund stays.",
)
PAID_OUT: Final = Text(
    "Faveurs, gratuités, billets annulés, remboursés, échangés ou impayés; représentations annulées.",
    "Complimentary and free tickets; tickets cancelled, refunded, exchanged or unpaid; cancelled performances.",
)
PRICED_IN: Final = Text(
    "Billets payants dont le prix net est connu; taxes et frais exclus, remboursement partiel déduit.",
    "Paid tickets whose net price is known; taxes and fees out, partial refunds deducted.",
)
PRICED_OUT: Final = Text(
    "Faveurs, gratuités, prix inconnus (0 $ ou vide en abonnement, forfait ou passe), cartes-cadeaux vendues, dons.",
    "Complimentary and free tickets, unknown prices (0 $ or empty in a subscription, package or pass), gift cards sold, donations.",
)
SEATED_IN: Final = Text(
    "Représentations en salle dont les places sont connues, avec au moins un billet et au plus 102 % d'entrées; faveurs comprises.",
    "Performances in person whose seats are known, with at least one ticket and at most 102% admissions; complimentary in.",
)
SEATED_OUT: Final = Text(
    "Sans jauge, en ligne, annulées, vendues ailleurs (aucun billet), au-delà de 102 % de la jauge.",
    "Seats missing, online, cancelled, sold elsewhere (no ticket), over 102% of capacity.",
)
BUYERS_IN: Final = Text(
    "Personnes identifiées ayant au moins un billet payant valide d'une représentation jouée.",
    "Identified persons with at least one paid valid ticket of a performance played.",
)
BUYERS_OUT: Final = Text(
    "Comptes génériques, groupes, ventes anonymes, détenteurs de faveurs seulement.",
    "Generic accounts, groups, anonymous sales, holders of complimentary tickets only.",
)
