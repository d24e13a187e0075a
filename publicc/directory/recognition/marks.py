"""What a box office writes beside a title, lifted out of it: *supplémentaire*, *première*, *annulé*, *scolaire*.

A mark is lifted only where it stands apart: in brackets, behind a dash or a colon, or, for words that no title ends
with, at an end. Inside a title it stays: *La Dernière Cassette* is no closing night.
"""

import html
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from publicc.directory.names import words


class Mark(StrEnum):
    """What a mark says of the performance, or of the copy of the show that is given."""

    EXTRA = "EXTRA"
    OPENING = "OPENING"
    CLOSING = "CLOSING"
    CANCELLED = "CANCELLED"
    POSTPONED = "POSTPONED"
    RESCHEDULED = "RESCHEDULED"
    SOLD_OUT = "SOLD_OUT"
    SCHOOL = "SCHOOL"
    MATINEE = "MATINEE"
    RELAXED = "RELAXED"
    TALK = "TALK"
    VERSION = "VERSION"
    ANNIVERSARY = "ANNIVERSARY"
    FRENCH = "FRENCH"
    ENGLISH = "ENGLISH"
    AGES = "AGES"


@dataclass(frozen=True, slots=True)
class Lifted:
    """A title without its marks, as written otherwise, and the marks in the order of `Mark`."""

    title: str
    marks: tuple[Mark, ...] = ()


