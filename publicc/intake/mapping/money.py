"""Which amount is that of a ticket, which that of a row; whether taxes are inside: read from the figures themselves."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Final

import duckdb

from publicc.intake.mapping.columns import Meanings
from publicc.intake.mapping.model import Choice, Question, QuestionKind
from publicc.intake.mapping.targets import Target
from publicc.intake.reading import SourceTable
from publicc.intake.values import MoneyForm, TableProfile, sql_money_cents, sql_number
from publicc.kernel.text import Text

HOLDS: Final = 0.995
"""Quantity × unit price = total must hold on this share of the rows before a row is a bundle of tickets."""

_AMOUNTS: Final = (Target.AMOUNT, Target.LINE_TOTAL, Target.FACE_PRICE, Target.ORDER_TOTAL)
_RATES_PERCENT: Final = (14.975, 15.0, 13.0, 12.0, 11.0, 5.0)
_NEAR: Final = 0.02


@dataclass(frozen=True, slots=True)
class Amounts:
    """The meanings with their amounts settled, the choices made, and what could not be settled."""

    meanings: Meanings
    options: Dictionary[str, str]
    questions: tuple[Question, ...] = ()


def settle_amounts(
    scratch: duckdb.DuckDBPyConnection,
    table: SourceTable,
    profile: TableProfile,
    meanings: Meanings,
    *,
    answers: Dictionary[str, str],
) -> Amounts:
    """Tell the amount of a ticket from that of a row, and taxes inside from taxes added."""
    reading = _Reading(scratch, table, profile, dict(meanings), answers)
    questions = []
    if reading.column(Target.QUANTITY):
        questions += reading.settle_quantity()
    options: dict[str, str] = {}
    if reading.column(Target.TAXES):
        basis, asked = reading.taxes_basis()
        options["taxes"] = basis
        questions += asked
    return Amounts(reading.meanings, options, tuple(questions))


@dataclass(slots=True)
class _Reading:
    scratch: duckdb.DuckDBPyConnection
    table: SourceTable
    profile: TableProfile
    meanings: Meanings
    answers: Dictionary[str, str]

    def column(self, target: Target) -> str | None:
        return next((column for column, meaning in self.meanings.items() if meaning is target), None)

    def cents(self, column: str) -> str:
        return sql_money_cents(column, self.profile.column(column).money or MoneyForm())

    def settle_quantity(self) -> list[Question]:
        """With a quantity: the column that is quantity × another is the row's; a lone amount, by its steadiness."""
        quantity = self.column(Target.QUANTITY)
        amounts = [c for c, t in self.meanings.items() if t in _AMOUNTS]
        if quantity is None or not amounts:
            return []
        number = sql_number(quantity, self.profile.column(quantity).money or MoneyForm())
        for unit in amounts:
            for total in amounts:
                if unit != total and self._holds(f"{number} * {self.cents(unit)} = {self.cents(total)}"):
                    self.meanings[unit], self.meanings[total] = Target.FACE_PRICE, Target.LINE_TOTAL
                    return []
        amount = self.column(Target.AMOUNT)
        if amount is None or self.column(Target.LINE_TOTAL):
            return []
        return self._settle_lone_amount(number, amount)

    def _settle_lone_amount(self, number: str, amount: str) -> list[Question]:
        id_ = f"amount:{self.profile.column(amount).header}"
        verdict = self.answers.get(id_) or self._steadiness(number, self.cents(amount))
        if verdict == "ticket":
            return []
        self.meanings[amount] = Target.LINE_TOTAL
        if verdict == "line":
            return []
        return [_amount_question(self.table, self.profile.column(amount).header, id_)]

    def _steadiness(self, number: str, cents: str) -> str | None:
        """`ticket` when the amount does not grow with the quantity, `line` when it does, None when neither shows."""
        category = self.column(Target.PRICE_CATEGORY)
        group = category or "1"
        many, one, by_unit, by_row = self.scratch.execute(
            "SELECT count(*) FILTER (q > 1), count(*) FILTER (q = 1), count(DISTINCT (g, a / q)), count(DISTINCT (g, "
            "a)) FROM "
            f"(SELECT {group} AS g, {number} AS q, {cents} AS a FROM {self.table.relation}) WHERE q > 0 AND a > 0"
        ).fetchone() or (0, 0, 0, 0)
        if not many:
            return "ticket" if one else None
        if by_unit <= 0.8 * by_row:
            return "line"
        return "ticket" if by_row <= 0.8 * by_unit else None

    def _holds(self, condition: str) -> bool:
        rows, held = self.scratch.execute(
            f"SELECT count(ok), count(*) FILTER (ok) FROM (SELECT {condition} AS ok FROM {self.table.relation})"
        ).fetchone() or (0, 0)
        return bool(rows) and held >= HOLDS * rows

    def taxes_basis(self) -> tuple[str, list[Question]]:
        """Whether the amount holds the taxes: from the rate they come to; asked when the rate says neither."""
        amount = self.column(Target.AMOUNT) or self.column(Target.LINE_TOTAL)
        columns = [column for column, meaning in self.meanings.items() if meaning is Target.TAXES]
        if amount is None or not columns:
            return "unknown", []
        header = self.profile.column(columns[0]).header
        taxes = " + ".join(f"coalesce({self.cents(column)}, 0)" for column in columns)
        id_ = f"taxes:{header}"
        if id_ in self.answers:
            return self.answers[id_], []
        (percent,) = self.scratch.execute(
            f"SELECT median(100.0 * ({taxes}) / nullif({self.cents(amount)}, 0)) FROM {self.table.relation} "
            f"WHERE ({taxes}) > 0"
        ).fetchone() or (None,)
        if percent is None:
            return "excluded", []
        if basis := basis_of(percent):
            return basis, []
        return "excluded", [_taxes_question(self.table, header, id_)]


def basis_of(percent: float) -> str | None:
    """Whether taxes of that many per cent of the amount are inside it; None when no rate of Canada comes near.

    The nearest rate decides: 14.975 % inside an amount is 13.025 % of it, close to the 13 % that Ontario adds.
    """
    told = [(rate, "excluded") for rate in _RATES_PERCENT]
    told += [(100 * rate / (100 + rate), "included") for rate in _RATES_PERCENT]
    share, basis = min(told, key=lambda one: abs(percent - one[0]))
    return basis if abs(percent - share) < _NEAR * share / 10 else None


def _amount_question(table: SourceTable, header: str, id_: str) -> Question:
    return Question(
        id=id_,
        kind=QuestionKind.AMOUNT,
        text=Text(
            fr="Le montant est-il celui d'un billet ou celui de toute la ligne ?",
            en="Is the amount that of one ticket or that of the whole row?",
        ),
        file_name=table.file_name,
        choices=(
            Choice("line", Text("De toute la ligne", "Of the whole row")),
            Choice("ticket", Text("D'un billet", "Of one ticket")),
        ),
        default="line",
        column=header,
    )


def _taxes_question(table: SourceTable, header: str, id_: str) -> Question:
    return Question(
        id=id_,
        kind=QuestionKind.TAXES,
        text=Text(fr="Les montants comprennent-ils les taxes ?", en="Do the amounts include the taxes?"),
        file_name=table.file_name,
        choices=(
            Choice("excluded", Text("Non, elles s'ajoutent", "No, they are added")),
            Choice("included", Text("Oui", "Yes")),
        ),
        default="excluded",
        column=header,
    )
