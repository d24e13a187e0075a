"""The attack of those who were granted a show: released sums, together with the exact figures that an owner opened.

A grant says that an owner's amount is at least what it opened. Its owner consented; nobody else did: every third
organization must hold as against anyone, whether the grantee is alone or puts what it knows beside another member's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from publicc.disclosure.attempts import Attempts, Success
from publicc.disclosure.policy import MoneyRules
from publicc.disclosure.polytope import Polytope
from publicc.disclosure.rounding import significant, significant_interval
from publicc.disclosure.tables import Floats, Ints

NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Knower:
    """One grantee. `unit`: the organization it is among those of the table, None when it brings no amount.

    `least[u]`: what it was shown of organization u's amount, 0 where nothing.
    """

    unit: int | None
    least: Floats


@dataclass(frozen=True, slots=True)
class _Stakes:
    amounts: Floats
    rules: MoneyRules
    published: Ints
    reached: dict[tuple[object, ...], tuple[float, float]] = field(default_factory=dict)
    """Who knew → how near they came to any organization of those that lie in the same published cells: all alike."""


def audit_granted(  # noqa: PLR0917 - what is out, over what, by which rules, against whom
    matrix: Ints, out: Sequence[int], amounts: Floats, rules: MoneyRules, knowers: Sequence[Knower]
) -> Attempts:
    """Attack every third organization as each grantee, and as each with one more member, over the cells in `out`.

    Alone, the share p must hold on both sides. With another member, no amount is found exactly; where the rules ask
    for coalitions of two, the share p holds against them too.
    """
    published = matrix[list(out)]
    shown = [significant(Decimal(str(total)), rules.sum_digits) for total in published @ amounts]
    bounds = np.array([significant_interval(v, rules.sum_digits) for v in shown], dtype=float).reshape(-1, 2)
    view, tally = Polytope.of(published, bounds[:, 0], bounds[:, 1]), Attempts()
    stakes = _Stakes(amounts, rules, published)
    for at, knower in enumerate(knowers):
        others = knowers[at + 1 :]
        for target in range(len(amounts)):
            tally += _attack(view, (knower,), target, stakes)
            for partner in _partners(stakes, knower, target):
                tally += _attack(view, (knower, partner), target, stakes)
            for partner in others:
                tally += _attack(view, (knower, partner), target, stakes)
    return tally


def _partners(stakes: _Stakes, knower: Knower, target: int) -> Iterator[Knower]:
    """Members who know most of a published cell of the target: its largest that is neither of the two."""
    nothing, found = np.zeros(len(stakes.amounts)), set()
    for row in stakes.published:
        if row[target]:
            inside = (unit for unit in np.flatnonzero(row).tolist() if unit not in {target, knower.unit})
            found |= {max(inside, key=lambda unit: (stakes.amounts[unit], -unit), default=target)}
    yield from (Knower(unit, nothing) for unit in sorted(found - {target}))


def _attack(view: Polytope, knowers: tuple[Knower, ...], target: int, stakes: _Stakes) -> Attempts:
    members = {one.unit for one in knowers if one.unit is not None}
    least = np.max([one.least for one in knowers], axis=0)
    if target in members or least[target] > 0:
        return Attempts()
    knowledge = (*sorted(members), least.tobytes(), int(view.alike[target]))
    if knowledge not in stakes.reached:
        own = np.array([unit in members for unit in range(len(stakes.amounts))])
        known = np.where(own, stakes.amounts, least)
        told = view.knowing(known, np.where(own, stakes.amounts, view.most))
        wanted = np.eye(len(stakes.amounts), dtype=np.int64)[target]
        stakes.reached[knowledge] = told.extreme(wanted, "least"), told.extreme(wanted, "most")
    found = stakes.reached[knowledge]
    return _judged(found, target, next(iter(sorted(members)), None), stakes, pair=len(knowers) > 1)


def _judged(found: tuple[float, float], target: int, attacker: int | None, stakes: _Stakes, *, pair: bool) -> Attempts:
    low, high = found
    amount, rules = float(stakes.amounts[target]), stakes.rules
    slack = NEAR * max(amount, 1.0)
    exact = high - low <= slack
    open_above = high >= (1 + rules.p) * amount - slack and high > slack
    near = not (open_above and low <= (1 - rules.p) * amount + slack)
    within = exact if pair and rules.coalition < 2 else near
    return Attempts(1, int(exact), int(within), (Success(target, attacker),) if within else ())
