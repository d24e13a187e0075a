"""The wall of identity: only intake and harmonise open a vault."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def contracts_of(checkout: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", "--contract", "identity"],
        cwd=checkout,
        env={"PYTHONPATH": str(checkout), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "publicc", tmp_path / "publicc", ignore=shutil.ignore_patterns("__pycache__", "data", "static")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_project_respects_the_wall(copy: Path) -> None:
    assert contracts_of(copy).returncode == 0


@pytest.mark.parametrize("trespasser", ["collective/trespass.py", "cli/trespass.py", "config/trespass.py"])
def test_who_opens_a_vault_from_elsewhere_is_caught(copy: Path, trespasser: str) -> None:
    (copy / "publicc" / trespasser).write_text("from publicc.store.vaults import open_vault\n")
    found = contracts_of(copy)
    assert found.returncode == 1
    assert "publicc.store.vaults" in found.stdout
