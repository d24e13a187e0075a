"""What a partner is shown joins what it knows: later releases are protected and audited with it."""

from collections.abc import Iterator
from typing import Final

from django.core.cache import caches

from publicc.dashboards.keeping import SCREENS_CACHE, kept_under
from publicc.kernel.cells import Shown
from publicc.releases.facts import learn
from publicc.releases.granted import METRICS, ShownFigure
from publicc.sharing.partner import SharedShow

_LEARNT: Final = "learnt"


def learn_from(shown: SharedShow, viewer: str) -> None:
    """Keep every exact figure of the page that releases add up; done once for what does not change."""
    figures = tuple(figures_shown(shown, viewer))
    key = kept_under(_LEARNT, viewer, figures)
    if figures and caches[SCREENS_CACHE].get(key) is None:
        learn(figures)
        caches[SCREENS_CACHE].set(key, _LEARNT)


def figures_shown(shown: SharedShow, viewer: str) -> Iterator[ShownFigure]:
    """Night by night, where the night is told; a sum over nights follows from them."""
    for place in shown.places:
        days = {night.id: night.on for night in place.opening.every}
        for performance, cells in place.exact.nights.items():
            for metric in METRICS:
                cell = cells.get(metric)
                if isinstance(cell, Shown):
                    amount = float(cell.value)
                    yield ShownFigure(viewer, place.owner, performance, days[performance], metric, amount)
