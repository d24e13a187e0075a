import os
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from publicc.kernel.errors import BadUsage, Broken, Busy
from publicc.store.engine import EngineLimits
from publicc.store.held import vault_file
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import new_scratch, open_scratch, open_vault, remove_vault, vaults_of


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def ring(home: Home) -> KeyRing:
    return KeyRing.open(home)


def fill(home: Home, ring: KeyRing, slug: str = "opera") -> None:
    with open_vault(home, ring, slug) as vault:
        vault.execute("CREATE TABLE customers AS SELECT 'Canari Jaune' AS name, range AS n FROM range(5000)")


def test_what_is_written_is_read_again(home: Home, ring: KeyRing) -> None:
    fill(home, ring)
    with open_vault(home, ring, "opera", read_only=True) as vault:
        assert vault.execute("SELECT count(*), min(name) FROM customers").fetchone() == (5000, "Canari Jaune")
    assert vaults_of(home) == ("opera",)


def test_no_name_stands_in_clear_in_any_file_of_the_home(home: Home, ring: KeyRing) -> None:
    fill(home, ring)
    with open_vault(home, ring, "opera") as vault:
        vault.execute("INSERT INTO customers SELECT 'Canari Vert', 1")  # still in the write-ahead log
        assert all(b"Canari" not in path.read_bytes() for path in home.root.rglob("*") if path.is_file())
    assert all(b"Canari" not in path.read_bytes() for path in home.root.rglob("*") if path.is_file())
    assert vault_file(home, "opera").stat().st_mode & 0o077 == 0


def test_another_key_does_not_open_a_vault(home: Home, ring: KeyRing) -> None:
    fill(home, ring)
    ring.destroy("opera")
    aside = vault_file(home, "opera").rename(home.root / "aside")
    ring.vault_key("opera")
    aside.rename(vault_file(home, "opera"))
    with pytest.raises(Broken, match="does not open") as told, open_vault(home, ring, "opera"):
        pass
    assert told.value.__cause__ is None
    assert str(home.root) not in told.value.sentence("en")


def test_a_file_that_is_no_vault_is_said_plainly(home: Home, ring: KeyRing) -> None:
    fill(home, ring)
    vault_file(home, "opera").write_bytes(os.urandom(50_000))
    with pytest.raises(Broken, match="does not open"), open_vault(home, ring, "opera"):
        pass


def test_a_vault_that_does_not_exist_is_not_made_by_reading(home: Home, ring: KeyRing) -> None:
    with pytest.raises(Broken, match="not deposited anything"), open_vault(home, ring, "opera", read_only=True):
        pass
    assert vaults_of(home) == ()


def test_reading_only_means_reading_only(home: Home, ring: KeyRing) -> None:
    fill(home, ring)
    with open_vault(home, ring, "opera", read_only=True) as vault, pytest.raises(duckdb.Error, match="read-only"):
        vault.execute("DELETE FROM customers")


@pytest.mark.parametrize(
    "escape",
    [
        "ATTACH '{outside}/other.duckdb'",
        "SELECT * FROM read_csv('{outside}/secret.csv')",
        "SELECT * FROM read_csv('{inside}/../outside/secret.csv')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "COPY (SELECT 1) TO '{outside}/out.csv'",
        "EXPORT DATABASE '{outside}/dump'",
        "INSTALL spatial",
        "LOAD spatial",
        "SET enable_external_access = true",
        "SET memory_limit = '1TB'",
        "SET temp_file_encryption = false",
        "SET lock_configuration = false",
        "RESET allowed_directories",
    ],
)
def test_a_vault_connection_cannot_reach_out(home: Home, ring: KeyRing, tmp_path: Path, escape: str) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.csv").write_text("a\n1\n")
    with (
        open_vault(home, ring, "opera", reachable=[inside]) as vault,
        pytest.raises(duckdb.Error, match=r"(?i)permission|locked|cannot change|cannot be|disabled|not found"),
    ):
        vault.execute(escape.format(outside=outside, inside=inside))
    assert sorted(path.name for path in outside.iterdir()) == ["secret.csv"]


