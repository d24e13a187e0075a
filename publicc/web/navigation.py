"""The rail: questions first, then data, then the collective. One line here adds a page to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse

from publicc.collective.access import MAY_READ_TRAIL
from publicc.collective.doors import MEMBERS
from publicc.dashboards.questions import QUESTIONS
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the rail. `question` is what a person comes to ask; `name` is what the page is called."""

    route: str
    name: Text
    question: Text | None = None
    short: Text | None = None
    """For the bar of a phone; entries without one are under *Plus*."""
    key: str = ""
    """The letter that goes there after `g`, the same in both languages."""
    roles: frozenset[UserRole] = frozenset(MEMBERS)
    """Who finds it in the rail."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together, under a heading."""

    heading: Text
    entries: tuple[Entry, ...]


RAIL: Final = (
    Group(
        Text("Vos questions", "Your questions"),
        (
            Entry("answers", Text("En bref", "In brief"), short=Text("En bref", "In brief"), key="b"),
            Entry("my_page", Text("Ma page", "My page"), key="h"),
            Entry("questions", Text("Sept questions", "Seven questions"), key="i"),
            Entry(
                "season",
                Text("Ma saison", "My season"),
                QUESTIONS["season"],
                Text("Saison", "Season"),
                "s",
            ),
            Entry(
                "pace",
                Text("Rythme de vente", "Sales pace"),
                QUESTIONS["pace"],
                key="v",
            ),
            Entry(
                "audiences",
                Text("Mes publics", "My audiences"),
                QUESTIONS["audiences"],
                Text("Publics", "Audiences"),
                "p",
            ),
            Entry("segments", Text("Segments", "Segments"), QUESTIONS["segments"], key="e"),
            Entry(
                "territories",
                Text("Territoires", "Territories"),
                QUESTIONS["territories"],
                key="t",
            ),
            Entry(
                "non-publics",
                Text("Non-publics", "Non-audiences"),
                QUESTIONS["non-publics"],
                key="n",
            ),
            Entry(
                "calendar",
                Text("Calendrier et pression", "Calendar and pressure"),
                Text("Cette date est-elle trop chargée ?", "Is that date too crowded?"),
                key="k",
            ),
            Entry("supply", Text("Offre et affluence", "Supply and crowding"), QUESTIONS["supply"], key="u"),
            Entry(
                "prices",
                Text("Prix", "Prices"),
                QUESTIONS["prices"],
                key="x",
            ),
            Entry("benchmarks", Text("Comparatifs", "Benchmarks"), QUESTIONS["benchmarks"], key="o"),
            Entry("show", Text("Spectacles", "Shows"), QUESTIONS["show"], key="f"),
            Entry(
                "surveys",
                Text("Sondages", "Surveys"),
                Text("Que pensent mes publics ?", "What do my audiences think?"),
                key="a",
                roles=frozenset(UserRole) - {UserRole.OPERATOR},
            ),
        ),
    ),
    Group(
        Text("Vos données", "Your data"),
        (
            Entry("alerts", Text("Alertes", "Alerts"), key="w"),
            Entry("notes", Text("Notes et campagnes", "Notes and campaigns"), key="z"),
            Entry("reports", Text("Rapports", "Reports")),
            Entry("deposits", Text("Dépôts", "Deposits"), short=Text("Dépôts", "Deposits"), key="d"),
            Entry("plans", Text("Dates prévues", "Planned dates"), key="l"),
            Entry("quality", Text("Qualité et harmonisation", "Quality and harmonization"), key="q"),
            Entry(
                "review",
                Text("Fiches à réviser", "Records to review"),
                key="r",
                roles=frozenset({UserRole.STEWARD, UserRole.OPERATOR}),
            ),
            Entry(
                "directory",
                Text("Répertoire commun", "Common directory"),
                key="c",
                roles=frozenset({UserRole.STEWARD, UserRole.DIRECTOR, UserRole.OPERATOR}),
            ),
        ),
    ),
    Group(
        Text("Le collectif", "The collective"),
        (
            Entry(
                "agreement",
                Text("Entente et finalités", "Agreement and purposes"),
                roles=frozenset(MAY_READ_TRAIL),
            ),
            Entry("people", Text("Personnes et rôles", "People and roles"), roles=frozenset({UserRole.DIRECTOR})),
            Entry(
                "trail",
                Text("Qui a fait quoi", "Who did what"),
                key="j",
                roles=frozenset(MAY_READ_TRAIL),
            ),
            Entry(
                "api_tokens",
                Text("Jetons d'accès", "Access tokens"),
                roles=frozenset({UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR}),
            ),
        ),
    ),
    Group(
        Text("Comprendre", "Understand"),
        (
            Entry("explore", Text("Explorer", "Explore"), key="y"),
            Entry(
                "breaks",
                Text("Fériés et congés", "Holidays and breaks"),
                roles=frozenset({*MEMBERS, UserRole.OPERATOR}),
            ),
            Entry("register", Text("Registre d'anonymisation", "Anonymization register")),
            Entry("glossary", Text("Mots et chiffres", "Words and figures"), key="m"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the rail as drawn: its address, its words, whether the reader is there."""

    address: str
    name: str
    question: str
    short: str
    key: str
    here: bool


HUB_RAIL: Final = (
    Group(
        Text("Le pôle", "The hub"),
        (
            Entry(
                "hub_members",
                Text("Membres et demandes", "Members and applications"),
                short=Text("Membres", "Members"),
                key="a",
                roles=frozenset({UserRole.OPERATOR}),
            ),
            Entry(
                "hub_releases",
                Text("Publications", "Releases"),
                short=Text("Publications", "Releases"),
                key="u",
                roles=frozenset({UserRole.OPERATOR, UserRole.AUDITOR}),
            ),
            Entry(
                "hub_console",
                Text("Console", "Console"),
                short=Text("Console", "Console"),
                key="b",
                roles=frozenset({UserRole.OPERATOR}),
            ),
            Entry(
                "hub_trail",
                Text("Qui a fait quoi", "Who did what"),
                short=Text("Journal", "Trail"),
                key="j",
                roles=frozenset({UserRole.OPERATOR, UserRole.AUDITOR}),
            ),
        ),
    ),
)


_NAMES: Final = {entry.route: entry.name for group in (*RAIL, *HUB_RAIL) for entry in group.entries}


def name_of(route: str) -> Text | None:
    """What the rail calls the page of a route; None when it has no such page."""
    return _NAMES.get(route)


def rail(slug: str, path: str, lang: Lang, role: UserRole) -> list[tuple[str, list[Link]]]:
    """The rail of one organization for this role. Pages that this installation does not have are left out."""
    return _drawn(RAIL, [slug], path=path, lang=lang, role=role)


def hub_rail(path: str, lang: Lang, role: UserRole) -> list[tuple[str, list[Link]]]:
    """The rail of the hub's own pages for this role."""
    return _drawn(HUB_RAIL, [], path=path, lang=lang, role=role)


def _drawn(
    groups: Sequence[Group], place: Sequence[str], *, path: str, lang: Lang, role: UserRole
) -> list[tuple[str, list[Link]]]:
    drawn = []
    for group in groups:
        entries = [entry for entry in group.entries if role in entry.roles]
        links = [link for entry in entries if (link := _link(entry, place, path, lang))]
        if links:
            drawn.append((group.heading.said(lang), links))
    return drawn


def _link(entry: Entry, place: Sequence[str], path: str, lang: Lang) -> Link | None:
    try:
        address = reverse(entry.route, args=place)
    except NoReverseMatch:
        return None
    return Link(
        address=address,
        name=entry.name.said(lang),
        question=entry.question.said(lang) if entry.question else "",
        short=entry.short.said(lang) if entry.short else "",
        key=entry.key,
        here=path.startswith(address),
    )


def first_page(slug: str, role: UserRole) -> str | None:
    """Where a person of this role arrives in an organization; None when no page of it is theirs."""
    return _first(rail(slug, "", "fr", role))


def first_hub_page(role: UserRole) -> str | None:
    """Where a person of the hub arrives; None when no page is theirs."""
    return _first(hub_rail("", "fr", role))


def _first(drawn: list[tuple[str, list[Link]]]) -> str | None:
    return next((link.address for _, links in drawn for link in links), None)
