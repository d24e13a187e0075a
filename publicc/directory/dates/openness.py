"""How far a planned date is told. Its owner chooses; nothing else does."""

from publicc.kernel.vocabulary import Term


class Openness(Term):
    """Who may know of a planned date."""

    HELD = "HELD", "Pour nous seuls", "Ours only"
    OFFERED = "OFFERED", "Offerte au calendrier commun, sans nom", "In the common calendar, without a name"
    ANNOUNCED = "ANNOUNCED", "Annoncée au public", "Announced to the public"
