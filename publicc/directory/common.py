"""What harmonisation hands to the directory, and what it takes back: labels that were seen, codes of common entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from publicc.directory.almanac import SHIPPED, Almanac
from publicc.kernel.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class SeenShow:
    """A show as one organization names it. `own_id`: its id in the pool; `is_public`: a date of it was announced."""

    organization: str
    own_id: str
    text: str
    discipline: Discipline = Discipline.UNKNOWN
    language: str = ""
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class SeenVenue:
    """A venue as one organization names it, and where its performances say that it is."""

    organization: str
    own_id: str
    text: str
    municipality: str = ""
    fsa: str = ""
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """Every label of a snapshot."""

    shows: tuple[SeenShow, ...] = ()
    venues: tuple[SeenVenue, ...] = ()


@dataclass(frozen=True, slots=True)
class CommonCodes:
    """What the directory settles for all.

    Codes of common entries by organization and own id: what a person settled, and what is sure of two houses; and what
    kind of day each day is, by the hub's table of breaks.
    """

    shows: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    venues: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))

    almanac: Almanac = SHIPPED

    def told(self, organization: str) -> str:
        """All codes of one organization, as one text in a settled order: part of what determines a snapshot."""
        parts = [*self.shows.items(), *self.venues.items()]
        return " ".join(f"{own}={code}" for (slug, own), code in sorted(parts) if slug == organization)


NOTHING_COMMON = CommonCodes()
