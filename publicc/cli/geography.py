"""`publicc geography`: official limits, census and codes in place of what is shipped."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from publicc.cli.app import speak
from publicc.cli.tables import drawn_table
from publicc.directory.areas import sources
from publicc.directory.official.layers import LABELS, Layer, Prepared
from publicc.directory.official.read import read_official
from publicc.kernel.text import Lang, Text
from publicc.store.home import Home
from publicc.store.shelf import Imported, Shelf

app = typer.Typer(no_args_is_help=True, help="Official limits, census, municipalities and postal codes.")

_SHIPPED = {Layer.FSA_LIMITS: "fsa_areas", Layer.POSTAL_CODES: "postal_codes"}
"""Layers for which Public C has a table of its own until an official one is imported."""


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="Files as their publisher gives them; recognised by content.")],
    *,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Read official files and use them from now on. When one cannot be used, none is.

    Example: publicc geography import lfsa000b21a_e.zip 98-401-X2021013_eng_CSV.zip
    """
    spoken = speak(lang)
    shelf = Shelf.of(Home.from_environment())
    read = [(file.name, read_official(file)) for file in files]
    done = [(shelf.put(one, file_name=name, at=datetime.now(UTC)), one) for name, one in read]
    if as_json:
        told = [one.as_json() | {"notes": [note.said(spoken) for note in kept.notes]} for one, kept in done]
        typer.echo(json.dumps({"imported": told}, ensure_ascii=False, indent=1))
        return
    for one, kept in done:
        _say(one, kept, spoken)


def _say(one: Imported, kept: Prepared, lang: Lang) -> None:
    line = Text("{label} : {rows} retenus ({file}).", "{label}: {rows} kept ({file}).")
    typer.echo(line.said(lang, label=LABELS[one.layer], rows=one.rows, file=one.file_name))
    for note in (*kept.notes, one.attribution):
        typer.echo(f"  {note.said(lang)}")
    if one.layer in {Layer.POSTAL_CODES, Layer.MUNICIPALITIES}:
        again = Text(
            "Les données déjà harmonisées la prendront au prochain publicc harmonise.",
            "Data harmonised before will take it at the next publicc harmonise.",
        )
        typer.echo(f"  {again.said(lang)}")


@app.command("list")
def list_layers(
    *,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Each layer: where it comes from, its vintage, and the line that must stand beside it.

    Example: publicc geography list --lang en
    """
    spoken = speak(lang)
    there = Shelf.of(Home.from_environment()).imported()
    told = [_told(layer, there.get(layer), spoken) for layer in Layer]
    if as_json:
        typer.echo(json.dumps({"layers": told}, ensure_ascii=False, indent=1))
        return
    heads = {"fr": ("couche", "source", "millésime", "mention"), "en": ("layer", "source", "vintage", "attribution")}
    rows = [(one["label"], one["source"], one["vintage"] or "–", one["attribution"]) for one in told]
    typer.echo(drawn_table(heads[spoken], rows, left=4))


def _told(layer: Layer, one: Imported | None, lang: Lang) -> dict[str, Any]:
    label = LABELS[layer].said(lang)
    if one is not None:
        return {"label": label, "source": one.file_name, "attribution": one.attribution.said(lang)} | one.as_json()
    shipped = sources().get(_SHIPPED.get(layer, ""))
    if shipped is not None:
        here = Text("Public C", "Public C").said(lang)
        return {
            "layer": layer.value, "label": label, "source": here, "vintage": shipped.vintage,
            "attribution": shipped.attribution.said(lang), "version": "",
        }  # fmt: skip
    absent = Text("à importer", "to be imported").said(lang)
    return {"layer": layer.value, "label": label, "source": absent, "vintage": "", "attribution": "", "version": ""}


@app.command("remove")
def remove_layer(
    layer: Annotated[Layer, typer.Argument(help="The layer to go without.")],
    *,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
) -> None:
    """Go back to what is shipped for one layer.

    Example: publicc geography remove fsa_limits
    """
    spoken = speak(lang)
    one = Shelf.of(Home.from_environment()).remove(layer)
    typer.echo(Text("{label} : retiré.", "{label}: removed.").said(spoken, label=LABELS[one.layer]))
