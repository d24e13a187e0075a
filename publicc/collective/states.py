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


class IncidentDeed(Term):
    """What is done about a confidentiality incident."""

    ORGANIZATIONS_TOLD = "ORGANIZATIONS_TOLD", "Organismes avisés", "Organizations notified"
    CAI_TOLD = "CAI_TOLD", "Commission d'accès à l'information avisée", "Commission d'accès à l'information notified"
    PERSONS_TOLD = "PERSONS_TOLD", "Personnes avisées", "Persons notified"
    PUBLIC_NOTICE = "PUBLIC_NOTICE", "Avis public", "Public notice"
    MEASURE = "MEASURE", "Mesure prise", "Measure taken"
    CLOSED = "CLOSED", "Fermé", "Closed"
