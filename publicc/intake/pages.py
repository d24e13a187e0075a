"""What the pages of a deposit show, ready to draw: sentences, choices, figures. Reads reports; counts nothing."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date
from typing import Any

from publicc.intake.grain import Grain
from publicc.intake.mapping.model import Question, TableMapping
from publicc.intake.mapping.targets import About, Target
from publicc.intake.review import Review
from publicc.kernel.formats import money, number, short_day
from publicc.kernel.text import Lang, Text

_SUBJECTS = {
    About.CUSTOMER: Text("Client", "Customer"),
    About.SALE: Text("Transaction", "Order"),
    About.PERFORMANCE: Text("Représentation", "Performance"),
    About.TOTAL: Text("Total", "Total"),
}
_EVIDENCE = {
    "encoding": Text("encodage", "encoding"),
    "delimiter": Text("séparateur", "delimiter"),
    "header_row": Text("titres à la ligne", "headers in row"),
    "date_order": Text("ordre des dates", "date order"),
    "decimals": Text("décimales", "decimals"),
}
_CHANGED = {
    "customers": Text("Clients", "Customers"),
    "orders": Text("Transactions", "Orders"),
    "performances": Text("Représentations", "Performances"),
}


@dataclass(frozen=True, slots=True)
class ReportedTable:
    """One table of the deposit as the report tells it."""

    name: str
    sentence: str
    rows: int
    accepted: int
    set_apart: int
    refused: int
    dropped: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A deposit's report, in one language."""

    already_received: bool
    rows_read: int
    rows_kept: int
    rows_refused: int
    tables: tuple[ReportedTable, ...]
    problems: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    changes: tuple[tuple[str, Dictionary[str, int]], ...]
    removed_orders: int
    held: tuple[tuple[str, str], ...]
    held_period: str


def report_page(told: Dictionary[str, Any], lang: Lang) -> Report:
    """The report of a deposit, or of its rehearsal, from `DepositReport.as_json()`."""
    changes = told.get("changes", {})
    return Report(
        already_received=told["already_received"],
        rows_read=told["rows_read"],
        rows_kept=told["rows_kept"],
        rows_refused=told["rows_refused"],
        tables=tuple(_table(one, lang) for one in told["tables"]),
        problems=tuple((one["file"], one["problem"][lang]) for one in told["problems"]),
        notices=tuple(one[lang] for one in told["notices"]),
        changes=tuple((label.said(lang), changes[name]) for name, label in _CHANGED.items() if name in changes),
        removed_orders=changes.get("orders", {}).get("removed", 0),
        held=tuple(_holdings(told["held"], lang)),
        held_period=_held_period(told["held"], lang),
    )


def _table(told: Dictionary[str, Any], lang: Lang) -> ReportedTable:
    evidence = [(_EVIDENCE[key].said(lang), str(value)) for key, value in told["evidence"].items() if key in _EVIDENCE]
    return ReportedTable(
        name=" · ".join(part for part in (told["file"], told["part"]) if part),
        sentence=told["sentence"][lang],
        rows=told["rows_read"],
        accepted=told["accepted"],
        set_apart=told["set_apart"],
        refused=told["refused"],
        dropped=tuple(told["dropped_columns"]),
        evidence=tuple(evidence),
    )


def _holdings(held: Dictionary[str, Any], lang: Lang) -> list[tuple[str, str]]:
    """What the vault holds now, as label and figure."""
    counted = [
        (Text("Billets valides", "Valid tickets"), held["tickets"]),
        (Text("Clients", "Customers"), held["customers"]),
        (Text("Représentations", "Performances"), held["performances"]),
        (Text("Spectacles", "Shows"), held["shows"]),
    ]
    told = [(label.said(lang), number(figure, lang)) for label, figure in counted]
    told.append((Text("Revenus de billetterie", "Ticket revenue").said(lang), money(held["revenue"], lang, 0)))
    return told


def _held_period(held: Dictionary[str, Any], lang: Lang) -> str:
    """The days of the first and last order held, in words."""
    first, last = held["first_order_on"], held["last_order_on"]
    if not (first and last):
        return ""
    days = {name: short_day(date.fromisoformat(day), lang) for name, day in (("a", first), ("b", last))}
    return Text("Transactions du {a} au {b}.", "Orders from {a} to {b}.").said(lang, **days)


@dataclass(frozen=True, slots=True)
class ReviewedColumn:
    """One column of the review: its header, some of its cells, the field of its meaning."""

    field: str
    header: str
    samples: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class ReviewedTable:
    """One table of the review."""

    name: str
    field: str
    grain: str
    columns: tuple[ReviewedColumn, ...]


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One thing only a person can settle."""

    field: str
    question: Question
    chosen: str


def tables_page(review: Review) -> tuple[ReviewedTable, ...]:
    """The proposed mapping, table by table."""
    return tuple(_reviewed(table, at) for at, table in enumerate(review.mapping.tables))


def _reviewed(table: TableMapping, at: int) -> ReviewedTable:
    columns = tuple(
        ReviewedColumn(f"column-{at}-{place}", use.header, use.samples, use.target.value if use.target else "")
        for place, use in enumerate(table.columns)
    )
    name = " · ".join(part for part in (table.file_name, table.part) if part)
    return ReviewedTable(name, f"grain-{at}", table.grain.value, columns)


def questions_page(review: Review) -> tuple[ReviewedQuestion, ...]:
    """What is to be settled, with the default taken until then."""
    answers = review.mapping.answers
    return tuple(
        ReviewedQuestion(f"question-{number}", question, answers.get(question.id, question.default))
        for number, question in enumerate(review.questions)
    )


def meanings(lang: Lang) -> list[tuple[str, list[tuple[str, str]]]]:
    """The meanings a column may have, by subject."""
    return [
        (subject.said(lang), [(target.value, target.label.said(lang)) for target in Target if target.about is about])
        for about, subject in _SUBJECTS.items()
    ]


def grains(lang: Lang) -> list[tuple[str, str]]:
    """What one row may be."""
    return [(grain.value, grain.sentence.said(lang)) for grain in Grain]
