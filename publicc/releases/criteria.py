"""The three criteria of the certificate: what a release of half the persons tells of them, beyond the other half."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from publicc.disclosure.criteria import LIMIT, Criteria, three_criteria
from publicc.disclosure.policy import PersonRules
from publicc.disclosure.protection import protect_persons
from publicc.disclosure.recoding import recoded
from publicc.disclosure.tables import Table
from publicc.kernel.cells import Shown
from publicc.kernel.period import Period
from publicc.releases.contents import BUYERS
from publicc.releases.units import Half, person_units

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
    connection: duckdb.DuckDBPyConnection,
    period: Period,
    table: Table,
    *,
    rules: PersonRules,
    organizations: list[str],
) -> Measured:
    """Protect the counts of one half as for a release, rebuild rows from them, attack that half with them."""
    for tries, salt in enumerate(SALTS, start=1):
        targets, fresh = (
            person_units(connection, period, table, organizations, half=Half(number, salt)) for number in (0, 1)
        )
        offer = recoded(table, targets, rules, BUYERS.offered or ())
        cells = protect_persons(offer.table, targets, rules, among=offer.offered).cells
        shown = {at: int(cell.value) for at, cell in enumerate(cells) if isinstance(cell, Shown)}
        risks = three_criteria(offer.table, shown, (targets.persons, fresh.persons))
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
