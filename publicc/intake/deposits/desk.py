"""The desk where deposits come in: opens the organization's vault with what a deposit needs beside it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.checks import QualityReport
from publicc.intake.deposits.books import Entry, deposits_of, undo_last
from publicc.intake.deposits.receiving import receive_deposit
from publicc.intake.deposits.report import DepositReport
from publicc.intake.mapping.model import Mapping
from publicc.intake.quality import keep_quality, quality_today
from publicc.intake.reading import Limits
from publicc.kernel.progress import SILENT, Progress
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault


def deposit_files(  # noqa: PLR0913 - the door of a deposit; all by keyword
    home: Home,
    files: Sequence[Path],
    *,
    organization: OrganizationProfile,
    received_at: datetime,
    mapping: Mapping | None = None,
    limits: Limits | None = None,
    progress: Progress = SILENT,
    dry_run: bool = False,
    replace_period: bool = False,
    source: str | None = None,
    told: Callable[[QualityReport], None] | None = None,
) -> DepositReport:
    """Receive `files` into the organization's own vault, made when it does not exist, and write its quality report.

    `told` hears the quality report; that of a rehearsal tells the vault as the deposit would leave it, and is not kept.
    Raises BadInput when nothing can be read, Busy when another deposit of that organization is under way.
    """

    def quality(vault: duckdb.DuckDBPyConnection) -> QualityReport:
        progress.step(Text("Rapport de qualité", "Quality report"))
        report = quality_today(vault, organization)
        if told:
            told(report)
        return report

    reachable = sorted({path.resolve().parent for path in files})
    with (
        home.working_folder("deposit") as work,
        open_vault(home, KeyRing.open(home), organization.slug, reachable=[*reachable, work]) as vault,
    ):
        report = receive_deposit(
            vault,
            files,
            organization=organization,
            received_at=received_at,
            mapping=mapping,
            limits=replace(limits or Limits(), working_folder=work),
            progress=progress,
            dry_run=dry_run,
            replace_period=replace_period,
            source=source,
            rehearsed=quality,
        )
        if not dry_run:
            keep_quality(home, quality(vault))
        return report


@contextmanager
def _opened(home: Home, slug: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_vault(home, KeyRing.open(home), slug) as vault:
        yield vault


def undo_last_deposit(home: Home, slug: str) -> Entry:
    """Undo an organization's latest deposit. Raises BadUsage when there is none."""
    with _opened(home, slug) as vault:
        return undo_last(vault)


def deposits_at(home: Home, slug: str) -> tuple[Entry, ...]:
    """An organization's deposits, latest first."""
    with _opened(home, slug) as vault:
        return deposits_of(vault)
