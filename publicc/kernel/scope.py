"""Whose rows a question may touch. A query takes a Scope, never a bare organization id from a URL."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class OwnRows:
    """One organization's own rows, for its own members. Built by `collective` from a signed-in member or a token."""

    organization: str
    """The organization's slug."""


@dataclass(frozen=True, slots=True)
class WholePool:
    """Every organization's rows. Only `releases` and the hub's own pipeline may hold one; no page ever does."""

    purpose: str
    """Why it was opened, for the trail."""


Scope: TypeAlias = OwnRows | WholePool
