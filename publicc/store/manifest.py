"""What a snapshot says of itself: `snapshot.json`, counts and dates only."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Self

MANIFEST_FILE: Final = "snapshot.json"


@dataclass(frozen=True, slots=True)
class OrganizationCounts:
    """What a snapshot holds of one organization, or of all.

    `tickets` and `revenue_cents`: valid tickets, complimentary included, and their sum, taxes out, where the price is
    known. `taxes_cents`: the taxes of the same tickets, so that both together are what was paid.
    `customers`: distinct customer codes. `persons`, `households`: after grouping.
    """

    customers: int = 0
    persons: int = 0
    households: int = 0
    performances: int = 0
    shows: int = 0
    tickets: int = 0
    revenue_cents: int = 0
    taxes_cents: int = 0
    first_order_on: date | None = None
    last_order_on: date | None = None
    first_performance_on: date | None = None
    last_performance_on: date | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot. `id` names its content: same input, same keys and same code give the same id."""

    id: str
    made_at: datetime
    as_of: date
    code_version: str
    pool: OrganizationCounts = field(default_factory=OrganizationCounts)
    organizations: Mapping[str, OrganizationCounts] = field(default_factory=dict)
    quality: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Coverage ratios 0–1 of each organization: buyers, postal codes, prices, capacities."""

    @property
    def data_to(self) -> date | None:
        """Last order date of all: what the figures know."""
        return self.pool.last_order_on

    @property
    def history_from(self) -> date | None:
        """First performance date of all."""
        return self.pool.first_performance_on

    def as_json(self) -> dict[str, Any]:
        """The manifest for machines: dates as ISO text."""
        told: dict[str, Any] = json.loads(json.dumps(asdict(self), default=_as_text))
        return told

    def write(self, folder: Path) -> None:
        """Write `snapshot.json` into a snapshot's folder."""
        content = json.dumps(self.as_json(), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / MANIFEST_FILE).write_text(content + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a snapshot's folder. Raises OSError, ValueError, KeyError or TypeError when it is damaged."""
        told: dict[str, Any] = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        return cls(
            id=told["id"],
            made_at=datetime.fromisoformat(told["made_at"]),
            as_of=date.fromisoformat(told["as_of"]),
            code_version=told["code_version"],
            pool=_counts(told["pool"]),
            organizations={slug: _counts(counts) for slug, counts in told["organizations"].items()},
            quality=told["quality"],
        )


def _as_text(value: object) -> str:
    if isinstance(value, date):  # a datetime is a date
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _counts(told: Mapping[str, Any]) -> OrganizationCounts:
    read: dict[str, Any] = {
        name: date.fromisoformat(value) if name.endswith("_on") and value is not None else value
        for name, value in told.items()
    }
    return OrganizationCounts(**read)
