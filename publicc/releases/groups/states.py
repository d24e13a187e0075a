"""Where a group that a member asked for stands."""

from publicc.kernel.vocabulary import Term


class GroupState(Term):
    """Only ALLOWED enters releases."""

    WAITING = "WAITING", "En attente du pôle", "Waiting for the hub"
    ALLOWED = "ALLOWED", "Permis", "Allowed"
    REFUSED = "REFUSED", "Refusé", "Refused"
    WITHDRAWN = "WITHDRAWN", "Retiré", "Withdrawn"
