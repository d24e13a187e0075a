"""The words of a project: its parts, and how far an organization's systems are plugged in."""

from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Term


class Part(Term):
    """A part of the reference document, in its order."""

    OBJECTIVES = "OBJECTIVES", "Objectifs", "Objectives"
    INVENTORY = "INVENTORY", "Inventaire des données", "Data inventory"
    ROLES = "ROLES", "Rôles", "Roles"
    CONDITIONS = "CONDITIONS", "Conditions", "Conditions"
    CALENDAR = "CALENDAR", "Calendrier", "Calendar"
    DECISIONS = "DECISIONS", "Décisions", "Decisions"

    @property
    def asks(self) -> Text:
        """What is to be written there."""
        return _ASKS[self]


class Integration(Term):
    """How an organization's data come in."""

    UNKNOWN = "UNKNOWN", "À voir", "To be seen"
    EXPORTS = "EXPORTS", "Exports à la main", "Exports by hand"
    SCHEDULED = "SCHEDULED", "Exports programmés", "Scheduled exports"
    CONNECTED = "CONNECTED", "Système relié", "System connected"


_ASKS = {
    Part.OBJECTIVES: Text(
        "Ce que le projet veut savoir ou changer, et pour qui.",
        "What the project wants to know or change, and for whom.",
    ),
    Part.INVENTORY: Text(
        "Quelles données, chez qui, depuis quand, à quelle finesse.", "Which data, held by whom, since when, how fine."
    ),
    Part.ROLES: Text(
        "Qui décide, qui fournit, qui lit, qui répond des personnes.",
        "Who decides, provides, reads, and answers for persons.",
    ),
    Part.CONDITIONS: Text(
        "Ce qui est permis, ce qui ne l'est pas, jusqu'à quand.", "What is allowed, what is not, until when."
    ),
    Part.CALENDAR: Text("Les étapes et leurs dates.", "The steps and their dates."),
    Part.DECISIONS: Text("Ce qui a été décidé, quand, par qui.", "What was decided, when, by whom."),
}
