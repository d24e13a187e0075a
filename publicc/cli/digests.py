"""`publicc digests`: the e-mail digests that are due."""

import importlib
import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import django
import typer
from django.utils import timezone

from publicc.cli.app import spoken_language
from publicc.kernel.text import Text

app = typer.Typer()


@app.command()
def digests(
    *,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day to send for; today by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Send the e-mail digests that people asked for and that are due. The worker does it each day.

    Example: publicc digests
    """
    django.setup()
    sender = importlib.import_module("publicc.dashboards.digests")
    sent = sender.send_digests(on.date() if on else timezone.localdate())
    if as_json:
        json.dump(asdict(sent), sys.stdout)
        return
    told = Text(
        "Envoyés : {sent}. Rien à dire : {quiet}. Non partis : {failed}.",
        "Sent: {sent}. Nothing to tell: {quiet}. Could not leave: {failed}.",
    )
    typer.echo(told.said(spoken_language(), **asdict(sent)), err=True)
