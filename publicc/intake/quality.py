"""The quality report kept after each deposit, and as pages tell it: the weakest dimension first, then what to mend."""

import json
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import duckdb

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.checks import QualityReport, quality_report
from publicc.intake.checks.report import Severity
from publicc.kernel.formats import Unit, figure, percent
from publicc.kernel.text import Lang
from publicc.store.durable import write_atomically
from publicc.store.home import Home, private_folder

FINDINGS_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """One thing to mend, in one language."""

    severity: str
    label: str
    where: str
    rows: tuple[int, ...]
    count: int
    how_many: str
    """The count with its unit: a wait is in days."""
    why: str
    do: str


@dataclass(frozen=True, slots=True)
class ToldQuality:
    """The report, in one language."""

    dimensions: tuple[tuple[str, str], ...]
    """Label and score, lowest first."""
    weakest: tuple[str, str] | None
    findings: tuple[ToldFinding, ...]
    more: int
    """Findings that are not shown here."""


def write_quality(
    vault: duckdb.DuckDBPyConnection, home: Home, profile: OrganizationProfile, as_of: date | None = None
) -> None:
    """Make the report of what the vault holds, and keep it."""
    keep_quality(home, quality_today(vault, profile, as_of))


def quality_today(
    vault: duckdb.DuckDBPyConnection, profile: OrganizationProfile, as_of: date | None = None
) -> QualityReport:
    """The report of what the vault holds, as of a day: today on the organization's clock, when none is said."""
    day = as_of or datetime.now(ZoneInfo(profile.time_zone)).date()
    return quality_report(vault, organization=profile, as_of=day)


def keep_quality(home: Home, report: QualityReport) -> None:
    """Write a report where screens read it: no cell of any file, names and counts only."""
    kept = private_folder(home.reports / "quality") / f"{report.organization}.json"
    write_atomically(kept, json.dumps(report.as_json(), ensure_ascii=False).encode(), mode=0o600)


def kept_report(home: Home, slug: str) -> Dictionary[str, Any] | None:
    """The report last written for an organization, as `QualityReport.as_json()` told it; None before any deposit."""
    kept = home.reports / "quality" / f"{slug}.json"
    if not kept.is_file():
        return None
    told: Dictionary[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return told


def quality_of(home: Home, slug: str, lang: Lang) -> ToldQuality | None:
    """The report last written for an organization, its first findings; None before its first deposit."""
    told = kept_report(home, slug)
    return None if told is None else told_quality(told, lang)


def told_quality(told: Dictionary[str, Any], lang: Lang, *, findings_shown: int = FINDINGS_SHOWN) -> ToldQuality:
    """A report in one language, its first findings."""
    scored = sorted((one for one in told["dimensions"].values() if one["score"] is not None), key=lambda d: d["score"])
    dimensions = tuple((one["label"][lang], percent(one["score"], lang, 0)) for one in scored)
    findings = tuple(_finding(one, lang) for one in told["findings"])
    return ToldQuality(
        dimensions=dimensions,
        weakest=dimensions[0] if dimensions else None,
        findings=findings[:findings_shown],
        more=max(0, len(findings) - findings_shown),
    )


def unit_of(finding: Dictionary[str, Any]) -> Unit:
    """What a told finding counts; reports written before units count rows."""
    return Unit(finding.get("unit", Unit.COUNT))


def _finding(told: Dictionary[str, Any], lang: Lang) -> ToldFinding:
    return ToldFinding(
        severity=Severity(told["severity"]).label.said(lang),
        label=told["label"][lang],
        where=" › ".join(part for part in (told["file"], told["column"]) if part),
        rows=tuple(told["rows"][:5]),
        count=told["count"],
        how_many=figure(told["count"], unit_of(told), lang),
        why=told["why"][lang],
        do=told["do"][lang],
    )
