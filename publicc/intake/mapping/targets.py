"""The meanings a column may have, one closed list. A column without one of these is dropped and named, never kept."""

from enum import StrEnum
from typing import Self

from publicc.kernel.text import Text


class ValueKind(StrEnum):
    """How the text of a cell is read."""

    KEY = "key"
    """An identifier: text, its leading zeros kept."""
    TEXT = "text"
    MOMENT = "moment"
    """A date, with its time when the cell has one."""
    TIME = "time"
    MONEY = "money"
    NUMBER = "number"
    FLAG = "flag"
    WORD = "word"
    """A label of a short list, mapped once to our own list."""


class About(StrEnum):
    """What a meaning describes."""

    CUSTOMER = "customer"
    SALE = "sale"
    PERFORMANCE = "performance"
    TOTAL = "total"


class Target(StrEnum):
    """A meaning, with what it describes, how it is read and its label."""

    about: About
    kind: ValueKind
    label: Text

    def __new__(cls, value: str, about: About = About.SALE, kind: ValueKind = ValueKind.TEXT, *label: str) -> Self:
        """Build the member from its code, its subject, its reading and its two labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.about = about
        member.kind = kind
        member.label = Text(*label)
        return member

    CUSTOMER_KEY = "customer_key", About.CUSTOMER, ValueKind.KEY, "Code client", "Customer number"
    SALUTATION = "salutation", About.CUSTOMER, ValueKind.TEXT, "Titre de civilité", "Title"
    FIRST_NAME = "first_name", About.CUSTOMER, ValueKind.TEXT, "Prénom", "First name"
    LAST_NAME = "last_name", About.CUSTOMER, ValueKind.TEXT, "Nom", "Last name"
    FULL_NAME = "full_name", About.CUSTOMER, ValueKind.TEXT, "Nom complet", "Full name"
    ADDRESS = "address", About.CUSTOMER, ValueKind.TEXT, "Adresse", "Address"
    ADDRESS_2 = "address_2", About.CUSTOMER, ValueKind.TEXT, "Adresse, suite", "Address, line 2"
    CITY = "city", About.CUSTOMER, ValueKind.TEXT, "Ville", "City"
    PROVINCE = "province", About.CUSTOMER, ValueKind.TEXT, "Province", "Province"
    COUNTRY = "country", About.CUSTOMER, ValueKind.TEXT, "Pays", "Country"
    POSTAL_CODE = "postal_code", About.CUSTOMER, ValueKind.TEXT, "Code postal", "Postal code"
    PHONE = "phone", About.CUSTOMER, ValueKind.TEXT, "Téléphone", "Phone number"
    EMAIL = "email", About.CUSTOMER, ValueKind.TEXT, "Courriel", "E-mail"
    BUYER_LANGUAGE = "buyer_language", About.CUSTOMER, ValueKind.TEXT, "Langue de l'acheteur", "Buyer's language"
    EMAIL_CONSENT = "email_consent", About.CUSTOMER, ValueKind.FLAG, "Accepte les courriels", "Accepts e-mails"

    ORDER_KEY = "order_key", About.SALE, ValueKind.KEY, "Numéro de transaction", "Order number"
    POSITION = "position", About.SALE, ValueKind.KEY, "Rang dans la transaction", "Position in the order"
    TICKET_KEY = "ticket_key", About.SALE, ValueKind.KEY, "Numéro de billet", "Ticket number"
    ORDERED_AT = "ordered_at", About.SALE, ValueKind.MOMENT, "Date et heure de transaction", "Order date and time"
    ORDERED_TIME = "ordered_time", About.SALE, ValueKind.TIME, "Heure de transaction", "Order time"
    AMOUNT = "amount", About.SALE, ValueKind.MONEY, "Montant du billet", "Amount of the ticket"
    LINE_TOTAL = "line_total", About.SALE, ValueKind.MONEY, "Montant de la ligne", "Amount of the line"
    ORDER_TOTAL = "order_total", About.SALE, ValueKind.MONEY, "Total de la transaction", "Order total"
    QUANTITY = "quantity", About.SALE, ValueKind.NUMBER, "Quantité", "Quantity"
    FACE_PRICE = "face_price", About.SALE, ValueKind.MONEY, "Prix affiché", "Face price"
    FEES = "fees", About.SALE, ValueKind.MONEY, "Frais de service", "Service fees"
    TAXES = "taxes", About.SALE, ValueKind.MONEY, "Taxes", "Taxes"
    REFUNDED = "refunded", About.SALE, ValueKind.MONEY, "Montant remboursé", "Amount refunded"
    CURRENCY = "currency", About.SALE, ValueKind.TEXT, "Monnaie", "Currency"
    PRICE_CATEGORY = "price_category", About.SALE, ValueKind.WORD, "Catégorie de prix", "Price type"
    PRICE_ZONE = "price_zone", About.SALE, ValueKind.TEXT, "Zone de prix", "Price zone"
    CHANNEL = "channel", About.SALE, ValueKind.WORD, "Canal de transaction", "Channel"
    TICKET_STATUS = "ticket_status", About.SALE, ValueKind.WORD, "Statut du billet", "Ticket status"
    ORDER_STATUS = "order_status", About.SALE, ValueKind.WORD, "Statut de la transaction", "Order status"
    CANCELLED_ON = "cancelled_on", About.SALE, ValueKind.MOMENT, "Date d'annulation", "Cancellation date"
    TICKET_CANCELLED = "ticket_cancelled", About.SALE, ValueKind.FLAG, "Billet annulé", "Ticket cancelled"
    IS_SCANNED = "is_scanned", About.SALE, ValueKind.FLAG, "Entrée validée", "Scanned"
    PRODUCT_KIND = "product_kind", About.SALE, ValueKind.WORD, "Nature de la ligne", "Kind of line"
    PRODUCT_NAME = "product_name", About.SALE, ValueKind.TEXT, "Nom du produit", "Product name"

    PERFORMANCE_KEY = "performance_key", About.PERFORMANCE, ValueKind.KEY, "Code événement", "Performance code"
    SHOW_KEY = "show_key", About.PERFORMANCE, ValueKind.KEY, "Code du spectacle", "Show code"
    SHOW_TITLE = "show_title", About.PERFORMANCE, ValueKind.TEXT, "Titre événement", "Performance title"
    ROOM = "room", About.PERFORMANCE, ValueKind.TEXT, "Nom de la salle", "Venue name"
    STARTS_AT = "starts_at", About.PERFORMANCE, ValueKind.MOMENT, "Date et heure de début", "Start date and time"
    STARTS_TIME = "starts_time", About.PERFORMANCE, ValueKind.TIME, "Heure de début", "Start time"
    ENDS_AT = "ends_at", About.PERFORMANCE, ValueKind.MOMENT, "Dernière date", "Last date"
    CAPACITY = "capacity", About.PERFORMANCE, ValueKind.NUMBER, "Nombre de sièges", "Total number of seats"
    DISCIPLINE = "discipline", About.PERFORMANCE, ValueKind.TEXT, "Discipline", "Artform"
    GENRE = "genre", About.PERFORMANCE, ValueKind.TEXT, "Genre", "Genre"
    PERFORMANCE_STATUS = (
        "performance_status",
        About.PERFORMANCE,
        ValueKind.WORD,
        "Statut de la représentation",
        "Performance status",
    )
    EVENT_TYPE = "event_type", About.PERFORMANCE, ValueKind.WORD, "Type d'événement", "Event type"
    DEAL_TYPE = "deal_type", About.PERFORMANCE, ValueKind.WORD, "Type d'entente", "Deal type"
    IS_FREE = "is_free", About.PERFORMANCE, ValueKind.FLAG, "Gratuit", "Free of charge"
    IS_EXTRA = "is_extra", About.PERFORMANCE, ValueKind.FLAG, "Supplémentaire", "Extra performance"
    IS_CANCELLED = "is_cancelled", About.PERFORMANCE, ValueKind.FLAG, "Représentation annulée", "Performance cancelled"
    IS_TEST = "is_test", About.PERFORMANCE, ValueKind.FLAG, "Événement d'essai", "Test event"
    PRESALE_ON = "presale_on", About.PERFORMANCE, ValueKind.MOMENT, "Début de la prévente", "Presale start"
    GENERAL_SALE_ON = (
        "general_sale_on",
        About.PERFORMANCE,
        ValueKind.MOMENT,
        "Début de la vente générale",
        "General sale start",
    )
    SOLDOUT_SINCE = "soldout_since", About.PERFORMANCE, ValueKind.MOMENT, "Complet depuis", "Sold out since"
    PREVIOUS_STARTS_ON = "previous_starts_on", About.PERFORMANCE, ValueKind.MOMENT, "Date reportée", "Previous start"
    RESCHEDULED_ON = "rescheduled_on", About.PERFORMANCE, ValueKind.MOMENT, "Date du report", "Rescheduled on"
    PERFORMANCE_CITY = "performance_city", About.PERFORMANCE, ValueKind.TEXT, "Ville de la salle", "City of the venue"
    PERFORMANCE_POSTAL_CODE = (
        "performance_postal_code",
        About.PERFORMANCE,
        ValueKind.TEXT,
        "Code postal de la salle",
        "Postal code of the venue",
    )
    SHOW_LANGUAGE = "show_language", About.PERFORMANCE, ValueKind.TEXT, "Langue du spectacle", "Language of the show"

    PERIOD_ON = "period_on", About.TOTAL, ValueKind.MOMENT, "Semaine", "Week"
    TOTAL_PERFORMANCES = (
        "total_performances",
        About.TOTAL,
        ValueKind.NUMBER,
        "Nombre de représentations",
        "Number of performances",
    )
    TOTAL_TICKETS = "total_tickets", About.TOTAL, ValueKind.NUMBER, "Nombre de billets", "Number of tickets"
    TOTAL_REVENUE = "total_revenue", About.TOTAL, ValueKind.MONEY, "Recettes", "Gross"
    TOTAL_CAPACITY = "total_capacity", About.TOTAL, ValueKind.NUMBER, "Sièges offerts", "Seats on sale"
