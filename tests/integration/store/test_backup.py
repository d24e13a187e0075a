"""A backup carried away, brought back and read again; and all that must not happen on the way."""

import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from publicc.kernel.checkup import State
from publicc.kernel.errors import BadInput, BadUsage, Broken, Busy
from publicc.kernel.text import Text
from publicc.store import held as waiting
from publicc.store.backup import Wanted, backups_in, forget_older, last_backup, make_backup
from publicc.store.checkup import check_backup_age, check_home
from publicc.store.control_copy import SqliteControl
from publicc.store.home import Home, private_folder
from publicc.store.keys import MASTER_KEY_VARIABLE, KeyRing
from publicc.store.manifest import Manifest
from publicc.store.presence import at_work, someone_at_work
from publicc.store.restore import Departure, check_backup, chosen, restore
from publicc.store.snapshots import current, publish
from publicc.store.vaults import open_vault

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@dataclass
class Place:
    """An installation with two vaults, a snapshot, a release and a control database; and where things go."""

    home: Home
    ring: KeyRing
    control: SqliteControl
    backups: Path
    elsewhere: Home

    def back_up(self, **asked: bool) -> Path:
        return make_backup(self.home, self.ring, self.control, Wanted("1.0", self.backups, **asked))

    def bring_back(self, folder: Path, **asked: object) -> None:
        restore(self.elsewhere, SqliteControl(self.elsewhere.control_database), folder, **asked)  # type: ignore[arg-type]


def built(folder: Path) -> Manifest:
    (folder / "purchases").mkdir()
    (folder / "purchases" / "opera.parquet").write_bytes(b"rows" * 1000)
    (folder / "rollups").mkdir()
    (folder / "rollups" / "opera.duckdb").write_bytes(b"rollup")
    return Manifest(id="snapshot0001", made_at=NOW, as_of=date(2026, 5, 1), code_version="1")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv(MASTER_KEY_VARIABLE, str(tmp_path / "safe" / "master.key"))
    home = Home(tmp_path / "home")
    ring = KeyRing.open(home)
    for slug in ("opera", "ballet"):
        with open_vault(home, ring, slug) as vault:
            vault.execute("CREATE TABLE kept AS SELECT $1 AS name", [f"someone of {slug}"])
    publish(home, built)
    private_folder(home.root / "releases" / "2025")
    (home.root / "releases" / "2025" / "certificate.json").write_text("{}")
    (home.keys / "release-signing.key").write_bytes(b"s" * 32)
    with closing(sqlite3.connect(home.control_database)) as control:
        control.execute("CREATE TABLE organization (slug TEXT)")
        control.execute("INSERT INTO organization VALUES ('opera')")
        control.commit()
    backups = private_folder(tmp_path / "backups")
    return Place(home, ring, SqliteControl(home.control_database), backups, Home(tmp_path / "elsewhere"))


def test_what_was_carried_away_is_read_again_elsewhere(place: Place) -> None:
    place.bring_back(place.back_up())
    there = place.elsewhere
    with open_vault(there, KeyRing.open(there, create=False), "ballet", read_only=True) as vault:
        assert vault.execute("SELECT name FROM kept").fetchone() == ("someone of ballet",)
    with closing(sqlite3.connect(there.control_database)) as control:
        assert control.execute("SELECT slug FROM organization").fetchall() == [("opera",)]
    assert current(there) == current(place.home)
    assert (there.rollups / "snapshot0001" / "opera.duckdb").read_bytes() == b"rollup"
    assert (there.root / "releases" / "2025" / "certificate.json").exists()
    assert (there.keys / "release-signing.key").read_bytes() == b"s" * 32
    assert not list(there.root.glob(".restoring*"))


def test_neither_the_master_key_nor_a_secret_in_clear_is_in_a_backup(place: Place) -> None:
    made = place.back_up()
    content = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    assert Path(os.environ[MASTER_KEY_VARIABLE]).read_bytes().strip() not in content
    assert b"s" * 32 not in content
    assert b"someone of" not in content
    assert oct(made.stat().st_mode)[-3:] == "700"


