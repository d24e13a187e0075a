"""From units to cells that may leave: primary rules, elimination, isolation, audit, repair, rounding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from publicc.disclosure.attempts import Attempts
from publicc.disclosure.audit_money import audit_money
from publicc.disclosure.audit_persons import audit_persons
from publicc.disclosure.elimination import publishable
from publicc.disclosure.groups import standing_groups
from publicc.disclosure.isolation import isolated_units
from publicc.disclosure.policy import MoneyRules, PersonRules, ReleaseRefused
from publicc.disclosure.quantiles import harrell_davis
from publicc.disclosure.rounding import rounded_count, significant
from publicc.disclosure.rules import PersonUnits, safe_money_cells, safe_person_cells
from publicc.disclosure.tables import Floats, Ints, Table
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Protected:
    """One table as it may leave: a cell for each of its keys, and the tally of the attacks that failed."""

    cells: tuple[Cell, ...]
    attempts: Attempts


def protect_persons(table: Table, units: PersonUnits, rules: PersonRules) -> Protected:
    """Counts of persons, rounded; withheld cells all look the same, whatever the cause."""
    _refuse_negative(units.persons)
    safe = safe_person_cells(table.matrix, units, rules)
    out = publishable(table.matrix, table.matrix[~safe], table.order(), safe)
    behind = (units.by_org @ table.matrix.T > 0).sum(axis=0)
    waiting, tally = sorted(set(range(len(table.cells))) - set(out)), Attempts()
    while waiting:
        found = audit_persons(table.matrix, out, units, rules, targets=waiting[:1])
        if found.successes:  # withdrawing a cell only widens what must be believed: targets that passed stay passed
            gone = _weakest(table, out, behind, table.matrix[waiting[0]])
            out = [cell for cell in out if cell != gone]
            waiting.append(gone)
        else:
            waiting, tally = waiting[1:], tally + found
    counts = table.matrix @ units.persons
    shown = {cell: Shown(rounded_count(int(counts[cell]), rules.round_to)) for cell in out}
    return Protected(_cells(table, shown, WithheldReason.PERSONS), tally)


def protect_sums(table: Table, amounts: Floats, rules: MoneyRules) -> Protected:
    """Sums over organizations, with few significant digits; no member closes in on another's amount."""
    _refuse_negative(amounts)
    safe = safe_money_cells(table.matrix, amounts, rules)
    alone = np.eye(len(amounts), dtype=np.int64)
    out = publishable(table.matrix, np.vstack((table.matrix[~safe], alone)), table.order(), safe)
    members = table.matrix.sum(axis=1)
    while found := isolated_units(table.matrix, out):
        out.remove(_weakest(table, out, members, alone[min(found)]))
    while (tally := audit_money(table.matrix, out, amounts, rules)).successes:
        out.remove(_weakest(table, out, members, alone[tally.successes[0].target]))
    totals = table.matrix @ amounts
    shown = {
        cell: Shown(significant(Decimal(str(totals[cell])), rules.sum_digits), n=int(members[cell])) for cell in out
    }
    return Protected(_cells(table, shown, WithheldReason.ORGANIZATIONS), tally)


def protect_quantiles(table: Table, ratios: Mapping[int, float], rules: MoneyRules) -> dict[str, tuple[Cell, ...]]:
    """Median and quartiles of a ratio by group: one organization, one vote; `ratios` by unit, the others do not vote.

    Keys: `median`, `p25`, `p75`. Who has a ratio is public membership; the values decide nothing.
    """
    voting = np.zeros_like(table.matrix)
    voting[:, list(ratios)] = table.matrix[:, list(ratios)]
    kept = standing_groups(voting, table.order(), rules)
    shown: dict[str, dict[int, Cell]] = {"median": {}, "p25": {}, "p75": {}}
    for group in kept:
        values = [ratios[unit] for unit in np.flatnonzero(voting[group]).tolist()]
        for name, q in (("median", 0.5), ("p25", 0.25), ("p75", 0.75)):
            if name == "median" or len(values) > rules.quartile_others:
                figure = significant(Decimal(str(harrell_davis(values, q))), rules.quantile_digits)
                shown[name][group] = Shown(figure, n=len(values))
    return {name: _cells(table, cells, WithheldReason.ORGANIZATIONS) for name, cells in shown.items()}


def _weakest(table: Table, out: Sequence[int], behind: Ints, target: Ints) -> int:
    """The published cell that touches the target with the fewest organizations behind it; ties by key, not value."""
    touching = [cell for cell in out if (table.matrix[cell] * target).any()] or list(out)
    return min(touching, key=lambda cell: (int(behind[cell]), table.cells[cell]))


def _cells(table: Table, shown: Mapping[int, Cell], reason: WithheldReason) -> tuple[Cell, ...]:
    return tuple(shown.get(cell, Withheld(reason)) for cell in range(len(table.cells)))


def _refuse_negative(amounts: Ints | Floats) -> None:
    if (amounts < 0).any():
        raise ReleaseRefused(
            Text("Un montant net négatif ne peut pas être protégé.", "A negative net amount cannot be protected."),
            do=Text("Le compenser sur une période plus longue.", "Net it over a longer period."),
        )
