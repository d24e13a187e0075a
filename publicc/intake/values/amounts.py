"""How the amounts of a column are written: decided once for the column, from all its cells, never cell by cell."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from publicc.intake.values.cell_shapes import bare_number, is_number
from publicc.intake.values.forms import MoneyForm

_GROUPED: Final = re.compile(r"^\d{1,3}[.,]\d{3}$")
_CENTS: Final = frozenset({0, 25, 50, 75, 95, 99})


def money_form(values: Mapping[str, int]) -> MoneyForm | None:
    """The form of the numbers among `values` (cell → how often), None when there is no number.

    A separator that occurs with the other one, twice, or before other than three digits says what it is for the whole
    column. `1,234` alone everywhere stays ambiguous and is read as a thousand; `1.234` as a number with three decimals.
    """
    numbers = {value: n for value, n in values.items() if is_number(value)}
    if not numbers:
        return None
    votes: Counter[str] = Counter()
    currencies: Counter[str] = Counter()
    unclear = False
    for value, n in numbers.items():
        bare, currency = bare_number(value)
        if currency:
            currencies[currency] += n
        digits = bare.strip("()+-")
        decimal = decimal_mark(digits)
        if decimal:
            votes[decimal] += n
        unclear = unclear or (decimal is None and bool(_GROUPED.match(digits)))
    return MoneyForm(
        decimal="either" if votes[","] and votes["."] else next(iter(votes), "."),
        currency=currencies.most_common(1)[0][0] if currencies else None,
        ambiguous=not votes and unclear,
        minor_units_suspected=_looks_like_cents(numbers),
    )


def decimal_mark(digits: str) -> str | None:
    """The decimal mark that a bare number proves: `,` or `.`; None when it proves nothing."""
    commas, dots = digits.count(","), digits.count(".")
    if commas and dots:
        return "," if digits.rindex(",") > digits.rindex(".") else "."
    if commas > 1:
        return "."
    if dots > 1:
        return ","
    if (commas or dots) and not _GROUPED.match(digits):
        return "," if commas else "."
    return None


def _looks_like_cents(numbers: Mapping[str, int]) -> bool:
    """Whole numbers, large, that nearly all end like prices in cents: 3500, 2799."""
    if not all(value.isdigit() for value in numbers):
        return False
    amounts = [int(value) for value in numbers for _ in range(min(numbers[value], 50))]
    large = sorted(amounts)[len(amounts) // 2] >= 1000
    return large and sum(amount % 100 in _CENTS for amount in amounts) >= 0.9 * len(amounts)
