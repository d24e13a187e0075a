"""`publicc demo`: write the demonstration collective, and bring it into this installation."""

import importlib
import json
from pathlib import Path
from typing import Annotated, Any

import django
import typer

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.demo.build import DEFAULT_CUSTOMERS, DEFAULT_SEED, Wanted, build
from publicc.demo.seasons import AS_OF
from publicc.kernel.text import Text

app = typer.Typer(no_args_is_help=True, help="The demonstration collective: organizations that never existed.")


@app.command("build")
def build_demo(
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder to write; new or empty.")],
    organizations: Annotated[int, typer.Option("--organizations", help="How many organizations.")] = 12,
    customers: Annotated[
        int, typer.Option("--customers", help="About how many customer records in all.")
    ] = DEFAULT_CUSTOMERS,
    seed: Annotated[int, typer.Option("--seed", help="The same seed writes the same bytes.")] = DEFAULT_SEED,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Write raw exports, one folder an organization, and the planted truths beside them.

    Example: publicc demo build --customers 5000 --seed 7 --out demo
    """
    built = build(Wanted(organizations, customers, seed), out)
    summary = _summary(built.truth)
    if as_json:
        typer.echo(json.dumps({"folder": str(out), **summary}, ensure_ascii=False))
    else:
        for slug, one in summary["organizations"].items():
            told = Text("{slug} : {n} billets, {files}", "{slug}: {n} tickets, {files}")
            files = ", ".join(one["files"])
            typer.echo(told.said(spoken_language(), slug=slug, n=f"{one['tickets']}", files=files))


@app.command("install")
def install_demo(
    *,
    exports: Annotated[
        Path, typer.Option("--from", help="Folder that `demo build` wrote.", exists=True, file_okay=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was installed as JSON.")] = False,
) -> None:
    """Deposit every organization's exports, publish the pool, open accounts to try. Refused beside a real organization.

    Example: publicc demo install --from demo
    """
    django.setup()
    installation.prepare_database()
    demonstration = importlib.import_module("publicc.cli.demonstration")
    installed = demonstration.install(exports, as_of=AS_OF, progress=installation.Told())
    told = [{"organization": one.slug, "name": one.name} for one in installed]
    if as_json:
        typer.echo(json.dumps({"organizations": told}, ensure_ascii=False))


def _summary(truth: dict[str, Any]) -> dict[str, Any]:
    kept = ("name", "layout", "customers", "persons", "tickets", "revenue", "performances", "files")
    organizations = {slug: {key: one[key] for key in kept} for slug, one in truth["organizations"].items()}
    return {"as_of": truth["as_of"], "seed": truth["seed"], "organizations": organizations}
