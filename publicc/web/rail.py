"""The pages of the rail, in groups by what people come to do. A new page is one `Entry` here, in its group.

Keep the list short: a page reached from another (a report's own page, a form) has no entry. How the rail is drawn,
folded and remembered: `publicc.web.navigation`.
"""

from dataclasses import dataclass
from typing import Final

from publicc.collective.access import MAY_ANSWER_PERSONS, MAY_READ_TRAIL
from publicc.collective.doors import MEMBERS
from publicc.dashboards.questions import QUESTIONS
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the rail. `question` is what a person comes to ask; `name` is what the page is called."""

    route: str
    name: Text
    question: Text | None = None
    short: Text | None = None
    """For the bar of a phone, which holds four; entries without one are under *Plus*."""
    key: str = ""
    """The letter that goes there after `g`, the same in both languages."""
    roles: frozenset[UserRole] = frozenset(MEMBERS)
    """Who finds it in the rail."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together, folded under a heading."""

    key: str
    """Its name in the cookie that remembers which groups are unfolded: letters and digits."""
    heading: Text
    entries: tuple[Entry, ...]
    unfolded: bool = False
    """Whether it is open before the reader has folded or unfolded anything."""


_HUB: Final = frozenset({UserRole.OPERATOR})
_AUDITED: Final = frozenset({UserRole.OPERATOR, UserRole.AUDITOR})
_READ_PORTRAIT: Final = frozenset({*_AUDITED, UserRole.FUNDER, UserRole.SERVICE})
_FIELD: Final = Text("Où en est le secteur ?", "How is the field doing?")
_DATA_HANDS: Final = frozenset({UserRole.STEWARD, UserRole.DIRECTOR, UserRole.OPERATOR})

START: Final = Group(
    "start",
    Text("Pour commencer", "To begin"),
    (
        Entry("answers", Text("En bref", "In brief"), short=Text("En bref", "In brief"), key="b"),
        Entry("my_page", Text("Ma page", "My page"), key="h"),
        Entry("questions", Text("Sept questions", "Seven questions"), key="i"),
    ),
    unfolded=True,
)

SHOWS: Final = Group(
    "shows",
    Text("Mes spectacles", "My shows"),
    (
        Entry("season", Text("Ma saison", "My season"), QUESTIONS["season"], Text("Saison", "Season"), "s"),
        Entry("pace", Text("Rythme de vente", "Sales pace"), QUESTIONS["pace"], key="v"),
        Entry("show", Text("Spectacles", "Shows"), QUESTIONS["show"], key="f"),
        Entry("prices", Text("Prix", "Prices"), QUESTIONS["prices"], key="x"),
    ),
    unfolded=True,
)

AUDIENCES: Final = Group(
    "audiences",
    Text("Mon public", "My audience"),
    (
        Entry(
            "audiences", Text("Mes publics", "My audiences"), QUESTIONS["audiences"], Text("Publics", "Audiences"), "p"
        ),
        Entry("segments", Text("Segments", "Segments"), QUESTIONS["segments"], key="e"),
        Entry("habits", Text("Habitudes de sortie", "Going-out habits"), QUESTIONS["habits"]),
        Entry("territories", Text("Territoires", "Territories"), QUESTIONS["territories"], key="t"),
        Entry("non-publics", Text("Non-publics", "Non-audiences"), QUESTIONS["non-publics"], key="n"),
        Entry(
            "surveys",
            Text("Sondages", "Surveys"),
            Text("Que pensent mes publics ?", "What do my audiences think?"),
            key="a",
            roles=frozenset(UserRole) - {UserRole.OPERATOR, UserRole.PARTNER},
        ),
    ),
)

EXPLORING: Final = Group(
    "exploring",
    Text("Explorer et raconter", "Explore and tell"),
    (
        Entry("explore", Text("Explorer", "Explore"), key="y"),
        Entry("reports", Text("Rapports", "Reports")),
        Entry("alerts", Text("Alertes", "Alerts"), key="w"),
        Entry("notes", Text("Notes et campagnes", "Notes and campaigns"), key="z"),
        Entry("glossary", Text("Mots et chiffres", "Words and figures"), key="m"),
    ),
)

