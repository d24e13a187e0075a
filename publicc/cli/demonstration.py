"""Brings the demonstration collective into this installation through the real intake and the real pipeline."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from publicc.collective.demonstration import check_only_demonstrations, open_demo_accounts, sign_demo_agreements
from publicc.collective.models import Organization
from publicc.collective.profiles import PROFILE_FILE, OrganizationProfile, profile_of_folder
from publicc.collective.queries import profiles
from publicc.dashboards.tasks import prepare_screens
from publicc.demo.build import TRUTH
from publicc.demo.census import CENSUS_FILE
from publicc.directory.official.layers import Layer
from publicc.directory.official.read import read_official
from publicc.harmonise.stages import Stages
from publicc.harmonise.together import harmonise_together
from publicc.intake import work
from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.metrics.rollup import rollup_tables
from publicc.releases.demonstration import release_closed_seasons
from publicc.segments.demonstration import publish_demo_segmentation
from publicc.sharing.demonstration import share_touring_show
from publicc.store.home import Home
from publicc.store.shelf import Shelf


def install(exports: Path, *, as_of: date, progress: Progress) -> list[Organization]:
    """Deposit every organization of `exports`, publish the pool as of that day, open the accounts to try.

    Run again, it changes nothing: the same files are recognised. Raises NotAllowed beside a real organization.
    """
    check_only_demonstrations()
    folders = _folders(exports)
    organizations = [_deposit(folder, as_of, _numbered(progress, at, folders)) for at, folder in enumerate(folders)]
    sign_demo_agreements()
    home = Home.from_environment()
    _import_census(home, exports / TRUTH / CENSUS_FILE)
    stages = Stages(progress=progress)
    harmonise_together(home, profiles(), as_of=as_of, stages=stages, tables=rollup_tables())
    open_demo_accounts()
    publish_demo_segmentation(home, progress)
    release_closed_seasons(home)
    share_touring_show()
    prepare_screens.enqueue()
    return organizations


def _import_census(home: Home, file: Path) -> None:
    """Bring the invented census in, unless another one is there: an official one says more."""
    shelf = Shelf.of(home)
    if file.is_file() and Layer.CENSUS not in shelf.imported():
        shelf.put(read_official(file), file_name=file.name, at=timezone.now())


def _numbered(progress: Progress, at: int, folders: Sequence[Path]) -> Progress:
    """Say whose exports are being deposited, and how many are left."""
    name = profile_of_folder(folders[at]).name
    place = f"{at + 1}/{len(folders)}"
    progress.step(Text(f"Organisme {place} : {name}", f"Organization {place}: {name}"), at, len(folders))
    return SILENT


def _folders(exports: Path) -> list[Path]:
    return sorted(folder for folder in exports.iterdir() if (folder / PROFILE_FILE).is_file())


def _deposit(folder: Path, as_of: date, progress: Progress) -> Organization:
    profile = profile_of_folder(folder)
    organization, _ = Organization.objects.update_or_create(slug=profile.slug, defaults=_described(profile))
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name != PROFILE_FILE)
    report = work.receive(profile, files, None, progress, as_of=as_of)
    if report.deposit_id is not None:
        told = report.as_json() | {"questions": []}
        Deposit.objects.create(
            organization=organization,
            state=DepositState.ACCEPTED,
            file_names=[file.name for file in files],
            octets=sum(file.stat().st_size for file in files),
            vault_deposit=report.deposit_id,
            report=told,
            finished_at=timezone.now(),
        )
    return organization


def _described(profile: OrganizationProfile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "time_zone": profile.time_zone,
        "territory": profile.territory,
        "size": profile.size,
        "disciplines": list(profile.disciplines),
        "links_across": profile.links_across,
        "local_territory": profile.local_territory or "",
        "venues": [asdict(venue) for venue in profile.venues],
        "is_demo": True,
    }
