"""Occupancy against the number of performances of the day. Least squares by normal equations, in exact fractions."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tests.properties.oracle.rows import NO_BASE, Figure, Performance, Rows, Table, crowd, median_of, middle, over
from tests.properties.oracle.supply import _admissions, _eligible

_CROWDS = ("1-2", "3-5", "6-10", "11-15", "16+")
Matrix = list[list[Fraction]]


def _in_person(rows: Rows) -> list[Performance]:
    return [p for p in rows.pf if p.in_person]


def _known(rows: Rows) -> bool:
    return not _in_person(rows) or any(p.same_day is not None for p in _in_person(rows))


def same_day_count(rows: Rows) -> Figure:
    return median_of((p.same_day for p in _in_person(rows) if p.same_day is not None), supplied=_known(rows))


def occupancy_by_crowding(rows: Rows) -> Table:
    found: Table = {}
    for name in _CROWDS:
        pe = [p for p in _eligible(rows) if p.same_day is not None and crowd(p.same_day) == name]
        admissions = sum(_admissions(rows, p) for p in pe)
        found[name,] = over(admissions, sum(p.capacity or 0 for p in pe), len(pe), supplied=_known(rows))
    return found


def crowded_day_share(rows: Rows) -> Figure:
    days = {p.starts_on for p in _in_person(rows) if p.same_day is not None}
    crowded = {p.starts_on for p in _in_person(rows) if p.same_day is not None and p.same_day > 10}
    return over(len(crowded), len(days), supplied=_known(rows))


def _houses(rows: Rows) -> list[Performance]:
    return [p for p in _eligible(rows) if p.same_day]


def _controls(houses: Sequence[Performance]) -> Matrix:
    """The constant, and marks of venue, discipline, weekday and month but the first of each."""
    told = [
        (p.venue or "UNKNOWN", p.discipline or "UNKNOWN", p.starts_on.isoweekday(), p.starts_on.month) for p in houses
    ]
    columns = [(at, value) for at in range(4) for value in sorted({one[at] for one in told}, key=str)[1:]]
    return [[Fraction(1), *(Fraction(one[at] == value) for at, value in columns)] for one in told]


def _solved(columns: Matrix, values: Sequence[Fraction], weights: Sequence[int]) -> tuple[list[Fraction], list[bool]]:
    """Weighted least squares by elimination: the solution, and which columns add something to those before them."""
    size = len(columns[0]) if columns else 0
    table = [
        [sum((w * row[i] * row[j] for row, w in zip(columns, weights, strict=True)), Fraction()) for j in range(size)]
        + [sum((w * row[i] * v for row, v, w in zip(columns, values, weights, strict=True)), Fraction())]
        for i in range(size)
    ]
    told = []
    for at in range(size):
        told.append(table[at][at] != 0)
        if table[at][at]:
            for other in range(size):
                if other != at:
                    times = table[other][at] / table[at][at]
                    table[other] = [a - times * b for a, b in zip(table[other], table[at], strict=True)]
    return [table[i][size] / table[i][i] if told[i] else Fraction() for i in range(size)], told


def _occupancies(rows: Rows, houses: Iterable[Performance]) -> list[Fraction]:
    return [Fraction(_admissions(rows, p), p.capacity or 1) for p in houses]


def occupancy_by_crowding_adjusted(rows: Rows) -> Table:
    """Controls first, then a mark for each bin but the first: its step from there, at the usual mix of the rest."""
    houses = _houses(rows)
    bins = sorted({crowd(p.same_day or 0) for p in houses})
    weights = [p.capacity or 0 for p in houses]
    controls = _controls(houses)
    columns = [
        [*mine, *(Fraction(crowd(p.same_day or 0) == name) for name in bins[1:])]
        for p, mine in zip(houses, controls, strict=True)
    ]
    found, told = _solved(columns, _occupancies(rows, houses), weights)
    wide = len(controls[0]) if controls else 0
    if not houses or not all(told[wide:]):
        return dict.fromkeys([(name,) for name in _CROWDS], NO_BASE)
    level = sum(
        (w * sum((a * b for a, b in zip(row, found[:wide], strict=True)), Fraction())
         for row, w in zip(controls, weights, strict=True)), Fraction(),
    ) / sum(weights)  # fmt: skip
    steps = dict(zip(bins, (Fraction(), *found[wide:]), strict=True))
    counts = {name: sum(1 for p in houses if crowd(p.same_day or 0) == name) for name in _CROWDS}
    return {(name,): (level + steps[name], counts[name]) if name in steps else NO_BASE for name in _CROWDS}


def _best_break(rows: Rows) -> tuple[int, Fraction, Fraction] | None:
    """c of least squared error, β₂ and β₁; the first of equals. None when no candidate can be told from a line."""
    houses = _houses(rows)
    if len(houses) < 6:
        return None
    crowds = [Fraction(p.same_day or 0) for p in houses]
    first, last = (Fraction(middle(crowds, share) or 0) for share in (Fraction(1, 10), Fraction(9, 10)))
    weights, occupancies = [p.capacity or 0 for p in houses], _occupancies(rows, houses)
    best: tuple[Fraction, int, Fraction, Fraction] | None = None
    for c in range(-(-first.numerator // first.denominator), last.numerator // last.denominator + 1):
        columns = [[*mine, n, max(Fraction(), n - c)] for mine, n in zip(_controls(houses), crowds, strict=True)]
        found, told = _solved(columns, occupancies, weights)
        if not (told[-1] and told[-2]):
            continue
        error = sum(
            (w * (v - sum((a * b for a, b in zip(row, found, strict=True)), Fraction())) ** 2
             for row, v, w in zip(columns, occupancies, weights, strict=True)), Fraction(),
        )  # fmt: skip
        if best is None or error < best[0]:
            best = (error, c, found[-1], found[-2])
    return None if best is None else best[1:]


def crowding_break(rows: Rows) -> Table:
    """What the whole of the rows says. The draws are chance: the tests of `crowding` judge them."""
    found = _best_break(rows)
    if found is None:
        return {("break",): NO_BASE, ("slope",): NO_BASE}
    _, slope, below = found
    n = len(_houses(rows))
    return {("slope",): (slope, n), ("slope_below",): (below, n)}
