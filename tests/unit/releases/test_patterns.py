"""What training may read of the pool: counts by pattern, of organizations that agree, when there is enough."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from publicc.kernel.errors import BadInput
from publicc.metrics.traits import TRAITS
from publicc.releases.consent import EVERYONE, Consent
from publicc.releases.patterns import training_patterns
from tests.unit.releases.pool import write_pool

LATER = date(2020, 6, 1)


def test_each_person_counts_once_at_one_organization(tmp_path: Path) -> None:
    told = training_patterns(write_pool(tmp_path, houses=6, persons=700), EVERYONE, LATER)
    assert told.traits == TRAITS
    assert told.people.shape == (len(told.places), 6)
    assert told.total == 700
    assert len(np.unique(told.places, axis=0)) == len(told.places)
    organizations = told.places[:, TRAITS.index("organizations")]
    assert set(organizations) == {0, 1, 2}


def test_organizations_that_do_not_agree_are_not_read(tmp_path: Path) -> None:
    folder = write_pool(tmp_path, houses=7, persons=1200)
    agreed = Consent(frozenset(f"house-{n:02}" for n in range(6)), frozenset())
    told = training_patterns(folder, agreed, LATER)
    assert told.people.shape[1] == 6
    assert told.total < training_patterns(folder, EVERYONE, LATER).total


@pytest.mark.parametrize(
    ("houses", "persons", "on", "why"),
    [
        (1, 900, LATER, "Too few organizations"),
        (4, 900, LATER, "4 with buyers, 5 are needed"),
        (6, 60, LATER, "Too few people"),
        (6, 900, date(2018, 12, 31), "history is too short"),
        (6, 900, date(2017, 12, 31), "Too few organizations"),
    ],
)
def test_too_little_is_refused_with_what_is_missing(
    tmp_path: Path, houses: int, persons: int, on: date, why: str
) -> None:
    with pytest.raises(BadInput) as refused:
        training_patterns(write_pool(tmp_path, houses=houses, persons=persons), EVERYONE, on)
    assert why in refused.value.sentence("en")
