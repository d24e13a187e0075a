"""A mapping as a TOML file that a person can read, correct and give back. Of cells, only words of lists are in it."""

import tomllib
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.items import Table

from publicc.intake.grain import Grain
from publicc.intake.mapping.model import ColumnUse, Mapping, TableMapping
from publicc.intake.mapping.targets import Target
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

DROPPED: Final = "-"
"""Written for a column that has no meaning here."""

_HEAD: Final = (
    "Comment les fichiers de cet organisme sont lus. Corriger, puis déposer de nouveau. « - » : colonne non gardée.",
    'How the files of this organization are read. Correct it, then deposit again. "-": column not kept.',
)


def mapping_as_toml(mapping: Mapping) -> str:
    """The mapping as text; the same mapping gives the same text."""
    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    document.add("source", tomlkit.item(mapping.source))
    if mapping.answers:
        document.add("answers", _plain_table(dict(sorted(mapping.answers.items()))))
    words = tomlkit.table(is_super_table=True)
    for name in sorted(mapping.words):
        words.add(name, _plain_table(dict(sorted(mapping.words[name].items()))))
    if mapping.words:
        document.add("words", words)
    tables = tomlkit.aot()
    for table in mapping.tables:
        tables.append(_table(table))
    if mapping.tables:
        document.add("tables", tables)
    return tomlkit.dumps(document)


def _plain_table(values: dict[str, str]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, value)
    return table


def _table(mapping: TableMapping) -> Table:
    table = tomlkit.table()
    for name in ("file_name", "part", "signature", "kind"):
        table.add(name, getattr(mapping, name))
    table.add("grain", mapping.grain.value)
    if mapping.options:
        table.add("options", _plain_table(dict(sorted(mapping.options.items()))))
    table.add(
        "columns", _plain_table({use.header: use.target.value if use.target else DROPPED for use in mapping.columns})
    )
    return table


def mapping_from_toml(text: str) -> Mapping:
    """The mapping of a TOML text. Raises BadInput that says which part does not read."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(
            Text("Ce fichier de correspondance n'est pas du TOML valide.", "This mapping file is not valid TOML."),
            do=Text(
                "Le corriger, ou le retirer pour repartir de la détection.", "Correct it, or remove it to detect again."
            ),
        ) from problem
    try:
        tables = tuple(_table_from(table) for table in told.get("tables", ()))
        words = {name: {str(k): str(v) for k, v in labels.items()} for name, labels in told.get("words", {}).items()}
        return Mapping(
            str(told.get("source", "")), tables, words, {str(k): str(v) for k, v in told.get("answers", {}).items()}
        )
    except (KeyError, ValueError, AttributeError, TypeError) as problem:
        raise BadInput(
            Text(
                "Ce fichier de correspondance a une valeur qui n'existe pas.",
                "This mapping file has a value that does not exist.",
            ),
            do=Text(
                "Vérifier les noms de grain et de colonnes dans la documentation des correspondances.",
                "Check the names of grains and columns in the documentation of mappings.",
            ),
        ) from problem


def _table_from(told: dict[str, Any]) -> TableMapping:
    uses = tuple(
        ColumnUse(f"c{number}", header, None if target == DROPPED else Target(target))
        for number, (header, target) in enumerate(told["columns"].items(), start=1)
    )
    return TableMapping(
        file_name=str(told.get("file_name", "")),
        part=str(told.get("part", "")),
        signature=str(told["signature"]),
        kind=str(told.get("kind", "tables")),
        grain=Grain(told["grain"]),
        columns=uses,
        options={str(key): str(value) for key, value in told.get("options", {}).items()},
    )


def read_mapping(path: Path) -> Mapping | None:
    """The mapping kept in a file; None when there is no such file."""
    return mapping_from_toml(path.read_text(encoding="utf-8-sig")) if path.is_file() else None
