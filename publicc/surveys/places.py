"""What a link may be about: the organization's shows and performances, from its own rows."""

from dataclasses import dataclass
from datetime import date

import duckdb

from publicc.kernel.errors import NotFound, PublicCError
from publicc.kernel.formats import short_day
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.surveys.states import LinkKind

_PERFORMANCES = """
    SELECT performances.performance_id, shows.show_id, shows.title, performances.starts_on
    FROM performances JOIN shows USING (show_id)
    WHERE performances.status NOT IN ('CANCELLED')
    ORDER BY performances.starts_on DESC, shows.title
    LIMIT 400
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A show or a performance: what a link to it is called."""

    kind: LinkKind
    target: str
    title: str
    starts_on: date | None

    def label(self, lang: Lang) -> str:
        """Its title, with the day of a performance."""
        return f"{self.title}, {short_day(self.starts_on, lang)}" if self.starts_on else self.title


def places_of(scope: OwnRows) -> list[Place]:
    """The latest shows, then the latest performances; empty before anything was harmonised."""
    try:
        with own_facts(Home.from_environment(), scope) as facts:
            rows = facts.execute(_PERFORMANCES).fetchall()
    except (PublicCError, duckdb.Error):
        return []
    shows = {show_id: title for _, show_id, title, _ in rows}
    return [
        *(Place(LinkKind.SHOW, show_id, title, None) for show_id, title in shows.items()),
        *(Place(LinkKind.PERFORMANCE, one, title, starts_on) for one, _, title, starts_on in rows),
    ]


def place_of(scope: OwnRows, kind: str, target: str) -> Place:
    """The show or performance of that id. Raises NotFound when it is not the organization's."""
    found = next((one for one in places_of(scope) if one.kind == kind and one.target == target), None)
    if found is None:
        raise NotFound(Text("Ce spectacle n'est pas des vôtres.", "This show is not one of yours."))
    return found
