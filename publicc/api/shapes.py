"""The shapes of what the API answers, as its OpenAPI file tells them."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema


class OrganizationOut(Schema):
    """An organization of the caller."""

    slug: str
    name: str
    role: str
    time_zone: str
    disciplines: list[str]


class MetricOut(Schema):
    """A figure and its definition, its words in the language asked."""

    id: str
    version: int
    label: str
    unit: str
    formula: str
    counts_in: str
    counts_out: str
    base: str
    basis: str
    grain: str
    needs: list[str]
    axis: list[str]
    dimensions: list[str]
    source: str
    examples: list[str]


class DimensionOut(Schema):
    """What figures can be cut and filtered by; `values` when the list is closed."""

    id: str
    label: str
    level: str
    values: list[str]


class CellOut(Schema):
    """A figure with its state: never null, never a silent 0 (docs/reference/query.md)."""

    state: Literal["shown", "withheld", "unknown"]
    value: float | None = None
    n: int | None = None
    provisional: bool | None = None
    estimated: bool | None = None
    reason: str | None = None
    missing: str | None = None
    wider: str | None = None


class AskedMetric(Schema):
    """A figure of an answer."""

    id: str
    version: int
    unit: str
    label: str


class ScopeOut(Schema):
    """Whose rows were read."""

    organization: str


class PageOut(Schema):
    """Which rows these are of all there are."""

    offset: int
    limit: int
    count: int


class AnswerOut(Schema):
    """The answer to a question. A row holds a string a dimension and a cell a figure."""

    snapshot: str
    period: dict[str, date]
    as_of: date
    scope: ScopeOut
    by: list[str]
    metrics: list[AskedMetric]
    coverage: dict[str, CellOut]
    rows: list[dict[str, str | CellOut]]
    page: PageOut


class DepositOut(Schema):
    """A deposit: where it is on its way, and why it was refused when it was."""

    id: UUID
    state: str
    brought_at: datetime
    finished_at: datetime | None
    file_names: list[str]
    octets: int
    problem: str
    page: str
    """Address of its page on the site, where it is confirmed."""


class LeftOut(Schema):
    """A file that was not taken, and why."""

    file: str
    why: str


class BroughtOut(Schema):
    """A deposit that begins."""

    deposit: DepositOut
    left_out: list[LeftOut]


class DepositsOut(Schema):
    """Deposits, newest first."""

    items: list[DepositOut]
    page: PageOut


class EntryOut(Schema):
    """An entry of the common directory."""

    code: str
    kind: str
    name_fr: str
    name_en: str
    discipline: str
    municipality: str
    artsdata: str


class EntriesOut(Schema):
    """Entries of the common directory, by name."""

    items: list[EntryOut]
    page: PageOut


class KindOut(Schema):
    """A report that can be made."""

    id: str
    title: str
    purpose: str
    about_show: bool
    about_survey: bool
    forms: list[str]


class QualityOut(Schema):
    """The quality report of the last deposit, as `publicc deposit --json` tells it."""

    organization: str
    as_of: date
    rows_read: int
    rows_refused: int
    weakest: str | None
    dimensions: dict[str, dict[str, object]]
    findings: list[dict[str, object]]


class ShowRequestOut(Schema):
    """A request for a show, sent or received. `granted` and what follows hold once it was granted."""

    id: UUID
    side: Literal["sent", "received"]
    show: int | None
    title: str
    asker: str
    owner: str
    state: Literal["PENDING", "GRANTED", "DECLINED", "WITHDRAWN", "EXPIRED", "REVOKED"]
    asked_at: datetime
    figures: list[str]
    first_on: date | None
    last_on: date | None
    why: str
    until: date
    granted: list[str]
    delay_days: int | None
    expires_on: date | None
    may_export: bool | None
    reason: str | None
    word: str | None


class ShowOpenOut(Schema):
    """A show that is open to the caller, and who opened it."""

    show: int
    code: str
    title: str
    opened_by: list[str]


class SharedColumnOut(Schema):
    """A column of a shared table; `unit` is null for words."""

    id: str
    label: str
    unit: str | None


class SharedTableOut(Schema):
    """A table of a shared show: figures as cells, words and days as text."""

    id: str
    title: str
    columns: list[SharedColumnOut]
    rows: list[dict[str, CellOut | str]]


class SharedShowOut(Schema):
    """A show as its grants open it now."""

    show: int
    code: str
    title: str
    snapshot: str
    as_of: date
    tables: list[SharedTableOut]


class ReleaseOut(Schema):
    """A release in force: the period it is of, and under which policy it was protected."""

    release: str
    first_on: date
    last_on: date
    in_force_on: date
    policy: str
    organizations: int
    counts_persons: bool


class ReleasedCellOut(Schema):
    """One figure of the collective; `dims`: value by dimension, none when it is of everyone."""

    table: str
    metric: str
    statistic: str
    dims: dict[str, str]
    cell: CellOut


class ReleasedOut(ReleaseOut):
    """A release, and a page of its cells."""

    cells: list[ReleasedCellOut]
    page: PageOut


class ScheduleOut(Schema):
    """A report made by itself. `every` and `over`: how often, and of which period."""

    id: UUID
    kind: str
    show: str | None
    format: str
    lang: str
    every: str
    over: str
    recipients: int
    next_at: datetime | None
    ran_at: datetime | None
    paused: bool
    problem: str | None
