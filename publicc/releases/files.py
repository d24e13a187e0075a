"""A release as files, written together or not at all, refused when altered.

`cells.parquet`, `certificate.json`; `members/<slug>.parquet`, what that member alone reads; `groups.json`, who voted.
"""

import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from publicc.disclosure.policy import ReleaseRefused
from publicc.disclosure.seal import digest, seal_holds
from publicc.disclosure.tables import CellKey
from publicc.kernel.cells import Cell, Shown, Withheld
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.releases.contents import DIMENSIONS, GROUP
from publicc.store.durable import sync_tree

CELLS_FILE: Final = "cells.parquet"
CERTIFICATE_FILE: Final = "certificate.json"
GROUPS_FILE: Final = "groups.json"
MEMBERS_FOLDER: Final = "members"

_SCHEMA: Final = pa.schema(
    [(name, pa.string()) for name in ("table", "tier", "metric", "statistic", *DIMENSIONS, GROUP, "state", "reason")]
    + [("value", pa.float64()), ("n", pa.int64())]
)
_NOTHING: Final[dict[str, Any]] = dict.fromkeys(_SCHEMA.names)


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """One row of a release: which figure of which group, and the cell itself."""

    table: str
    tier: str
    metric: str
    statistic: str
    key: CellKey
    cell: Cell

    def as_row(self) -> dict[str, Any]:
        """The row of `cells.parquet`. A withheld cell has neither value nor base."""
        row: dict[str, Any] = _NOTHING.copy()
        row["table"], row["tier"], row["metric"], row["statistic"] = self.table, self.tier, self.metric, self.statistic
        row.update(self.key)
        match self.cell:
            case Shown(value=value, n=n):
                row["state"], row["value"], row["n"] = "shown", float(value), n
            case Withheld(reason=reason):
                row["state"], row["reason"] = "withheld", reason.value
            case _:
                raise ReleaseRefused(
                    Text("Une cellule n'est ni montrée ni retenue.", "A cell is neither shown nor withheld.")
                )
        return row


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release read back from its files."""

    folder: Path
    cells: pa.Table
    certificate: Mapping[str, Any]


def cells_bytes(cells: list[ReleasedCell]) -> bytes:
    """The content of `cells.parquet`: same cells, same bytes."""
    rows = [cell.as_row() for cell in cells]
    table = pa.table({name: [row[name] for row in rows] for name in _SCHEMA.names}, schema=_SCHEMA)
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd", write_statistics=False)
    return file.getvalue()


def member_file(slug: str) -> str:
    """Where a member's own cells lie in a release."""
    return f"{MEMBERS_FOLDER}/{slug}.parquet"


def write_release(folder: Path, files: Mapping[str, bytes], certificate: Mapping[str, Any]) -> None:
    """Write every file aside, then give the folder its name in one step; an earlier release there is replaced whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".release-", dir=folder.parent))
    try:
        aside.chmod(0o755)
        (aside / MEMBERS_FOLDER).mkdir()
        for name, content in files.items():
            (aside / name).write_bytes(content)
        told = json.dumps(certificate, ensure_ascii=False, indent=1, sort_keys=True)
        (aside / CERTIFICATE_FILE).write_text(told + "\n", encoding="utf-8")
        sync_tree(aside)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=".release-", dir=folder.parent))
            folder.rename(old / "replaced")
            aside.rename(folder)
            shutil.rmtree(old)
        else:
            aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def read_release(folder: Path, *, public_key: str | None = None) -> StoredRelease:
    """A release whose seal holds. Raises NotFound when there is none, ReleaseRefused when one byte changed.

    With `public_key`, also refuses one signed by anybody else.
    """
    try:
        cells = (folder / CELLS_FILE).read_bytes()
        certificate = json.loads((folder / CERTIFICATE_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise NotFound(
            Text("Il n'y a pas de diffusion ici.", "There is no release here."),
            do=Text("Nommer le dossier qui contient certificate.json.", "Name the folder that holds certificate.json."),
        ) from problem
    except (OSError, ValueError) as problem:
        raise _altered() from problem
    whole = isinstance(certificate, dict) and seal_holds(certificate, public_key=public_key)
    if not whole or certificate.get("content_hash") != digest(cells):
        raise _altered()
    return StoredRelease(folder, pq.read_table(io.BytesIO(cells)), certificate)


def sealed_file(release: StoredRelease, name: str) -> bytes | None:
    """Another file of a release, as it was sealed; None when the release has none of that name.

    Raises ReleaseRefused when it is not what was sealed.
    """
    expected = release.certificate.get("files", {}).get(name)
    if expected is None:
        return None
    try:
        content = (release.folder / name).read_bytes()
    except OSError as problem:
        raise _altered() from problem
    if digest(content) != expected:
        raise _altered()
    return content


def _altered() -> ReleaseRefused:
    return ReleaseRefused(
        Text("Cette diffusion a été modifiée depuis sa signature.", "This release was altered since it was signed."),
        do=Text("Ne pas s'y fier; la refaire.", "Do not rely on it; build it again."),
    )
