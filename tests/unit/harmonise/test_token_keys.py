"""The key of a circle of encoders."""

import base64
from pathlib import Path

import pytest

from publicc.harmonise.tokens.keyfile import make_key, read_key
from publicc.kernel.errors import BadInput


def test_a_new_key_is_read_again_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    make_key(tmp_path / "circle.key")
    assert len(read_key(tmp_path / "circle.key").secret) == 32
    assert (tmp_path / "circle.key").stat().st_mode & 0o777 == 0o600


def test_two_keys_differ(tmp_path: Path) -> None:
    for name in "ab":
        make_key(tmp_path / name)
    assert read_key(tmp_path / "a").mark != read_key(tmp_path / "b").mark


def test_no_key_is_overwritten_nor_written_nowhere(tmp_path: Path) -> None:
    make_key(tmp_path / "circle.key")
    with pytest.raises(BadInput, match="exists already"):
        make_key(tmp_path / "circle.key")
    with pytest.raises(BadInput, match="cannot be written"):
        make_key(tmp_path / "nowhere" / "circle.key")


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (base64.b64encode(b"k" * 32), 0o644, "Others than you"),
        (base64.b64encode(b"k" * 31), 0o600, "too short"),
        (b"not base64!", 0o600, "cannot be read"),
        (b"", 0o600, "too short"),
    ],
)
def test_a_key_that_is_no_key_is_refused(tmp_path: Path, content: bytes, mode: int, why: str) -> None:
    path = tmp_path / "circle.key"
    path.write_bytes(content)
    path.chmod(mode)
    with pytest.raises(BadInput, match=why):
        read_key(path)


def test_a_missing_key_is_said_missing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        read_key(tmp_path / "circle.key")
