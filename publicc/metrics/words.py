"""What is in, what is out, and from which base on a figure is shown: said once, quoted by the definitions."""

from typing import Final

from publicc.kernel.text import Text

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
HOMES_OUT: Final = Text(
    "Origine inconnue, en ligne, faveurs; sous 40 % d'origines connues : sans objet.",
    "Unknown origin, online, complimentary; under 40% of known origins: no base.",
)
HOMES_IN: Final = Text(
    "Billets payants des représentations jouées en salle, d'origine connue, étranger compris.",
    "Paid tickets of performances played in person with known origin, abroad included.",
)
LEAD_IN: Final = Text(
    "Billets payants valides achetés le jour de la représentation ou avant, un par billet.",
    "Paid valid tickets ordered on the day of the performance or before, one entry a ticket.",
)
LEAD_OUT: Final = Text(
    "Faveurs, gratuités; achats saisis après la représentation; report dont le jour est inconnu.",
    "Complimentary and free tickets; orders after the performance; reschedulings whose day is unknown.",
)
SOLD_IN: Final = Text(
    "Billets payants de toute représentation non annulée, jouée ou à venir.",
    "Paid tickets of any performance not cancelled, played or to come.",
)
SOLD_OUT: Final = Text(
    "Faveurs, gratuités, impayés; annulés ou remboursés sans date connue : jamais vendus.",
    "Complimentary, free, unpaid; cancelled or refunded at an unknown date: never sold.",
)
LOCATED_IN: Final = Text(
    "Billets payants en salle d'origine canadienne, à code postal complet ou RTA urbaine.",
    "Paid tickets in person of Canadian origin, with a full postal code or an urban FSA.",
)
LOCATED_OUT: Final = Text(
    "Étranger, RTA rurale seule, origine inconnue, en ligne.", "Abroad, rural FSA alone, unknown origin, online."
)
LIVED_IN: Final = Text(
    "Personnes identifiées, selon leurs visites payantes jusqu'au dernier jour de la période.",
    "Identified persons, by their paid visits up to the period's last day.",
)
COMPARED_IN: Final = Text(
    "Représentations en salle à venir; comparables jouées : même discipline, jauge de ½ à 2 fois, 3 dernières saisons closes.",
    "Performances in person to come; comparables played: same discipline, capacity within ½–2×, last 3 closed seasons.",
)
COMPARED_OUT: Final = Text(
    "Locations, annulées; les ventes en cours des autres.", "Rentals, cancelled; the live sales of others."
)
HOUSES_IN: Final = Text(
    "Représentations de PE, payantes, dont au moins 80 % des prix sont connus.",
    "Performances of PE, not free, with at least 80% of prices known.",
)
HOUSES_OUT: Final = Text(
    "Jauge ou prix manquants, représentations gratuites.", "Seats or prices missing, free performances."
)
FACED_IN: Final = Text(
    "Billets payants dont le prix net et le prix affiché sont connus.",
    "Paid tickets whose net and face prices are known.",
)
