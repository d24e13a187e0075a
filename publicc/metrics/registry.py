"""Every metric there is, gathered from the modules of `definitions/`: a new metric is one file there, nothing else."""

import difflib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from publicc.kernel.errors import BadUsage
from publicc.kernel.text import Text
from publicc.metrics import definitions
from publicc.metrics.definition import Metric


def _defined() -> Iterator[Metric]:
    for module in pkgutil.iter_modules(definitions.__path__):
        yield from getattr(importlib.import_module(f"{definitions.__name__}.{module.name}"), "METRICS", ())


METRICS: Final[Mapping[str, Metric]] = MappingProxyType({one.id: one for one in _defined()})


def metric(metric_id: str) -> Metric:
    """The metric of that id. Raises BadUsage with the nearest ids."""
    if metric_id in METRICS:
        return METRICS[metric_id]
    near = ", ".join(difflib.get_close_matches(metric_id, METRICS, n=3, cutoff=0.4)) or "…"
    raise BadUsage(
        Text(f"La mesure « {metric_id} » n'existe pas.", f"There is no metric “{metric_id}”."),
        do=Text(
            f"Peut-être : {near}. « publicc metrics » les donne toutes.",
            f"Perhaps: {near}. “publicc metrics” lists them all.",
        ),
    )
