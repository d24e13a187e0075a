"""The file of tokens: what an organization hands to the hub. Parquet, the columns below and no other."""

from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from publicc.harmonise.tokens.encode import KINDS, VERSION
from publicc.kernel.blind import BlindKey
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

COLUMNS: Final = (
    "token_version", "key_mark", "customer_number", "own_person", "buyer_kind", "area", "has_given", "has_surname",
    "name_rarity",
    *KINDS,
)  # fmt: skip
"""`key_mark`: tells which key was used, and nothing of it. `customer_number`: as in its tickets."""


def write_tokens(connection: duckdb.DuckDBPyConnection, encoded: str, key: BlindKey, out: Path) -> None:
    """Write what `encode` made. Raises BadInput when the file cannot be written; nothing half-written is left."""
    partial = out.with_name(out.name + ".partial")
    try:
        connection.sql(f"SELECT {VERSION} AS token_version, '{key.mark}' AS key_mark, * FROM {encoded}").write_parquet(
            str(partial), compression="zstd"
        )
        partial.replace(out)
    except (duckdb.Error, OSError) as problem:
        partial.unlink(missing_ok=True)
        raise BadInput(
            Text("Le fichier de sortie ne s'écrit pas.", "The output file cannot be written."),
            where=Text(f"Fichier {out.name}.", f"File {out.name}."),
            do=Text("Choisir un dossier qui existe.", "Choose a folder that exists."),
        ) from problem


def is_token_file(path: Path) -> bool:
    """Whether this file says it holds tokens."""
    return path.suffix.lower() == ".parquet" and "key_mark" in _columns(path)


def check_tokens(path: Path) -> None:
    """Raise BadInput unless the file has the columns of this version, and nothing beside them."""
    found = _columns(path)
    if set(found) != set(COLUMNS):
        raise BadInput(
            Text(
                "Ce fichier de jetons n'a pas les colonnes attendues.",
                "This file of tokens does not have the columns expected.",
            ),
            where=Text(f"Fichier {path.name}.", f"File {path.name}."),
            found=Text(
                f"En trop : {len(set(found) - set(COLUMNS))}; en moins : {len(set(COLUMNS) - set(found))}.",
                f"Too many: {len(set(found) - set(COLUMNS))}; missing: {len(set(COLUMNS) - set(found))}.",
            ),
            do=Text(
                "Refaire le fichier avec publicc blind, sans le modifier ensuite.",
                "Make the file again with publicc blind, and do not change it afterwards.",
            ),
        )


def _columns(path: Path) -> list[str]:
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowInvalid, OSError):
        return []
