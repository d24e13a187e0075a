"""What each scored check tests, why it matters and what to do, in both languages."""

from dataclasses import dataclass
from typing import Final

from publicc.intake.checks.report import Dimension
from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one check. `target`: the meaning of the column it looks at (intake.mapping.targets), if any."""

    dimension: Dimension
    target: str
    label: Text
    why: Text
    do: Text


_C, _H, _A, _I = Dimension.COMPLETENESS, Dimension.CONSISTENCY, Dimension.ACCURACY, Dimension.INTEGRITY

SCORED: Final[dict[str, Entry]] = {
    "filled_postal_code": Entry(
        _C, "postal_code", Text("Code postal rempli", "Postal code filled"),
        Text("Sans code postal, on ne sait d'où vient la personne : ses billets sortent des cartes et distances.",
             "Without a postal code nobody knows where the person comes from: their tickets leave maps and distances."),
        Text("Demander le code postal à l'achat, au guichet aussi.",
        "Ask for the postal code at purchase, at the counter too."),
    ),
    "filled_order_time": Entry(
        _C, "ordered_at", Text("Heure d'achat connue", "Time of purchase known"),
        Text("Sans heure, le rythme d'achat par jour et heure ne se calcule pas.",
             "Without a time, the rhythm of purchases by weekday and hour cannot be computed."),
        Text("Exporter la date et l'heure de la transaction.", "Export the date and the time of the order."),
    ),
    "filled_price": Entry(
        _C, "amount", Text("Montant rempli", "Amount filled"),
        Text("Un billet sans montant sort des revenus et du prix moyen.",
        "A ticket without an amount leaves revenue and average price."),
        Text("Exporter le montant payé de chaque billet, abonnements compris.",
        "Export the amount paid of every ticket, subscriptions included."),
    ),
    "filled_capacity": Entry(
        _C, "capacity", Text("Nombre de sièges rempli", "Seats filled"),
        Text("Sans jauge, la représentation sort du taux d'occupation.",
        "Without its seats, the performance leaves occupancy."),
        Text("Compléter le nombre de sièges mis en vente de chaque représentation.",
        "Complete the number of seats on sale of each performance."),
    ),
    "filled_discipline": Entry(
        _C, "discipline", Text("Discipline remplie", "Discipline filled"),
        Text("Sans discipline, la représentation ne se compare à aucune autre.",
        "Without a discipline, the performance compares with no other."),
        Text("Donner une discipline à chaque spectacle.", "Give every show a discipline."),
    ),
    "filled_channel": Entry(
        _C, "channel", Text("Canal de vente rempli", "Channel filled"),
        Text("Sans canal, on ne sait pas qui a vendu.", "Without a channel nobody knows who sold."),
        Text("Exporter le canal de la transaction.", "Export the channel of the order."),
    ),
    "filled_buyer": Entry(
        _C, "customer_key", Text("Acheteur connu", "Buyer known"),
        Text("Un billet anonyme compte dans les entrées, pas dans les publics.",
        "An anonymous ticket counts as an admission, not as a public."),
        Text("Ouvrir un dossier client à l'achat, même au guichet.",
        "Open a customer record at purchase, even at the counter."),
    ),
    "order_has_performance": Entry(
        _H, "performance_key", Text("Billet d'une représentation connue", "Ticket of a known performance"),
        Text("Un billet sans représentation n'a ni date, ni salle, ni saison : presque aucun indicateur ne le voit.",
             "A ticket without a performance has no date, room or season: hardly any figure sees it."),
        Text("Déposer la table des représentations de toute la période.",
        "Deposit the table of performances of the whole period."),
    ),
    "order_has_client": Entry(
        _H, "customer_key", Text("Acheteur présent dans les clients", "Buyer present among customers"),
        Text("La vente nomme un client que la table des clients n'a pas : il n'a ni nom ni territoire.",
             "The sale names a customer that the customer table lacks: they have no name and no territory."),
        Text("Exporter tous les clients, ceux qui ont été fusionnés ou archivés aussi.",
        "Export all customers, merged and archived ones too."),
    ),
    "order_not_after_performance": Entry(
        _H, "ordered_at", Text("Achat avant la représentation", "Bought before the performance"),
        Text("Une vente saisie après coup fausse le délai d'achat : elle en est retirée.",
             "A sale typed in afterwards distorts lead time: it is left out of it."),
        Text("Vérifier la date de ces ventes; si elles ont été saisies plus tard, c'est normal.",
             "Check the date of these sales; if they were typed in later, all is well."),
    ),
    "order_not_before_sale": Entry(
        _H, "ordered_at", Text("Achat après la mise en vente", "Bought after sales opened"),
        Text("Un achat avant la prévente dit qu'une des deux dates est fausse.",
        "A purchase before the presale says that one of the two dates is wrong."),
        Text("Vérifier la date de mise en vente de la représentation.", "Check the on-sale date of the performance."),
    ),
    "admissions_within_capacity": Entry(
        _H, "capacity", Text("Entrées dans la jauge", "Admissions within capacity"),
        Text("Plus d'entrées que de sièges : la représentation sort du taux d'occupation.",
        "More admissions than seats: the performance leaves occupancy."),
        Text("Corriger le nombre de sièges mis en vente ce jour-là.", "Correct the number of seats on sale that day."),
    ),
    "price_not_negative": Entry(
        _H, "amount", Text("Montant positif", "Amount not negative"),
        Text("Un montant négatif est un remboursement, pas un billet.", "A negative amount is a refund, not a ticket."),
        Text("Exporter les remboursements avec le billet qu'ils annulent.",
        "Export refunds with the ticket they cancel."),
    ),
    "price_group_mapped": Entry(
        _H, "price_category", Text("Catégorie de prix classée", "Price type mapped"),
        Text("Une catégorie non classée brouille les faveurs, les abonnements et le plein tarif.",
             "An unmapped type blurs comps, subscriptions and full price."),
        Text("Classer ces catégories une fois; la réponse est gardée.", "Map these types once; the answer is kept."),
    ),
    "genre_mapped": Entry(
        _H, "discipline", Text("Discipline classée", "Discipline mapped"),
        Text("Une discipline non reconnue ne se compare pas aux autres.",
        "A discipline that is not recognised compares with no other."),
        Text("Dire à quelle discipline commune ce mot répond.", "Say which common discipline this word stands for."),
    ),
    "valid_postal_code": Entry(
        _A, "postal_code", Text("Code postal valide", "Postal code valid"),
        Text("Un code impossible (lettres interdites, code fictif) n'a pas de lieu.",
        "An impossible code (forbidden letters, dummy) has no place."),
        Text("Corriger ces codes; ne jamais forcer un code fictif.", "Correct these codes; never force a dummy one."),
    ),
    "valid_email": Entry(
        _A, "email", Text("Courriel valide et personnel", "E-mail valid and personal"),
        Text("Un courriel mal écrit ou de courtoisie ne reconnaît ni ne joint personne.",
        "A mistyped or courtesy e-mail recognises and reaches nobody."),
        Text("Laisser le champ vide plutôt que d'y mettre l'adresse de la maison.",
        "Leave the field empty rather than typing the house's own address."),
    ),
    "valid_phone": Entry(
        _A, "phone", Text("Téléphone valide", "Phone number valid"),
        Text("Un numéro impossible ne sert ni à joindre ni à reconnaître la personne.",
        "An impossible number neither reaches nor recognises the person."),
        Text("Corriger ou vider ces numéros.", "Correct or empty these numbers."),
    ),
    "plausible_price": Entry(
        _A, "amount", Text("Montant plausible", "Amount plausible"),
        Text("Un billet à plus de 1 000 $ est souvent un total de transaction.",
        "A ticket above $1,000 is often the total of an order."),
        Text("Vérifier que la colonne donne bien le montant d'un billet.",
        "Check that the column gives the amount of one ticket."),
    ),
    "start_hour_not_default": Entry(
        _A, "starts_at", Text("Heure de début réelle", "Real start time"),
        Text("Minuit est l'heure d'un champ vide : l'offre par heure en est faussée.",
        "Midnight is the hour of an empty field: supply by hour is distorted."),
        Text("Compléter l'heure de début de ces représentations.", "Complete the start time of these performances."),
    ),
    "unique_ticket_key": Entry(
        _I, "ticket_key", Text("Numéro de billet unique", "Ticket number unique"),
        Text("Un même billet écrit deux fois serait compté deux fois.",
        "The same ticket written twice would be counted twice."),
        Text("Vérifier si l'exportation a été faite deux fois pour une même période.",
        "Check whether a period was exported twice."),
    ),
    "no_orphan": Entry(
        _I, "", Text("Aucun renvoi vers rien", "No reference to nothing"),
        Text("Ces ventes renvoient à un client ou à une représentation qui n'existe dans aucun fichier.",
             "These sales refer to a customer or a performance that no file holds."),
        Text("Déposer ensemble les trois tables d'une même période.",
        "Deposit the three tables of one period together."),
    ),
    "no_history_gap": Entry(
        _I, "", Text("Aucun mois sans vente", "No month without sales"),
        Text("Des représentations ont eu lieu ce mois-là et aucune vente n'est là : il manque des données.",
             "Performances took place that month and no sale is there: data is missing."),
        Text("Exporter de nouveau ces mois.", "Export these months again."),
    ),
    "totals_match": Entry(
        _I, "order_total", Text("Totaux de la source retrouvés", "Totals of the source found again"),
        Text("Le total que donne la source diffère de la somme de ses lignes.",
        "The total the source gives differs from the sum of its rows."),
        Text("Vérifier frais, taxes et remboursements de ces transactions.",
        "Check fees, taxes and refunds of these orders."),
    ),
}  # fmt: skip
"""Checks of docs/reference/quality.en.md, by id."""

FAULTS: Final[dict[str, Text]] = {
    "filled_postal_code": Text("Code postal vide", "Postal code empty"),
    "filled_order_time": Text("Heure d'achat inconnue", "Time of purchase unknown"),
    "filled_price": Text("Montant vide", "Amount empty"),
    "filled_capacity": Text("Nombre de sièges vide", "Seats empty"),
    "filled_discipline": Text("Discipline vide", "Discipline empty"),
    "filled_channel": Text("Canal de vente vide", "Channel empty"),
    "filled_buyer": Text("Acheteur inconnu", "Buyer unknown"),
    "order_has_performance": Text("Billets d'une représentation inconnue", "Tickets of an unknown performance"),
    "order_has_client": Text("Acheteurs absents des clients", "Buyers absent from customers"),
    "order_not_after_performance": Text(
        "Achats datés après la représentation", "Purchases dated after the performance"
    ),
    "order_not_before_sale": Text("Achats datés avant la mise en vente", "Purchases dated before sales opened"),
    "admissions_within_capacity": Text("Entrées au-delà de la jauge", "Admissions above capacity"),
    "price_not_negative": Text("Montants négatifs", "Negative amounts"),
    "price_group_mapped": Text("Catégories de prix à classer", "Price types to map"),
    "genre_mapped": Text("Disciplines à classer", "Disciplines to map"),
    "valid_postal_code": Text("Codes postaux impossibles", "Impossible postal codes"),
    "valid_email": Text("Courriels inutilisables", "Unusable e-mails"),
    "valid_phone": Text("Téléphones impossibles", "Impossible phone numbers"),
    "plausible_price": Text("Montants peu plausibles", "Implausible amounts"),
    "start_hour_not_default": Text("Débuts à minuit", "Starts at midnight"),
    "unique_ticket_key": Text("Numéros de billet répétés", "Repeated ticket numbers"),
    "no_orphan": Text("Renvois vers rien", "References to nothing"),
    "no_history_gap": Text("Mois sans vente", "Months without sales"),
    "totals_match": Text("Totaux de la source différents", "Totals of the source that differ"),
}
"""What a finding of a scored check is called: the fault, where the score names the virtue."""
