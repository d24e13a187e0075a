"""How figures, money and dates are written in each language: `1 234,50 $`, `$1,234.50`, `78,8 %`.

Rounding happens here and nowhere else, half away from zero. The rules of each locale come from Babel (Unicode CLDR).
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, assert_never

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from publicc.kernel.cells import Cell, Number, Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.text import Lang, Text

LOCALES: Final[dict[Lang, str]] = {"fr": "fr_CA", "en": "en_CA"}
MINUS: Final = "\u2212"


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
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Number, lang: Lang, decimals: int = 0) -> str:
    """`12 450` or `12,450`."""
    text: str = format_decimal(rounded(value, decimals), format=_pattern(decimals), locale=LOCALES[lang])
    return text.replace("-", MINUS)


def percent(ratio: Number, lang: Lang, decimals: int = 1) -> str:
    """`78,8 %` or `78.8%` for the ratio 0.788."""
    text: str = format_percent(
        rounded(ratio, decimals + 2),
        format=_pattern(decimals) + ("\u00a0%" if lang == "fr" else "%"),
        locale=LOCALES[lang],
    )
    return text.replace("-", MINUS)


def money(dollars: Number, lang: Lang, decimals: int = 2) -> str:
    """`1 234,50 $` or `$1,234.50`."""
    pattern = _pattern(decimals) + "\u00a0¤" if lang == "fr" else "¤" + _pattern(decimals)
    text: str = format_currency(
        rounded(dollars, decimals), "CAD", format=pattern, locale=LOCALES[lang], currency_digits=False
    )
    return text.replace("-", MINUS)


def day(when: date, lang: Lang) -> str:
    """`16 février 2026` or `February 16, 2026`."""
    return str(format_date(when, "long", locale=LOCALES[lang]))


def short_day(when: date, lang: Lang) -> str:
    """`16 févr. 2026` or `Feb. 16, 2026`."""
    return str(format_date(when, "medium", locale=LOCALES[lang]))


def month(when: date, lang: Lang) -> str:
    """`février 2026` or `February 2026`."""
    return str(format_date(when, "MMMM yyyy", locale=LOCALES[lang]))


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


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
