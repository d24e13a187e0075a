"""The main job without a server: exports in, everything an organization gets out. `publicc run` is its door."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from publicc.cli.run_output import write_json, write_pool
from publicc.cli.run_sources import Folder, Source, no_file
from publicc.cli.run_told import Received, problem_as_json, told_of
from publicc.collective.profiles import OrganizationProfile, profile_of_folder
from publicc.dashboards.figures import all_figures
from publicc.harmonise.pipeline import harmonise
from publicc.harmonise.stages import Stages
from publicc.intake import passing
from publicc.intake.checks import quality_html
from publicc.intake.deposits import DepositReport
from publicc.intake.mapping.memory import mapping_as_toml, read_mapping
from publicc.kernel.errors import BadInput, Broken, PublicCError, unforeseen
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.metrics.rollup import rollup_tables
from publicc.releases.build import build_release
from publicc.releases.signing import signer_of
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.manifest import Manifest
from publicc.store.shelf import Shelf
from publicc.store.snapshots import snapshot_folder
from publicc.store.supply import PublicSupply


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked of a run."""

    source: Source
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

    @contextmanager
    def bulkhead(self, name: str) -> Iterator[None]:
        """What stops the work on one organization stays inside: it is kept as why it is unusable, the others go on."""
        try:
            yield
        except PublicCError as problem:
            self.unusable[name] = problem
        except Exception as fault:  # noqa: BLE001 - a fault of one organization, whatever it is, is not the others'
            self.unusable[name] = unforeseen(fault)


def run(home: Home, wanted: Wanted, out: Path, stages: Stages) -> Done:
    """Read, check, harmonise, compute and release into the empty folder `out`.

    Vaults live in a passing home under keys that are written nowhere, wiped when this returns; blinded ids are under
    the keys of `home`: the same input gives the same ids. An organization that cannot be used, or on which any step
    stumbles, is left out and told; raises BadInput when none is left, Broken when it is no fault of the files.
    """
    with home.working_folder("run") as folder:
        if home.geography.is_dir():
            (folder / home.geography.name).symlink_to(home.geography, target_is_directory=True)
        bench = _Bench(Home(folder), KeyRing.open(home).for_passing_vaults(), wanted, stages, Done())
        received = _receive(bench)
        as_of = wanted.as_of or _last_day([report for _, report in received.values()])
        _write_reports(bench, received, as_of, out)
        manifest = _publish(bench, received, as_of, out)
        with stages.lap("release", Text("Publication protégée", "Protected release")) as lap:
            pool = snapshot_folder(bench.home, manifest.id)
            write_pool(pool, out / "pool")
            build_release(pool, out / "release", as_of=as_of, signer=signer_of(home))
            lap.rows = manifest.pool.tickets
    done = bench.done
    done.told = told_of(received, manifest, stages) | {
        "unusable": {name: problem_as_json(problem) for name, problem in sorted(done.unusable.items())},
        "loose": [path.name for path in wanted.source.loose],
    }
    return done


@dataclass(frozen=True, slots=True)
class _Bench:
    home: Home
    ring: KeyRing
    wanted: Wanted
    stages: Stages
    done: Done

    def drop_unusable(self, received: Received) -> None:
        """Go on without the organizations that stumbled. Raises when none is left."""
        for profile, (folder, _) in list(received.items()):
            if folder.path.name in self.done.unusable:
                del received[profile]
        if not received:
            raise _none_left(self.done)


def _receive(bench: _Bench) -> Received:
    received: Received = {}
    folders, done = bench.wanted.source.folders, bench.done
    done.notices += _loose(bench.wanted.source)
    for number, folder in enumerate(folders):
        said = Text(f"Lecture de {folder.path.name}", f"Reading {folder.path.name}")
        with bench.stages.lap("intake", said, number, len(folders)) as lap, done.bulkhead(folder.path.name):
            if not folder.files:
                raise no_file(folder.path)
            profile = profile_of_folder(folder.path)
            _check_new(profile, received)
            report = _deposit(bench, folder, profile)
            lap.rows += report.rows_read
            received[profile] = (folder, report)
            done.notices += [
                Text("{name}, {file} : {problem}", "{name}, {file}: {problem}").filled(
                    name=profile.name, file=one.file_name, problem=one.problem
                )
                for one in report.problems
            ]
    bench.drop_unusable(received)
    return received


