from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal, format_percent

from publicc.kernel import formats
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.formats import Unit, cell_words, day, figure, money, month, number, rounded, short_day
from publicc.kernel.text import Lang

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "fr", "en"),
    [
        (12450, Unit.COUNT, f"12{NB}450", "12,450"),
        (0.7875, Unit.RATIO, f"78,8{NB}%", "78.8%"),
        (1234.5, Unit.MONEY, f"1{NB}234,50{NB}$", "$1,234.50"),
        (-0.049, Unit.RATIO, f"−4,9{NB}%", "−4.9%"),
        (-640, Unit.COUNT, "−640", "−640"),
        (15.747, Unit.KM, f"15,7{NB}km", f"15.7{NB}km"),
        (8, Unit.DAYS, f"8{NB}j", f"8{NB}d"),
        (20, Unit.PER_THOUSAND, f"20,0{NB}pour{NB}1{NB}000", f"20.0{NB}per{NB}1,000"),
        (1.4, Unit.PLAIN, "1,40", "1.40"),
    ],
)
def test_a_figure_is_written_as_its_reader_writes(value: float, unit: Unit, fr: str, en: str) -> None:
    assert (figure(value, unit, "fr"), figure(value, unit, "en")) == (fr, en)


def test_rounding_is_half_away_from_zero() -> None:
    assert [rounded(v, 0) for v in (0.5, 1.5, 2.5, -2.5)] == [Decimal(1), Decimal(2), Decimal(3), Decimal(-3)]
    assert number(Decimal("62.5"), "fr") == "63"


@pytest.mark.parametrize(
    ("lang", "long", "short", "of_month"),
    [
        ("fr", "16 février 2026", f"16{' '}févr. 2026", "février 2026"),
        ("en", "February 16, 2026", "Feb 16, 2026", "February 2026"),
    ],
)
def test_dates_are_said_in_words(lang: Lang, long: str, short: str, of_month: str) -> None:
    when = date(2026, 2, 16)
    assert (day(when, lang), short_day(when, lang).replace("Feb.", "Feb"), month(when, lang)) == (long, short, of_month)


def test_money_keeps_its_minus_before_the_figure() -> None:
    assert money(Decimal("-5.00"), "fr") == f"−5,00{NB}$"


@pytest.mark.parametrize(
    ("cell", "fr"),
    [
        (Shown(0.5, n=4), f"50,0{NB}%"),
        (Unknown(UnknownReason.NO_DATA, "capacity"), "aucune donnée"),
        (Unknown(UnknownReason.NO_BASE), "sans objet"),
        (Withheld(WithheldReason.PERSONS), f"masqué{NB}: moins de 10"),
    ],
)
def test_a_cell_says_its_figure_or_why_there_is_none(cell: Cell, fr: str) -> None:
    assert cell_words(cell, Unit.RATIO, "fr") == fr


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "value", [0, -0.0, 0.5, 1, -1, 12.345, 999.995, 1000, -1234.5, 9999.995, 1234567.891, Decimal("-0.004"), 1e9]
)
def test_figures_are_written_as_the_rules_of_the_locale_say(value: float | Decimal, decimals: int, lang: Lang) -> None:
    locale, pattern = formats.LOCALES[lang], "#,##0" + ("." + "0" * decimals if decimals else "")
    exact = formats.rounded(value, decimals)
    share = formats.rounded(value, decimals + 2)
    sign = "\u00a0%" if lang == "fr" else "%"
    dollars = f"{pattern}\u00a0¤" if lang == "fr" else f"¤{pattern}"
    assert formats.number(value, lang, decimals) == _minus(format_decimal(exact, pattern, locale))
    assert formats.percent(value, lang, decimals) == _minus(format_percent(share, pattern + sign, locale))
    told = format_currency(exact, "CAD", dollars, locale, currency_digits=False)
    assert formats.money(value, lang, decimals) == _minus(told)


def _minus(text: str) -> str:
    return text.replace("-", formats.MINUS)
