"""The proposal a person checks before their files enter the vault: what columns seem to mean, and what to settle.

Kept as a small file beside the incoming files, because it shows a few of their cells; gone with them.
"""

import json
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from publicc.intake.deposits.report import DepositReport
from publicc.intake.grain import Grain
from publicc.intake.mapping.model import Choice, ColumnUse, Mapping, Question, QuestionKind, TableMapping
from publicc.intake.mapping.targets import Target
from publicc.kernel.text import Text
from publicc.store.durable import write_atomically

FILE: Final = "review.json"


@dataclass(frozen=True, slots=True)
class Review:
    """What was understood of the files, without anything having been kept yet."""

    mapping: Mapping
    questions: tuple[Question, ...]
    report: Dictionary[str, Any]
    """`DepositReport.as_json()` of the rehearsal."""

    replace_period: bool = False


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person changed: (table, column) → meaning or None, table → grain, question id → choice."""

    targets: Dictionary[tuple[int, int], Target | None]
    grains: Dictionary[int, Grain]
    answers: Dictionary[str, str]
    replace_period: bool = False
    """Orders of the period that the files no longer hold stop counting."""


def review_of(report: DepositReport) -> Review:
    """The review that a rehearsal gives."""
    return Review(report.mapping, report.questions, report.as_json())


def corrected(mapping: Mapping, given: Corrections) -> Mapping:
    """The mapping as a person settled it."""
    tables = tuple(_corrected_table(table, at, given) for at, table in enumerate(mapping.tables))
    return replace(mapping, tables=tables, answers={**mapping.answers, **given.answers})


def _corrected_table(table: TableMapping, at: int, given: Corrections) -> TableMapping:
    columns = tuple(
        replace(use, target=given.targets.get((at, place), use.target)) for place, use in enumerate(table.columns)
    )
    return replace(table, columns=columns, grain=given.grains.get(at, table.grain))


def write_review(folder: Path, review: Review) -> None:
    """Keep the review beside the files, for the person who deposits only."""
    told = {
        "mapping": _mapping_as_json(review.mapping),
        "questions": [_question_as_json(question) for question in review.questions],
        "report": dict(review.report),
        "replace_period": review.replace_period,
    }
    write_atomically(folder / FILE, json.dumps(told, ensure_ascii=False).encode(), mode=0o600)


def read_review(folder: Path) -> Review:
    """The review kept beside the files."""
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    questions = tuple(_question_from_json(question) for question in told["questions"])
    return Review(_mapping_from_json(told["mapping"]), questions, told["report"], told["replace_period"])


def _mapping_as_json(mapping: Mapping) -> dict[str, Any]:
    return {
        "source": mapping.source,
        "words": {name: dict(words) for name, words in mapping.words.items()},
        "answers": dict(mapping.answers),
        "tables": [
            {
                "file_name": table.file_name,
                "part": table.part,
                "signature": table.signature,
                "kind": table.kind,
                "grain": table.grain.value,
                "options": dict(table.options),
                "columns": [[use.column, use.header, use.target, list(use.samples)] for use in table.columns],
            }
            for table in mapping.tables
        ],
    }


def _mapping_from_json(told: Dictionary[str, Any]) -> Mapping:
    return Mapping(
        told["source"], tuple(_table_from_json(one) for one in told["tables"]), told["words"], told["answers"]
    )


def _table_from_json(told: Dictionary[str, Any]) -> TableMapping:
    columns = tuple(
        ColumnUse(column, header, Target(target) if target else None, tuple(samples))
        for column, header, target, samples in told["columns"]
    )
    return TableMapping(
        file_name=told["file_name"],
        part=told["part"],
        signature=told["signature"],
        kind=told["kind"],
        grain=Grain(told["grain"]),
        columns=columns,
        options=told["options"],
    )


def _question_as_json(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "text": [question.text.fr, question.text.en],
        "file_name": question.file_name,
        "choices": [[choice.code, choice.label.fr, choice.label.en] for choice in question.choices],
        "default": question.default,
        "column": question.column,
        "label": question.label,
        "rows": question.rows,
    }


def _question_from_json(told: Dictionary[str, Any]) -> Question:
    return Question(
        id=told["id"],
        kind=QuestionKind(told["kind"]),
        text=Text(*told["text"]),
        file_name=told["file_name"],
        choices=tuple(Choice(code, Text(fr, en)) for code, fr, en in told["choices"]),
        default=told["default"],
        column=told["column"],
        label=told["label"],
        rows=told["rows"],
    )
