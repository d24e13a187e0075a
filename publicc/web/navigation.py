"""How the rail is drawn for one reader: their role's pages, where they are, and which groups they left unfolded.

The groups fold without script (`details`); a script adds that what the reader folds or unfolds is remembered, in a
cookie which holds names of groups and nothing else. The group of the page one reads is always open.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import UserRole
from publicc.web.inner_pages import INNER_PAGES
from publicc.web.rail import HUB_RAIL, RAIL, Entry, Group

RAIL_COOKIE: Final = "rail"
_BETWEEN: Final = "."


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the rail as drawn: its address, its words, whether the reader is there."""

    address: str
    name: str
    question: str
    short: str
    key: str
    here: bool


@dataclass(frozen=True, slots=True)
class Fold:
    """A group as drawn. `kept`: the reader left it unfolded; `open`: that, or the page they read is in it."""

    key: str
    heading: str
    links: tuple[Link, ...]
    kept: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the rail is drawn: where they are (`path`), in which language and role, which groups they unfolded."""

    path: str
    lang: Lang
    role: UserRole
    unfolded: frozenset[str] | None = None
    """None: they have folded or unfolded nothing yet."""


_NAMES: Final = {entry.route: entry.name for group in (*RAIL, *HUB_RAIL) for entry in group.entries}


def name_of(route: str) -> Text | None:
    """What the page of a route is called: by the rail, or where it is reached from another; None without a name."""
    return _NAMES.get(route) or INNER_PAGES.get(route)


def unfolded_in(cookie: str | None) -> frozenset[str] | None:
    """The groups a reader's cookie names; None without a cookie. Names that are no group's have no effect."""
    return None if cookie is None else frozenset(cookie.split(_BETWEEN))


def rail(slug: str, reader: Reader) -> list[Fold]:
    """The rail of one organization for this reader. Pages that this installation does not have are left out."""
    return _drawn(RAIL, [slug], reader)


def hub_rail(reader: Reader) -> list[Fold]:
    """The rail of the hub's own pages for this reader."""
    return _drawn(HUB_RAIL, [], reader)


def _drawn(groups: Sequence[Group], place: Sequence[str], reader: Reader) -> list[Fold]:
    addresses = _addresses(groups, place, reader.role)
    here = _where(reader.path, addresses.values())
    folds = []
    for group in groups:
        found = [entry for entry in group.entries if entry.route in addresses]
        links = tuple(_link(entry, addresses[entry.route], here, reader.lang) for entry in found)
        if links:
            folds.append(_fold(group, links, reader))
    return folds


def _addresses(groups: Sequence[Group], place: Sequence[str], role: UserRole) -> dict[str, str]:
    """Route → address of the pages this role finds in the rail."""
    found = {}
    for entry in (entry for group in groups for entry in group.entries if role in entry.roles):
        try:
            found[entry.route] = reverse(entry.route, args=place)
        except NoReverseMatch:
            continue
    return found


def _where(path: str, addresses: Collection[str]) -> str:
    """The address the reader is at or under; the longest, when one page lies under another."""
    return max((address for address in addresses if path.startswith(address)), key=len, default="")


def _fold(group: Group, links: tuple[Link, ...], reader: Reader) -> Fold:
    kept = group.unfolded if reader.unfolded is None else group.key in reader.unfolded
    here = any(link.here for link in links)
    return Fold(group.key, group.heading.said(reader.lang), links, kept=kept, open=kept or here)


def _link(entry: Entry, address: str, here: str, lang: Lang) -> Link:
    return Link(
        address=address,
        name=entry.name.said(lang),
        question=entry.question.said(lang) if entry.question else "",
        short=entry.short.said(lang) if entry.short else "",
        key=entry.key,
        here=address == here,
    )


def folds_written(folds: Iterable[Fold]) -> SafeString:
    """The rail as markup. Written here and not in a template: every page draws its fifty lines twice."""
    return SafeString("".join(_fold_written(fold) for fold in folds))


def _fold_written(fold: Fold) -> str:
    kept, opened = (" data-kept" if fold.kept else ""), (" open" if fold.open else "")
    lines = "".join(_link_written(link) for link in fold.links)
    return (
        f'<details class="rail-group" data-fold="{escape(fold.key)}"{kept}{opened}>'
        f'<summary class="rail-heading">{escape(fold.heading)}</summary><ul>{lines}</ul></details>\n'
    )


def _link_written(link: Link) -> str:
    name = escape(link.name)
    words = f'{escape(link.question)} <span class="rail-name">{name}</span>' if link.question else name
    here = ' aria-current="page"' if link.here else ""
    return f'<li><a class="rail-link" href="{escape(link.address)}"{here}>{words}</a></li>\n'


def first_page(slug: str, role: UserRole) -> str | None:
    """Where a person of this role arrives in an organization; None when no page of it is theirs."""
    return _first(rail(slug, Reader("", "fr", role)))


def first_hub_page(role: UserRole) -> str | None:
    """Where a person of the hub arrives; None when no page is theirs."""
    return _first(hub_rail(Reader("", "fr", role)))


def _first(drawn: list[Fold]) -> str | None:
    return next((link.address for fold in drawn for link in fold.links), None)
