import io
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from publicc.intake.incoming import clean_name, files_in, forget, keep_files


class File:
    def __init__(self, name: str | None, content: bytes = b"a,b\n1,2\n") -> None:
        self.name = name
        self._content = io.BytesIO(content)

    def chunks(self) -> Iterable[bytes]:
        return iter(lambda: self._content.read(3), b"")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("clients.csv", "clients.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\exports\\été 2019.xlsx", "été 2019.xlsx"),
        ("a\x00b\u202e.csv", "ab.csv"),
        (".hidden", "hidden"),
        ("", "fichier"),
        (None, "fichier"),
        ("..", "fichier"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        ('a<b>:"|?*.csv', "ab.csv"),
    ],
)
def test_a_name_is_kept_as_harmless_text(given: str | None, kept: str) -> None:
    assert clean_name(given) == kept


def test_two_files_of_the_same_name_live_side_by_side_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "deposit"
    kept = keep_files(folder, [File("a.csv", b"first"), File("a.csv", b"second")])
    assert files_in(folder) == kept
    assert [file.read_bytes() for file in kept] == [b"first", b"second"]


def test_only_their_owner_reads_incoming_files(tmp_path: Path) -> None:
    (kept,) = keep_files(tmp_path / "deposit", [File("a.csv")])
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_forgetting_twice_is_fine(tmp_path: Path) -> None:
    folder = tmp_path / "deposit"
    keep_files(folder, [File("a.csv")])
    forget(folder)
    forget(folder)
    assert not folder.exists()
    assert files_in(folder) == []
