"""Customer codes reused after a change of system: the same codes for other people are another source, no update."""

from typing import Final

import duckdb

from publicc.intake.canonical.bench import Bench
from publicc.intake.canonical.staging import own_rows
from publicc.intake.mapping.model import Choice, Question, QuestionKind
from publicc.intake.schema import ENTITIES
from publicc.kernel.text import Text

_ENOUGH: Final = 3
"""Codes held and brought with a name in both, before anything is concluded."""

_MOST_SYSTEMS: Final = 9
_NAME = "lower(strip_accents(coalesce({0}.last_name, {0}.full_name)))"


def separate_reused_codes(db: duckdb.DuckDBPyConnection, bench: Bench) -> list[Question]:
    """Give a source of its own (`tables-2`) to a deposit whose codes are those of other people; say so as a question.

    Concluded when at least half of the codes that are both held and brought name someone else, with another e-mail and
    another postal code. Answered `same`, the deposit updates the source held.
    """
    asked = []
    brought = sorted({table.source for table in bench.tables})
    for source in brought:
        kind, own = _kind_and_number(source)
        id_ = f"same_source:{kind}"
        if bench.answers.get(id_) == "same":
            continue
        free = [own, *(n for n in range(1, _MOST_SYSTEMS) if n != own and _named(kind, n) not in brought)]
        number = next((n for n in free if not _reused(db, source, _named(kind, n))), own)
        if number != own:
            for table in ENTITIES:
                own_rows(db, f"new_{table}")
                db.execute(
                    f"UPDATE scratch.new_{table} SET source = ? WHERE source = ?", [_named(kind, number), source]
                )
            if number > own:
                asked.append(_question(id_, bench))
    return asked


def _kind_and_number(source: str) -> tuple[str, int]:
    """`pretix-2` is the second system of its kind, `pretix` the first."""
    kind, _, number = source.rpartition("-")
    return (kind, int(number)) if kind and number.isdigit() else (source, 1)


def _named(source: str, number: int) -> str:
    return source if number == 1 else f"{source}-{number}"


def _reused(db: duckdb.DuckDBPyConnection, brought: str, held: str) -> bool:
    new, old = _NAME.format("n"), _NAME.format("h")
    both, others = db.execute(
        f"SELECT count(*), count(*) FILTER ({new} <> {old} AND n.email IS DISTINCT FROM h.email "
        "AND n.postal_code IS DISTINCT FROM h.postal_code) "
        "FROM scratch.new_customers AS n JOIN current_customers AS h ON h.customer_key = n.customer_key "
        f"WHERE n.source = ? AND h.source = ? AND {new} IS NOT NULL AND {old} IS NOT NULL",
        [brought, held],
    ).fetchone() or (0, 0)
    return bool(both >= _ENOUGH and others * 2 >= both)


def _question(id_: str, bench: Bench) -> Question:
    return Question(
        id=id_,
        kind=QuestionKind.SAME_SOURCE,
        text=Text(
            fr="Ces codes de clients désignaient d'autres personnes jusqu'ici. Est-ce un nouveau système ?",
            en="These customer codes named other people until now. Is this a new system?",
        ),
        file_name=bench.tables[0].table.file_name,
        choices=(
            Choice("new", Text("Oui : ce sont d'autres clients", "Yes: these are other customers")),
            Choice("same", Text("Non : ces fiches ont été corrigées", "No: these records were corrected")),
        ),
        default="new",
    )
