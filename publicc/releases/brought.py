"""Figures that rooms above bring to a release: each organization's own, of what those rooms alone may read.

A source is asked for one organization and one period at a time, and never learns of another. Sources are named in the
settings (`RELEASE_SOURCES`): this room does not know what surveys hold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string

from publicc.disclosure.policy import ReleaseRefused
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS

LEAST: Final = 30
"""An organization votes only when its figure rests on that many people (docs/reference/surveys.en.md)."""


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure of one organization. `n`: people behind it."""

    value: float
    n: int


Source: TypeAlias = Callable[[OwnRows, Period], Mapping[str, OwnFigure]]


@dataclass(frozen=True, slots=True)
class Brought:
    """Figures to compare: metric → organization → its own figure."""

    ratios: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def among(self, slugs: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Those of these organizations: one without a public place in the period does not vote."""
        known = frozenset(slugs)
        return {
            metric: {slug: value for slug, value in sorted(own.items()) if slug in known}
            for metric, own in sorted(self.ratios.items())
        }


NOTHING_BROUGHT: Final = Brought()


def brought_within(slugs: Iterable[str], period: Period) -> Brought:
    """What every source tells of these organizations, figures of fewer than thirty people left out.

    Raises ReleaseRefused when a source gives a figure the name of a metric of the registry.
    """
    sources: list[Source] = [import_string(one) for one in settings.RELEASE_SOURCES]
    found: dict[str, dict[str, float]] = {}
    for slug in sorted(slugs):
        for source in sources:
            for metric, own in source(OwnRows(slug), period).items():
                if metric in METRICS:
                    raise ReleaseRefused(
                        Text("Ce chiffre porte le nom d'un autre.", "This figure bears the name of another."),
                        found=Text(f"{metric}.", f"{metric}."),
                    )
                if own.n >= LEAST:
                    found.setdefault(metric, {})[slug] = own.value
    return Brought(found)
