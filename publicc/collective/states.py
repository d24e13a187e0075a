"""Where an application, or a departure, is on its way."""

from publicc.kernel.vocabulary import Term


class ApplicationState(Term):
    """What became of an organization that asked to join."""

    RECEIVED = "RECEIVED", "Reçue", "Received"
    SELECTED = "SELECTED", "Retenue", "Selected"
    DECLINED = "DECLINED", "Déclinée", "Declined"


class DepartureState(Term):
    """What became of an organization that asked to leave."""

    ASKED = "ASKED", "Demandé", "Asked for"
    TAKEN_BACK = "TAKEN_BACK", "Repris", "Taken back"
    CARRIED_OUT = "CARRIED_OUT", "En cours", "Under way"
    DONE = "DONE", "Fait, avec preuve", "Done, with proof"
