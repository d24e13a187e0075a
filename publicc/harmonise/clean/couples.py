"""Two persons in one field: « Jean et Marie », `Amy & Jayden`, `Paul/Anne`."""

import re
from typing import Final

_AND: Final = re.compile(r"\s*(?:&|\+|/|(?<![^\W_])(?:et|and|y|und|ou|or)(?![^\W_]))\s*")


def persons_in(folded_name: str) -> list[str]:
    """The parts of a folded name field that name one person each, in their order; at most two are kept."""
    return [part for part in _AND.split(folded_name) if part.strip(" .,-")][:2]
