import base64
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publicc.kernel.errors import Broken
from publicc.store.home import Home
from publicc.store.keys import KeyRing, master_key_file


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("PUBLICC_MASTER_KEY_FILE", raising=False)
    return Home(tmp_path / "home")


def test_the_master_key_is_made_at_first_use_and_only_its_owner_may_read_it(home: Home) -> None:
    KeyRing.open(home)
    assert stat.S_IMODE(master_key_file(home).stat().st_mode) == 0o400
    assert len(base64.b64decode(master_key_file(home).read_bytes())) == 32


def test_the_master_key_may_lie_elsewhere(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_MASTER_KEY_FILE", str(tmp_path / "secrets" / "key"))
    KeyRing.open(home)
    assert (tmp_path / "secrets" / "key").is_file()
    assert not (home.keys / "master.key").exists()


def test_keys_are_the_same_the_next_time(home: Home) -> None:
    first = KeyRing.open(home)
    keys = first.vault_key("opera"), first.blind_key("opera"), first.tenant_key("opera")
    again = KeyRing.open(home)
    assert (again.vault_key("opera"), again.blind_key("opera"), again.tenant_key("opera")) == keys


def test_every_key_is_its_own(home: Home) -> None:
    ring = KeyRing.open(home)
    keys = {
        f(name)
        for name in ("opera", "ballet", "@collective")
        for f in (ring.vault_key, ring.blind_key, ring.tenant_key)
    }
    assert len(keys) == 9
    assert all(len(key) == 32 for key in keys)
    assert ring.holders() == ("@collective", "ballet", "opera")


def test_no_key_stands_unwrapped_in_a_file_or_in_what_the_ring_says_of_itself(home: Home) -> None:
    ring = KeyRing.open(home)
    key = ring.vault_key("opera")
    stored = (ring.folder / "opera.json").read_bytes()
    assert base64.b64encode(key) not in stored
    assert key.hex().encode() not in stored
    assert "_master" not in repr(ring)


def test_many_threads_asking_first_get_one_key(home: Home) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: KeyRing.open(home).vault_key("opera"), range(24)))
    assert len(keys) == 1


def test_a_missing_master_key_is_said_plainly_and_never_made_again(home: Home) -> None:
    KeyRing.open(home).vault_key("opera")
    master_key_file(home).unlink()
    with pytest.raises(Broken, match="The master key is missing"):
        KeyRing.open(home)


def test_without_create_a_new_home_has_no_master_key(home: Home) -> None:
    with pytest.raises(Broken, match="missing"):
        KeyRing.open(home, create=False)


def test_another_master_key_opens_nothing(home: Home) -> None:
    KeyRing.open(home).vault_key("opera")
    master_key_file(home).chmod(0o600)
    master_key_file(home).write_bytes(base64.b64encode(os.urandom(32)))
    with pytest.raises(Broken, match="does not open this key"):
        KeyRing.open(home).vault_key("opera")


@pytest.mark.parametrize("content", [b"", b"not base64 \xff", base64.b64encode(b"too short")])
def test_a_file_that_is_no_key_is_said_plainly(home: Home, content: bytes) -> None:
    home.keys.mkdir(parents=True)
    master_key_file(home).write_bytes(content)
    with pytest.raises(Broken, match="does not hold a key"):
        KeyRing.open(home)


def test_a_master_key_that_cannot_be_read_is_said_plainly(home: Home) -> None:
    master_key_file(home).mkdir(parents=True)  # unreadable even for root
    with pytest.raises(Broken, match="cannot be read"):
        KeyRing.open(home)


def test_a_wrapped_key_moved_to_another_organization_opens_nothing(home: Home) -> None:
    ring = KeyRing.open(home)
    ring.vault_key("opera")
    (ring.folder / "opera.json").rename(ring.folder / "ballet.json")
    with pytest.raises(Broken, match="does not open this key"):
        ring.vault_key("ballet")


def test_a_wrapped_key_moved_to_another_purpose_opens_nothing(home: Home) -> None:
    ring = KeyRing.open(home)
    ring.vault_key("opera")
    file = ring.folder / "opera.json"
    told = json.loads(file.read_text())
    told["keys"]["blind"] = told["keys"]["vault"]
    file.write_text(json.dumps(told))
    with pytest.raises(Broken, match="does not open this key"):
        ring.blind_key("opera")


@pytest.mark.parametrize("content", ["", "[]", '{"keys": 3}', '{"version": 1}'])
def test_a_damaged_key_file_is_said_plainly(home: Home, content: str) -> None:
    ring = KeyRing.open(home)
    (ring.folder / "opera.json").write_text(content)
    with pytest.raises(Broken, match="key file cannot be read"):
        ring.vault_key("opera")


def test_a_destroyed_key_is_gone_for_good(home: Home) -> None:
    ring = KeyRing.open(home)
    before = ring.vault_key("opera")
    ring.destroy("opera")
    ring.destroy("opera")
    assert "opera" not in ring.holders()
    assert ring.vault_key("opera") != before


def test_a_vault_whose_key_was_destroyed_is_said_plainly(home: Home) -> None:
    ring = KeyRing.open(home)
    ring.vault_key("opera")
    home.vaults.mkdir(parents=True)
    (home.vaults / "opera.duckdb").write_bytes(b"...")
    ring.destroy("opera")
    with pytest.raises(Broken, match="no longer exists"):
        ring.vault_key("opera")


@pytest.mark.parametrize("name", ["", "../opera", ".opera", "a/b"])
def test_a_name_that_is_no_slug_holds_no_key(home: Home, name: str) -> None:
    with pytest.raises(Broken, match="cannot hold a key"):
        KeyRing.open(home).vault_key(name)


def test_keys_of_passing_vaults_are_written_nowhere(home: Home) -> None:
    ring = KeyRing.open(home)
    passing = ring.for_passing_vaults()
    key = passing.vault_key("opera")
    assert passing.vault_key("opera") == key != ring.for_passing_vaults().vault_key("opera")
    assert ring.holders() == ()
    assert passing.blind_key("opera") == ring.blind_key("opera")
