"""The attack on sums of money: what each member, who knows its own amount, can conclude about another's.

Organizations that lie in the same published cells are interchangeable: they are attacked as one atom, with the
strongest attacker and the strongest target of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from publicc.disclosure.attempts import Attempts, Success
from publicc.disclosure.policy import MoneyRules
from publicc.disclosure.polytope import Polytope
from publicc.disclosure.rounding import significant, significant_interval
from publicc.disclosure.tables import Floats, Ints

NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Atom:
    """Organizations in the same published cells, the largest amount first."""

    members: tuple[int, ...]
    row: Ints


@dataclass(frozen=True, slots=True)
class Stakes:
    """What is attacked: the amounts, and how close is too close."""

    amounts: Floats
    rules: MoneyRules
    atoms: tuple[Atom, ...]


def audit_money(matrix: Ints, out: Sequence[int], amounts: Floats, rules: MoneyRules) -> Attempts:
    """Attack every organization's amount, as an outsider and as every other organization, over the cells in `out`.

    With a coalition of two in the rules, also as the two others who know most of each cell.
    Passing needs both sides: the target may be larger by the share p or more, and smaller by p or more.
    """
    published = matrix[list(out)]
    shown = [significant(Decimal(str(total)), rules.sum_digits) for total in published @ amounts]
    bounds = np.array([significant_interval(v, rules.sum_digits) for v in shown], dtype=float).reshape(-1, 2)
    atoms = _atoms(published, amounts)
    rows = np.array([[int(cell[atom.members[0]]) for atom in atoms] for cell in published], dtype=np.int64)
    outsider = Polytope.of(rows.reshape(len(published), len(atoms)), bounds[:, 0], bounds[:, 1])
    stakes, tally = Stakes(amounts, rules, tuple(atoms)), Attempts()
    for target in atoms:
        tally += _as_outsider(outsider, target, stakes)
        for attacker in atoms:
            tally += _as_member(outsider, attacker, target, stakes)
        if rules.coalition > 1:
            for pair in _strongest_pairs(rows, atoms, target, amounts):
                tally += _as_two(outsider, pair, target, stakes)
    return tally


def _strongest_pairs(rows: Ints, atoms: Sequence[Atom], target: Atom, amounts: Floats) -> set[tuple[int, int]]:
    """The two largest others of every published cell that holds the target: the pairs that know most of it."""
    found: set[tuple[int, int]] = set()
    victim = target.members[0]
    for row in rows.reshape(-1, len(atoms)):
        if (row * target.row).any():
            inside = (unit for held, atom in zip(row, atoms, strict=True) if held for unit in atom.members)
            first, *second = sorted((unit for unit in inside if unit != victim), key=lambda u: (-amounts[u], u))[:2]
            found |= {(first, one) for one in second}
    return found


def _as_two(view: Polytope, pair: tuple[int, int], target: Atom, stakes: Stakes) -> Attempts:
    """Two members put their amounts together: what they hold is taken out, the rest is somebody else's."""
    known = np.array([stakes.amounts[[unit for unit in pair if unit in atom.members]].sum() for atom in stakes.atoms])
    theirs = np.array([set(atom.members) <= set(pair) for atom in stakes.atoms])
    told = view.knowing(known, np.where(theirs, known, view.most))
    own = float(known @ target.row)
    alone = len(set(target.members) - set(pair)) == 1
    least = told.extreme(target.row, "least") - own if alone else 0.0
    return _judged((least, told.extreme(target.row, "most") - own), target.members[0], pair[0], stakes)


def _atoms(published: Ints, amounts: Floats) -> list[Atom]:
    together: dict[tuple[int, ...], list[int]] = {}
    for unit in range(len(amounts)):
        together.setdefault(tuple(int(v) for v in published[:, unit]), []).append(unit)
    groups = [sorted(members, key=lambda unit: (-amounts[unit], unit)) for _, members in sorted(together.items())]
    places = np.eye(len(groups), dtype=np.int64)
    return [Atom(tuple(members), places[at]) for at, members in enumerate(groups)]


def _as_outsider(view: Polytope, target: Atom, stakes: Stakes) -> Attempts:
    alone = len(target.members) == 1
    least = view.extreme(target.row, "least") if alone else 0.0
    return _judged((least, view.extreme(target.row, "most")), target.members[0], None, stakes)


def _as_member(view: Polytope, attacker: Atom, target: Atom, stakes: Stakes) -> Attempts:
    if attacker is target:
        return _inside(view, target, stakes)
    who = attacker.members[0]
    known = attacker.row * stakes.amounts[who]
    most = np.where(attacker.row > 0, stakes.amounts[who], view.most) if len(attacker.members) == 1 else None
    told = view.knowing(known, most)
    least = told.extreme(target.row, "least") if len(target.members) == 1 else 0.0
    return _judged((least, told.extreme(target.row, "most")), target.members[0], who, stakes)


def _inside(view: Polytope, atom: Atom, stakes: Stakes) -> Attempts:
    """The second largest of an atom attacks the largest."""
    if len(atom.members) == 1:
        return Attempts()
    largest, second = atom.members[:2]
    told = view.knowing(atom.row * stakes.amounts[second])
    most = told.extreme(atom.row, "most") - stakes.amounts[second]
    least = told.extreme(atom.row, "least") - stakes.amounts[second] if len(atom.members) == 2 else 0.0
    return _judged((least, most), largest, second, stakes)


def _judged(found: tuple[float, float], target: int, attacker: int | None, stakes: Stakes) -> Attempts:
    least, most = found
    amount = float(stakes.amounts[target])
    slack = NEAR * max(amount, 1.0)
    above = most >= (1 + stakes.rules.p) * amount - slack and most > slack
    below = least <= (1 - stakes.rules.p) * amount + slack
    exact = most - least <= slack
    within = not (above and below)
    return Attempts(1, int(exact), int(within), (Success(target, attacker),) if within else ())
