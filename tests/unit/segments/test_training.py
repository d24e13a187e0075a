"""Training on people of planted profiles: what was planted is found, published safely, and told with its evidence."""

import importlib
import warnings
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from publicc.kernel.errors import BadInput
from publicc.segments.choosing import chosen, tried
from publicc.segments.drifting import Verdict, drift_of, read_drift
from publicc.segments.evidence import Terms, membership_advantage
from publicc.segments.fitting import adjusted_rand, design, fit, refined
from publicc.segments.learning import CAP, Settings, capped, material
from publicc.segments.matching import classes_by
from publicc.segments.model import FLOOR, SegmentModel, read_model
from publicc.segments.scoring import typed
from publicc.segments.training import trained
from tests.unit.segments.planted import SHARES, planted

with warnings.catch_warnings():  # its own documentation has a wrong escape, told when it is first compiled
    warnings.simplefilter("ignore")
    StepMix = importlib.import_module("stepmix.stepmix").StepMix

SETTINGS = Settings(draws=2, starts=6, candidates=(3, 4, 5))

FOUR = replace(SETTINGS, candidates=(4,))


@cache
def draft() -> SegmentModel:
    return trained(planted().patterns, SETTINGS, version="2026.1", created="2026-01-31")


def found_again(model: SegmentModel) -> float:
    """Adjusted Rand index of the planted profiles with those of the model, people weighted."""
    told = planted()
    classes = classes_by(model, told.patterns) + 1
    rows, columns = np.nonzero(told.people)
    return adjusted_rand(columns, classes[rows], told.people[rows, columns].astype(float))


def test_the_number_of_planted_profiles_and_their_people_are_found() -> None:
    model = draft()
    assert model.k == len(SHARES)
    assert found_again(model) >= 0.9
    assert model.priors == pytest.approx(SHARES, abs=0.03)
    assert list(model.priors) == sorted(model.priors, reverse=True)


def test_training_again_on_the_same_people_gives_the_same_file() -> None:
    again = trained(planted().patterns, SETTINGS, version="2026.1", created="2026-01-31")
    assert again.as_json() == draft().as_json()
    assert read_model(draft().as_json()) == draft()


def test_the_file_is_small_and_tells_its_evidence() -> None:
    told = draft()
    assert len(told.as_json().encode()) < 50_000
    assert [one["k"] for one in told.quality["candidates"]] == [3, 4, 5]
    assert told.quality["bootstrap"]["draws"] == 2
    assert told.quality["bootstrap"]["min"] > 0.9
    assert told.quality["without_one"]["min"] > 0.9
    assert told.training["people"] == 2500
    assert told.training["sampled"] is False


def test_six_questions_are_enough_to_type_people_kept_out() -> None:
    told = draft()
    assert told.quality["golden"]["agreement"][5] >= 0.85
    assert told.is_enough(frozenset(told.golden[:6]))
    assert not told.is_enough(frozenset())


def test_a_class_and_a_level_with_too_few_people_share_what_is_left() -> None:
    told, patterns = draft(), planted().patterns
    classes, people = classes_by(told, patterns), patterns.people
    for one in told.features:
        place = patterns.places[:, patterns.traits.index(one.id)]
        pool = np.array([people[place == at].sum() for at in range(len(one.levels))], dtype=float)
        for c in range(told.k):
            row = np.array(told.tables[one.id][c])
            weak = [at for at in range(len(row)) if people[(classes == c) & (place == at)].sum() < 40]
            assert row.min() >= FLOOR / 2
            for at in weak[1:]:
                expected = row[weak[0]] / pool[weak[0]] * pool[at]
                assert row[at] == pytest.approx(expected, rel=0.02, abs=2 * FLOOR)


def test_the_file_does_not_tell_who_was_learnt_from() -> None:
    assert membership_advantage(material(planted(8_000).patterns), 4, SETTINGS) <= 0.52


def test_every_profile_has_a_card_in_both_languages() -> None:
    for one in draft().classes:
        assert one.card.fr.startswith("Plus souvent que les autres")
        assert one.card.en.startswith("More often than others")


