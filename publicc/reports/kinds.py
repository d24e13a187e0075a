"""The kinds of reports: for whom, what they decide, and from which screens they are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: a screen, and of it what is kept. None = all of it, an empty tuple = nothing of it."""

    screen: str
    title: Text | None = None
    tiles: tuple[str, ...] | None = None
    charts: tuple[str, ...] | None = None
    tables: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report. `about_show`, `about_survey`: it tells a single one, which must be named."""

    id: str
    title: Text
    purpose: Text
    parts: tuple[Part, ...]
    about_show: bool = False
    about_survey: bool = False
    one_page: bool = False
    has_season: bool = True


FUNDER: Final = "funder"
QUALITY: Final = "quality"
PORTRAIT: Final = "portrait"
SURVEY: Final = "survey"
_WHERE: Final = Text("D'où vient le public", "Where the audience comes from")
_WHO: Final = Text("Qui achète, qui revient", "Who buys, who returns")

KINDS: Final[Mapping[str, Kind]] = {
    one.id: one
    for one in (
        Kind(
            "season",
            Text("Bilan de saison", "Season review"),
            Text(
                "Pour la direction et le conseil : comment la saison s'est passée, et pourquoi.",
                "For direction and the board: how the season went, and why.",
            ),
            (
                Part("season", Text("La saison", "The season")),
                Part("audiences", _WHO),
                Part("territories", _WHERE),
                Part("prices", Text("À quel prix", "At what price")),
                Part("segments", Text("Les groupes d'acheteurs", "Groups of buyers")),
            ),
        ),
        Kind(
            "show",
            Text("Bilan de spectacle", "Show review"),
            Text(
                "Pour la programmation et le producteur : qui est venu, d'où, à quel prix, et s'il faut le reprendre.",
                "For programming and the producer: who came, from where, at what price, and whether to book it again.",
            ),
            (
                Part("show", Text("Le spectacle", "The show")),
                Part("audiences", _WHO, charts=("parcours", "frequency-band")),
                Part("territories", _WHERE, charts=("map", "distance-band", "regions")),
                Part("prices", Text("À quel prix", "At what price"), tables=()),
            ),
            about_show=True,
        ),
        Kind(
            "territory",
            Text("Étude de territoire", "Territory study"),
            Text(
                "Pour le marketing et la médiation : d'où l'on vient, où l'on manque, quelle croissance est réaliste.",
                "For marketing and mediation: where people come from, where they are missing, realistic growth.",
            ),
            (Part("territories", _WHERE), Part("non-publics", Text("Les non-publics", "Non-audiences"))),
        ),
        Kind(
            "board",
            Text("Une page pour le conseil", "Board one-pager"),
            Text(
                "Pour le conseil d'administration : l'essentiel, sur une page.",
                "For the board of directors: the essential, on one page.",
            ),
            (
                Part("season", Text("La saison", "The season"), charts=("curve",), tables=()),
                Part("audiences", Text("Les publics", "Audiences"), tiles=(), charts=(), tables=()),
                Part("territories", Text("Les territoires", "Territories"), tiles=(), charts=(), tables=()),
                Part("prices", Text("Les prix", "Prices"), tiles=(), charts=(), tables=()),
            ),
            one_page=True,
        ),
        Kind(
            FUNDER,
            Text("Reddition aux bailleurs de fonds", "Funder report"),
            Text(
                "Pour les bailleurs de fonds : les quantités qu'ils demandent, dans les disciplines de l'OCCQ, "
                "avec leur définition.",
                "For funders: the quantities they ask for, in the disciplines of the OCCQ, with their definitions.",
            ),
            (Part(FUNDER),),
        ),
        Kind(
            PORTRAIT,
            Text("Portrait collectif", "Collective portrait"),
            Text(
                "Pour le conseil et les bailleurs : l'état du secteur, tel qu'il a été publié.",
                "For the board and funders: the state of the field, as it was released.",
            ),
            (Part(PORTRAIT),),
            has_season=False,
        ),
        Kind(
            SURVEY,
            Text("Résultats de sondage", "Survey results"),
            Text(
                "Pour l'équipe et le conseil : ce que le public répond, et avec quelle certitude.",
                "For the team and the board: what audiences answer, and how surely.",
            ),
            (Part(SURVEY),),
            about_survey=True,
            has_season=False,
        ),
        Kind(
            QUALITY,
            Text("Qualité des données", "Data quality"),
            Text(
                "Pour la personne responsable des données : quoi corriger à la source.",
                "For the data steward: what to correct at the source.",
            ),
            (Part(QUALITY),),
            has_season=False,
        ),
    )
}
"""In the order they are offered."""


def kind_of(kind_id: str) -> Kind:
    """The kind of that id. Raises NotFound, naming those there are."""
    found = KINDS.get(kind_id)
    if found is None:
        raise NotFound(
            Text("Ce rapport n'existe pas.", "There is no such report."),
            do=Text("Choisir parmi : {kinds}.", "Choose among: {kinds}.").filled(kinds=", ".join(KINDS)),
        )
    return found


def check_show(kind: Kind, shows: tuple[str, ...]) -> None:
    """Raise BadUsage unless exactly one show is named where the kind tells one."""
    if kind.about_show and len(shows) != 1:
        raise BadUsage(
            Text("Ce rapport raconte un seul spectacle.", "This report tells a single show."),
            do=Text("Nommer le spectacle.", "Name the show."),
        )
