"""Whose rows a release may count, and whose figures it may compare: the purposes that organizations allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class Consent:
    """Organizations, by slug. None: everyone of the snapshot, as when whoever runs the command holds all the files."""

    counted: frozenset[str] | None = None
    compared: frozenset[str] | None = None

    @classmethod
    def given(
        cls, slugs: Iterable[str], *, described: Iterable[str], counted: Iterable[str], compared: Iterable[str]
    ) -> Self:
        """Of a snapshot: the hub asks the right of the organizations it describes; others come by their files."""
        free = frozenset(slugs) - frozenset(described)
        return cls(free | frozenset(counted), free | frozenset(compared))

    def lets_compare(self, slug: str) -> bool:
        """Whether the organization votes among its peers, and reads them."""
        return self.compared is None or slug in self.compared


EVERYONE: Final = Consent()
