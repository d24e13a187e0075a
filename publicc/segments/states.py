"""The life of a version of the model."""

from publicc.kernel.vocabulary import Term


class VersionState(Term):
    """`TRAINING → DRAFT → NAMED → PUBLISHED → RETIRED`, or `FAILED`."""

    TRAINING = "TRAINING", "En apprentissage", "Training"
    FAILED = "FAILED", "Échec", "Failed"
    DRAFT = "DRAFT", "À nommer", "To be named"
    NAMED = "NAMED", "Nommée", "Named"
    PUBLISHED = "PUBLISHED", "En vigueur", "In force"
    RETIRED = "RETIRED", "Remplacée", "Replaced"


READABLE = (VersionState.DRAFT, VersionState.NAMED, VersionState.PUBLISHED, VersionState.RETIRED)
"""States in which a version has its file."""
OPEN = (VersionState.DRAFT, VersionState.NAMED)
"""States in which names may change."""
