"""`publicc deposit`: one organization's files into its vault, with an account of every row."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from publicc.cli.app import speak
from publicc.cli.exports import exports_in
from publicc.cli.shown import Shown
from publicc.collective.profiles import OrganizationProfile, profile_of_folder, slug_of
from publicc.intake.deposits import DepositReport
from publicc.intake.deposits.desk import deposit_files
from publicc.intake.deposits.words import said_report
from publicc.intake.mapping.memory import mapping_as_toml, read_mapping
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Lang, Text
from publicc.store.home import Home

app = typer.Typer()


@app.command()
def deposit(
    organization: Annotated[str, typer.Argument(metavar="ORG", help="The organization: its short name.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Exports, in any order; a folder = its files.")],
    *,
    source: Annotated[str | None, typer.Option("--source", help="Ticketing system, when it is to be said.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only: nothing is kept.")] = False,
    replace_period: Annotated[
        bool, typer.Option("--replace-period", help="Orders missing from the files' period are no longer current.")
    ] = False,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="TOML mapping to use, and to write back.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
) -> None:
    """Take an organization's exports into its vault, and say where every row went.

    Example: publicc deposit theatre-du-nord clients.csv transactions.csv evenements.csv
    """
    said = speak(lang)
    profile = _profile(organization, files)
    paths = _paths(files)
    told = read_mapping(mapping) if mapping else None
    with Shown(said) as progress:
        report = deposit_files(
            Home.from_environment(),
            paths,
            organization=profile,
            received_at=datetime.now(UTC).astimezone(ZoneInfo(profile.time_zone)).replace(microsecond=0),
            mapping=told,
            progress=progress,
            dry_run=dry_run,
            replace_period=replace_period,
            source=source,
        )
    if mapping and not dry_run:
        mapping.write_text(mapping_as_toml(report.mapping), encoding="utf-8")
    _print(report, as_json=as_json, lang=said, lang_given=lang is not None)


def _print(report: DepositReport, *, as_json: bool, lang: Lang, lang_given: bool) -> None:
    if as_json:
        typer.echo(json.dumps(report.as_json(lang if lang_given else None), ensure_ascii=False, indent=2))
    else:
        typer.echo(said_report(report, lang))


def _profile(organization: str, files: list[Path]) -> OrganizationProfile:
    """The profile that lies in the folder given, else one of that name with the usual time zone."""
    slug = slug_of(organization)
    folder = next((path for path in files if path.is_dir()), None)
    if folder is None:
        return OrganizationProfile(slug, organization)
    found = profile_of_folder(folder)
    return replace(found, slug=slug)


def _paths(files: list[Path]) -> list[Path]:
    """The files themselves, and those of a folder. Raises BadInput when one does not exist or there is none."""
    paths: list[Path] = []
    for path in files:
        paths += exports_in(path) if path.is_dir() else [path]
    missing = [path for path in paths if not path.is_file()]
    if missing or not paths:
        raise BadInput(
            Text("Ce fichier n'existe pas.", "This file does not exist."),
            where=Text(f"Fichier {missing[0].name}.", f"File {missing[0].name}.") if missing else None,
            do=Text("Vérifier le nom et le dossier.", "Check the name and the folder."),
        )
    return paths
