"""The main job without a server: exports in, everything an organization gets out. `publicc run` is its door."""

import platform
import resource
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import duckdb

from publicc import __version__
from publicc.cli.run_output import write_json, write_pool
from publicc.cli.run_sources import Folder
from publicc.collective.profiles import OrganizationProfile, profile_of_folder
from publicc.dashboards.figures import all_figures
from publicc.harmonise.pipeline import RULES_VERSION, harmonise
from publicc.harmonise.stages import Stages
from publicc.intake import passing
from publicc.intake.checks import quality_html
from publicc.intake.deposits import DepositReport
from publicc.intake.mapping.memory import mapping_as_toml, read_mapping
from publicc.kernel.errors import BadInput, PublicCError
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.releases.build import build_release
from publicc.releases.signing import signer_of
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.snapshots import snapshot_folder

_MEGABYTE: Final = 1024  # ru_maxrss counts kilobytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked of a run."""

    folders: Sequence[Folder]
    former: Path
    """The folder of the run before, whose mappings are taken up again."""
    as_of: date | None
    lang: Lang


@dataclass(slots=True)
class Done:
    """What a run did: `told` is `run.json`; `unusable` the organizations that could not be, and why."""

    told: dict[str, Any] = field(default_factory=dict)
    unusable: dict[str, PublicCError] = field(default_factory=dict)
    notices: list[Text] = field(default_factory=list)


def run(home: Home, wanted: Wanted, out: Path, stages: Stages) -> Done:
    """Read, check, harmonise, compute and release into the empty folder `out`.

    Vaults live in a passing home under keys that are written nowhere, wiped when this returns; blinded ids are under
    the keys of `home`: the same input gives the same ids. Raises BadInput when no organization at all can be used.
    """
    with home.working_folder("run") as folder:
        bench = _Bench(Home(folder), KeyRing.open(home).for_passing_vaults(), wanted, stages)
        done = Done()
        received = _receive(bench, done)
        as_of = wanted.as_of or _last_day([report for _, report in received.values()])
        manifest = harmonise(bench.home, bench.ring, list(received), as_of=as_of, stages=stages)
        _write_reports(bench, received, as_of, out)
        _write_figures(bench, received, manifest, out)
        with stages.lap("release", Text("Publication protégée", "Protected release")) as lap:
            pool = snapshot_folder(bench.home, manifest.id)
            write_pool(pool, out / "pool")
            build_release(pool, out / "release", as_of=as_of, signer=signer_of(home))
            lap.rows = manifest.pool.tickets
    done.told = _told(received, manifest, stages)
    return done


@dataclass(frozen=True, slots=True)
class _Bench:
    home: Home
    ring: KeyRing
    wanted: Wanted
    stages: Stages


Received = dict[OrganizationProfile, tuple[Folder, DepositReport]]


def _receive(bench: _Bench, done: Done) -> Received:
    received: Received = {}
    folders = bench.wanted.folders
    for number, folder in enumerate(folders):
        said = Text(f"Lecture de {folder.path.name}", f"Reading {folder.path.name}")
        with bench.stages.lap("intake", said, number, len(folders)) as lap:
            try:
                profile = profile_of_folder(folder.path)
                _check_new(profile, received)
                report = _deposit(bench, folder, profile)
            except PublicCError as problem:
                done.unusable[folder.path.name] = problem
                continue
            lap.rows += report.rows_read
            received[profile] = (folder, report)
            done.notices += [
                Text("{name}, {file} : {problem}", "{name}, {file}: {problem}").filled(
                    name=profile.name, file=one.file_name, problem=one.problem
                )
                for one in report.problems
            ]
    if not received:
        raise BadInput(
            Text("Aucune organisation de ce dossier n'est utilisable.", "No organization of this folder can be used."),
            found=Text(
                " ".join(f"{name} : {problem.sentence('fr')}" for name, problem in done.unusable.items()),
                " ".join(f"{name}: {problem.sentence('en')}" for name, problem in done.unusable.items()),
            ),
        )
    return received


