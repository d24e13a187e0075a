"""`publicc release build|audit|show|list`: the frozen cubes of the collective."""

import importlib
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import django
import typer

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.kernel.errors import NotFound
from publicc.kernel.period import Period, parse_period
from publicc.kernel.text import Text
from publicc.releases.audit import AuditReport, audit_release, pool_beside, release_in
from publicc.releases.brought import NOTHING_BROUGHT, brought_within
from publicc.releases.build import audit_block, build_release, period_to_release
from publicc.releases.files import read_release
from publicc.releases.granted import NOTHING_GRANTED, Granted
from publicc.releases.policies import policy_in_force
from publicc.releases.publication import publication_of, read_history, releases_folder, releases_of
from publicc.releases.signing import signer_of
from publicc.releases.units import organizations_of
from publicc.segments.profiling import read_profiling
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse, snapshot_folder

app = typer.Typer(help="Frozen, protected and signed figures of the collective.", no_args_is_help=True)


AsJson = Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")]


@app.command()
def build(
    *,
    pool: Path | None = typer.Option(None, help="Folder of a pool snapshot; the current one by default."),  # noqa: B008
    out: Path | None = typer.Option(None, help="Folder of the release; releases/PERIOD of the home by default."),  # noqa: B008
    period: str | None = typer.Option(None, help="A closed season or period; the last one by default."),
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of computation; the snapshot's own by default."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Protect, audit, sign and write the release of a closed period, of the organizations whose agreement allows it.

    Example: publicc release build --period 2018-2019
    """
    home = Home.from_environment()
    folder = pool or snapshot_folder(home, current_or_refuse(home).id)
    described = organizations_of(folder)
    django.setup()
    installation.prepare_database()
    consent = importlib.import_module("publicc.releases.agreed").consent_today(described)
    chosen, day = parse_period(period) if period else None, as_of.date() if as_of else None
    counted = chosen or period_to_release(folder, policy_in_force(home), as_of=day, consent=consent)
    where = out or home.root / "releases" / (period or "latest")
    told = build_release(
        folder,
        where,
        period=chosen,
        as_of=day,
        signer=signer_of(home),
        policy=policy_in_force(home),
        history=read_history(home),
        consent=consent,
        granted=_granted_within(counted) if counted else NOTHING_GRANTED,
        grouping=importlib.import_module("publicc.releases.groups.queries").grouping_today(),
        brought=brought_within(filter(consent.lets_compare, described), counted) if counted else NOTHING_BROUGHT,
        profiling=importlib.import_module("publicc.segments.queries").profiling_in_force(),
    )
    if as_json:
        _print_json(told)
    else:
        _say(_summary(told))


@app.command()
def audit(
    release: Path = typer.Argument(..., help="Folder of the release, or of the run that holds it."),  # noqa: B008
    *,
    pool: Path | None = typer.Option(  # noqa: B008
        None, help="The pool it was made from; found by itself beside the release, or among this home's snapshots."
    ),
    as_json: AsJson = False,
) -> None:
    """Rerun the attacks on a stored release; exits with 1 if one succeeds or one byte changed.

    A release of this installation is also attacked by whoever was granted the figures of a show, alone and in pairs.

    Example: publicc release audit out/release
    """
    folder = release_in(release)
    report = audit_release(
        folder,
        pool=pool or pool_beside(folder) or _snapshot_of(folder),
        granted=_granted_beside(folder),
        profiling=read_profiling,
    )
    told = {
        "release": report.release,
        "held": report.held,
        "altered": report.altered,
        "closed": report.closed,
        "audit": audit_block(report.attempts),
    }
    if as_json:
        _print_json(told)
    else:
        _say(_verdict(report, told))
    raise typer.Exit(0 if report.held else 1)


@app.command()
def show(
    release: Path = typer.Argument(..., help="Folder that holds certificate.json."),  # noqa: B008
    *,
    as_json: AsJson = False,
) -> None:
    """What a release says: its certificate and the cells it shows.

    Example: publicc release show out/release --json
    """
    found = read_release(release)
    if as_json:
        _print_json({"certificate": found.certificate, "cells": found.cells.to_pylist()})
        return
    _say(_summary(found.certificate))
    for row in found.cells.to_pylist():
        if row["state"] == "shown":
            dims = ", ".join(f"{k}={v}" for k, v in row.items() if v and (k.endswith(("_region", "_discipline"))))
            sys.stdout.write(f"{row['metric']} {row['statistic']} [{dims or '*'}] {row['value']:g}\n")


@app.command("list")
def list_releases(*, as_json: AsJson = False) -> None:
    """The releases of this installation.

    Example: publicc release list
    """
    home = Home.from_environment()
    found = [read_release(folder) for folder in releases_of(home)]
    told = [
        {"name": one.folder.name, "state": publication_of(one).state.value, **_brief(one.certificate)} for one in found
    ]
    if as_json:
        _print_json({"releases": told})
        return
    if not told:
        raise NotFound(
            Text("Aucune diffusion n'a encore été faite.", "No release has been built yet."),
            do=Text("Lancer publicc release build.", "Run publicc release build."),
        )
    for one in told:
        shown = f"{one['shown']}/{one['shown'] + one['withheld']}"
        sys.stdout.write(f"{one['name']}\t{one['state']}\t{one['from']}..{one['to']}\t{shown}\n")


def _brief(certificate: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "release": certificate["release"],
        **certificate["period"],
        **{k: certificate["cells"][k] for k in ("shown", "withheld")},
    }


def _summary(certificate: Any) -> Text:  # noqa: ANN401
    return Text(
        "Diffusion {release}, du {first} au {last} : {shown} cellules montrées, {held} retenues; {attacks} attaques, "
        "{within} réussie.",
        "Release {release}, {first} to {last}: {shown} cells shown, {held} withheld; {attacks} attacks, "
        "{within} succeeded.",
    ).filled(
        release=certificate["release"],
        first=certificate["period"]["from"],
        last=certificate["period"]["to"],
        shown=certificate["cells"]["shown"],
        held=certificate["cells"]["withheld"],
        attacks=certificate["audit"]["attacks"],
        within=certificate["audit"]["within"],
    )


def _verdict(report: AuditReport, told: dict[str, Any]) -> Text:
    verdict = Text("La diffusion tient", "The release holds") if report.held else Text("ÉCHEC", "FAILED")
    scope = (
        Text("comme lecteur extérieur seulement, faute du pool", "as an outsider only, the pool not being there")
        if report.altered is None
        else Text("comme chaque membre", "as every member")
    )
    empty = Text("", "") if report.closed else Text(" Aucune période n'était close.", " No period was closed.")
    return Text(
        "{verdict} : {attacks} attaques, {scope}; {within} réussie.{empty}",
        "{verdict}: {attacks} attacks, {scope}; {within} succeeded.{empty}",
    ).filled(
        verdict=verdict, scope=scope, attacks=told["audit"]["attacks"], within=told["audit"]["within"], empty=empty
    )


def _snapshot_of(release: Path) -> Path | None:
    """The snapshot that the certificate names, when this installation still has it."""
    snapshot = read_release(release).certificate.get("snapshot")
    folder = snapshot_folder(Home.from_environment(), str(snapshot)) if snapshot else None
    return folder if folder is not None and folder.is_dir() else None


def _granted_beside(release: Path) -> Granted:
    """What partners of shows were shown of the period of a release of this installation; nothing beside another's."""
    folder = releases_folder(Home.from_environment())
    if not release.resolve().is_relative_to(folder.resolve()):
        return NOTHING_GRANTED
    django.setup()
    installation.prepare_database()
    told = read_release(release).certificate["period"]
    return _granted_within(parse_period(f"{told['from']}..{told['to']}"))


def _granted_within(period: Period) -> Granted:
    found: Granted = importlib.import_module("publicc.releases.facts").granted_within(period)
    return found


def _say(words: Text) -> None:
    sys.stdout.write(words.said(spoken_language()) + "\n")


def _print_json(told: Any) -> None:  # noqa: ANN401
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
