"""How figures, money and dates are written in each language: `1 234,50 $`, `$1,234.50`, `78,8 %`.

Rounding happens here and nowhere else, half away from zero. The rules of each locale come from Babel (Unicode CLDR).
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from typing import Final, assert_never

from babel.dates import format_date, format_time
from babel.numbers import get_decimal_symbol, get_group_symbol

from publicc.kernel.cells import Cell, Number, Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.period import SEASON_FIRST_MONTH, Period, season_label, season_period
from publicc.kernel.text import NBSP, Lang, Text, french_spaces

LOCALES: Final[dict[Lang, str]] = {"fr": "fr_CA", "en": "en_CA"}
MINUS: Final = "\u2212"
_MARKS: Final = {
    lang: str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "-": MINUS})
    for lang, locale in LOCALES.items()
}
"""From the marks that Python writes to those of each locale. A page holds hundreds of figures: Babel's own writing of
each, which reads its pattern anew, took half of the time of a page."""


class Unit(StrEnum):
    """What a figure is counted in. Ratios are 0–1 and written as percentages; money is in dollars."""

    COUNT = "n"
    RATIO = "ratio"
    MONEY = "$"
    DAYS = "days"
    KM = "km"
    SEATS = "seats"
    TICKETS = "tickets"
    PERSONS = "persons"
    INDEX = "index"
    PER_THOUSAND = "per 1,000"
    PLAIN = "plain"
    DATE = "date"

    @property
    def is_count(self) -> bool:
        """Whether a figure in this unit is counted, one by one: exact whatever its size, never fragile (F30)."""
        return self in _COUNTED


_COUNTED: Final = frozenset({Unit.COUNT, Unit.SEATS, Unit.TICKETS, Unit.PERSONS, Unit.DATE})
_DECIMALS: Final[dict[Unit, int]] = {
    Unit.RATIO: 1,
    Unit.MONEY: 2,
    Unit.KM: 1,
    Unit.PER_THOUSAND: 1,
    Unit.PLAIN: 2,
}
_SUFFIX: Final[dict[Unit, Text]] = {
    Unit.DAYS: Text("{n}\u00a0j", "{n}\u00a0d"),
    Unit.KM: Text("{n}\u00a0km", "{n}\u00a0km"),
    Unit.PER_THOUSAND: Text("{n}\u00a0pour\u00a01\u00a0000", "{n}\u00a0per\u00a01,000"),
}
_SIZES: Final = ((1 << 30, "Go", "GB"), (1 << 20, "Mo", "MB"), (1 << 10, "Ko", "KB"))
_REASONS: Final[dict[UnknownReason | WithheldReason, Text]] = {
    UnknownReason.NO_BASE: Text("sans objet", "not applicable"),
    UnknownReason.NO_DATA: Text("aucune donnée", "no data"),
    WithheldReason.PERSONS: Text("masqué : moins de 10", "withheld: fewer than 10"),
    WithheldReason.ORGANIZATIONS: Text("masqué : trop peu d'organismes", "withheld: too few organizations"),
    WithheldReason.GROUP: Text("masqué : groupe trop petit", "withheld: group too small"),
}


def rounded(value: Number, decimals: int) -> Decimal:
    """`value` to `decimals` places, half away from zero."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(_places(decimals), rounding=ROUND_HALF_UP)


