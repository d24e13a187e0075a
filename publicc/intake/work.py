"""What the worker does with a vault: rehearse a deposit, receive it, undo it, list its refused rows. No Django here."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.deposits import DepositReport, receive_deposit, undo_last
from publicc.intake.deposits.books import last_active
from publicc.intake.mapping.model import Mapping
from publicc.intake.quality import write_quality
from publicc.intake.reading import Limits
from publicc.kernel.errors import BadUsage
from publicc.kernel.progress import Progress
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault


def rehearse(profile: OrganizationProfile, files: Sequence[Path], progress: Progress) -> DepositReport:
    """What a deposit of these files would do, everything said and nothing changed."""
    with _vault(profile, files) as (vault, limits):
        return receive_deposit(
            vault,
            files,
            organization=profile,
            received_at=datetime.now(UTC),
            limits=limits,
            progress=progress,
            dry_run=True,
        )


def receive(
    profile: OrganizationProfile,
    files: Sequence[Path],
    mapping: Mapping | None,
    progress: Progress,
    *,
    replace_period: bool = False,
    as_of: date | None = None,
) -> DepositReport:
    """Take the files into the vault, whole or not at all, with the mapping a person settled; None = the proposal.

    The quality report is written again from what the vault holds afterwards, as of that day (today when None).
    """
    with _vault(profile, files) as (vault, limits):
        report = receive_deposit(
            vault,
            files,
            organization=profile,
            received_at=datetime.now(UTC),
            mapping=mapping,
            limits=limits,
            progress=progress,
            replace_period=replace_period,
        )
        _write_quality(vault, profile, progress, as_of)
        return report


def undo(profile: OrganizationProfile, vault_deposit: int | None, progress: Progress) -> None:
    """Take the last deposit back, if it is the one meant; already taken back is fine."""
    progress.step(Text("Annulation du dépôt", "Undoing the deposit"))
    with _vault(profile, ()) as (vault, _):
        last = last_active(vault)
        if last is not None and last.deposit_id == vault_deposit:
            undo_last(vault)
        elif last is not None and vault_deposit is not None and last.deposit_id > vault_deposit:
            raise BadUsage(
                Text("Un dépôt plus récent a été fait.", "A more recent deposit was made."),
                do=Text("L'annuler d'abord.", "Undo it first."),
            )
        _write_quality(vault, profile, progress, None)


def _write_quality(
    vault: duckdb.DuckDBPyConnection, profile: OrganizationProfile, progress: Progress, as_of: date | None
) -> None:
    progress.step(Text("Rapport de qualité", "Quality report"))
    write_quality(vault, Home.from_environment(), profile, as_of)


@contextmanager
def _vault(profile: OrganizationProfile, files: Sequence[Path]) -> Iterator[tuple[duckdb.DuckDBPyConnection, Limits]]:
    """The vault of the organization, able to read these files and to work in a private folder that goes away after."""
    home = Home.from_environment()
    ring = KeyRing.open(home)
    with home.working_folder("deposit") as folder:
        reachable = [folder, *dict.fromkeys(file.parent for file in files)]
        with open_vault(home, ring, profile.slug, reachable=reachable) as vault:
            yield vault, Limits(working_folder=folder)
