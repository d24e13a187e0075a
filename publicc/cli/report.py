"""`publicc report`: an organization's document as PDF, workbook, slides or CSV, the same figures as on its screens."""

import importlib
import json
from pathlib import Path
from typing import Annotated

import django
import typer

from publicc.cli.app import speak
from publicc.cli.installation import prepare_database, say
from publicc.kernel.errors import BadUsage
from publicc.kernel.text import Text
from publicc.reports.kinds import KINDS

app = typer.Typer()


@app.command()
def report(  # noqa: PLR0913 - one option each
    *,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"{', '.join(KINDS)}.")],
    organization: Annotated[str, typer.Option("--organization", help="Slug of the organization.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    form: Annotated[str | None, typer.Option("--format", help="pdf, xlsx, pptx or csv; else that of --out.")] = None,
    season: Annotated[str | None, typer.Option("--season", help="2018-2019; the current one by default.")] = None,
    period: Annotated[str | None, typer.Option("--period", help="2018-09-01..2019-02-28.")] = None,
    show: Annotated[str | None, typer.Option("--show", help="The show of a show review: its title or its id.")] = None,
    survey: Annotated[str | None, typer.Option("--survey", help="The key of the survey, in its address.")] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="DIM=VALUE", help="discipline, venue, channel, price_group.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="What was written, as JSON.")] = False,
) -> None:
    """Write a report on one organization's own figures, with their definitions and what is unknown.

    Example: publicc report season --organization theatre-du-nord --season 2018-2019 --format pdf --out bilan.pdf
    """
    spoken = speak(lang)
    django.setup()
    prepare_database()
    asking = importlib.import_module("publicc.reports.asking")
    named = {"season": season, "period": period, "show": show, "survey": survey}
    asked = {name: [value] for name, value in named.items() if value} | _filters(where or [])
    made = asking.report_asked(organization, kind, form or out.suffix.lstrip(".").lower(), spoken, asked)
    try:
        out.write_bytes(made.content)
    except OSError as problem:
        raise BadUsage(
            Text("Ce fichier ne peut pas être écrit.", "This file cannot be written."),
            where=Text(f"{out}.", f"{out}."),
            do=Text("Choisir un dossier qui existe.", "Choose a folder that exists."),
        ) from problem
    if as_json:
        told = {"file": str(out), "bytes": len(made.content), "snapshot": made.snapshot, "kind": kind, "lang": spoken}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        say(Text(f"Rapport écrit : {out}", f"Report written: {out}"))


def _filters(written: list[str]) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for one in written:
        name, equal, value = one.partition("=")
        if not equal or not value:
            raise BadUsage(
                Text(f"Le filtre « {one} » ne se lit pas.", f"The filter “{one}” cannot be read."),
                do=Text("Écrire --where discipline=DANCE.", "Write --where discipline=DANCE."),
            )
        kept.setdefault(name.strip(), []).append(value.strip())
    return kept
