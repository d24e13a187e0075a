import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.metrics.traits import CODES, TRAITS
from publicc.segments.features import FEATURES
from publicc.segments.model import Evidence, read_model
from tests.unit.segments.made_up import made_up_model


def test_a_model_read_from_its_file_is_the_same_and_writes_the_same_file() -> None:
    model = made_up_model()
    again = read_model(model.as_json())
    assert again == model
    assert again.tables == model.tables
    assert again.as_json() == model.as_json()
    assert len(model.as_json().encode()) < 50_000


def test_the_file_is_canonical_keys_sorted_numbers_to_six_decimals() -> None:
    told = made_up_model().as_json()
    assert told == json.dumps(json.loads(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert read_model(replace(made_up_model(), quality={"a": 1 / 3}).as_json()).quality == {"a": 0.333333}


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda told: told[:-40], "cannot be read"),
        (lambda told: told.replace('"assign":0.6', '"assign":0.5'), "digest"),
        (lambda told: json.dumps({**json.loads(told), "priors": [1.0]}), "profiles are missing"),
        (lambda told: json.dumps({**json.loads(told), "tables": {}}), "do not match"),
        (lambda told: json.dumps({**json.loads(told), "golden": ["age"]}), "does not have"),
        (lambda told: json.dumps({**json.loads(told), "priors": [0.5, 0.4, 0.0]}), "add up to 1"),
        (lambda told: told + " " * 50_000, "larger than 50 kB"),
        (lambda _: "[]", "cannot be read"),
    ],
)
def test_a_damaged_file_is_refused_with_the_reason(damage: Callable[[str], str], why: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_model(damage(made_up_model().as_json()))
    assert why in refused.value.sentence("en")
    assert "pôle" in refused.value.sentence("fr")


def test_agreement_of_what_was_not_measured_is_that_of_the_best_measured_part() -> None:
    model = replace(
        made_up_model(),
        evidence=(Evidence(frozenset({"party"}), 0.4), Evidence(frozenset({"party", "moment"}), 0.7)),
    )
    assert model.agreement(frozenset({"party", "moment", "channel"})) == 0.7
    assert model.agreement(frozenset({"party", "channel"})) == 0.4
    assert model.agreement(frozenset({"channel"})) == 0.0
    assert model.is_enough(frozenset({"party", "moment"}))
    assert not model.is_enough(frozenset({"party"}))


def test_naming_changes_words_alone() -> None:
    model = made_up_model()
    named = model.named({"P2": (Text("Fidèles", "Faithful"), Text("Ils reviennent.", "They return."))})
    assert [one.name.fr for one in named.classes] == ["Nom 1", "Fidèles", "Nom 3"]
    assert named.tables == model.tables
    assert named.sha256 != model.sha256


def test_every_trait_has_its_words_in_both_languages() -> None:
    assert {one.id for one in FEATURES} == set(TRAITS)
    for one in FEATURES:
        assert tuple(level.code for level in one.levels) == CODES[one.id]
        words = (one.label, one.question, *(level.label for level in one.levels))
        assert all(told.fr.strip() and told.en.strip() for told in words)
