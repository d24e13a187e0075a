"""Yes and no, as systems write them."""

from collections.abc import Iterable
from typing import Final

from publicc.intake.values.forms import BooleanForm

_PAIRS: Final = (
    ("oui", "non"),
    ("yes", "no"),
    ("true", "false"),
    ("vrai", "faux"),
    ("y", "n"),
    ("o", "n"),
    ("t", "f"),
    ("x", ""),
    ("1", "0"),
)


def boolean_form(values: Iterable[str], *, some_empty: bool) -> BooleanForm | None:
    """The pair of words that all filled cells belong to, None when there is none.

    Single characters (`Y`, `1`) need to occur with their opposite; whole words do not, nor does `x` beside empty cells.
    """
    seen = {value.strip().lower() for value in values} - {""}
    for yes, no in _PAIRS:
        if not seen or not seen <= {yes, no}:
            continue
        if len(yes) == 1 and seen != {yes, no} and not (yes == "x" and some_empty):
            continue
        return BooleanForm(yes=(yes,), no=(no,) if no else (), empty_is_no=some_empty and no not in seen)
    return None
