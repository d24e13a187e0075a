"""The words of the common directory: what its entries are, where they come from, how far a label is settled."""

from publicc.kernel.vocabulary import Term


class EntryKind(Term):
    """What an entry is."""

    SHOW = "SHOW", "Spectacle", "Show"
    VENUE = "VENUE", "Lieu", "Venue"
    ROOM = "ROOM", "Salle", "Room"
    SERIES = "SERIES", "Série ou festival", "Series or festival"


class EntryOrigin(Term):
    """Where an entry comes from."""

    RECOGNITION = "RECOGNITION", "Reconnaissance", "Recognition"
    PERSON = "PERSON", "Une personne", "A person"
    ODCAF = "ODCAF", "ODCAF (Statistique Canada)", "ODCAF (Statistics Canada)"
    IMPORT = "IMPORT", "Import", "Import"


class LabelState(Term):
    """How far the label of an organization is settled. Only CONFIRMED and CORRECTED are somebody's word."""

    SUGGESTED = "SUGGESTED", "Proposé", "Suggested"
    CONFIRMED = "CONFIRMED", "Confirmé", "Confirmed"
    CORRECTED = "CORRECTED", "Corrigé", "Corrected"
    REFUSED = "REFUSED", "À classer", "To be mapped"


class Deed(Term):
    """What was done to a label or an entry."""

    CONFIRM = "CONFIRM", "Libellé confirmé", "Label confirmed"
    CORRECT = "CORRECT", "Libellé corrigé", "Label corrected"
    REFUSE = "REFUSE", "Libellé écarté", "Label set apart"
    MERGE = "MERGE", "Fiche réunie à une autre", "Entry merged into another"
    SPLIT = "SPLIT", "Fiche scindée d'une autre", "Entry split from another"
