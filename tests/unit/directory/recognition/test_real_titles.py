"""Recognition of shows on the real titles that were judged by hand: precision and recall over pairs of titles."""

from itertools import combinations

import pytest

from publicc.directory.recognition.shows import group_titles, habits_of
from tests.real_titles import every_title, judged_titles
from tests.shared_data import needs_shared

pytestmark = [needs_shared, pytest.mark.shared]


def test_the_shows_behind_real_titles_are_recognised() -> None:
    judged = judged_titles()
    assert len(judged) >= 300, "the files no longer hold the titles that were judged"
    found = group_titles([one.label for one in judged], houses=habits_of(every_title())).group_of
    pairs = list(combinations(range(len(judged)), 2))
    said = {(a, b) for a, b in pairs if found[a] == found[b]}
    true = {(a, b) for a, b in pairs if judged[a].show == judged[b].show}
    assert len(true) >= 100
    assert len(said & true) / len(said) >= 0.98, [(judged[a].label, judged[b].label) for a, b in said - true]
    assert len(said & true) / len(true) >= 0.92, [(judged[a].label, judged[b].label) for a, b in true - said]


def test_titles_judged_one_by_one_are_the_same_whatever_the_order() -> None:
    labels = [one.label for one in judged_titles()]
    houses = habits_of(every_title())
    forward = group_titles(labels, houses=houses).group_of
    backward = group_titles(labels[::-1], houses=houses).group_of[::-1]
    assert all(
        (forward[a] == forward[b]) == (backward[a] == backward[b]) for a, b in combinations(range(len(labels)), 2)
    )
