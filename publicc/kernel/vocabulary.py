"""The closed lists of the trade, with their labels. Values are those of files, SQL, JSON and addresses.

Sources: Datascène (statuses), Artsdata (disciplines), OCCQ (tickets).
"""

from enum import StrEnum
from typing import Self

from publicc.kernel.text import Text


class Term(StrEnum):
    """A value of a closed list, with its label in both languages."""

    label: Text

    def __new__(cls, value: str, fr: str = "", en: str = "") -> Self:
        """Build the member from its stored value and its two labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(fr, en)
        return member


class PriceGroup(Term):
    """Our closed list of price groups; each contributor's price category is mapped to one."""

    FULL = "FULL", "Plein tarif", "Full price"
    REDUCED = "REDUCED", "Tarif réduit", "Reduced"
    PROMO = "PROMO", "Promotion", "Promotion"
    GROUP = "GROUP", "Groupe", "Group"
    SUBSCRIPTION = "SUBSCRIPTION", "Abonnement", "Subscription"
    PACKAGE = "PACKAGE", "Forfait", "Package"
    PASS = "PASS", "Passe", "Pass"
    COMP = "COMP", "Faveur", "Comp"
    FREE = "FREE", "Gratuité", "Free admission"
    OTHER = "OTHER", "Autre", "Other"
    UNMAPPED = "UNMAPPED", "À classer", "To be mapped"


class Channel(Term):
    """Who sold, not where the buyer sat."""

    WEB = "WEB", "Internet", "Web"
    PHONE = "PHONE", "Téléphone", "Phone"
    COUNTER = "COUNTER", "Guichet", "Counter"
    RESELLER = "RESELLER", "Revendeur, réseau", "Reseller"
    GROUP_SALES = "GROUP_SALES", "Vente aux groupes", "Group sales"
    SUBSCRIPTION_OFFICE = "SUBSCRIPTION_OFFICE", "Service aux abonnés", "Subscription office"
    BACK_OFFICE = "BACK_OFFICE", "Interne", "Back office"
    UNKNOWN = "UNKNOWN", "Inconnu", "Unknown"


class TicketStatus(Term):
    """Only VALID counts."""

    VALID = "VALID", "Valide", "Valid"
    RESERVED = "RESERVED", "Réservé (impayé)", "Reserved (unpaid)"
    CANCELLED = "CANCELLED", "Annulé", "Cancelled"
    REFUNDED = "REFUNDED", "Remboursé", "Refunded"
    EXCHANGED_OUT = "EXCHANGED_OUT", "Échangé (rendu)", "Exchanged"
    VOID = "VOID", "Erreur ou test", "Error or test"


class PerformanceStatus(Term):
    """Datascène's five. "Played" is not a status: it is a date that has passed."""

    SCHEDULED = "SCHEDULED", "Prévue", "Scheduled"
    RESCHEDULED = "RESCHEDULED", "Reportée (nouvelle date)", "Rescheduled"
    POSTPONED = "POSTPONED", "Suspendue (sans date)", "Postponed"
    CANCELLED = "CANCELLED", "Annulée", "Cancelled"
    MOVED_ONLINE = "MOVED_ONLINE", "Déplacée en ligne", "Moved online"


class EventType(Term):
    """Used to exclude: audience metrics take PERFORMING_ARTS only."""

    PERFORMING_ARTS = "PERFORMING_ARTS", "Arts de la scène", "Performing arts"
    SCREENING = "SCREENING", "Projection", "Screening"
    EXHIBITION = "EXHIBITION", "Exposition", "Exhibition"
    OTHER = "OTHER", "Autre activité", "Other activity"


class DealType(Term):
    """Whose data a performance's sales are. RENTAL is out of the venue's own audience figures."""

    PRESENTATION = "PRESENTATION", "Diffusion (achat de spectacle)", "Presentation"
    OWN_PRODUCTION = "OWN_PRODUCTION", "Production propre", "Own production"
    CO_PRESENTATION = "CO_PRESENTATION", "Codiffusion", "Co-presentation"
    CO_REALIZATION = "CO_REALIZATION", "Coréalisation", "Co-production of the run"
    SELF_PRESENTATION = "SELF_PRESENTATION", "Autodiffusion", "Self-presentation"
    RENTAL = "RENTAL", "Location", "Rental"
    UNKNOWN = "UNKNOWN", "Inconnu", "Unknown"


