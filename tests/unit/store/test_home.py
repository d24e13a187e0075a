import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publicc.kernel.errors import Broken
from publicc.store.home import Home, private_folder, sweep


def test_the_home_is_the_folder_that_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "données"))
    home = Home.from_environment()
    assert home.root == tmp_path / "données"
    assert home.control_database.parent == home.reports.parent == home.root


def test_folders_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_home_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Broken, match="cannot be made"):
        private_folder(tmp_path / "file" / "home")


def test_a_working_folder_goes_when_its_block_ends(tmp_path: Path) -> None:
    with Home(tmp_path).working_folder("intake") as folder:
        (folder / "rows.csv").write_text("x")
    assert not folder.exists()


def test_a_working_folder_goes_when_its_block_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stop"), Home(tmp_path).working_folder("intake") as folder:
        raise ValueError("stop")
    assert not folder.exists()


def test_what_a_killed_process_left_goes_and_what_a_living_one_uses_stays(tmp_path: Path) -> None:
    home = Home(tmp_path)
    program = (
        "import sys, time; from pathlib import Path; from publicc.store.home import Home\n"
        f"with Home(Path({str(tmp_path)!r})).working_folder('killed') as folder:\n"
        "    (folder / 'rows.csv').write_text('x'); print('ready', flush=True); time.sleep(60)\n"
    )
    with (
        home.working_folder("living") as living,
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as child,
    ):
        assert child.stdout is not None
        child.stdout.readline()
        assert sweep(home.temporary) == 0
        child.kill()
        child.wait()
        deadline = time.monotonic() + 5
        while sweep(home.temporary) == 0 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [path.name.split("-")[0] for path in home.temporary.iterdir() if path.is_dir()] == ["living"]
        assert living.is_dir()
