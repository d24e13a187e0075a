"""Every DuckDB connection that the project opens on its own data, set up and locked down in the order that matters.

Order (docs/explanation/store.md): extension settings off → load httpfs, for encryption → ATTACH → limits → encrypted
temporary files → no external access but to the folders named → configuration locked.
"""

import importlib.resources
import importlib.util
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

import duckdb
import pyarrow as pa

from publicc.kernel.errors import BadUsage, Broken
from publicc.kernel.text import Text

_NO_EXTENSIONS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
}
_SIZE: Final = "KMGT"


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """What one connection may use: `PUBLICC_MEMORY_LIMIT`, `PUBLICC_THREADS`, `PUBLICC_TEMP_LIMIT` (disk to spill)."""

    memory: str = "2GB"
    threads: int = 0
    """0 = as many as the machine has."""
    disk: str = "200GB"

    @classmethod
    def from_environment(cls, memory: str = "") -> Self:
        """The limits that the environment names, else the defaults; `memory` stands in place of its default.

        Raises BadUsage when one cannot be read.
        """
        threads = os.environ.get("PUBLICC_THREADS", "0")
        if not threads.isdecimal():
            raise _unreadable("PUBLICC_THREADS", "4")
        return cls(
            memory=_size("PUBLICC_MEMORY_LIMIT", memory or cls().memory),
            threads=int(threads),
            disk=_size("PUBLICC_TEMP_LIMIT", cls().disk),
        )


@cache
def _spare_the_search_for_pandas() -> None:
    """Where pandas is not installed, tell Python once.

    DuckDB tries to import it for every value that it is given: each try goes through the whole path, and costs as much
    as a small statement. PyArrow looks for it once, and must have looked before: what Python was told would mislead it.
    """
    pa.array([""])
    if "pandas" not in sys.modules and importlib.util.find_spec("pandas") is None:
        sys.modules["pandas"] = None  # type: ignore[assignment] # what the import system takes for a module that is not there


def bare_connection() -> duckdb.DuckDBPyConnection:
    """An in-memory connection that can install, download or load nothing by itself."""
    return _connected(unsigned=False)


def _connected(*, unsigned: bool) -> duckdb.DuckDBPyConnection:
    _spare_the_search_for_pandas()
    return duckdb.connect(":memory:", config=_NO_EXTENSIONS | {"allow_unsigned_extensions": unsigned})


def encrypting_connection() -> duckdb.DuckDBPyConnection:
    """A bare connection with the packaged `httpfs` loaded, whose OpenSSL makes encrypted writes safe.

    DuckDB checks the signature of the extension by reading its 20 MB through: a tenth of a second. The first
    connection of a process lets it; the others take the very same file, which is already in memory, without reading it
    again, and refuse unsigned ones right after. Raises Broken when the extension is not there or is not signed.
    """
    file = encryption_extension()
    connection = _connected(unsigned=_signed(file, file.stat().st_mtime_ns))
    connection.load_extension(str(file))
    connection.execute("SET allow_unsigned_extensions = false")
    return connection


@cache
def _signed(file: Path, changed_ns: int) -> bool:  # noqa: ARG001 - when it changes, it is looked at again
    """Whether DuckDB found the signature of this file, as it stands since `changed_ns`, in order."""
    with closing(bare_connection()) as connection:
        try:
            connection.load_extension(str(file))
        except duckdb.Error as refused:
            raise Broken(
                Text("L'extension de chiffrement de DuckDB n'est pas celle de son auteur.",
                     "DuckDB's encryption extension is not its author's."),
                do=Text(f"Réinstaller duckdb-extension-httpfs=={duckdb.__version__}.",
                        f"Install duckdb-extension-httpfs=={duckdb.__version__} again."),
            ) from refused  # fmt: skip
    return True


def encryption_extension() -> Path:
    """The packaged extension of this very DuckDB version. Raises Broken when it is missing."""
    package = Path(str(importlib.resources.files("duckdb_extension_httpfs")))
    found = package / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    if not found.is_file():
        raise Broken(
            Text("L'extension de chiffrement de DuckDB manque.", "DuckDB's encryption extension is missing."),
            do=Text(
                f"Installer duckdb-extension-httpfs=={duckdb.__version__}.",
                f"Install duckdb-extension-httpfs=={duckdb.__version__}.",
            ),
        )
    return found


def attach_encrypted(
    connection: duckdb.DuckDBPyConnection, file: Path, name: str, *, key: bytes, read_only: bool = False
) -> None:
    """ATTACH an encrypted file under an allow-listed `name`. The key is a parameter: it never stands in SQL text."""
    options = "ENCRYPTION_KEY ?, READ_ONLY" if read_only else "ENCRYPTION_KEY ?"
    connection.execute(f"ATTACH {sql_text(str(file))} AS {name} ({options})", [key.hex()])


def lock_down(
    connection: duckdb.DuckDBPyConnection, *, spill: Path, limits: EngineLimits, reachable: Sequence[Path] = ()
) -> None:
    """Set the limits, close every file but those under `reachable`, and lock the configuration.

    From then on ATTACH of a file, other files and addresses, COPY elsewhere, extensions and SET are refused.
    """
    folders = [str(path.resolve()) for path in reachable if path.is_dir()]
    files = [str(path.resolve()) for path in reachable if not path.is_dir()]
    connection.execute("SET memory_limit = ?", [limits.memory])
    if limits.threads:
        connection.execute("SET threads = ?", [limits.threads])
    connection.execute("SET temp_directory = ?", [str(spill)])
    connection.execute("SET max_temp_directory_size = ?", [limits.disk])
    connection.execute("SET temp_file_encryption = true")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET allowed_directories = ?", [folders])
    connection.execute("SET allowed_paths = ?", [files])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def sql_text(value: str) -> str:
    """A SQL string literal, for the few statements that take no parameter (file names of ATTACH and COPY)."""
    return "'" + value.replace("'", "''") + "'"


def _size(variable: str, default: str) -> str:
    text = os.environ.get(variable, default).strip().upper()
    digits = text.rstrip("B").rstrip("I").rstrip(_SIZE)
    if not digits.replace(".", "", 1).isdecimal() or not text.endswith("B"):
        raise _unreadable(variable, default)
    return text


def _unreadable(variable: str, example: str) -> BadUsage:
    return BadUsage(
        Text(f"La variable {variable} ne se lit pas.", f"The variable {variable} cannot be read."),
        do=Text(f"Écrire par exemple {example}.", f"Write for example {example}."),
    )
