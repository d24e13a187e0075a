"""Where an application is on its way."""

from publicc.kernel.vocabulary import Term


class ApplicationState(Term):
    """What became of an organization that asked to join."""

    RECEIVED = "RECEIVED", "Reçue", "Received"
    SELECTED = "SELECTED", "Retenue", "Selected"
    DECLINED = "DECLINED", "Déclinée", "Declined"
