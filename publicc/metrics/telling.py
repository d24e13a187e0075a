"""Figures and their definitions for machines: the one JSON that commands and the HTTP API give."""

from collections.abc import Mapping
from typing import Any, Final

from publicc.kernel.cells import cell_as_json
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.metrics.answers import Answer
from publicc.metrics.definition import Metric
from publicc.metrics.dimensions import DIMENSIONS, can_cut
from publicc.metrics.registry import metric

FIELDS: Final[Mapping[str, Text]] = {
    "formula": Text("Formule", "Formula"),
    "counts_in": Text("Compte", "In"),
    "counts_out": Text("Ne compte pas", "Out"),
    "base": Text("Base minimale", "Minimum base"),
}


def answer_as_json(found: Answer, lang: Lang) -> dict[str, Any]:
    """The form of docs/reference/query.md: values as computed, never display strings, never null."""
    stamp = found.stamp
    asked = [metric(one) for one, _ in stamp.metrics]
    scope = {"organization": stamp.scope.organization} if isinstance(stamp.scope, OwnRows) else {"pool": True}
    return {
        "snapshot": stamp.snapshot,
        "period": {"from": stamp.period.first_on.isoformat(), "to": stamp.period.last_on.isoformat()},
        "as_of": stamp.as_of.isoformat(),
        "scope": scope,
        "by": list(found.by),
        "metrics": [
            {"id": one.id, "version": one.version, "unit": one.unit.value, "label": one.label.said(lang)}
            for one in asked
        ],
        "coverage": {name: cell_as_json(cell) for name, cell in stamp.coverage.items()},
        "rows": [{**row.dims, **{name: cell_as_json(cell) for name, cell in row.cells.items()}} for row in found.rows],
    }


def metric_as_json(one: Metric, lang: Lang) -> dict[str, Any]:
    """The definition for machines, its texts in one language."""
    return {
        "id": one.id,
        "version": one.version,
        "label": one.label.said(lang),
        "unit": one.unit.value,
        **{name: getattr(one, name).said(lang) for name in FIELDS},
        "basis": one.basis.value,
        "grain": one.grain.value,
        "needs": list(one.needs),
        "axis": list(one.axis),
        "dimensions": [name for name in DIMENSIONS if can_cut(one, name)],
        "source": one.source,
        "examples": list(one.examples),
    }
