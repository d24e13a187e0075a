"""What a profile is called until the collective names it."""

from publicc.kernel.text import Text
from publicc.segments.model import SegmentModel


def default_name(code: str) -> Text:
    """`Profil P1`."""
    return Text(f"Profil {code}", f"Profile {code}")


def is_named(model: SegmentModel) -> bool:
    """Whether every profile has another name than its code."""
    return all(one.name != default_name(one.code) for one in model.classes)
