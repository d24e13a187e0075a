"""Raking and what figures may be off by: the worked examples, a published package, and the cover of intervals."""

import ipfn.ipfn
import numpy as np
import pandas as pd
import pytest

from publicc.surveys.results.estimates import margin_of_error, mean, net_recommendation, share, wilson
from publicc.surveys.results.weighting import Margin, effective_n, joined, rake, unweighted, weigh


def margin(name: str, codes: list[int] | np.ndarray, targets: list[float]) -> Margin:
    return Margin(name, np.asarray(codes, dtype=np.int64), np.asarray(targets))


RAKE_1 = (
    margin("visit", [0, 0, 1, 1, 1, 1], [0.5, 0.5]),
    margin("distance", [0, 1, 0, 0, 0, 1], [0.6, 0.4]),
)


def test_the_worked_example_of_raking() -> None:
    weights, _, agrees = rake(np.ones(6), RAKE_1)
    assert agrees
    assert weights[[0, 1, 2, 5]] == pytest.approx([1.4153, 1.5847, 0.7282, 0.8153], abs=5e-5)
    satisfied = share(np.array([1.0, 0, 1, 1, 0, 1]), weights)
    assert satisfied.value == pytest.approx(0.615, abs=5e-4)
    assert satisfied.n_eff == pytest.approx(5.32, abs=5e-3)


@pytest.mark.parametrize("seed", range(5))
def test_raking_agrees_with_a_published_package(seed: int) -> None:
    chance = np.random.default_rng(seed)
    codes = [chance.integers(0, k, 1_000) for k in (2, 5, 3)]
    targets = [chance.dirichlet(np.full(k, 8.0)) for k in (2, 5, 3)]
    ours, _, agrees = rake(
        np.ones(1_000), [margin(str(n), c, t) for n, (c, t) in enumerate(zip(codes, targets, strict=True))]
    )
    table = pd.DataFrame({"a": codes[0], "b": codes[1], "c": codes[2], "total": 1.0})
    wanted = [pd.Series(t * 1_000, index=pd.Index(range(len(t)), name=n)) for n, t in zip("abc", targets, strict=True)]
    theirs = ipfn.ipfn.ipfn(table, wanted, [["a"], ["b"], ["c"]], convergence_rate=1e-12, max_iteration=500).iteration()
    assert agrees
    assert np.abs(ours - theirs["total"].to_numpy()).max() < 1e-6
    assert effective_n(ours) == pytest.approx(effective_n(theirs["total"].to_numpy()), rel=1e-6)


def test_margins_that_contradict_each_other_leave_everyone_for_one() -> None:
    alike = [0] * 20 + [1] * 20
    told = weigh(40, [margin("a", alike, [0.5, 0.5]), margin("b", alike, [0.9, 0.1])])
    assert not told.agrees
    assert set(told.values) == {1.0}


def test_a_category_with_few_or_no_respondents_is_joined_to_its_neighbour() -> None:
    small = joined(margin("km", [0] * 30 + [1] * 4 + [2] * 30, [0.2, 0.3, 0.5]))
    assert len(small.targets) == 2
    assert small.targets.sum() == pytest.approx(1)
    empty = joined(margin("km", [0] * 30 + [2] * 30, [0.2, 0.3, 0.5]))
    assert len(empty.targets) == 2
    never = joined(margin("km", [0] * 30 + [1] * 30, [1.0, 0.0]))
    assert len(never.targets) == 1


def test_nobody_and_margins_that_say_nothing_weigh_one() -> None:
    assert weigh(5, [margin("visit", [0, 1, 0, 1, 1], [0.5, 0.5])]).margins == ()
    assert unweighted(0).design_effect == 1.0
    assert effective_n(np.array([])) == 0.0


def test_those_who_did_not_say_keep_out_of_a_margin() -> None:
    codes = [0] * 60 + [1] * 20 + [-1] * 20
    told = weigh(100, [margin("visit", codes, [0.5, 0.5])])
    assert told.values[:60].sum() == pytest.approx(told.values[60:80].sum())
    assert told.values.mean() == pytest.approx(1)
    assert told.design_effect > 1


def test_extreme_weights_are_trimmed_and_the_share_told() -> None:
    told = weigh(200, [margin("visit", [0] * 190 + [1] * 10, [0.5, 0.5])])
    assert told.trimmed_share == pytest.approx(0.05)


def test_the_worked_examples_of_certainty() -> None:
    assert effective_n(np.array([1.0, 1, 1, 1, 2, 2])) == pytest.approx(5.33, abs=0.005)
    assert [round(100 * margin_of_error(n), 1) for n in (380, 100, 30)] == [5.0, 9.8, 17.9]
    assert round(100 * margin_of_error(380, frame=2_000), 1) == 4.5
    assert margin_of_error(0) == 1.0
    marks = np.array([10.0, 9, 9, 8, 7, 5])
    assert net_recommendation(marks, np.ones(6)).value == pytest.approx(33.33, abs=0.005)
    assert mean(marks, np.ones(6)).value == pytest.approx(8.0)
    assert mean(np.array([]), np.array([])).n == 0


@pytest.mark.parametrize("ratio", [0.1, 0.35, 0.5])
def test_the_interval_of_a_share_covers_as_it_says(ratio: float) -> None:
    held = np.random.default_rng(8).binomial(120, ratio, 10_000)
    ends = {int(k): wilson(k / 120, 120) for k in np.unique(held)}
    covered = np.mean([ends[int(k)][0] <= ratio <= ends[int(k)][1] for k in held])
    assert 0.935 <= covered <= 0.965


def test_a_share_of_nobody_may_be_anything() -> None:
    assert wilson(0.0, 0) == (0.0, 1.0)
    nobody = share(np.array([]), np.array([]))
    assert nobody.is_hidden
    assert not share(np.ones(12), np.ones(12)).is_hidden
    assert share(np.ones(12), np.ones(12)).is_fragile
    assert share(np.ones(60), np.ones(60)).needs_caution