def _check_new(profile: OrganizationProfile, received: Received) -> None:
    """Two folders whose names differ by accents or capitals only would be one organization."""
    if profile.slug in {one.slug for one in received}:
        raise BadInput(
            Text("Un autre dossier porte le même nom court.", "Another folder has the same short name."),
            found=Text(profile.slug, profile.slug),
            do=Text("Renommer l'un des deux.", "Rename one of them."),
        )


def _deposit(bench: _Bench, folder: Folder, profile: OrganizationProfile) -> DepositReport:
    return passing.receive(
        bench.home,
        bench.ring,
        folder.files,
        organization=profile,
        received_at=datetime.now(UTC).astimezone(ZoneInfo(profile.time_zone)).replace(microsecond=0),
        mapping=read_mapping(bench.wanted.former / "mapping" / f"{profile.slug}.toml"),
        progress=bench.stages.progress,
    )


def _last_day(reports: Sequence[DepositReport]) -> date:
    """The last day that the data knows of: the last order, else the last performance that is past, else today."""
    today = datetime.now(UTC).date()
    held = [report.held for report in reports]
    ordered = [one.last_order_on for one in held if one.last_order_on]
    given = [one.last_performance_on for one in held if one.last_performance_on and one.last_performance_on <= today]
    return max(ordered, default=None) or max(given, default=None) or today


def _write_reports(bench: _Bench, received: Received, as_of: date, out: Path) -> None:
    (out / "mapping").mkdir()
    (out / "quality").mkdir()
    for profile, (_, report) in received.items():
        said = Text(f"Qualité des données de {profile.name}", f"Quality of the data of {profile.name}")
        with bench.stages.lap("quality", said) as lap:
            judged = passing.quality(bench.home, bench.ring, organization=profile, as_of=as_of)
            write_json(out / "quality" / f"{profile.slug}.json", judged.as_json())
            page = out / "quality" / f"{profile.slug}.html"
            page.write_text(quality_html(judged, bench.wanted.lang), encoding="utf-8")
            mapping = out / "mapping" / f"{profile.slug}.toml"
            mapping.write_text(mapping_as_toml(report.mapping), encoding="utf-8")
            lap.rows += report.rows_read


def _write_figures(bench: _Bench, received: Received, manifest: Manifest, out: Path) -> None:
    for profile in received:
        with bench.stages.lap("figures", Text(f"Chiffres de {profile.name}", f"Figures of {profile.name}")) as lap:
            scope = OwnRows(profile.slug)
            with own_facts(bench.home, scope) as facts:
                write_json(out / "dashboards" / f"{profile.slug}.json", all_figures(facts, scope, manifest.as_of))
            lap.rows += manifest.organizations[profile.slug].tickets


def _told(received: Received, manifest: Manifest, stages: Stages) -> dict[str, Any]:
    organizations = {
        profile.slug: _read(folder, report) | _counted(manifest.organizations[profile.slug])
        for profile, (folder, report) in received.items()
    }
    summed = {
        name: sum(one[name] for one in organizations.values())
        for name in ("files", "rows_read", "rows_kept", "rows_refused")
    }
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "organizations": organizations,
        "pool": summed | _counted(manifest.pool),
        "snapshot": manifest.id,
        "as_of": manifest.as_of.isoformat(),
        "stages": stages.as_json(),
        "peak_memory_mb": round(peak / _MEGABYTE),
        "versions": {
            "publicc": __version__,
            "rules": RULES_VERSION,
            "duckdb": duckdb.__version__,
            "python": platform.python_version(),
        },
    }


def _read(folder: Folder, report: DepositReport) -> dict[str, Any]:
    return {
        "files": len(folder.files) - len(report.problems),
        "rows_read": report.rows_read,
        "rows_kept": report.rows_kept,
        "rows_refused": report.rows_refused,
    }


def _counted(counts: OrganizationCounts) -> dict[str, Any]:
    first, last = counts.first_order_on, counts.last_order_on
    return {
        "customers": counts.customers,
        "persons": counts.persons,
        "households": counts.households,
        "performances": counts.performances,
        "shows": counts.shows,
        "tickets": counts.tickets,
        "revenue": counts.revenue_cents / 100,
        "taxes": counts.taxes_cents / 100,
        "first_order_on": first.isoformat() if first else None,
        "last_order_on": last.isoformat() if last else None,
    }
