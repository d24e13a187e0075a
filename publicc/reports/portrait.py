"""The collective portrait as a document: the same cells as its page, for members or for anybody."""

from collections.abc import Mapping, Sequence

from publicc.dashboards.portrait.asked import Asked, asked_portrait
from publicc.dashboards.portrait.saying import period_text
from publicc.dashboards.portrait.screen import NOTHING
from publicc.dashboards.screens.common import capital
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.reports.document import Chapter, Document
from publicc.reports.kinds import Kind


def compose_portrait(
    kind: Kind, organization: str, asked: Mapping[str, Sequence[str]], *, is_public: bool = False
) -> Document:
    """The portrait of the season asked for when it was released, else of the newest. Raises NotFound before any.

    `organization`: whose name the document bears.
    """
    season = next(iter(asked.get("season", ())), "")
    told = asked_portrait({}, is_public=is_public)
    if told is None:
        raise NotFound(NOTHING)
    return portrait_document(kind, organization, told.over(season) or told)


def portrait_document(kind: Kind, organization: str, told: Asked) -> Document:
    """One release as a document."""
    screen, chosen = told.screen, told.chosen
    told_limits = Text(" ".join(one.fr for one in screen.limits), " ".join(one.en for one in screen.limits))
    period, release, policy, since = (capital(part) for part in told.stamp())
    return Document(
        kind=kind.id,
        title=kind.title,
        purpose=screen.purpose,
        organization=organization,
        subtitle=capital(period_text(chosen.period)),
        chapters=(
            Chapter(
                id=screen.id,
                title=screen.title,
                answer=screen.answer,
                notices=screen.notices,
                tiles=screen.tiles,
                charts=screen.charts,
                tables=tuple(table for table in screen.tables if table.rows),
            ),
        ),
        definitions=(
            *((one.title, one.meaning) for one in told.definitions()),
            (Text("Ce que ce portrait ne dit pas", "What this portrait does not say"), told_limits),
        ),
        stamp=(
            (Text("Période", "Period"), period),
            (Text("Publication", "Release"), release),
            (Text("Politique", "Policy"), policy),
            (Text("En vigueur", "In force"), since),
        ),
        snapshot=chosen.name,
        made_on=chosen.publication.on,
    )
