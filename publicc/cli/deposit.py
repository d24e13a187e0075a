"""`publicc deposit`: one organization's files into its vault, with an account of every row."""

import importlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import django
import typer

from publicc.cli import installation
from publicc.cli.app import speak
from publicc.cli.exports import exports_in
from publicc.cli.shown import Shown
from publicc.collective.profiles import OrganizationProfile, profile_of_folder, slug_of
from publicc.harmonise.tokens.files import is_token_file
from publicc.harmonise.tokens.keeping import receive_tokens
from publicc.intake.checks import QualityReport
from publicc.intake.deposits.desk import deposit_files
from publicc.intake.deposits.words import said_report
from publicc.intake.mapping.memory import mapping_as_toml, read_mapping
from publicc.intake.quality import ToldQuality, kept_report, told_quality
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Lang, Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing

app = typer.Typer()
_FINDINGS_SAID: Final = 6


@app.command()
def deposit(
    organization: Annotated[str, typer.Argument(metavar="ORG", help="The organization: its short name.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Exports, in any order; a folder = its files.")],
    *,
    source: Annotated[str | None, typer.Option("--source", help="Ticketing system, when it is to be said.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say all, the quality too; keep nothing.")] = False,
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
    if any(is_token_file(path) for path in paths):
        _take_tokens(paths, profile.slug, said, as_json=as_json)
        return
    told = read_mapping(mapping) if mapping else None
    home = Home.from_environment()
    _check_agreed(home, profile.slug)
    heard: list[QualityReport] = []
    with Shown(said) as progress:
        report = deposit_files(
            home,
            paths,
            organization=profile,
            received_at=datetime.now(UTC).astimezone(ZoneInfo(profile.time_zone)).replace(microsecond=0),
            mapping=told,
            progress=progress,
            dry_run=dry_run,
            replace_period=replace_period,
            source=source,
            told=heard.append,
        )
    quality = heard[0].as_json() if heard else kept_report(home, profile.slug)
    if mapping and not dry_run:
        mapping.write_text(mapping_as_toml(report.mapping), encoding="utf-8")
    if as_json:
        told_report = report.as_json(said if lang else None)
        told_report["quality"] = quality
        typer.echo(json.dumps(told_report, ensure_ascii=False, indent=2))
        return
    typer.echo(said_report(report, said))
    if quality is not None:
        typer.echo("\n".join(_quality_lines(told_quality(quality, said), said)))


def _check_agreed(home: Home, slug: str) -> None:
    """As on the site: no file of an organization whose agreement does not allow it. Nothing before there is a site."""
    if home.control_database.is_file() or os.environ.get("DATABASE_URL"):
        django.setup()
        installation.prepare_database()
        importlib.import_module("publicc.intake.actions").check_may_bring(slug)


def _take_tokens(paths: list[Path], slug: str, lang: Lang, *, as_json: bool) -> None:
    """Tokens made by `publicc blind` go to the vault as they are: nothing in them is to be mapped."""
    if len(paths) > 1:
        raise BadUsage(
            Text("Un fichier de jetons se dépose seul.", "A file of tokens is deposited alone."),
            do=Text("Déposer les autres fichiers à part.", "Deposit the other files apart."),
        )
    home = Home.from_environment()
    found = receive_tokens(home, KeyRing.open(home), slug, paths[0])
    if as_json:
        typer.echo(json.dumps({"tokens": {"rows": found.rows, "persons": found.persons}}))
        return
    typer.echo(
        Text(
            "Jetons reçus : {rows} fiches, {persons} personnes. Ils remplacent ceux d'avant.",
            "Tokens received: {rows} records, {persons} persons. They take the place of those before.",
        ).said(lang, rows=found.rows, persons=found.persons)
    )


def _quality_lines(quality: ToldQuality, lang: Lang) -> Iterator[str]:
    scores = ", ".join(f"{label} {score}" for label, score in quality.dimensions)
    yield Text("Qualité : {scores}.", "Quality: {scores}.").said(lang, scores=scores or "-")
    for one in quality.findings[:_FINDINGS_SAID]:
        where = f" ({one.where})" if one.where else ""
        yield Text("! {label}{where} : {n}. {do}", "! {label}{where}: {n}. {do}").said(
            lang, label=one.label, where=where, n=one.how_many, do=one.do
        )
    left = quality.more + max(0, len(quality.findings) - _FINDINGS_SAID)
    if left:
        yield Text("Constats de plus : {n} (voir --json).", "More findings: {n} (see --json).").said(lang, n=left)


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
