"""`publicc directory export|import`: the common directory as CSV or JSON-LD, and ODCAF venues as candidates."""

import importlib
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import django
import typer

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.directory.exchange import from_csv, from_json_ld, to_csv, to_json_ld
from publicc.directory.odcaf import facilities
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text

app = typer.Typer(no_args_is_help=True, help="The common directory: shows, venues, rooms, series.")

_LD: Final = frozenset({".json", ".jsonld"})


class Kind(StrEnum):
    """What a file is."""

    DIRECTORY = "directory"
    ODCAF = "odcaf"


@app.command("export")
def export_directory(out: Annotated[Path, typer.Argument(help="FILE.csv or FILE.jsonld to write.")]) -> None:
    """Write every listed entry: CSV, or JSON-LD (schema.org, Artsdata ids) when the name ends in .jsonld or .json.

    Example: publicc directory export repertoire.jsonld
    """
    rows = _keeping().rows()
    told = to_json_ld(rows) if out.suffix.lower() in _LD else to_csv(rows)
    try:
        out.write_text(told, encoding="utf-8")
    except OSError as problem:
        raise BadInput(
            Text("Le fichier de sortie ne s'écrit pas.", "The output file cannot be written."),
            where=Text(f"Fichier {out.name}.", f"File {out.name}."),
            do=Text("Choisir un dossier qui existe.", "Choose a folder that exists."),
        ) from problem
    installation.say(Text("Fiches écrites : {n}.", "Entries written: {n}.").filled(n=len(rows)))


@app.command("import")
def import_directory(
    file: Annotated[Path, typer.Argument(help="FILE.csv or FILE.jsonld to read.")],
    *,
    kind: Annotated[Kind, typer.Option("--as", help="What the file is.")] = Kind.DIRECTORY,
    provinces: Annotated[str, typer.Option(help="Of ODCAF: provinces to take, with commas.")] = "QC",
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Take entries in, all or nothing: those of a file are listed; ODCAF venues are candidates until confirmed.

    Example: publicc directory import ODCAF_v1.0.csv --as odcaf --provinces QC,ON
    """
    keeping = _keeping()
    if not file.is_file():
        raise NotFound(
            Text("Ce fichier n'existe pas.", "This file does not exist."),
            found=Text(file.name, file.name),
        )
    told = file.read_bytes()
    if kind is Kind.ODCAF:
        wanted = frozenset(one.strip().upper() for one in provinces.split(","))
        made, others = keeping.take_facilities(facilities(told, provinces=wanted))
        key, said = "already_there", Text("Ajoutées : {made}; déjà là : {n}.", "Added: {made}; already there: {n}.")
    else:
        read = from_json_ld if file.suffix.lower() in _LD else from_csv
        made, others = keeping.take_rows(read(_decoded(told)))
        key, said = "changed", Text("Ajoutées : {made}; changées : {n}.", "Added: {made}; changed: {n}.")
    if as_json:
        typer.echo(json.dumps({"made": made, key: others}))
        return
    typer.echo(said.said(spoken_language(), made=made, n=others))


def _decoded(told: bytes) -> str:
    try:
        return told.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(
            Text("Le fichier n'est pas en UTF-8.", "The file is not in UTF-8."),
            do=Text("L'enregistrer en UTF-8.", "Save it as UTF-8."),
        ) from problem


def _keeping() -> Any:  # noqa: ANN401 - a module that may be imported only once Django is set up
    django.setup()
    installation.prepare_database()
    return importlib.import_module("publicc.directory.keeping")
