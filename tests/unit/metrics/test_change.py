"""Effects of the factors of a product: they add up, whatever the order, and nothing is invented from a zero."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicc.metrics.change import effects, logarithmic_mean

FACTORS = st.lists(st.floats(0.01, 1e5), min_size=1, max_size=4)


def test_change_1_more_performances_fuller_and_dearer() -> None:
    found = effects((10, 100, 0.60, 40), (12, 100, 0.65, 42))
    assert found is not None
    assert [round(one) for one in found] == [5133, 0, 2253, 1374]
    assert sum(found) == pytest.approx(32_760 - 24_000)


@given(FACTORS, st.data())
def test_effects_add_up_to_the_difference_and_have_the_sign_of_their_factor(
    before: list[float], data: st.DataObject
) -> None:
    now = data.draw(st.lists(st.floats(0.01, 1e5), min_size=len(before), max_size=len(before)))
    found = effects(before, now)
    assert found is not None
    whole = max(math.prod(before), math.prod(now))
    assert sum(found) == pytest.approx(math.prod(now) - math.prod(before), abs=1e-6 * whole)
    assert all(effect * (b - a) >= 0 for effect, a, b in zip(found, before, now, strict=True))


def test_a_factor_of_zero_explains_nothing() -> None:
    assert effects((0, 5), (3, 5)) is None


def test_equal_numbers_are_their_own_mean() -> None:
    assert logarithmic_mean(7.0, 7.0) == 7.0
