"""From units to cells that may leave: primary rules, elimination, isolation, audit, repair, rounding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from publicc.disclosure.attempts import Attempts
from publicc.disclosure.audit_money import audit_money
from publicc.disclosure.audit_persons import Crowd, Range
from publicc.disclosure.elimination import publishable
from publicc.disclosure.granted import Knower, audit_granted
from publicc.disclosure.isolation import isolated_units
from publicc.disclosure.policy import MoneyRules, PersonRules, ReleaseRefused
from publicc.disclosure.rounding import rounded_count, significant
from publicc.disclosure.rules import PersonUnits, safe_money_cells, safe_person_cells
from publicc.disclosure.tables import Flags, Floats, Ints, Table
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Protected:
    """One table as it may leave: a cell for each of its keys, and the tally of the attacks that failed."""

    cells: tuple[Cell, ...]
    attempts: Attempts


def protect_persons(
    table: Table, units: PersonUnits, rules: PersonRules, *, among: Flags | None = None, total: Range | None = None
) -> Protected:
    """Counts of persons, rounded; withheld cells all look the same, whatever the cause.

    `among`: only these cells, published already by rules that are no stricter; the others are attacked all the same.
    `total`: between which the number of all persons is known from elsewhere.
    """
    _refuse_negative(units.persons)
    safe = safe_person_cells(table.matrix, units, rules) & _all_or(among, table)
    out = publishable(table.matrix, table.matrix[~safe], table.order(), safe)
    behind = (units.by_org @ table.matrix.T > 0).sum(axis=0)
    waiting, tally = sorted(set(range(len(table.cells))) - set(out)), Attempts()
    while waiting:
        found, left = Crowd.of(table.matrix, out, units, rules, total=total).attacked(waiting)
        if found.successes and not out:  # nothing is told here: what is concluded comes from elsewhere
            break
        if found.successes:  # withdrawing a cell only widens what must be believed: targets that passed stay passed
            gone = _weakest(table, out, behind, table.matrix[left[0]])
            out = [cell for cell in out if cell != gone]
            left.append(gone)
        else:
            tally += found
        waiting = left
    counts = table.matrix @ units.persons
    shown = {cell: Shown(rounded_count(int(counts[cell]), rules.round_to)) for cell in out}
    return Protected(_cells(table, shown, WithheldReason.PERSONS), tally)


def protect_sums(
    table: Table,
    amounts: Floats,
    rules: MoneyRules,
    *,
    among: Flags | None = None,
    knowers: Sequence[Knower] = (),
) -> Protected:
    """Sums over organizations, with few significant digits; no member closes in on another's amount.

    `among`: only these cells. `knowers`: those who were granted exact figures of some organizations besides.
    """
    _refuse_negative(amounts)
    safe = safe_money_cells(table.matrix, amounts, rules) & _all_or(among, table)
    alone = np.eye(len(amounts), dtype=np.int64)
    out = publishable(table.matrix, np.vstack((table.matrix[~safe], alone)), table.order(), safe)
    members = table.matrix.sum(axis=1)
    while found := isolated_units(table.matrix, out):
        out.remove(_weakest(table, out, members, alone[min(found)]))
    while (tally := _attacked(table, out, amounts, rules, knowers)).successes:
        out.remove(_weakest(table, out, members, alone[tally.successes[0].target]))
    totals = table.matrix @ amounts
    shown = {
        cell: Shown(significant(Decimal(str(totals[cell])), rules.sum_digits), n=int(members[cell])) for cell in out
    }
    return Protected(_cells(table, shown, WithheldReason.ORGANIZATIONS), tally)


def _attacked(  # noqa: PLR0917 - what is out, over what, by which rules, by whom
    table: Table, out: Sequence[int], amounts: Floats, rules: MoneyRules, knowers: Sequence[Knower]
) -> Attempts:
    """As every member; then, once these fail, as those who were granted a show."""
    tally = audit_money(table.matrix, out, amounts, rules)
    return tally if tally.successes else tally + audit_granted(table.matrix, out, amounts, rules, knowers)


def _all_or(among: Flags | None, table: Table) -> Flags:
    return np.ones(len(table.cells), dtype=bool) if among is None else among


def _weakest(table: Table, out: Sequence[int], behind: Ints, target: Ints) -> int:
    """The published cell that touches the target with the fewest organizations behind it; then the narrowest."""
    touching = [cell for cell in out if (table.matrix[cell] * target).any()] or list(out)
    return min(touching, key=lambda cell: (int(behind[cell]), -len(table.cells[cell]), table.cells[cell]))


def _cells(table: Table, shown: Mapping[int, Cell], reason: WithheldReason) -> tuple[Cell, ...]:
    return tuple(shown.get(cell, Withheld(reason)) for cell in range(len(table.cells)))


def _refuse_negative(amounts: Ints | Floats) -> None:
    if (amounts < 0).any():
        raise ReleaseRefused(
            Text("Un montant net négatif ne peut pas être protégé.", "A negative net amount cannot be protected."),
            do=Text("Le compenser sur une période plus longue.", "Net it over a longer period."),
        )
