"""What a deposit did, in figures a person can check: rows in = accepted + set apart + refused, amounts to the cent."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from publicc.intake.grain import Grain
from publicc.intake.mapping.model import Mapping, Question
from publicc.kernel.text import Lang, Text


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table of one file: how it was understood, and where its rows went."""

    file_no: int
    file_name: str
    part: str
    kind: str
    grain: Grain
    rows_read: int
    accepted: int
    set_apart: int
    refused: int
    amount_cents: int = 0
    """Sum of the amounts read; equals accepted + set apart + refused amounts."""
    accepted_cents: int = 0
    set_apart_cents: int = 0
    refused_cents: int = 0
    dropped: tuple[str, ...] = ()
    """Headers without a meaning for us: not kept."""
    evidence: dict[str, str] = field(default_factory=dict)
    """How the file was read: encoding, delimiter, row of headers, date order, decimals."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file, or a member of an archive, that could not be read at all; the others of the deposit went on."""

    file_name: str
    problem: Text
    whole_file: bool = True
    """False for a member of an archive of which something else could be read."""


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Rows of one table refused for one reason: kept with it, to be downloaded, mended and deposited again."""

    file_name: str
    column: str
    rows: tuple[int, ...]
    """The first row numbers, as a person counts them."""
    count: int
    why: Text


@dataclass(frozen=True, slots=True)
class Change:
    """What a deposit changed in the current state, for orders, customers or performances."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    """Held before, in the period of the deposit, and absent from it."""
    removed_kept: bool = True
    """The removed ones stay current until a person consents (`replace_period`)."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the vault or a deposit holds. `tickets` and `revenue_cents` count VALID tickets, complimentary included."""

    orders: int = 0
    orders_told: int = 0
    """Numbers of orders that occur at all, those without a valid ticket included."""
    customers: int = 0
    performances: int = 0
    shows: int = 0
    tickets: int = 0
    complimentary: int = 0
    revenue_cents: int = 0
    taxes_cents: int = 0
    first_order_on: date | None = None
    last_order_on: date | None = None
    first_performance_on: date | None = None
    last_performance_on: date | None = None
    tickets_by_status: dict[str, int] = field(default_factory=dict)
    set_apart: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Reason → (units, cents)."""
    totals: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Kind of total → (rows, tickets, cents). Controls, never added to the tickets."""


@dataclass(frozen=True, slots=True)
class DepositReport:
    """The account of one deposit (or of a rehearsal of it: `dry_run`)."""

    organization: str
    source: str
    received_at: datetime
    deposit_id: int | None
    """None for a rehearsal, and when nothing changed."""
    dry_run: bool
    already_received: bool
    """The very same files with the same mapping were the last deposit: nothing was done."""
    tables: tuple[TableReport, ...]
    problems: tuple[FileProblem, ...]
    refusals: tuple[RefusedRows, ...]
    mapping: Mapping
    """What was proposed and used; correct it, and deposit again."""
    questions: tuple[Question, ...]
    notices: tuple[Text, ...]
    orders: Change
    customers: Change
    performances: Change
    brought: Holdings
    """What these files alone hold."""
    held: Holdings
    """What the vault holds afterwards, all sources together."""

    @property
    def rows_read(self) -> int:
        """Rows of all the tables read."""
        return sum(table.rows_read for table in self.tables)

    @property
    def rows_kept(self) -> int:
        """Rows accepted or set apart."""
        return sum(table.accepted + table.set_apart for table in self.tables)

    @property
    def rows_refused(self) -> int:
        """Rows refused, kept with their reason."""
        return sum(table.refused for table in self.tables)

    def as_json(self, lang: Lang | None = None) -> dict[str, Any]:
        """The report for machines: figures and names of columns, no cell of a file. Texts in `lang`, or in both."""
        return {
            "organization": self.organization,
            "source": self.source,
            "deposit_id": self.deposit_id,
            "received_at": self.received_at.isoformat(),
            "dry_run": self.dry_run,
            "already_received": self.already_received,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "rows_refused": self.rows_refused,
            "tables": [_table_as_json(table, lang) for table in self.tables],
            "problems": [{"file": p.file_name, "problem": _said(p.problem, lang)} for p in self.problems],
            "refusals": [
                {
                    "file": r.file_name,
                    "column": r.column,
                    "rows": list(r.rows),
                    "count": r.count,
                    "why": _said(r.why, lang),
                }
                for r in self.refusals
            ],
            "questions": [_question_as_json(question, lang) for question in self.questions],
            "notices": [_said(notice, lang) for notice in self.notices],
            "changes": {name: asdict(getattr(self, name)) for name in ("orders", "customers", "performances")},
            "brought": _holdings_as_json(self.brought),
            "held": _holdings_as_json(self.held),
        }


def _said(text: Text, lang: Lang | None) -> str | dict[str, str]:
    return text.said(lang) if lang else {"fr": text.said("fr"), "en": text.said("en")}


def _table_as_json(table: TableReport, lang: Lang | None) -> dict[str, Any]:
    return {
        "file": table.file_name,
        "part": table.part,
        "kind": table.kind,
        "grain": table.grain.value,
        "sentence": _said(table.grain.sentence, lang),
        "rows_read": table.rows_read,
        "accepted": table.accepted,
        "set_apart": table.set_apart,
        "refused": table.refused,
        "amount": table.amount_cents / 100,
        "dropped_columns": list(table.dropped),
        "evidence": dict(table.evidence),
    }


def _question_as_json(question: Question, lang: Lang | None) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "text": _said(question.text, lang),
        "file": question.file_name,
        "column": question.column,
        "label": question.label,
        "rows": question.rows,
        "default": question.default,
        "choices": {choice.code: _said(choice.label, lang) for choice in question.choices},
    }


def _holdings_as_json(held: Holdings) -> dict[str, Any]:
    days = {
        name: day.isoformat() if (day := getattr(held, name)) else None
        for name in ("first_order_on", "last_order_on", "first_performance_on", "last_performance_on")
    }
    return {
        "orders": held.orders,
        "customers": held.customers,
        "performances": held.performances,
        "shows": held.shows,
        "tickets": held.tickets,
        "complimentary": held.complimentary,
        "revenue": held.revenue_cents / 100,
        "taxes": held.taxes_cents / 100,
        **days,
        "tickets_by_status": dict(held.tickets_by_status),
        "set_apart": {k: {"units": units, "amount": cents / 100} for k, (units, cents) in held.set_apart.items()},
        "totals": {
            k: {"rows": rows, "tickets": tickets, "amount": cents / 100}
            for k, (rows, tickets, cents) in held.totals.items()
        },
    }
