"""One cell → how its date or time is written. Pure: the same plain form is made in SQL by `sql`."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

MONTHS: Final = (
    ("jan", "janvier|january|janv|jan"),
    ("feb", "fevrier|february|fevr|fev|feb"),
    ("mar", "mars|march|mar"),
    ("apr", "avril|april|avr|apr"),
    ("may", "mai|may"),
    ("jun", "juin|june|jun"),
    ("jul", "juillet|july|juil|jul"),
    ("aug", "aout|august|aou|aug"),
    ("sep", "septembre|september|sept|sep"),
    ("oct", "octobre|october|oct"),
    ("nov", "novembre|november|nov"),
    ("dec", "decembre|december|dec"),
)
_PASSED_OVER: Final = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|"
    "sunday|mon|tue|wed|thu|fri|sat|sun|lun|mer|jeu|ven|sam|dim|le|a|at|on|the|de|du|vers"
)
PLAIN_STEPS: Final = (
    (rf"\b({_PASSED_OVER})\b\.?", " "),
    *((rf"\b({names})\b\.?", f" {short} ") for short, names in MONTHS),
    (r"(\d)(st|nd|rd|th|er|re)\b", r"\1"),
    (r"(\d{1,2}) ?h ?(\d{2})\b", r"\1:\2"),
    (r"(\d{1,2}) ?(h|heures?)\b", r"\1:00"),
    (r" ?\b([ap])\. ?m\b\.?", r" \1m"),
    (r"(\d) ?([ap]m)\b", r"\1 \2"),
    (r"[,. /-]+", " "),
)
"""Regular expressions (RE2 and Python alike) that put a date in words into its plain form, accents off, lower case."""

_WORDS: Final = frozenset(
    "|".join((_PASSED_OVER, *(names for _, names in MONTHS), "st|nd|rd|th|er|re|h|heure|heures|am|pm|p|m")).split("|")
)
"""Every word that the plain steps know: a cell with any other is no date, and needs none of them."""
_WORD: Final = re.compile(r"[a-z]+")

_ZONE: Final = r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_TIME: Final = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?P<s>:\d{2})?(?P<f>[.]\d{1,9})?(?P<ap> ?[AaPp][Mm])?" + _ZONE
_TAIL: Final = rf"(?:(?P<gap>[ T]|, | {{2}}){_TIME})?"
_YEAR_FIRST: Final = re.compile(rf"^(?P<y>\d{{4}})(?P<sep>[-/. ])(?P<a>\d{{1,2}})(?P=sep)(?P<b>\d{{1,2}}){_TAIL}$")
_YEAR_LAST: Final = re.compile(
    rf"^(?P<a>\d{{1,2}})(?P<sep>[-/. ])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TAIL}$"
)
_MONTH_FIRST: Final = re.compile(rf"^(?P<m>[A-Za-z]{{3,9}}) (?P<d>\d{{1,2}})(?P<comma>,?) (?P<y>\d{{4}}){_TAIL}$")
_DAY_FIRST: Final = re.compile(
    rf"^(?P<d>\d{{1,2}})(?P<sep>[ -])(?P<m>[A-Za-z]{{3,9}})(?P=sep)(?P<y>\d{{4}}|\d{{2}}){_TAIL}$"
)
_COMPACT: Final = re.compile(r"^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_TIME_ALONE: Final = re.compile(rf"^{_TIME}$")
_ENGLISH: Final = {short for short, _ in MONTHS} | {
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"
}  # fmt: skip
_MAYBE_WORDS: Final = re.compile(r"[A-Za-zÀ-ÿ]")


@dataclass(frozen=True, slots=True)
class DateShape:
    """How one cell is written. `first` and `second` are set when the order of day and month is to be settled."""

    template: str
    has_date: bool
    has_time: bool
    zoned: bool = False
    in_words: bool = False
    first: int | None = None
    second: int | None = None
    midnight: bool = False


def plain_words(value: str) -> str:
    """A date in words as numbers and short English months: `le 16 mars 2018 à 17 h 30` → `16 mar 2018 17:30`."""
    plain = _without_accents(value)
    for pattern, into in PLAIN_STEPS:
        plain = re.sub(pattern, into, plain, flags=re.ASCII)
    return plain.strip()


def _without_accents(value: str) -> str:
    decomposed = unicodedata.normalize("NFD", value.lower())
    return decomposed if decomposed.isascii() else "".join(c for c in decomposed if not unicodedata.combining(c))


def date_shape(value: str) -> DateShape | None:
    """The shape of a trimmed cell, None when it is neither date nor time."""
    if len(value) > 60 or not any(char.isdigit() for char in value):
        return None
    found = _as_written(value)
    return found or (shape_in_words(value) if _MAYBE_WORDS.search(value) else None)


def shape_in_words(value: str) -> DateShape | None:
    """The shape of the plain form of a cell: in a column with words, all cells are put in plain form."""
    if not _WORDS.issuperset(_WORD.findall(_without_accents(value))):
        return None
    found = _as_written(plain_words(value))
    return None if found is None else replace(found, in_words=True)


def _as_written(value: str) -> DateShape | None:
    if match := _YEAR_FIRST.match(value):
        sep = match["sep"]
        return _shape(match, f"%Y{sep}%m{sep}%d") if int(match["a"]) <= 12 and int(match["b"]) <= 31 else None
    if match := _YEAR_LAST.match(value):
        return _year_last(match)
    if match := _MONTH_FIRST.match(value) or _DAY_FIRST.match(value):
        return _named(match)
    if _COMPACT.match(value):
        return DateShape("%Y%m%d", has_date=True, has_time=False)
    if match := _TIME_ALONE.match(value):
        return _shape(match, "") if int(match["h"]) < 24 and int(match["mi"]) < 60 else None
    return None


def _year_last(match: re.Match[str]) -> DateShape | None:
    first, second, sep = int(match["a"]), int(match["b"]), match["sep"]
    year = "%Y" if len(match["y"]) == 4 else "%y"
    if first > 31 and year == "%y" and second <= 12:
        return _shape(match, f"%y{sep}%m{sep}%d")
    if not (0 < first <= 31 and 0 < second <= 31) or min(first, second) > 12:
        return None
    return _shape(match, f"{{a}}{sep}{{b}}{sep}{year}", first, second)


def _named(match: re.Match[str]) -> DateShape | None:
    month = match["m"].lower()
    if month not in _ENGLISH:
        return None
    name = "%b" if len(month) == 3 else "%B"
    if "comma" in match.groupdict():
        return _shape(match, f"{name} %d{match['comma']} %Y")
    year = "%Y" if len(match["y"]) == 4 else "%y"
    return _shape(match, f"%d{match['sep']}{name}{match['sep']}{year}")


def _shape(match: re.Match[str], date: str, first: int | None = None, second: int | None = None) -> DateShape:
    parts = match.groupdict()
    time = _time_template(parts) if parts["h"] else ""
    return DateShape(
        template=date + (parts.get("gap") or "") + time,
        has_date=bool(date),
        has_time=bool(time),
        zoned=bool(parts["zone"]),
        first=first,
        second=second,
        midnight=bool(time) and int(parts["h"]) == 0 and int(parts["mi"]) == 0 and (parts["s"] or ":00") == ":00",
    )


def _time_template(parts: dict[str, str]) -> str:
    seconds = (":%S" if parts["s"] else "") + (".%f" if parts["f"] else "")
    half = parts["ap"] or ""
    clock = "%I" if half else "%H"
    return f"{clock}:%M{seconds}{' %p' if half[:1] == ' ' else '%p' if half else ''}{'%z' if parts['zone'] else ''}"
