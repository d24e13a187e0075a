"""Rounding comes last, after suppression; what leaves is never finer."""

from decimal import ROUND_HALF_UP, Decimal


def rounded_count(count: int, base: int) -> int:
    """The nearest multiple of `base`, halves upwards: with 5, the error is 2 at most."""
    return base * ((count + base // 2) // base)


def significant(value: Decimal, digits: int) -> Decimal:
    """`value` with that many significant digits, halves away from zero."""
    if not value:
        return Decimal(0)
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def count_interval(shown: int, base: int) -> tuple[int, int]:
    """The counts that `rounded_count` shows as `shown`: what any reader knows."""
    return shown - base // 2, shown + (base - 1) - base // 2


def significant_interval(shown: Decimal, digits: int) -> tuple[Decimal, Decimal]:
    """The non-negative values that `significant` shows as `shown`; finer just below a power of ten."""
    if not shown:
        return Decimal(0), Decimal(0)
    step = Decimal(1).scaleb(shown.adjusted() - digits + 1)
    below = step / 10 if shown == Decimal(1).scaleb(shown.adjusted()) else step
    return shown - below / 2, shown + step / 2


def share_in_steps(part: int, whole: int) -> float:
    """The share of two rounded counts, in steps of 5 %; 0.05 stands for that or less, 0.95 for that or more."""
    return min(19, max(1, (40 * part + whole) // (2 * whole))) / 20
