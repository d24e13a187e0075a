"""What `publicc run` tells of itself: `run.json`."""

import platform
import resource
from typing import Any, Final

import duckdb

from publicc import __version__
from publicc.cli.run_sources import Folder
from publicc.collective.profiles import OrganizationProfile
from publicc.harmonise.pipeline import RULES_VERSION
from publicc.harmonise.stages import Stages
from publicc.intake.deposits import DepositReport
from publicc.kernel.errors import PublicCError
from publicc.kernel.text import Text
from publicc.store.manifest import Manifest, OrganizationCounts

Received = dict[OrganizationProfile, tuple[Folder, DepositReport]]

_MEGABYTE: Final = 1024  # ru_maxrss counts kilobytes


def told_of(received: Received, manifest: Manifest, stages: Stages) -> dict[str, Any]:
    """Counts of each organization and of all, files that could not be read, time, memory and versions."""
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
        "unread": [
            {"organization": profile.slug, "file": one.file_name, **_both(one.problem)}
            for profile, (_, report) in received.items()
            for one in report.problems
        ],
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
        "files": len(folder.files) - sum(problem.whole_file for problem in report.problems),
        "rows_read": report.rows_read,
        "rows_kept": report.rows_kept,
        "rows_refused": report.rows_refused,
    }


def problem_as_json(problem: PublicCError) -> dict[str, str]:
    """The sentence of a problem in both languages, with its stable code."""
    return {"code": problem.code, "fr": problem.sentence("fr"), "en": problem.sentence("en")}


def _both(text: Text) -> dict[str, str]:
    return {"fr": text.said("fr"), "en": text.said("en")}


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
