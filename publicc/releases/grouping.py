"""Who counts as one among organizations, and the groups of peers that members asked for. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """A group that one member asked for and the hub allowed. Slugs; `id` names its cells."""

    id: str
    viewer: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grouping:
    """`legal`: organization → the legal group that it belongs to; whoever is not told is a legal group of its own."""

    legal: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[AskedGroup, ...] = ()

    def heads(self, slugs: Iterable[str]) -> dict[str, str]:
        """Each organization → the one that stands for its legal group: the first of those among `slugs`."""
        first: dict[str, str] = {}
        every = sorted(set(slugs))
        for slug in every:
            first.setdefault(self._group(slug), slug)
        gone = sorted(set(self.legal) - set(every))
        return {slug: first.get(self._group(slug), slug) for slug in (*every, *gone)}

    def _group(self, slug: str) -> str:
        """A name that no organization without a legal group can have."""
        return f"group {self.legal[slug]}" if slug in self.legal else slug


NO_GROUPS: Final = Grouping()
