"""`publicc demo build`: write the demonstration collective."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from publicc.demo.build import DEFAULT_CUSTOMERS, DEFAULT_SEED, Wanted, build

app = typer.Typer(no_args_is_help=True, help="The demonstration collective: organizations that never existed.")


@app.callback()
def _group() -> None:
    """Keep `build` a command of its own."""


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
            typer.echo(f"{slug}: {one['tickets']} tickets, {', '.join(one['files'])}")


def _summary(truth: dict[str, Any]) -> dict[str, Any]:
    kept = ("name", "layout", "customers", "persons", "tickets", "revenue", "performances", "files")
    organizations = {slug: {key: one[key] for key in kept} for slug, one in truth["organizations"].items()}
    return {"as_of": truth["as_of"], "seed": truth["seed"], "organizations": organizations}
