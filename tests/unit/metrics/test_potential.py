"""The regression of potential households: counted again in plain Python, each area truly left out."""

import math
import random

import pytest

from publicc.metrics.potential import Area, Expected, fitted, growth_ceiling

Rows = list[list[float]]


def areas(n: int = 30, *, slope: float = 0.6, noise: float = 0.1, seed: int = 7) -> list[Area]:
    """Areas whose reach grows with their first variable; the second means nothing, the third never varies."""
    chance = random.Random(seed)
    made = []
    for at in range(n):
        first, second = chance.gauss(0, 1), chance.gauss(0, 1)
        homes = chance.randint(800, 6000)
        rate = 0.03 * math.exp(slope * first + noise * chance.gauss(0, 1))
        made.append(Area(f"H{at}", homes, round(rate * homes), (first, second, 4.0)))
    return made


def solved(table: Rows, right: list[float]) -> list[float]:
    """Gaussian elimination with the largest pivot."""
    rows = [[*row, value] for row, value in zip(table, right, strict=True)]
    for at in range(len(rows)):
        best = max(range(at, len(rows)), key=lambda one: abs(rows[one][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for other in range(len(rows)):
            if other != at:
                share = rows[other][at] / rows[at][at]
                rows[other] = [a - share * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[-1] / row[at] for at, row in enumerate(rows)]


def model(known: list[Area]) -> list[float]:
    """Poisson regression on the two variables that vary, as they are: standardizing changes no prediction."""
    x = [[1.0, *one.known[:2]] for one in known]
    beta = [math.log(sum(one.reached for one in known) / sum(one.households for one in known)), 0.0, 0.0]
    for _ in range(50):
        mu = [
            one.households * math.exp(sum(b * v for b, v in zip(beta, row, strict=True)))
            for one, row in zip(known, x, strict=True)
        ]
        slope = [sum((one.reached - m) * row[j] for one, m, row in zip(known, mu, x, strict=True)) for j in range(3)]
        curve = [[sum(m * row[i] * row[j] for m, row in zip(mu, x, strict=True)) for j in range(3)] for i in range(3)]
        beta = [b + step for b, step in zip(beta, solved(curve, slope), strict=True)]
    return beta


def mean(one: Area, beta: list[float]) -> float:
    return one.households * math.exp(beta[0] + beta[1] * one.known[0] + beta[2] * one.known[1])


def test_every_area_is_predicted_from_all_the_others() -> None:
    known = areas()
    found = fitted(known)
    assert found is not None
    whole = [mean(one, model(known)) for one in known]
    dispersion = sum((one.reached - mu) ** 2 / mu for one, mu in zip(known, whole, strict=True)) / (len(known) - 3)
    assert found.dispersion == pytest.approx(dispersion)
    for at in (0, 11, 29):
        apart = mean(known[at], model([one for one in known if one is not known[at]]))
        assert found.expected[at].middle == pytest.approx(apart)
        assert found.expected[at].high == pytest.approx(apart + 1.28 * math.sqrt(dispersion * apart))


def test_a_reach_that_follows_the_census_is_explained_and_one_that_does_not_is_not() -> None:
    strong, weak = fitted(areas()), fitted(areas(slope=0.0, noise=0.5))
    assert strong is not None
    assert weak is not None
    assert strong.strong
    assert strong.explained > 0.8
    assert not weak.strong


def test_too_few_areas_or_nobody_reached_gives_no_model() -> None:
    assert fitted(areas(12)) is None
    nobody = [Area(one.code, one.households, 0, one.known) for one in areas()]
    assert fitted(nobody) is None


def test_the_order_of_areas_changes_nothing() -> None:
    known = areas()
    one, other = fitted(known), fitted(known[::-1])
    assert one is not None
    assert other is not None
    for here, there in zip(one.expected, other.expected[::-1], strict=True):
        assert (here.low, here.middle, here.high) == pytest.approx((there.low, there.middle, there.high))


def test_an_area_left_behind_is_where_growth_lies() -> None:
    known = areas(noise=0.0)
    behind = Area(known[3].code, known[3].households, known[3].reached // 4, known[3].known)
    found = fitted([*known[:3], behind, *known[4:]])
    assert found is not None
    gaps = {one.area.code: one.gap_per_thousand(one.low) for one in found.expected}
    assert max(gaps, key=lambda code: gaps[code]) == behind.code
    assert gaps[behind.code] > 0
    missing = sum(max(0.0, one.middle - one.area.reached) for one in found.expected)
    assert growth_ceiling(found) == pytest.approx(missing / sum(one.area.reached for one in found.expected))
    assert growth_ceiling(found, "low") < growth_ceiling(found) < growth_ceiling(found, "high")


def test_a_gap_is_never_under_nothing() -> None:
    assert Expected(Area("H1A", 1000, 50, ()), 10, 20, 30).gap_per_thousand(30) == 0


def test_a_variable_that_repeats_another_changes_no_prediction() -> None:
    known = areas()
    twice = [Area(one.code, one.households, one.reached, (*one.known, one.known[0])) for one in known]
    alone, repeated = fitted(known), fitted(twice)
    assert alone is not None
    assert repeated is not None
    for here, there in zip(alone.expected, repeated.expected, strict=True):
        assert here.middle == pytest.approx(there.middle)