@cache
def _places(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def number(value: Number, lang: Lang, decimals: int = 0) -> str:
    """`12 450` or `12,450`."""
    if isinstance(value, int) and not decimals:
        return f"{value:,}".translate(_MARKS[lang])
    return f"{rounded(value, decimals):,}".translate(_MARKS[lang])


def percent(ratio: Number, lang: Lang, decimals: int = 1) -> str:
    """`78,8 %` or `78.8%` for the ratio 0.788."""
    text = number(rounded(ratio, decimals + 2).scaleb(2), lang, decimals)
    return f"{text}{NBSP}%" if lang == "fr" else f"{text}%"


def money(dollars: Number, lang: Lang, decimals: int = 2) -> str:
    """`1 234,50 $` or `$1,234.50`."""
    text = number(dollars, lang, decimals)
    if lang == "fr":
        return f"{text}{NBSP}$"
    return f"{MINUS}${text[1:]}" if text.startswith(MINUS) else f"${text}"


def day(when: date, lang: Lang) -> str:
    """`16 février 2026` or `February 16, 2026`."""
    return str(format_date(when, "long", locale=LOCALES[lang]))


def short_day(when: date, lang: Lang) -> str:
    """`16 févr. 2026` or `Feb. 16, 2026`."""
    return str(format_date(when, "medium", locale=LOCALES[lang]))


def month(when: date, lang: Lang) -> str:
    """`février 2026` or `February 2026`."""
    return str(format_date(when, "MMMM yyyy", locale=LOCALES[lang]))


def short_month(when: date, lang: Lang) -> str:
    """`févr.` or `Feb.`."""
    return str(format_date(when, "MMM", locale=LOCALES[lang]))


def signed(value: Number, lang: Lang, decimals: int = 0) -> str:
    """A difference with its sign: `+12`, `−640`; nothing before 0."""
    text = number(value, lang, decimals)
    return f"+{text}" if rounded(value, decimals) > 0 else text


def clock(at: time | datetime, lang: Lang) -> str:
    """`19 h 30`, `19 h` or `7:30 p.m.`."""
    if lang == "fr":
        return f"{at.hour}{NBSP}h" + (f"{NBSP}{at.minute:02d}" if at.minute else "")
    return str(format_time(at, "h:mm a", locale=LOCALES[lang])).replace("\u202f", NBSP)


def moment(at: datetime, lang: Lang) -> str:
    """An instant, in the time zone it carries: `10 févr. 2019 à 19 h 30`, `Feb. 10, 2019 at 7:30 p.m.`."""
    return f"{short_day(at.date(), lang)} {'à' if lang == 'fr' else 'at'} {clock(at, lang)}"


def period_words(span: Period, lang: Lang) -> str:
    """`saison 2018-2019`, or `du 1 sept. 2018 au 10 févr. 2019`."""
    if span.first_on.month == SEASON_FIRST_MONTH and span == season_period(span.first_on.year):
        return Text("saison {s}", "{s} season").said(lang, s=season_label(span.first_on.year))
    first, last = short_day(span.first_on, lang), short_day(span.last_on, lang)
    return Text("du {a} au {b}", "{a} to {b}").said(lang, a=first, b=last)


def file_size(octets: int, lang: Lang) -> str:
    """`820 octets`, `1,4 Mo`; `820 bytes`, `1.4 MB`."""
    for unit, fr, en in _SIZES:
        if octets >= unit:
            amount = Decimal(octets) / unit
            return f"{number(amount, lang, 0 if amount >= 100 else 1)}{NBSP}{fr if lang == 'fr' else en}"
    return f"{number(octets, lang)}{NBSP}{'octets' if lang == 'fr' else 'bytes'}"


def wait(seconds: float, lang: Lang) -> str:
    """A wait as one says it: `quelques secondes`, `environ 40 secondes`, `environ 3 minutes`."""
    if seconds < 8:
        return Text("quelques secondes", "a few seconds").said(lang)
    if seconds < 75:
        return Text("environ {n} secondes", "about {n} seconds").said(lang, n=int(-(-seconds // 10) * 10))
    minutes = round(seconds / 60)
    if minutes < 2:
        return Text("environ une minute", "about a minute").said(lang)
    return Text("environ {n} minutes", "about {n} minutes").said(lang, n=minutes)


def quoted(name: str, lang: Lang) -> str:
    """A name someone gave, between the quotation marks of the language."""
    return french_spaces(f"« {name} »") if lang == "fr" else f"“{name}”"


def figure(value: Number, unit: Unit, lang: Lang, decimals: int | None = None) -> str:
    """A figure as it is read on a screen, with its unit."""
    places = _DECIMALS.get(unit, 0) if decimals is None else decimals
    if unit is Unit.RATIO:
        return percent(value, lang, places)
    if unit is Unit.MONEY:
        return money(value, lang, places)
    plain = number(value, lang, places)
    return _SUFFIX[unit].said(lang, n=plain) if unit in _SUFFIX else plain


def cell_words(cell: Cell, unit: Unit, lang: Lang, decimals: int | None = None) -> str:
    """What a cell says in a sentence or a table: its figure, or why there is none."""
    match cell:
        case Shown(value=value):
            return figure(value, unit, lang, decimals)
        case Unknown(reason=why):
            return _REASONS[why].said(lang)
        case Withheld(reason=reason):
            return _REASONS[reason].said(lang)
        case _:
            assert_never(cell)
