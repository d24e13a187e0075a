"""Deposits into vaults that do not stay: what `publicc run` needs of intake, given its own home and keys."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.checks import QualityReport, quality_report
from publicc.intake.deposits import DepositReport, receive_deposit
from publicc.intake.mapping.model import Mapping
from publicc.intake.reading import Limits
from publicc.kernel.progress import SILENT, Progress
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault


def receive(
    home: Home,
    ring: KeyRing,
    files: Sequence[Path],
    *,
    organization: OrganizationProfile,
    received_at: datetime,
    mapping: Mapping | None = None,
    progress: Progress = SILENT,
) -> DepositReport:
    """Take the files of an organization into its vault in `home`, under the keys of `ring`."""
    reachable = sorted({path.resolve().parent for path in files})
    with (
        home.working_folder("deposit") as work,
        open_vault(home, ring, organization.slug, reachable=[*reachable, work]) as vault,
    ):
        return receive_deposit(
            vault,
            files,
            organization=organization,
            received_at=received_at,
            mapping=mapping,
            limits=Limits(working_folder=work),
            progress=progress,
        )


def quality(home: Home, ring: KeyRing, *, organization: OrganizationProfile, as_of: date) -> QualityReport:
    """The quality of what the vault of an organization in `home` holds."""
    with open_vault(home, ring, organization.slug) as vault:
        return quality_report(vault, organization=organization, as_of=as_of)