class BuyerKind(Term):
    """Only INDIVIDUAL is counted in buyer metrics."""

    INDIVIDUAL = "INDIVIDUAL", "Personne", "Person"
    GENERIC = "GENERIC", "Compte générique", "Generic account"
    GROUP = "GROUP", "Acheteur de groupe", "Group buyer"


class Discipline(Term):
    """The comparison axis, derived from Artsdata genres."""

    THEATRE = "THEATRE", "Théâtre", "Theatre"
    DANCE = "DANCE", "Danse", "Dance"
    CLASSICAL_MUSIC = "CLASSICAL_MUSIC", "Musique classique", "Classical music"
    OPERA = "OPERA", "Opéra", "Opera"
    INSTRUMENTAL_MUSIC = "INSTRUMENTAL_MUSIC", "Musique instrumentale et autres", "Instrumental and other music"
    SONG_FR = "SONG_FR", "Chanson francophone", "French-language song"
    SONG_EN = "SONG_EN", "Chanson anglophone", "English-language song"
    SONG_OTHER = "SONG_OTHER", "Chanson, autre langue", "Song, other language"
    MUSICAL = "MUSICAL", "Comédie musicale", "Musical theatre"
    HUMOUR = "HUMOUR", "Humour", "Comedy"
    CIRCUS = "CIRCUS", "Cirque", "Circus"
    VARIETY = "VARIETY", "Variétés", "Variety"
    SPOKEN_WORD = "SPOKEN_WORD", "Conte, poésie, art de la parole", "Spoken word"
    CINEMA = "CINEMA", "Cinéma", "Film"
    EXHIBITION = "EXHIBITION", "Exposition", "Exhibition"
    OTHER = "OTHER", "Autre", "Other"
    UNKNOWN = "UNKNOWN", "À classer", "To be mapped"


class TargetAudience(Term):
    """Whom a show is for (Datascène v1.0): a facet of the show, never its discipline."""

    ALL = "ALL", "Tout publics", "All audiences"
    WITH_BABY = "WITH_BABY", "Avec bébé", "With baby"
    TODDLERS = "TODDLERS", "Tout-petits, 0 à 3 ans", "Toddlers, 0 to 3"
    EARLY_CHILDHOOD = "EARLY_CHILDHOOD", "Petite enfance, 4 à 7 ans", "Early childhood, 4 to 7"
    CHILDHOOD = "CHILDHOOD", "Enfance, 8 à 12 ans", "Childhood, 8 to 12"
    YOUTH = "YOUTH", "Jeunesse, 13 à 16 ans", "Youth, 13 to 16"
    ADULTS = "ADULTS", "Adultes", "Adults"
    SENIORS = "SENIORS", "Aînés", "Seniors"
    FAMILIES = "FAMILIES", "Familles", "Families"


class Origin(Term):
    """How well a buyer's home is known."""

    CANADA = "CANADA", "Canada", "Canada"
    FOREIGN = "FOREIGN", "Étranger", "Foreign"
    UNKNOWN = "UNKNOWN", "Origine inconnue", "Unknown origin"


class Parcours(Term):
    """Lifecycle of a buyer at a date, first rule that fits (docs/metrics/lifecycle.en.md)."""

    UPCOMING = "UPCOMING", "À venir", "Upcoming"
    LOST = "LOST", "Perdu", "Lost"
    DORMANT = "DORMANT", "Dormant", "Dormant"
    PASSIONATE = "PASSIONATE", "Passionné", "Passionate"
    REGULAR = "REGULAR", "Régulier", "Regular"
    NEW = "NEW", "Nouveau", "New"
    RETURNING = "RETURNING", "De retour", "Returning"


class UserRole(Term):
    """What a person may do inside one organization, or at the hub."""

    READER = "READER", "Lecture", "Reader"
    ANALYST = "ANALYST", "Analyse", "Analyst"
    STEWARD = "STEWARD", "Responsable des données", "Data steward"
    DIRECTOR = "DIRECTOR", "Direction", "Director"
    PARTNER = "PARTNER", "Partenaire d'un spectacle", "Partner of a show"
    FUNDER = "FUNDER", "Bailleur de fonds", "Funder"
    SERVICE = "SERVICE", "Association", "Association"
    OPERATOR = "OPERATOR", "Pôle", "Hub operator"
    AUDITOR = "AUDITOR", "Vérification", "Auditor"
