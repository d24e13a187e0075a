"""`publicc run`: from a folder of raw exports to everything an organization gets, without a server."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from publicc.cli.app import speak
from publicc.cli.run_output import RUN_FILE, output_folder, write_json
from publicc.cli.run_sources import source_of
from publicc.cli.running import Done, Wanted
from publicc.cli.running import run as run_through
from publicc.cli.shown import Shown
from publicc.harmonise.stages import Stages
from publicc.kernel.formats import money, number
from publicc.kernel.text import Lang, Text
from publicc.store.home import Home

app = typer.Typer()


@app.command()
def run(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="One folder an organization, or one's exports.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder to write: new, empty, or a former run.")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of computation; the last order's.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print run.json on stdout.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en, for messages and pages.")] = None,
) -> None:
    """Read, map, check, harmonise, blind, compute and release what lies in SOURCE into one folder.

    Identities stay nowhere: vaults are made under passing keys and wiped.

    Example: publicc run exports --out results
    """
    said = speak(lang)
    found = source_of(source)
    with Shown(said) as progress, output_folder(out) as built:
        wanted = Wanted(found, out, as_of.date() if as_of else None, said)
        done = run_through(Home.from_environment(), wanted, built, Stages(progress=progress))
        write_json(built / RUN_FILE, done.told)
    _say(done, said)
    if as_json:
        typer.echo(json.dumps(done.told, ensure_ascii=False, indent=1, sort_keys=True))
    if done.unusable:
        raise typer.Exit(1)


def _say(done: Done, lang: Lang) -> None:
    lines = [
        Text(
            "{slug} : {tickets} billets, {persons} acheteurs, {revenue}.",
            "{slug}: {tickets} tickets, {persons} buyers, {revenue}.",
        ).said(
            lang,
            slug=slug,
            tickets=number(one["tickets"], lang),
            persons=number(one["persons"], lang),
            revenue=money(one["revenue"], lang),
        )
        for slug, one in done.told["organizations"].items()
    ]
    lines += [notice.said(lang) for notice in done.notices]
    for name, problem in done.unusable.items():
        lines.append(f"{name} : {problem.sentence(lang)}" if lang == "fr" else f"{name}: {problem.sentence(lang)}")
    sys.stderr.write("\n".join(lines) + "\n")
