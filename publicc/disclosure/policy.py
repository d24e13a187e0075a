"""The thresholds, in one versioned record. A deployment may be stricter; below the floor nothing is released."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Final

from publicc.kernel.errors import PublicCError
from publicc.kernel.text import Text


class ReleaseRefused(PublicCError):
    """The release cannot be made safely; nothing was written. Commands exit with 1."""

    code = "release_refused"


@dataclass(frozen=True, slots=True)
class PersonRules:
    """Counts of persons. Source: ACRO, ONS, OpenSAFELY (docs/explanation/disclosure.md)."""

    k: int = 10
    """Other persons behind a shown cell, whoever looks."""
    min_orgs: int = 3
    """Contributing organizations other than the viewer."""
    max_org_share: float = 0.80
    """Largest share of one organization among the persons that are not the viewer's."""
    round_to: int = 5
    width: int = 5
    """Fewest whole numbers, beyond the smallest, between which a withheld cell must stay unknown."""


@dataclass(frozen=True, slots=True)
class MoneyRules:
    """Sums and quantiles over organizations. Source: ESS Handbook (docs/explanation/disclosure.md)."""

    others: int = 5
    """Organizations other than any viewer behind a shown figure: one more in all."""
    quartile_others: int = 8
    p: float = 0.15
    """Nobody may close in on another's amount by this share or less, from either side."""
    max_share: float = 0.50
    sum_digits: int = 3
    quantile_digits: int = 2
    overlap: int = 3
    """Two groups ever shown differ by none or by at least this many, each way."""
    lag_months: int = 3


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of the rules, named in every certificate."""

    version: str = "2026-1"
    persons: PersonRules = field(default_factory=PersonRules)
    money: MoneyRules = field(default_factory=MoneyRules)

    def digest(self) -> str:
        """SHA-256 of the policy's values, in canonical form."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


DEFAULT_POLICY: Final = Policy()
"""The defaults are also the floor."""


def check_floor(policy: Policy) -> None:
    """Raise ReleaseRefused when a value is laxer than the floor."""
    floor, asked = DEFAULT_POLICY, policy
    at_least = [
        (asked.persons.k, floor.persons.k),
        (asked.persons.min_orgs, floor.persons.min_orgs),
        (asked.persons.width, floor.persons.width),
        (asked.money.others, floor.money.others),
        (asked.money.quartile_others, floor.money.quartile_others),
        (asked.money.p, floor.money.p),
        (asked.money.overlap, floor.money.overlap),
        (asked.money.lag_months, floor.money.lag_months),
        (floor.persons.max_org_share, asked.persons.max_org_share),
        (floor.money.max_share, asked.money.max_share),
        (floor.money.sum_digits, asked.money.sum_digits),
        (floor.money.quantile_digits, asked.money.quantile_digits),
    ]
    if any(value < least for value, least in at_least) or asked.persons.round_to % floor.persons.round_to:
        raise ReleaseRefused(
            Text("La politique est moins stricte que le plancher.", "The policy is laxer than the floor."),
            do=Text("Relever ses seuils : rien n'a été publié.", "Raise its thresholds: nothing was published."),
        )
