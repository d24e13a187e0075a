"""The collective's own thresholds: stricter, never looser."""

from pathlib import Path

import pytest

from publicc.disclosure.policy import DEFAULT_POLICY, ReleaseRefused
from publicc.kernel.errors import BadInput
from publicc.releases.policies import policy_in_force
from publicc.store.home import Home


def in_force(folder: Path, content: str) -> object:
    (folder / "policy.toml").write_text(content, encoding="utf-8")
    return policy_in_force(Home(folder))


def test_without_a_file_the_floor_is_in_force(tmp_path: Path) -> None:
    assert policy_in_force(Home(tmp_path)) == DEFAULT_POLICY


def test_a_stricter_threshold_is_taken_and_the_others_keep_the_floor(tmp_path: Path) -> None:
    policy = in_force(tmp_path, 'version = "pole-1"\n[persons]\nk = 15\n')
    assert policy.persons.k == 15  # type: ignore[attr-defined]
    assert policy.money == DEFAULT_POLICY.money  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "content", ["[persons]\nk = 3", "[money]\np = 0.1", "[public_money]\ncoalition = 1", "[public_persons]\nk = 10"]
)
def test_a_looser_one_is_refused_and_says_which(tmp_path: Path, content: str) -> None:
    with pytest.raises(ReleaseRefused, match="laxer") as refused:
        in_force(tmp_path, f'version = "pole-1"\n{content}\n')
    assert content.split("\n")[1].split(" =", maxsplit=1)[0] in str(refused.value.found)


@pytest.mark.parametrize(
    "content",
    [
        "version = ",
        "[persons]\nk = 15",
        f'version = "{DEFAULT_POLICY.version}"\n[persons]\nk = 15',
        'version = "pole-1"\n[persons]\nneighbours = 4',
        'version = "pole-1"\n[persons]\nk = "ten"',
        'version = "pole-1"\npersons = 3',
        'version = "pole-1"\n[strangers]\nk = 15',
    ],
)
def test_a_file_that_means_nothing_is_said(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadInput, match="policy"):
        in_force(tmp_path, content)
