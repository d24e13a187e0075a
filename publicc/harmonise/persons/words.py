"""What the fields of a customer are called in front of the person they are about."""

from typing import Final

from publicc.kernel.text import Text

FIELD_WORDS: Final[dict[str, Text]] = {
    "title": Text("Titre", "Title"),
    "first_name": Text("Prénom", "First name"),
    "last_name": Text("Nom", "Last name"),
    "full_name": Text("Nom complet", "Full name"),
    "address": Text("Adresse", "Address"),
    "city": Text("Ville", "City"),
    "province": Text("Province", "Province"),
    "country": Text("Pays", "Country"),
    "postal_code": Text("Code postal", "Postal code"),
    "phone": Text("Téléphone", "Telephone"),
    "email": Text("Courriel", "E-mail"),
    "language": Text("Langue", "Language"),
}
PURCHASE_WORDS: Final[dict[str, Text]] = {
    "ordered_on": Text("Achat le", "Bought on"),
    "order_key": Text("Commande", "Order"),
    "title": Text("Spectacle", "Show"),
    "starts_on": Text("Représentation", "Performance"),
    "room_label": Text("Salle", "Room"),
    "price_category": Text("Tarif", "Price"),
    "channel_label": Text("Vendu par", "Sold by"),
    "ticket_status": Text("État", "Status"),
    "tickets": Text("Billets", "Tickets"),
    "net_cents": Text("Montant", "Amount"),
}
INFERRED_WORDS: Final[dict[str, Text]] = {
    "buyer_kind": Text("Genre de compte", "Kind of account"),
    "admin_region": Text("Région administrative", "Administrative region"),
    "municipality": Text("Municipalité", "Municipality"),
    "first_visit_on": Text("Première visite", "First visit"),
    "last_visit_on": Text("Dernière visite", "Last visit"),
}