def test_a_backup_with_its_master_key_needs_nothing_else(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    made = place.back_up(with_master_key=True)
    monkeypatch.delenv(MASTER_KEY_VARIABLE)
    place.bring_back(made)
    with open_vault(place.elsewhere, KeyRing.open(place.elsewhere, create=False), "opera", read_only=True) as vault:
        assert vault.execute("SELECT name FROM kept").fetchone() == ("someone of opera",)


def test_without_the_master_key_or_with_another_one_nothing_is_restored(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = place.back_up()
    monkeypatch.setenv(MASTER_KEY_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(Broken, match="master key is not there"):
        place.bring_back(made)
    monkeypatch.setenv(MASTER_KEY_VARIABLE, str(tmp_path / "other.key"))
    KeyRing.open(Home(tmp_path / "other"))
    with pytest.raises(Broken, match="not the one of the backup"):
        place.bring_back(made)
    assert not place.elsewhere.root.exists()


def spoilt_by_a_byte(made: Path) -> None:
    file = next((made / "vaults").glob("*.duckdb"))
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)


def spoilt_by_a_missing_file(made: Path) -> None:
    next((made / "vaults").glob("*.duckdb")).unlink()


def spoilt_by_an_added_file(made: Path) -> None:
    (made / "vaults" / "other.duckdb").write_bytes(b"")


def spoilt_by_its_manifest(made: Path) -> None:
    (made / "backup.json").write_text('{"format": 7}')


@pytest.mark.parametrize(
    "spoil", [spoilt_by_a_byte, spoilt_by_a_missing_file, spoilt_by_an_added_file, spoilt_by_its_manifest]
)
def test_a_backup_that_is_not_what_it_says_is_refused(place: Place, spoil: Callable[[Path], None]) -> None:
    made = place.back_up()
    spoil(made)
    with pytest.raises(BadInput):
        place.bring_back(made)
    assert not place.elsewhere.root.exists()


def test_nothing_that_is_there_is_overwritten(place: Place) -> None:
    made = place.back_up()
    private_folder(place.elsewhere.root)
    (place.elsewhere.root / "notes.txt").write_text("mine")
    with pytest.raises(BadUsage):
        place.bring_back(made)
    assert (place.elsewhere.root / "notes.txt").read_text() == "mine"
    with pytest.raises(BadUsage):
        restore(place.home, place.control, made)


class KilledAt:
    """Kills its own process at a step."""

    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:  # noqa: ARG002
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def in_a_process_that_dies(work: Callable[[], object]) -> None:
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


@pytest.mark.parametrize("step", range(3))
def test_a_backup_killed_on_the_way_leaves_those_that_were_there_and_nothing_half(place: Place, step: int) -> None:
    first = place.back_up()
    wanted = Wanted("1.0", place.backups)
    in_a_process_that_dies(lambda: make_backup(place.home, place.ring, place.control, wanted, progress=KilledAt(step)))
    assert [path for path, _ in backups_in(place.backups)] == [first]
    assert chosen(place.backups) == first
    place.back_up()
    assert len(backups_in(place.backups)) == 2
    assert not list(place.backups.glob(".making-*"))


@pytest.mark.parametrize("step", range(3))
def test_a_restoration_killed_on_the_way_is_finished_by_the_same_command(place: Place, step: int) -> None:
    made = place.back_up()
    in_a_process_that_dies(lambda: place.bring_back(made, progress=KilledAt(step)))
    assert not place.elsewhere.control_database.exists()
    place.bring_back(made)
    with closing(sqlite3.connect(place.elsewhere.control_database)) as control:
        assert control.execute("SELECT slug FROM organization").fetchall() == [("opera",)]
    assert not [path for path in place.elsewhere.root.parent.iterdir() if path.name.startswith(".elsewhere")]


def test_what_an_organization_that_left_since_had_in_the_backup_does_not_come_back(place: Place) -> None:
    made = place.back_up()
    later = datetime.now(UTC) + timedelta(hours=1)
    place.bring_back(made, departures=[Departure("ballet", later), Departure("opera", later - timedelta(days=9))])
    ring = KeyRing.open(place.elsewhere, create=False)
    assert ring.holders() == ("opera",)
    assert not (place.elsewhere.vaults / "ballet.duckdb").exists()
    assert current(place.elsewhere) is None


def test_a_backup_waits_for_a_vault_that_is_being_written(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publicc.store.backup.held", lambda home, slug: waiting.held(home, slug, 0.1))
    with waiting.held(place.home, "opera"), pytest.raises(Busy):
        place.back_up()
    assert backups_in(place.backups) == []


def test_old_backups_go_and_the_newest_stays(place: Place) -> None:
    old, new = place.back_up(), place.back_up()
    for made in (old, new):
        told = json.loads((made / "backup.json").read_text())
        told["made_at"] = (NOW - timedelta(days=50 if made == old else 40)).isoformat()
        (made / "backup.json").write_text(json.dumps(told))
    assert forget_older(place.backups, 35, now=NOW) == [old]
    assert [path for path, _ in backups_in(place.backups)] == [new]


def test_the_last_backup_is_remembered_and_told_once_it_is_old(place: Place) -> None:
    assert check_backup_age(place.home, now=datetime.now(UTC)).state is State.CAUTION
    made = place.back_up()
    found = last_backup(place.home)
    assert found
    assert found[1:] == (made.name, check_backup(made).octets)
    assert check_backup_age(place.home, now=datetime.now(UTC)).state is State.GOOD
    assert check_backup_age(place.home, now=datetime.now(UTC) + timedelta(days=2)).state is State.CAUTION


def states(place: Place) -> dict[str, State]:
    return {one.id: one.state for one in check_home(place.home, now=NOW)}


def test_a_check_up_tells_a_snapshot_whose_files_do_not_read(place: Place) -> None:
    assert states(place)["snapshot"] is State.GOOD  # this one names no organization
    (place.home.pool / "current").write_text("snapshot0002")
    assert states(place)["snapshot"] is State.BAD
    shutil.rmtree(place.home.pool)
    assert states(place)["snapshot"] is State.CAUTION


def test_a_check_up_tells_a_master_key_that_is_gone_another_or_open_to_all(place: Place) -> None:
    key = Path(os.environ[MASTER_KEY_VARIABLE])
    assert states(place)["master_key"] is State.GOOD
    key.chmod(0o644)
    assert states(place)["master_key"] is State.CAUTION
    kept = key.read_bytes()
    key.unlink()
    assert states(place)["master_key"] is State.BAD
    key.write_bytes(kept[4:8] + kept[4:])
    key.chmod(0o400)
    assert states(place)["master_key"] is State.BAD


def test_a_check_up_tells_whether_someone_does_the_background_work(place: Place) -> None:
    assert states(place)["worker"] is State.CAUTION
    with at_work(place.home), at_work(place.home):
        assert someone_at_work(place.home)
        assert states(place)["worker"] is State.GOOD
    assert not someone_at_work(place.home)
