"""What earlier releases of this installation showed: their periods, and who stood behind each figure compared.

`groups.json` beside a release says who voted in each metric and group. It is sealed with the release and is read by
the next one only: a page never opens it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from publicc.kernel.period import Period
from publicc.releases.files import CERTIFICATE_FILE, GROUPS_FILE, StoredRelease, read_release, sealed_file


@dataclass(frozen=True, slots=True)
class Voters:
    """Who stood behind one metric of a release: everyone who voted, and each group that was shown."""

    panel: frozenset[str]
    groups: tuple[frozenset[str], ...]
    asked: tuple[frozenset[str], ...] = ()
    """Those that were shown to one member alone, who asked for them. Nobody is told whose."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One release that members have read."""

    period: Period
    voters: Mapping[str, Voters]
    counts_persons: bool
    """Whether it counts persons and adds amounts up, or only compares."""


@dataclass(frozen=True, slots=True)
class History:
    """All of them, whether still in force or withdrawn since: what was read stays known."""

    releases: tuple[Earlier, ...] = field(default=())

    def panels(self, metric: str) -> list[frozenset[str]]:
        """Everyone who voted, release by release."""
        return [one.voters[metric].panel for one in self.releases if metric in one.voters]

    def groups(self, metric: str) -> list[frozenset[str]]:
        """Every group ever shown for the metric, to everyone or to one member."""
        told = [one.voters[metric] for one in self.releases if metric in one.voters]
        return sorted({group for one in told for group in (*one.groups, *one.asked)}, key=sorted)

    def overlaps_counts(self, period: Period) -> bool:
        """Whether persons or amounts of some of these days were counted already."""
        return any(
            one.counts_persons and one.period.first_on <= period.last_on and period.first_on <= one.period.last_on
            for one in self.releases
        )

    def holds(self, period: Period) -> bool:
        """Whether a release of exactly this period was read."""
        return any(one.period == period for one in self.releases)


def voters_as_json(voters: Mapping[str, Voters]) -> bytes:
    """The content of `groups.json`: same voters, same bytes."""
    told = {
        metric: {
            "panel": sorted(one.panel),
            "groups": [sorted(group) for group in one.groups],
            **({"asked": [sorted(group) for group in one.asked]} if one.asked else {}),
        }
        for metric, one in voters.items()
    }
    return (json.dumps(told, sort_keys=True, ensure_ascii=False) + "\n").encode()


def history_of(folders: Iterable[Path]) -> History:
    """What the releases in these folders showed. Raises ReleaseRefused when one was altered."""
    return History(tuple(_earlier(folder) for folder in sorted(folders) if (folder / CERTIFICATE_FILE).is_file()))


def voters_of(release: StoredRelease) -> dict[str, Voters]:
    """Who stood behind each metric of a release. Raises ReleaseRefused when it was altered."""
    told = json.loads(sealed_file(release, GROUPS_FILE) or b"{}")
    return {metric: _voters(one) for metric, one in told.items()}


def _earlier(folder: Path) -> Earlier:
    release = read_release(folder)
    told = release.certificate
    period = Period(date.fromisoformat(told["period"]["from"]), date.fromisoformat(told["period"]["to"]))
    return Earlier(period, voters_of(release), bool(told.get("counts_persons", True)))


def _voters(told: Mapping[str, Any]) -> Voters:
    groups: Sequence[Sequence[str]] = told["groups"]
    asked = tuple(frozenset(group) for group in told.get("asked", ()))
    return Voters(frozenset(told["panel"]), tuple(frozenset(group) for group in groups), asked)