def _loose(source: Source) -> list[Text]:
    if not source.loose:
        return []
    names = ", ".join(path.name for path in source.loose)
    return [
        Text(
            "Hors des dossiers, ces fichiers ne sont à aucun organisme et n'ont pas été lus : {names}.",
            "Outside the folders, these files belong to no organization and were not read: {names}.",
        ).filled(names=names)
    ]


def _none_left(done: Done) -> PublicCError:
    """Why nothing at all could be done: the files, or else the machine."""
    problems = done.unusable
    kind = BadInput if any(isinstance(problem, BadInput) for problem in problems.values()) else Broken
    return kind(
        Text("Aucun organisme de ce dossier n'est utilisable.", "No organization of this folder can be used."),
        found=Text(
            " ".join(f"{name} : {problem.sentence('fr')}" for name, problem in problems.items()),
            " ".join(f"{name}: {problem.sentence('en')}" for name, problem in problems.items()),
        ),
    )


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
    for profile, (folder, report) in received.items():
        said = Text(f"Qualité des données de {profile.name}", f"Quality of the data of {profile.name}")
        with bench.stages.lap("quality", said) as lap, bench.done.bulkhead(folder.path.name):
            mapping = out / "mapping" / f"{profile.slug}.toml"
            mapping.write_text(mapping_as_toml(report.mapping), encoding="utf-8")
            judged = passing.quality(bench.home, bench.ring, organization=profile, as_of=as_of)
            write_json(out / "quality" / f"{profile.slug}.json", judged.as_json())
            page = out / "quality" / f"{profile.slug}.html"
            page.write_text(quality_html(judged, bench.wanted.lang), encoding="utf-8")
            lap.rows += report.rows_read
    bench.drop_unusable(received)


def _publish(bench: _Bench, received: Received, as_of: date, out: Path) -> Manifest:
    """The snapshot and everybody's figures; when an organization stumbles, all is done again without it."""
    while True:
        manifest = _harmonised(bench, received, as_of)
        before = len(received)
        _write_figures(bench, received, manifest, out)
        bench.drop_unusable(received)
        if len(received) == before:
            return manifest


def _harmonised(bench: _Bench, received: Received, as_of: date) -> Manifest:
    """The snapshot of all; when that fails, each is tried alone, and those that stumble are left out."""
    try:
        return _pooled(bench, received, as_of)
    except Exception:
        before = len(received)
        for profile, (folder, _) in received.items():
            with bench.done.bulkhead(folder.path.name):
                _pooled(bench, [profile], as_of)
        bench.drop_unusable(received)
        if len(received) == before:
            raise
    return _pooled(bench, received, as_of)


def _pooled(bench: _Bench, profiles: Iterable[OrganizationProfile], as_of: date) -> Manifest:
    """The snapshot of these organizations, with the tables that screens read."""
    return harmonise(bench.home, bench.ring, list(profiles), as_of=as_of, stages=bench.stages, tables=rollup_tables())


def _write_figures(bench: _Bench, received: Received, manifest: Manifest, out: Path) -> None:
    imported = Shelf.of(bench.home).imported()
    for profile, (folder, _) in received.items():
        said = Text(f"Chiffres de {profile.name}", f"Figures of {profile.name}")
        with bench.stages.lap("figures", said) as lap, bench.done.bulkhead(folder.path.name):
            scope = OwnRows(profile.slug)
            with own_facts(bench.home, scope) as facts:
                supply = PublicSupply.of(bench.home, scope, manifest.id)
                told = all_figures(facts, scope, manifest.as_of, imported, supply)
                write_json(out / "dashboards" / f"{profile.slug}.json", told)
            lap.rows += manifest.organizations[profile.slug].tickets
