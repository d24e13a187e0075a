import pytest

from publicc.metrics.rules import (
    Share,
    Trend,
    change_of_share,
    clear_change_of_amount,
    clear_change_of_share,
    median_interval,
    quantile,
    trend,
    wilson,
)


def test_diff_1_the_wilson_interval_of_45_in_120() -> None:
    found = wilson(45 / 120, 120)
    assert (round(found.low * 100, 1), round(found.high * 100, 1)) == (29.4, 46.4)
    assert 0.41 in found


def test_an_interval_never_leaves_0_to_1() -> None:
    assert (wilson(0, 5).low, wilson(1, 5).high) == (0, 1)


@pytest.mark.parametrize("refused", [lambda: wilson(0, 0), lambda: quantile([], 0.5), lambda: median_interval([1], 0)])
def test_nothing_has_no_interval(refused) -> None:
    with pytest.raises(ValueError, match="no"):
        refused()


def test_a_median_interval_narrows_with_orders() -> None:
    wide, narrow = median_interval(range(101), 4), median_interval(range(101), 100)
    assert (round(wide.low, 9), wide.high) == (1, 99)
    assert (round(narrow.low, 1), round(narrow.high, 1)) == (40.2, 59.8)


def test_shares_differ_clearly_when_zero_is_outside_the_interval() -> None:
    assert clear_change_of_share(Share(0.4, 1000), Share(0.5, 1000))
    assert not clear_change_of_share(Share(0.4, 100), Share(0.45, 100))
    assert change_of_share(Share(0.5, 100), Share(0.5, 100)).high == pytest.approx(0.1386, abs=1e-4)


def test_amounts_differ_clearly_beyond_5_percent() -> None:
    assert clear_change_of_amount(100, 106)
    assert not clear_change_of_amount(100, 95)


@pytest.mark.parametrize(
    ("values", "clear", "expected"),
    [
        ((70, 72, 71, 76), True, Trend.UP),
        ((76, 71, 72, 70), True, Trend.DOWN),
        ((70, 72, 71, 76), False, Trend.UNCLEAR),
        ((70, 69, 68, 76), True, Trend.UNCLEAR),
        ((70, 72, 70), True, Trend.UNCLEAR),
        ((70, 72), True, None),
    ],
)
def test_trend_1_up_or_down_with_at_most_one_step_the_other_way(values, clear, expected) -> None:
    assert trend(values, clear=clear) == expected
