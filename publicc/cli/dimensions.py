"""`publicc dimensions`: what figures can be cut and filtered by."""

import json
from typing import Annotated

import typer

from publicc.cli.app import speak
from publicc.cli.tables import drawn_table
from publicc.metrics.dimensions import DIMENSIONS

app = typer.Typer()


@app.command()
def dimensions(
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,  # noqa: FBT002
) -> None:
    """The dimensions, with the values of closed lists.

    Example: publicc dimensions --lang en
    """
    spoken = speak(lang)
    if as_json:
        told = [
            {"id": one.id, "label": one.label.said(spoken), "level": one.level.value, "values": list(one.values)}
            for one in DIMENSIONS.values()
        ]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    rows = [(one.id, one.label.said(spoken), one.level.value, " ".join(one.values)) for one in DIMENSIONS.values()]
    heads = {"fr": ("dimension", "niveau", "valeurs"), "en": ("dimension", "level", "values")}[spoken]
    typer.echo(drawn_table(("id", *heads), rows, left=4))