def test_files_and_folders_that_were_named_can_be_read(home: Home, ring: KeyRing, tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    for file in ("inside/a.csv", "b.csv"):
        (tmp_path / file).write_text("a\n1\n")
    with open_vault(home, ring, "opera", reachable=[tmp_path / "inside", tmp_path / "b.csv"]) as vault:
        for file in ("inside/a.csv", "b.csv"):
            assert vault.execute("SELECT a FROM read_csv(?)", [str(tmp_path / file)]).fetchall() == [(1,)]


def test_work_that_does_not_fit_in_memory_spills_encrypted(
    home: Home, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLICC_MEMORY_LIMIT", "60MB")
    monkeypatch.setenv("PUBLICC_THREADS", "1")
    with open_vault(home, ring, "opera") as vault:
        vault.execute("CREATE TEMP TABLE t AS SELECT 'Canari ' || range AS s FROM range(4000000)")
        spilt = [path for path in home.temporary.rglob("*") if path.is_file() and path.stat().st_size > 1_000_000]
        assert spilt
        assert all(b"Canari " not in path.read_bytes() for path in spilt)
    assert not any(path.is_file() and path.stat().st_size for path in home.temporary.rglob("*"))


def test_a_second_process_waits_then_says_busy(home: Home, ring: KeyRing) -> None:
    with (
        open_vault(home, ring, "opera"),
        pytest.raises(Busy, match="Another process"),
        open_vault(home, ring, "opera", wait_seconds=0.05),
    ):
        pass


def test_whoever_waits_gets_the_vault_when_it_is_left(home: Home, ring: KeyRing) -> None:
    entered, order = threading.Event(), []

    def second() -> None:
        entered.wait()
        with open_vault(home, ring, "opera") as vault:
            order.append(vault.execute("SELECT count(*) FROM customers").fetchone())

    waiting = threading.Thread(target=second)
    waiting.start()
    with open_vault(home, ring, "opera") as vault:
        entered.set()
        vault.execute("CREATE TABLE customers AS SELECT 1 AS n")
    waiting.join(30)
    assert order == [(1,)]


KILLED = """
import sys; from pathlib import Path
from publicc.store.home import Home; from publicc.store.keys import KeyRing; from publicc.store.vaults import open_vault
home = Home(Path(sys.argv[1])); ring = KeyRing.open(home)
with open_vault(home, ring, "opera") as vault:
    vault.execute("CREATE TABLE IF NOT EXISTS rows (deposit INT, n INT)")
    for deposit in range(10_000):
        vault.execute("BEGIN"); vault.execute("INSERT INTO rows SELECT ?, range FROM range(700)", [deposit])
        vault.execute("INSERT INTO rows SELECT ?, range FROM range(300)", [deposit]); vault.execute("COMMIT")
        print(deposit, flush=True)
"""


@pytest.mark.parametrize("deposits", [1, 7, 40])
def test_a_process_killed_while_writing_leaves_whole_deposits(home: Home, ring: KeyRing, deposits: int) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(home.root)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(deposits):
            child.stdout.readline()
        child.kill()
    with open_vault(home, ring, "opera") as vault:
        kept = vault.execute("SELECT deposit, count(*) FROM rows GROUP BY 1 ORDER BY 1").fetchall()
    assert len(kept) >= deposits
    assert {count for _, count in kept} == {1000}
    assert [deposit for deposit, _ in kept] == list(range(len(kept)))


def test_a_scratch_passes_from_a_vault_to_work_alone_and_leaves_nothing(home: Home, ring: KeyRing) -> None:
    fill(home, ring)
    with new_scratch(home) as scratch:
        with open_vault(home, ring, "opera", read_only=True, scratch=scratch) as vault:
            vault.execute("CREATE TABLE scratch.copied AS SELECT * FROM customers")
        with open_scratch(home, scratch) as work:
            assert work.execute("SELECT count(*) FROM copied").fetchone() == (5000,)
        assert b"Canari" not in scratch.file.read_bytes()
        assert scratch.key.hex() not in repr(scratch)
    assert not scratch.file.exists()


def test_a_removed_vault_leaves_neither_file_nor_key(home: Home, ring: KeyRing) -> None:
    fill(home, ring)
    remove_vault(home, ring, "opera")
    remove_vault(home, ring, "opera")
    assert vaults_of(home) == ()
    assert ring.holders() == ()


@pytest.mark.parametrize("slug", ["", "../opera", ".x"])
def test_a_name_that_is_no_slug_has_no_vault(home: Home, ring: KeyRing, slug: str) -> None:
    with pytest.raises(Broken, match="cannot hold a vault"), open_vault(home, ring, slug):
        pass


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PUBLICC_MEMORY_LIMIT", "lots"),
        ("PUBLICC_MEMORY_LIMIT", "2"),
        ("PUBLICC_THREADS", "-1"),
        ("PUBLICC_TEMP_LIMIT", "x"),
    ],
)
def test_limits_that_cannot_be_read_are_refused(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadUsage, match=variable):
        EngineLimits.from_environment()