OTHERS: Final = Group(
    "others",
    Text("Avec les autres", "With others"),
    (
        Entry("benchmarks", Text("Comparatifs", "Benchmarks"), QUESTIONS["benchmarks"], key="o"),
        Entry("portrait", Text("Portrait collectif", "Collective portrait"), _FIELD),
        Entry("projects", Text("Espaces de travail", "Workspaces")),
        Entry("register", Text("Registre d'anonymisation", "Anonymization register")),
        Entry("directory", Text("Répertoire commun", "Common directory"), key="c", roles=_DATA_HANDS),
    ),
)

DATES: Final = Group(
    "dates",
    Text("Choisir une date", "Choose a date"),
    (
        Entry(
            "calendar",
            Text("Calendrier et pression", "Calendar and pressure"),
            Text("Cette date est-elle trop chargée ?", "Is that date too crowded?"),
            key="k",
        ),
        Entry("supply", Text("Offre et affluence", "Supply and crowding"), QUESTIONS["supply"], key="u"),
        Entry("plans", Text("Dates prévues", "Planned dates"), key="l"),
        Entry(
            "breaks", Text("Fériés et congés", "Holidays and breaks"), roles=frozenset({*MEMBERS, UserRole.OPERATOR})
        ),
    ),
)

DATA: Final = Group(
    "data",
    Text("Mes données", "My data"),
    (
        Entry("deposits", Text("Dépôts", "Deposits"), short=Text("Dépôts", "Deposits"), key="d"),
        Entry("quality", Text("Qualité et harmonisation", "Quality and harmonization"), key="q"),
        Entry(
            "review",
            Text("Fiches à réviser", "Records to review"),
            key="r",
            roles=frozenset({UserRole.STEWARD, UserRole.OPERATOR}),
        ),
    ),
)

HOUSE: Final = Group(
    "house",
    Text("Mon organisme", "My organization"),
    (
        Entry(
            "sharing",
            Text("Partage de spectacles", "Show sharing"),
            roles=frozenset({*MEMBERS, UserRole.PARTNER}),
        ),
        Entry("agreement", Text("Entente et finalités", "Agreement and purposes"), roles=frozenset(MAY_READ_TRAIL)),
        Entry("privacy", Text("Vie privée", "Privacy"), roles=frozenset(MAY_READ_TRAIL)),
        Entry(
            "person_requests",
            Text("Demandes des personnes", "Requests of persons"),
            roles=frozenset(MAY_ANSWER_PERSONS),
        ),
        Entry("people", Text("Personnes et rôles", "People and roles"), roles=frozenset({UserRole.DIRECTOR})),
        Entry("trail", Text("Qui a fait quoi", "Who did what"), key="j", roles=frozenset(MAY_READ_TRAIL)),
        Entry(
            "api_tokens",
            Text("Jetons d'accès", "Access tokens"),
            roles=frozenset({UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR}),
        ),
    ),
)

RAIL: Final = (START, SHOWS, AUDIENCES, DATES, OTHERS, EXPLORING, DATA, HOUSE)
"""The rail of an organization, from what is asked every week to what is settled once."""

HUB: Final = Group(
    "hub",
    Text("Le pôle", "The hub"),
    (
        Entry(
            "hub_members",
            Text("Membres et demandes", "Members and applications"),
            short=Text("Membres", "Members"),
            key="a",
            roles=_HUB,
        ),
        Entry(
            "hub_releases",
            Text("Publications", "Releases"),
            short=Text("Publications", "Releases"),
            key="u",
            roles=_AUDITED,
        ),
        Entry("hub_projects", Text("Espaces de travail", "Workspaces"), roles=_HUB),
        Entry("hub_groups", Text("Groupes de pairs", "Peer groups"), roles=_HUB),
        Entry("hub_privacy", Text("Vie privée", "Privacy"), roles=_AUDITED),
        Entry("hub_departures", Text("Départs", "Exits"), roles=_AUDITED),
        Entry("hub_requests", Text("Demandes des personnes", "Requests of persons"), roles=_AUDITED),
        Entry(
            "hub_segments",
            Text("Segmentation commune", "Common segmentation"),
            key="p",
            roles=_AUDITED,
        ),
        Entry("hub_console", Text("Console", "Console"), short=Text("Console", "Console"), key="b", roles=_HUB),
        Entry(
            "hub_trail",
            Text("Qui a fait quoi", "Who did what"),
            short=Text("Journal", "Trail"),
            key="j",
            roles=_AUDITED,
        ),
        Entry("hub_portrait", Text("Portrait collectif", "Collective portrait"), roles=_READ_PORTRAIT),
    ),
    unfolded=True,
)

HUB_RAIL: Final = (HUB,)
"""The rail of the hub's own pages."""
