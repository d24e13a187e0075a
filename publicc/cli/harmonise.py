"""`publicc harmonise`: from the vaults to a new snapshot of the pool."""

import importlib
import json
from datetime import UTC, datetime
from typing import Annotated

import django
import typer

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.cli.engines import Engine, EngineOption, MasterOption, workers_of
from publicc.cli.shown import Shown
from publicc.harmonise import pipeline
from publicc.harmonise.stages import Stages
from publicc.kernel.text import Text
from publicc.metrics.rollup import rollup_tables
from publicc.store.home import Home

app = typer.Typer()


@app.command()
def harmonise(
    *,
    engine: EngineOption = Engine.DUCKDB,
    master: MasterOption = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of computation; today by default.")
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Compare every record again, not only those that changed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the snapshot as JSON.")] = False,
) -> None:
    """Recognise buyers, blind them and publish a new snapshot of the pool, in one step.

    Example: publicc harmonise
    """
    django.setup()
    installation.prepare_database()
    known = importlib.import_module("publicc.collective.queries")  # its models need Django set up
    apart = known.apart()
    for slug in sorted(apart):
        installation.say(_APART.filled(slug=slug))
    home = Home.from_environment()
    with (
        Shown(spoken_language()) as progress,
        home.working_folder("engine") as folder,
        workers_of(engine, master, folder) as workers,
    ):
        made = importlib.import_module("publicc.harmonise.together").harmonise_together(
            home,
            pipeline.with_undescribed(home, known.profiles(), apart=apart),
            as_of=as_of.date() if as_of else datetime.now(UTC).date(),
            stages=Stages(progress=progress),
            tables=rollup_tables(),
            workers=workers,
            afresh=afresh,
        )
    if as_json:
        typer.echo(json.dumps(made.as_json(), ensure_ascii=False, indent=1, sort_keys=True))
        return
    for slug, one in made.organizations.items():
        typer.echo(
            Text("{slug} : {tickets} billets, {persons} acheteurs", "{slug}: {tickets} tickets, {persons} buyers").said(
                spoken_language(), slug=slug, tickets=one.tickets, persons=one.persons
            )
        )


_APART = Text(
    "{slug} : laissé de côté, aucune entente en vigueur ou droit retiré.",
    "{slug}: left aside, no agreement in force or right withdrawn.",
)