def stepmix_likelihood(places: NDArray[np.int8], weights: NDArray[np.float64], k: int) -> float:
    peer = StepMix(n_components=k, measurement="categorical", n_init=3, random_state=1, verbose=0, progress_bar=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer.fit(places.astype(int), sample_weight=weights)
        return float(peer.score(places.astype(int), sample_weight=weights))


@pytest.mark.parametrize(("seed", "k"), [(1, 3), (2, 4), (3, 4)])
def test_stepmix_reaches_the_same_likelihood(seed: int, k: int) -> None:
    patterns = planted(900, seed=seed).patterns
    whole = (patterns.places >= 0).all(axis=1)
    places, weights = patterns.places[whole][:, :5], patterns.people.sum(axis=1)[whole].astype(float)
    made = design(places, tuple(int(one) + 1 for one in places.max(axis=0)))
    ours = fit(made, 1000 * weights, k, starts=20, seed=1)  # so many that our smoothing weighs nothing, as in StepMix
    assert ours.likelihood == pytest.approx(stepmix_likelihood(places, weights, k), abs=1e-3)


def test_fitting_patterns_with_weights_is_fitting_rows() -> None:
    patterns = planted(900).patterns
    widths = tuple(len(patterns.codes[name]) for name in patterns.traits)
    weights = patterns.people.sum(axis=1)
    once = fit(design(patterns.places, widths), weights.astype(float), 4, starts=10, seed=1)
    rows = design(np.repeat(patterns.places, weights, axis=0), widths)
    again = refined(rows, np.ones(int(weights.sum())), once)
    assert again.likelihood == pytest.approx(once.likelihood, abs=1e-4)
    assert again.priors == pytest.approx(once.priors, abs=1e-2)


def test_the_order_of_patterns_changes_nothing() -> None:
    patterns = planted(1500).patterns
    turned = replace(patterns, places=patterns.places[::-1].copy(), people=patterns.people[::-1].copy())
    one = material(patterns)
    other = material(turned)
    assert np.array_equal(one.places, other.places)
    assert np.array_equal(one.by_organization, other.by_organization)


def test_no_organization_weighs_more_than_the_cap() -> None:
    people = np.array([[5000.0, *[100.0] * 9]])
    weights = capped(people)
    assert (people[0] * weights).max() / (people[0] * weights).sum() == pytest.approx(CAP, abs=1e-6)
    assert set(weights[1:]) == {1.0}
    two = capped(np.array([[900.0, 100.0]]))
    assert 900 * two[0] == pytest.approx(100 * two[1])


def test_a_rare_level_joins_its_neighbour_and_keeps_its_codes() -> None:
    patterns = planted().patterns
    at = patterns.traits.index("party")
    places = patterns.places.copy()
    places[:, at] = np.where(places[:, at] == 3, 2, places[:, at])
    places[0, at] = 3
    party = next(one for one in material(replace(patterns, places=places)).features if one.id == "party")
    assert [level.codes for level in party.levels] == [("1",), ("2",), ("3-4", "5+")]


def test_an_agreement_is_that_of_people_typed_with_less() -> None:
    of = material(planted().patterns)
    solution = fit(of.design, of.weights, 4, starts=10, seed=1)
    terms = Terms(of, solution)
    assert terms.agreement(terms.names) == 1.0
    assert terms.agreement([]) == pytest.approx(
        float(max(np.bincount(terms.classes(terms.names), weights=of.people)) / 2500)
    )


def test_scoring_by_the_file_is_what_training_fitted() -> None:
    told, patterns = draft(), planted().patterns
    classes = classes_by(told, patterns)
    for row in range(0, len(classes), 97):
        answers = {
            name: patterns.codes[name][place]
            for name, place in zip(patterns.traits, patterns.places[row], strict=True)
            if place >= 0
        }
        said = typed(replace(told, least_agreement=0.0), answers)
        assert said.code == (told.codes[classes[row]] if classes[row] >= 0 else None)


def test_a_new_version_keeps_the_codes_and_words_of_profiles_that_are_the_same() -> None:
    before = draft()
    after = trained(planted(seed=4).patterns, FOUR, version="2026.2", created="2027-01-31", previous=before)
    assert sorted(after.codes) == sorted(before.codes)
    assert after.migration["kept"] >= 0.95
    assert after.migration["gone"] == []
    assert after.previous == "2026.1"
    assert all(n is None or n >= 10 for row in after.migration["people"] for n in row)


def test_a_profile_that_vanishes_is_told_and_its_code_is_not_given_again() -> None:
    before = draft()
    fewer = replace(SETTINGS, candidates=(3,), largest=0.9)
    after = trained(planted().patterns, fewer, version="2026.2", created="2027-01-31", previous=before)
    assert len(after.migration["gone"]) == 1
    assert set(after.codes) < set(before.codes)
    assert after.migration["kept"] < 0.95
    again = trained(planted().patterns, FOUR, version="2026.3", created="2028-01-31", previous=after)
    assert {"P5"} == set(again.codes) - set(after.codes) or set(again.codes) - set(after.codes) <= set(before.codes)


def test_when_no_number_of_profiles_holds_it_is_said() -> None:
    of = material(planted(1000).patterns)
    narrow = Settings(draws=2, starts=4, candidates=(2,), largest=0.3)
    with pytest.raises(BadInput) as refused:
        chosen(tried(of, narrow), narrow)
    assert "No number of profiles holds" in refused.value.sentence("en")


def test_drift_is_none_on_the_same_people_and_seen_when_habits_change() -> None:
    told, patterns = draft(), planted().patterns
    same = drift_of(told, patterns)
    assert (max(same.features.values()), same.verdict) == (0.0, Verdict.STEADY)
    assert same.undetermined_now == pytest.approx(same.undetermined_then, abs=0.01)
    places = patterns.places.copy()
    places[:, patterns.traits.index("channel")] = 0
    moved = drift_of(told, replace(patterns, places=places))
    assert moved.features["channel"] > 0.25
    assert moved.features["party"] == 0.0
    assert moved.verdict == Verdict.RETRAIN
    assert read_drift(moved.told()) == moved


def test_a_model_that_no_longer_tells_many_people_is_to_be_trained_again() -> None:
    told, patterns = draft(), planted().patterns
    unknown = drift_of(told, replace(patterns, places=np.full_like(patterns.places, -1)))
    assert unknown.undetermined_now == 1.0
    assert unknown.verdict == Verdict.RETRAIN