_PHRASES: Final[dict[Mark, str]] = {
    Mark.EXTRA: r"(?:representations? |seances? |spectacles? |dates? )?supplementaires?|suppl?|extras?"
    r"|(?:extra|added|additional|encore) (?:show|date|performance|screening)s?|(?:date )?ajoutee?s?|added",
    Mark.OPENING: r"(?:world |avant |grande )?premieres?"
    r"(?: (?:mondiale|nord americaine|canadienne|quebecoise|montrealaise|mediatique))?"
    r"|opening(?: night)?|soiree d ouverture",
    Mark.CLOSING: r"derniere?s?(?: (?:chance|representation))?|closing(?: night)?|last (?:show|chance|performance)",
    Mark.CANCELLED: r"annulee?s?|cancell?ed",
    Mark.POSTPONED: r"reportee?s?|suspendue?s?|postponed|remise?",
    Mark.RESCHEDULED: r"nouvelles? dates?|new dates?|rescheduled|deplacee?s?",
    Mark.SOLD_OUT: r"complete?s?|sold out|a guichets fermes|guichets fermes",
    Mark.SCHOOL: r"(?:matinee |representation |seance )?scolaires?|groupes? scolaires?"
    r"|school (?:matinee|show|performance)s?|student matinee",
    Mark.MATINEE: r"matinees?|en matinee|soirees?|en soiree|evening",
    Mark.RELAXED: r"(?:representation |seance )?decontractee?|relaxed(?: performance)?|pay what you can|asl interpreted"
    r"|audiodescription|avec audiodescription|lsq|interpretation lsq",
    Mark.TALK: r"q a(?: with .+)?|talk ?back|avec (?:discussion|rencontre)|suivie? d une (?:discussion|rencontre)",
    Mark.VERSION: r"(?:4k )?restoration|(?:the )?(?:director s|final) cut|(?:theatrical|restored|abridged) version"
    r"|version (?:integrale|restauree|abregee)|subtitled|dubbed|sous titree?|doublee?|sing along",
    Mark.ANNIVERSARY: r"\d{1,3}(?:e|th|st|nd|rd) (?:anniversaire|anniversary)",
    Mark.FRENCH: r"v ?f|version francaise|en francais|in french|french version|vostf",
    Mark.ENGLISH: r"v ?o ?a|version anglaise|en anglais|in english|english version",
    Mark.AGES: r"\d{1,2} ?(?:ans)?(?: only)?(?: et plus| and over)?|pour adultes?|adults only",
}
_FILLER: Final = r"(?: (?:representations?|performances?|show|date|soiree|seance)s?)?"
_JOINED: Final = r"(?: (?:et|and|ou|or))? ?"
_ONE: Final = re.compile("|".join(f"(?P<{mark}>(?:{said}){_FILLER}(?= |$))" for mark, said in _PHRASES.items()))
_NEXT: Final = re.compile(_JOINED)
_BRACKETS: Final = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_HEAD: Final = re.compile(r"^\s*([^-–—|/:*,!]*?)\s*(?:\s[-–—|/]+\s|[:*!]+\s)\s*")
_TAIL: Final = re.compile(r"(?:\s[-–—|/:*]+\s*|\s*[:,*!]+\s*)([^-–—|/:*,!()\[\]{}]*)$")
_BARE_HEAD: Final = re.compile(
    r"^(?:SOLD[ -]OUT|COMPLET|POSTPONED|CANCELLED|CANCELED|ANNULÉE?|ANNULEE?|REPORTÉE?|REPORTEE?|RESCHEDULED)"
    r"[ !:.–-]+(?=\S)"
)
_BARE_TAIL: Final = re.compile(
    r"\s+(?:supplémentaires?|suppl?\.?|matin[ée]e|cancell?ed|postponed|rescheduled|sold[ -]out"
    r"|sing[ -]along|annulée?s?)\s*$",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"suppl|matin|cancel|postp|resch|sold|sing|annul|report|complet", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_NOTES: Final = frozenset("([{-–—|/:*,!")
_AGES: Final = re.compile(r"^\d{1,2} ?\+|^\d{1,2} ans|adult", re.IGNORECASE)
_SIZE: Final = 400
"""Characters of a title that are read: what comes after is a description."""


def plain_text(title: str) -> str:
    """The title without markup nor entities, one space apart: `<b>Roméo &amp; Juliette</b>` → `Roméo & Juliette`."""
    if "<" in title or "&" in title:
        title = html.unescape(_MARKUP.sub(" ", title))
    return " ".join(title.split())[:_SIZE].rstrip()


def lift(title: str) -> Lifted:
    """Take the marks off: `COMPLET - L'Étoile (première)` → `L'Étoile`, with SOLD_OUT and OPENING.

    A title made only of marks keeps them: somebody may have called a show *Supplémentaire*.
    """
    bare = plain_text(title)
    found: set[Mark] = set()
    if not _NOTES.isdisjoint(bare):
        bare = _lift_brackets(bare, found)
        bare = _lift_ends(bare, found)
    bare = _lift_bare(bare, found)
    return Lifted(bare, tuple(mark for mark in Mark if mark in found) if found else ())


def marks_of(part: str) -> frozenset[Mark]:
    """The marks that make the whole of a part of a title; none when the part says anything else."""
    folded = words(part)
    at, found = 0, set()
    while at < len(folded):
        said = _ONE.match(folded, at)
        if said is None or said.end() == at or not said.lastgroup:
            return frozenset()
        mark = Mark(said.lastgroup)
        if mark is Mark.AGES and not _AGES.search(part.strip(" ([{)]}")):
            return frozenset()
        found.add(mark)
        joined = _NEXT.match(folded, said.end())
        at = joined.end() if joined else said.end()
    return frozenset(found)


def _lift_brackets(title: str, found: set[Mark]) -> str:
    def without(bracket: re.Match[str]) -> str:
        marks = marks_of(bracket.group())
        found.update(marks)
        return "" if marks else bracket.group()

    bare = " ".join(_BRACKETS.sub(without, title).split())
    return bare if words(bare) else title


def _lift_ends(title: str, found: set[Mark]) -> str:
    bare = title
    while (head := _HEAD.match(bare)) and words(bare[head.end() :]) and (marks := marks_of(head.group(1))):
        found |= marks
        bare = bare[head.end() :].strip()
    while (tail := _TAIL.search(bare)) and words(bare[: tail.start()]):
        marks = marks_of(tail.group(1))
        if not marks and words(tail.group(1)):
            break
        found |= marks
        bare = bare[: tail.start()].strip()
        if not marks:
            break
    return bare


def _lift_bare(title: str, found: set[Mark]) -> str:
    for pattern in (_BARE_HEAD, _BARE_TAIL):
        said = pattern.search(title) if _BARE.search(title) else None
        if said:
            rest = (title[: said.start()] + title[said.end() :]).strip()
            marks = marks_of(said.group())
            if words(rest) and marks:
                found |= marks
                title = rest
    return title
