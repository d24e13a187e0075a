"""The three criteria of the certificate: what a release of half the persons tells of them, beyond the other half."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from publicc.disclosure.criteria import LIMIT, Criteria, three_criteria
from publicc.disclosure.protection import Protected
from publicc.disclosure.rules import PersonUnits
from publicc.disclosure.tables import Table
from publicc.kernel.cells import Shown
from publicc.releases.units import Half

SALTS: Final = ("2019", "2021")
"""A failure is tried once more on another split: it must fail twice to refuse a release."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The criteria on one split, and how many splits were tried."""

    risks: Criteria
    persons: int
    tries: int

    @property
    def held(self) -> bool:
        """Whether every criterion holds."""
        return all(risk.held for risk in self.risks.values())


def measured(
    counted: Callable[[Half], PersonUnits], protected: Callable[[PersonUnits], tuple[Table, Protected]]
) -> Measured:
    """Protect the counts of one half as for a release, rebuild rows from them, attack that half with them.

    `counted`: the persons of a half, by elementary cell. `protected`: the table that tells them, and its cells.
    """
    for tries, salt in enumerate(SALTS, start=1):
        targets, fresh = (counted(Half(number, salt)) for number in (0, 1))
        table, told = protected(targets)
        shown = {at: int(cell.value) for at, cell in enumerate(told.cells) if isinstance(cell, Shown)}
        risks = three_criteria(table, shown, (targets.persons, fresh.persons))
        found = Measured(risks, int(targets.persons.sum() + fresh.persons.sum()), tries)
        if found.held:
            break
    return found


def criteria_block(found: Measured | None) -> Mapping[str, Any]:
    """As the certificate says it: risk, reference, excess, interval and number of attempts of each criterion."""
    if found is None:
        return {"measured": False, "limit": LIMIT}
    told: dict[str, Any] = {"measured": True, "limit": LIMIT, "persons": found.persons, "splits_tried": found.tries}
    for name, risk in found.risks.items():
        low, high = risk.interval
        told[name] = {
            "attempts": risk.attempts,
            "reference_attempts": risk.reference_attempts,
            "risk": round(risk.risk, 6),
            "reference": round(risk.reference, 6),
            "excess": round(risk.excess, 6),
            "interval": [round(low, 6), round(high, 6)],
            "held": risk.held,
        }
    return told
