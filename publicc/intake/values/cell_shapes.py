"""One cell → which shapes it has. A cell can have several: `4185550101` is whole number, telephone and identifier."""

import html
import re
from typing import Final

from publicc.intake.values.forms import Kind
from publicc.kernel.postal_codes import PATTERN as CANADIAN_CODE

SPACES: Final = " \u00a0\u202f\u2009\t"
_EMAIL: Final = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]{2,}$")
_POSTAL: Final = re.compile(rf"^{CANADIAN_CODE}$")
_PHONE: Final = re.compile(
    r"^\+?1?[-. (]*\d{3}[-. )]*\d{3}[-. ]*\d{4}(?: ?(?:#|x|ext\.?|poste) ?\d{1,6})?$", re.IGNORECASE
)
_FOREIGN_PHONE: Final = re.compile(r"^(?:\+|00)[\d .()-]{7,20}$")
_NUMBER: Final = re.compile(r"^\(?[-+]?\(?(?:\d+|\d{1,3}(?:[ ,.'’]\d{3})+)?(?:[.,]\d+)?(?:[eE][-+]?\d{1,2})?\)?-?$")
_CURRENCY: Final = re.compile(r"(?:CAD|USD|EUR|CA\$|US\$|C\$|\$|€|£|dollars?)", re.IGNORECASE)
_CODE: Final = re.compile(r"^(?=.*\d)(?!.*://)[A-Za-z0-9][A-Za-z0-9_./:#-]{2,63}$|^[A-Z0-9]{4,64}$")
MOJIBAKE: Final = "Ã[\u0080-\u00bf‰€‡ˆ‹Œ”“™š]|â€[™œ\u009d“”¦]|Â[\u00a0«»°]|\ufffd|Ò[^ ]*Ó"
"""Accents spoilt by a former conversion, for Python and DuckDB alike."""
MOJIBAKE_SIGNS: Final = ("Ã", "â€", "Â", "\ufffd", "Ò")
"""One of these is in every spoilt cell: a quick look before the pattern."""
_HTML: Final = re.compile(
    r"<(?:p|br|div|span|a|b|i|strong|em|ul|li|h\d|table)\b[^>]*>|&(?:nbsp|amp|eacute|egrave|agrave|#\d+);",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<[^>]{0,2000}>")


def unguarded(value: str) -> str:
    """A trimmed cell without the apostrophe that keeps spreadsheets from taking it for a formula."""
    value = value.strip()
    return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value


def bare_number(value: str) -> tuple[str, str | None]:
    """The number without spaces and currency, and the currency: `1 234,50 $` → (`1234,50`, `$`)."""
    found = _CURRENCY.search(value)
    bare = _CURRENCY.sub("", value) if found else value
    return "".join(char for char in bare if char not in SPACES), found.group().upper() if found else None


def is_number(value: str) -> bool:
    """Whether a cell is a number, with or without currency, thousands, parentheses."""
    bare, _ = bare_number(value)
    return bool(bare) and any(char.isdigit() for char in bare) and bool(_NUMBER.match(bare))


def shapes(value: str) -> set[Kind]:
    """The shapes of a trimmed, unguarded cell, dates apart (see `date_shapes`)."""
    found: set[Kind] = set()
    if "@" in value and _EMAIL.match(value):
        found.add(Kind.EMAIL)
    if len(value) <= 8 and _POSTAL.match(re.sub(r"[^A-Z0-9]", "", value.upper())):
        found.add(Kind.POSTAL_CODE)
    if value.isdigit():
        found |= {Kind.INTEGER, Kind.IDENTIFIER}
    elif is_number(value):
        found.add(Kind.INTEGER if re.fullmatch(r"-?\d+", value) else Kind.MONEY)
    elif value.endswith("%") and is_number(value[:-1]):
        found.add(Kind.PERCENT)
    if _PHONE.match(value) or _FOREIGN_PHONE.match(value):
        found.add(Kind.PHONE)
    if _CODE.match(value):
        found.add(Kind.IDENTIFIER)
    return found


def has_html(value: str) -> bool:
    """Whether a cell carries markup or entities."""
    return bool(_HTML.search(value))


def without_html(value: str) -> str:
    """Text of a cell that carries markup: tags become spaces, entities characters, spaces single."""
    text = html.unescape(_TAG.sub(" ", value))
    return " ".join(text.split())
