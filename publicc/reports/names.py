"""How pages about reports name languages, and questions that have no page in the rail."""

from typing import Final

from publicc.dashboards.guides.catalogue import GUIDES
from publicc.kernel.text import Lang, Text

LANGUAGE_NAMES: Final[dict[Lang, Text]] = {
    "fr": Text("en français", "in French"),
    "en": Text("en anglais", "in English"),
}


def question_of(screen: str) -> Text | None:
    """The question that a guided answer goes by; None for a screen, which goes by its name in the rail."""
    guide = GUIDES.get(screen)
    return guide.question if guide is not None else None
