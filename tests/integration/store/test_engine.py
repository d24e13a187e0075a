"""The packaged encryption extension: its signature is checked once a process, and nothing unsigned is ever taken."""

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from publicc.kernel.errors import Broken
from publicc.store import engine


@pytest.fixture
def forged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The packaged extension with one byte of its signature changed."""
    content = bytearray(engine.encryption_extension().read_bytes())
    content[-1] ^= 1
    file = tmp_path / "httpfs.duckdb_extension"
    file.write_bytes(content)
    monkeypatch.setattr(engine, "encryption_extension", lambda: file)
    return file


def test_an_extension_that_its_author_did_not_sign_is_refused(forged: Path) -> None:
    with pytest.raises(Broken) as refused:
        engine.encrypting_connection()
    assert "not its author" in refused.value.sentence("en")


@pytest.mark.parametrize("nth", [1, 2])
def test_no_connection_goes_on_accepting_unsigned_extensions(nth: int) -> None:
    for _ in range(nth):
        with closing(engine.encrypting_connection()) as connection:
            told = connection.execute("SELECT current_setting('allow_unsigned_extensions')").fetchone()
            assert told == (False,)
            with pytest.raises(duckdb.Error):
                connection.execute("SET allow_unsigned_extensions = true")
