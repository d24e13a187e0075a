"""What a quality report is. Pure data, no cell of a file in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from publicc.kernel.formats import Unit
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import Term

ROWS_SHOWN: Final = 50
"""A finding names that many rows at most, the first ones of the file."""


class Dimension(Term):
    """What may be right or wrong with data (named by the sector in 2019)."""

    COMPLETENESS = "completeness", "Intégralité", "Completeness"
    CONSISTENCY = "consistency", "Cohérence", "Consistency"
    ACCURACY = "accuracy", "Exactitude", "Accuracy"
    INTEGRITY = "integrity", "Intégrité", "Integrity"
    FRESHNESS = "freshness", "Fraîcheur", "Freshness"


class Severity(Term):
    """How urgent a finding is."""

    HIGH = "high", "À corriger d'abord", "Fix first"
    MEDIUM = "medium", "À corriger", "To fix"
    LOW = "low", "À surveiller", "Keep an eye on"
    NOTE = "note", "À savoir", "Good to know"


_ORDER: Final = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Score:
    """One scored check over everything current: rows passing ÷ rows tested."""

    check: str
    dimension: Dimension
    label: Text
    tested: int
    passed: int

    @property
    def share(self) -> float:
        """Rows passing ÷ rows tested; only checks that tested a row are kept."""
        return self.passed / self.tested


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend or to know: where, how many, why it matters, what to do. Never a cell's value."""

    check: str
    dimension: Dimension
    severity: Severity
    label: Text
    file: str
    """Name of the file, with its sheet or member; empty when the finding is about several."""
    column: str
    """Header of the column in that file; empty when the finding is about whole rows."""
    rows: tuple[int, ...]
    """First row numbers of the file, as a person counts them."""
    count: int
    why: Text
    do: Text
    tested: int | None = None
    """Rows looked at; None when the finding is no share of rows."""
    unit: Unit = Unit.COUNT
    """What `count` is in: rows, or days of waiting."""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """Plain mean of the checks of a dimension; `score` is None when nothing could be tested."""

    dimension: Dimension
    scores: tuple[Score, ...]

    @property
    def score(self) -> float | None:
        """0–1, or None."""
        return sum(one.share for one in self.scores) / len(self.scores) if self.scores else None

    @property
    def worst(self) -> Score | None:
        """The check that passes least."""
        return min(self.scores, key=lambda one: (one.share, one.check), default=None)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what a source gave is."""

    source: str
    first_order_on: date | None
    last_order_on: date | None
    days: int | None
    """`as_of` − last order; None without any dated order."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How often a field is filled, in one year."""

    field: str
    label: Text
    period: str
    rows: int
    filled: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Everything the page shows of one organization at a date."""

    organization: str
    name: str
    as_of: date
    dimensions: tuple[DimensionScore, ...]
    findings: tuple[Finding, ...]
    freshness: tuple[Freshness, ...]
    fill: tuple[Fill, ...]
    rows_read: int
    rows_refused: int
    unmapped_label_share: float | None

    @property
    def weakest(self) -> DimensionScore | None:
        """The headline: the dimension with the lowest score. There is no grand total."""
        scored = [one for one in self.dimensions if one.score is not None]
        return min(scored, key=lambda one: (one.score or 0.0, one.dimension), default=None)

    @property
    def rejected_row_rate(self) -> float | None:
        """Rows refused ÷ rows read, over active deposits."""
        return self.rows_refused / self.rows_read if self.rows_read else None

    def advice(self) -> Text | None:
        """What to do first: the advice of the worst check of the weakest dimension."""
        worst = self.weakest.worst if self.weakest else None
        return next((one.do for one in self.findings if worst and one.check == worst.check), None)

    def as_json(self, lang: Lang | None = None) -> dict[str, Any]:
        """For machines: deterministic; texts in `lang`, or in both languages."""
        weakest = self.weakest
        return {
            "organization": self.organization,
            "as_of": self.as_of.isoformat(),
            "weakest": weakest.dimension.value if weakest else None,
            "dimensions": {one.dimension.value: _dimension(one, lang) for one in self.dimensions},
            "freshness": {
                one.source: {
                    "first_order_on": _iso(one.first_order_on),
                    "last_order_on": _iso(one.last_order_on),
                    "freshness_days": one.days,
                }
                for one in self.freshness
            },
            "rejected_row_rate": self.rejected_row_rate,
            "unmapped_label_share": self.unmapped_label_share,
            "rows_read": self.rows_read,
            "rows_refused": self.rows_refused,
            "findings": [_finding(one, lang) for one in self.findings],
            "fill": [
                {"field": one.field, "period": one.period, "rows": one.rows, "filled": one.filled} for one in self.fill
            ],
        }


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Most urgent first, then most rows, then by name: always the same order."""
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.severity], -f.count, f.check, f.file, f.column)))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(text: Text, lang: Lang | None) -> str | dict[str, str]:
    return text.said(lang) if lang else {"fr": text.said("fr"), "en": text.said("en")}


def _dimension(one: DimensionScore, lang: Lang | None) -> dict[str, Any]:
    return {
        "label": _said(one.dimension.label, lang),
        "score": one.score,
        "worst": one.worst.check if one.worst else None,
        "checks": {
            score.check: {
                "label": _said(score.label, lang),
                "score": score.share,
                "tested": score.tested,
                "passed": score.passed,
            }
            for score in one.scores
        },
    }


def _finding(one: Finding, lang: Lang | None) -> dict[str, Any]:
    return {
        "check": one.check,
        "dimension": one.dimension.value,
        "severity": one.severity.value,
        "label": _said(one.label, lang),
        "file": one.file,
        "column": one.column,
        "rows": list(one.rows),
        "count": one.count,
        "unit": one.unit.value,
        "tested": one.tested,
        "why": _said(one.why, lang),
        "do": _said(one.do, lang),
    }
