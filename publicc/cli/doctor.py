"""`publicc doctor`: whether this installation is fit to work, and what to do when it is not."""

import importlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import django
import typer

from publicc.cli.app import speak
from publicc.cli.tables import drawn_table
from publicc.intake.opening import closed_vaults
from publicc.kernel.checkup import Checked, State, bad, good
from publicc.kernel.errors import PublicCError
from publicc.kernel.text import Text
from publicc.store.checkup import check_home
from publicc.store.home import Home
from publicc.store.keys import KeyRing

app = typer.Typer()


@app.command()
def doctor(
    *,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Look at keys, vaults, snapshot, disk, database, trail, queue, mail, backups; say what to do. Changes nothing.

    Exit code 1 when something is to be mended.

    Example: publicc doctor --json
    """
    spoken = speak(lang)
    told = list(_checks())
    sound = all(one.state is not State.BAD for one in told)
    if as_json:
        typer.echo(json.dumps({"sound": sound, "checks": [one.as_json(spoken) for one in told]}, ensure_ascii=False))
    else:
        header = [Text("état", "state").said(spoken), Text("constat", "finding").said(spoken)]
        lines = [[one.state.label.said(spoken), one.what.said(spoken)] for one in told]
        typer.echo(drawn_table(header, lines, left=2))
        for one in told:
            if one.do is not None:
                typer.echo(f"\n{one.what.said(spoken)}\n  → {one.do.said(spoken)}")
    raise typer.Exit(0 if sound else 1)


def _checks() -> Iterator[Checked]:
    home, now = Home.from_environment(), datetime.now(UTC)
    django.setup()
    yield from check_home(home, now=now)
    yield _vaults(home)
    yield from importlib.import_module("publicc.collective.checkup").check_site(now=now)


def _vaults(home: Home) -> Checked:
    """Whether every vault opens."""
    do = Text("Restaurer le coffre et ses clés.", "Restore the vault and its keys.")
    n = len(list(home.vaults.glob("[!@]*.duckdb")))
    if not n:
        return good("vaults", Text("Aucun coffre encore.", "No vault yet."))
    try:
        closed = list(closed_vaults(home, KeyRing.open(home, create=False)))
    except PublicCError as problem:
        return bad("vaults", problem.what, problem.do or do)
    if closed:
        told = Text(
            "Coffres qui ne s'ouvrent pas : {n}, dont celui de {name}.",
            "Vaults that do not open: {n}, among them {name}'s.",
        )
        return bad("vaults", told.filled(n=len(closed), name=closed[0][0]), closed[0][1].do or do)
    return good("vaults", Text("Chaque coffre s'ouvre ({n}).", "Each vault opens ({n}).").filled(n=n))
