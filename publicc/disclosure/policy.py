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
    coalition: int = 1
    """Members who may put together what they know, and still not close in."""


@dataclass(frozen=True, slots=True)
class GroupRules:
    """Groups of peers that a member asks for itself. Legal groups are counted, never organizations."""

    others: int = 8
    """Organizations other than the asker: enough for quartiles."""
    a_year: int = 3
    """Most groups that one organization is given in a year."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of the rules, named in every certificate."""

    version: str = "2026-3"
    persons: PersonRules = field(default_factory=PersonRules)
    money: MoneyRules = field(default_factory=MoneyRules)
    public_persons: PersonRules = field(default_factory=lambda: PersonRules(k=20))
    """For what anybody may read, members or not."""
    public_money: MoneyRules = field(default_factory=lambda: MoneyRules(p=0.20, coalition=2))
    groups: GroupRules = field(default_factory=GroupRules)

    def digest(self) -> str:
        """SHA-256 of the policy's values, in canonical form."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


DEFAULT_POLICY: Final = Policy()
"""The defaults are also the floor."""


def check_floor(policy: Policy) -> None:
    """Raise ReleaseRefused when a value is laxer than the floor."""
    floor = DEFAULT_POLICY
    lax = (
        _lax_persons(policy.persons, floor.persons)
        or _lax_persons(policy.public_persons, floor.public_persons)
        or _lax_money(policy.money, floor.money)
        or _lax_money(policy.public_money, floor.public_money)
        or _lax_groups(policy.groups, floor.groups)
    )
    if lax:
        raise ReleaseRefused(
            Text("La politique est moins stricte que le plancher.", "The policy is laxer than the floor."),
            found=Text(f"Seuil en cause : {lax}.", f"Threshold at fault: {lax}."),
            do=Text("Relever ses seuils : rien n'a été publié.", "Raise its thresholds: nothing was published."),
        )


def _lax_persons(asked: PersonRules, floor: PersonRules) -> str:
    """The first threshold that is laxer than the floor; empty when none is."""
    lax = {
        "k": asked.k < floor.k,
        "min_orgs": asked.min_orgs < floor.min_orgs,
        "width": asked.width < floor.width,
        "max_org_share": asked.max_org_share > floor.max_org_share,
        "round_to": asked.round_to < floor.round_to or asked.round_to % floor.round_to != 0,
    }
    return next((name for name, refused in lax.items() if refused), "")


def _lax_money(asked: MoneyRules, floor: MoneyRules) -> str:
    least = ("others", "quartile_others", "p", "overlap", "lag_months", "coalition")
    most = ("max_share", "sum_digits", "quantile_digits")
    lax = {name: getattr(asked, name) < getattr(floor, name) for name in least}
    lax |= {name: getattr(asked, name) > getattr(floor, name) for name in most}
    return next((name for name, refused in lax.items() if refused), "")


def _lax_groups(asked: GroupRules, floor: GroupRules) -> str:
    lax = {"groups.others": asked.others < floor.others, "groups.a_year": asked.a_year > floor.a_year}
    return next((name for name, refused in lax.items() if refused), "")
