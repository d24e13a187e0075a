"""The coarse shape of a cell, enough to tell a header from a row of data. What columns really hold: see `values`."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

_SHAPES: Final = (
    ("number", re.compile(r"^[($+-]*[\d\s\u00a0\u202f]+([.,\s'\u00a0\u202f]\d+)*\s*[$%€)-]*$")),
    ("date", re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$")),
    ("time", re.compile(r"^\d{1,2}[:h]\d{2}(:\d{2})?( ?[ap]m)?$", re.IGNORECASE)),
    ("email", re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")),
    ("postal", re.compile(r"^[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d$")),
    ("code", re.compile(r"^(?=.*\d)[A-Za-z0-9_-]{3,}$")),
    ("date", re.compile(r"^[^\W\d]{3,9}\.? \d{1,2},? \d{4}( .*)?$|^\d{1,2} [^\W\d]{3,9}\.? \d{4}( .*)?$")),
)
_WORDS: Final = re.compile(
    r"\b(code|no|n°|num[eé]ro|number|id|nom|name|pr[eé]nom|titre|title|adresse|address|ville|city|province|state|pays|country|"
    r"postal|zip|t[eé]l[eé]phone|phone|courriel|e-?mail|date|heure|time|montant|amount|prix|price|cat[eé]gorie|category|type|"
    r"canal|channel|salle|venue|si[eè]ges|seats|discipline|genre|artform|statut|status|commande|order|client|customer|"
    r"[eé]v[eé]nement|event|billet|ticket|quantit[eé]|quantity|total|langue|language)\b",
    re.IGNORECASE,
)


class HeaderVote(Enum):
    """What a row says of itself, seen against those below."""

    HEADER = auto()
    DATA = auto()
    UNDECIDED = auto()


def shape_of(cell: str) -> str:
    """`number`, `date`, `time`, `email`, `postal`, `code`, `text` or `empty`."""
    cell = cell.strip()
    if not cell:
        return "empty"
    return next((name for name, pattern in _SHAPES if pattern.match(cell)), "text")


def looks_like_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> HeaderVote:
    """Whether `row` names the columns below it: its cells have another shape than theirs, or are words of the trade.

    A cell of the same typed shape as its column (a date above dates) speaks for data, text above typed cells does not.
    """
    if not any(cell.strip() for cell in row):
        return HeaderVote.DATA
    score = sum(_column_vote(cell, [r[i] for r in below if i < len(r)]) for i, cell in enumerate(row))
    words = sum(1 for cell in row if _WORDS.search(cell.replace("_", " ")))
    score += 2 * words if words * 3 >= len(row) else 0
    if score > 0:
        return HeaderVote.HEADER
    if score < 0:
        return HeaderVote.DATA
    return HeaderVote.DATA if _recurs(row, below) else HeaderVote.UNDECIDED


def _column_vote(cell: str, values: list[str]) -> int:
    shape = shape_of(cell)
    shapes = [shape_of(value) for value in values]
    filled = [s for s in shapes if s != "empty"]
    if not filled:
        return 0
    common = max(set(filled), key=filled.count)
    if common == "text" or filled.count(common) < 0.7 * len(filled):
        return -1 if shape in ("email", "date", "postal") else 0
    if shape == common:
        return -2
    return 1 if shape in ("text", "code") else 0


def _recurs(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of the row comes back in its own column: names of columns do not."""
    return any(
        cell.strip() and any(i < len(r) and r[i].strip() == cell.strip() for r in below) for i, cell in enumerate(row)
    )
