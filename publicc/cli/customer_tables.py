"""Customer tables from files, for commands that work on them alone: headers in French or English, in any order."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from publicc.harmonise.clean.text import folded, words_of
from publicc.intake.reading import read_files
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "organization": ("organization", "organisation", "organisme"),
    "customer_number": (
        "customer number", "code client", "customer id", "client id", "no client", "numero client",
        "numero de client", "id client", "client number", "customer code", "customer key",
    ),
    "title": ("title", "titre", "civilite", "salutation"),
    "first_name": ("first name", "prenom", "given name", "firstname"),
    "last_name": ("last name", "nom", "nom de famille", "surname", "family name", "lastname"),
    "full_name": ("full name", "nom complet", "name"),
    "address": ("address", "adresse", "street address", "adresse civique", "adresse 1", "address 1"),
    "city": ("city", "ville", "municipality", "municipalite"),
    "province": ("province", "state"),
    "country": ("country", "pays"),
    "postal_code": ("postal code", "code postal", "postcode", "zip", "zip code", "cp"),
    "phone": ("phone", "telephone", "phone number", "numero de telephone", "tel"),
    "email": ("email", "courriel", "e mail", "email address", "adresse courriel"),
    "entity": ("entity", "entite"),
}  # fmt: skip
"""Column → headers that mean it, folded, in the order of preference."""


def read_customers(paths: Sequence[Path], connection: duckdb.DuckDBPyConnection, *, into: str) -> int:
    """Make the table `into` of every row of every file in order, numbered by `input_row`; say how many there are.

    Without an `organization` column, rows belong to the file's name. Raises BadInput without a customer number.
    """
    parts = [part for path in paths for part in _parts(path, connection)]
    union = " UNION ALL ".join(parts)
    connection.execute(f"CREATE TABLE {into} AS SELECT row_number() OVER () AS input_row, * FROM ({union})")
    return int(connection.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0])


def columns_of(headers: Sequence[str]) -> dict[str, int]:
    """Which header means which column; the first of the preferred spellings wins."""
    spelled = [" ".join(words_of(folded(header))) for header in headers]
    return {
        column: spelled.index(name)
        for column, names in COLUMNS.items()
        if (name := next((n for n in names if n in spelled), None)) is not None
    }


def _parts(path: Path, connection: duckdb.DuckDBPyConnection) -> list[str]:
    if path.suffix.lower() == ".parquet":
        return [_parquet(path, connection)]
    tables = read_files([path], connection)
    return [
        _select(table.relation, dict(zip(table.headers, table.columns, strict=True)), path, order="row_number")
        for table in tables
    ]


def _parquet(path: Path, connection: duckdb.DuckDBPyConnection) -> str:
    view = f"customers_{len(connection.execute('SELECT 1 FROM duckdb_views() WHERE NOT internal').fetchall())}"
    try:
        connection.read_parquet(str(path)).create_view(view)
    except duckdb.Error as problem:
        raise BadInput(
            Text("Ce fichier Parquet ne s'ouvre pas.", "This Parquet file cannot be opened."),
            where=Text(f"Fichier {path.name}.", f"File {path.name}."),
        ) from problem
    names = [row[0] for row in connection.execute(f"DESCRIBE {view}").fetchall()]
    return _select(view, {name: name for name in names}, path)


def _select(relation: str, headers: dict[str, str], path: Path, *, order: str | None = None) -> str:
    found = columns_of(list(headers))
    if "customer_number" not in found:
        raise BadInput(
            Text("Il manque la colonne du code client.", "The customer number column is missing."),
            where=Text(f"Fichier {path.name}.", f"File {path.name}."),
            found=Text(f"Colonnes reconnues : {len(found)}.", f"Columns recognised: {len(found)}."),
            do=Text("Nommer cette colonne « Code client ».", 'Name that column "customer_number".'),
        )
    columns = list(headers.values())
    chosen = [
        f"{_quoted(columns[found[column]])}::VARCHAR AS {column}" if column in found else _absent(column, path)
        for column in COLUMNS
    ]
    return f"(SELECT {', '.join(chosen)} FROM {relation}{f' ORDER BY {order}' if order else ''})"


def _absent(column: str, path: Path) -> str:
    return f"{_literal(path.stem)} AS {column}" if column == "organization" else f"NULL::VARCHAR AS {column}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
