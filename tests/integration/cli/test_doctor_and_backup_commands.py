"""`doctor`, `backup`, `restore` as a person types them, on one small installation."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault


def publicc(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    told = {"PUBLICC_HOME": str(home), "PUBLICC_LANG": "en", "PUBLICC_BACKUPS": str(home.parent / "backups"), **more}
    return subprocess.run(
        [sys.executable, "-m", "publicc", *arguments],
        env=os.environ | told, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_installation_is_looked_at_carried_away_and_brought_back(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with open_vault(home, KeyRing.open(home), "opera") as vault:
        vault.execute("CREATE TABLE kept AS SELECT 1 AS one")
    made = publicc(home.root, "backup", "--with-master-key", "--json")
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert told["organizations"] == ["opera"]

    looked = publicc(home.root, "doctor", "--json")
    checks = {one["id"]: one for one in json.loads(looked.stdout)["checks"]}
    assert looked.returncode == 0, looked.stdout
    assert checks["vaults"]["state"] == checks["trail"]["state"] == checks["backup"]["state"] == "GOOD"
    assert all(one.get("do") for one in checks.values() if one["state"] != "GOOD")

    back = publicc(tmp_path / "new", "restore", str(tmp_path / "backups"), "--json")
    assert back.returncode == 0, back.stderr
    assert json.loads(back.stdout)["restored"] is True

    (tmp_path / "new" / "vaults" / "opera.duckdb").write_bytes(b"damaged")
    again = publicc(tmp_path / "new", "doctor")
    assert again.returncode == 1
    assert "Vaults that do not open: 1" in again.stdout
    assert "→" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("restore", "nowhere"), "No whole backup here."),
        (("backup",), "There is nothing to back up here."),
    ],
)
def test_a_mistake_is_one_clear_sentence(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = publicc(tmp_path / "empty", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
