"""The states of a survey and of a response, and where a link leads from."""

from publicc.kernel.vocabulary import Term


class SurveyState(Term):
    """Where a survey is in its life."""

    DRAFT = "DRAFT", "Brouillon", "Draft"
    OPEN = "OPEN", "Ouvert", "Open"
    CLOSED = "CLOSED", "Fermé", "Closed"


class ResponseState(Term):
    """Whether a person went to the end."""

    BEGUN = "BEGUN", "Commencée", "Begun"
    DONE = "DONE", "Terminée", "Finished"


class LinkKind(Term):
    """What the answers of a link are about."""

    ORGANIZATION = "ORGANIZATION", "Tout l'organisme", "The whole organization"
    SHOW = "SHOW", "Un spectacle", "One show"
    PERFORMANCE = "PERFORMANCE", "Une représentation", "One performance"
    IMPORT = "IMPORT", "Réponses apportées d'un autre programme", "Answers brought from another program"


class Suspicion(Term):
    """Why a response is set apart from the figures until someone looks."""

    FAST = "FAST", "Remplie bien plus vite que les autres", "Filled in far faster than others"
    STRAIGHT = "STRAIGHT", "La même réponse extrême partout", "The same extreme answer throughout"
    TWIN = "TWIN", "Identique à une autre le même jour", "The same as another on the same day"
    FLOOD = "FLOOD", "Venue un jour où ce lien a débordé", "Came on a day when this link overflowed"
    BURST = "BURST", "Arrivée avec beaucoup d'autres d'un coup", "Came with many others at once"
    AGAIN = "AGAIN", "Deuxième réponse du même appareil", "Second answer from the same device"
    TRAP = "TRAP", "A rempli le champ que personne ne voit", "Filled in the field nobody sees"
