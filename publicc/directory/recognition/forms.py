"""The ways one title may be written elsewhere: without its subtitle, its owner's name, its format; in one language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from publicc.directory.names import words
from publicc.directory.recognition.counting import Words, count, spelled
from publicc.directory.recognition.house import is_about
from publicc.directory.recognition.parts import two_sides
from publicc.directory.recognition.wordlists import ENGLISH, FORMATS, FRENCH, GENERAL


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a title. `worth`: how far meeting it alone says that the show was met, 0–1."""

    words: Words
    worth: float
    core: bool = False


_CREATOR: Final = re.compile(r"^(?:[A-ZÀ-ÝŒ][\w.&-]*\s+){1,3}[A-ZÀ-ÝŒ][\w.-]*['’][sS]?\s+(?=\S)")
_ARTICLE: Final = re.compile(r"^(?:the|le|la|les|un|une|mon|ma|my|a|an|l['’])\b", re.IGNORECASE)
_DESCRIBES: Final = re.compile(
    r"\b(?:tribute|hommage|salute|celebration|celebrating|celebrate|untold story|the story of|the .+ story|the music of"
    r"|la musique de|musical journey|experience|british comedy|le spectacle|the concert)\b"
)
_TAIL_WORTH: Final = {0: 0.6, 1: 0.6, 2: 0.8}
"""By the number of words of more than three letters: short tails (`: The Revenge`) are met everywhere."""


def forms_of(text: str, *, lent: bool) -> tuple[tuple[Form, ...], list[str]]:
    """The core first, then the other forms, and the numbers of the core. `lent`: something was taken off before."""
    core, counted = count(spelled(text))
    forms = [Form(core, 0.97 if lent else 1.0, core=True)]
    parts = two_sides(text)
    if parts:
        forms += _halves(parts[0], parts[1])
    elif "," in text:
        forms += _before_comma(text)
    forms += _without_creator(text, 0.94)
    forms += _without_format(forms)
    return tuple(forms), counted


def _halves(head: str, tail: str) -> Iterator[Form]:
    """What either side of a colon or a dash may stand for alone."""
    first, _ = count(spelled(head))
    last, _ = count(spelled(tail))
    if not first or not last:
        return
    said, told = words(head), words(tail)
    if _language(said) and _language(told) and _language(said) != _language(told):
        yield Form(first, 0.95)
        yield Form(last, 0.95)
        return
    if _DESCRIBES.search(told):
        yield Form(first, 0.96)
        yield from _without_creator(head, 0.93)
    if not is_about(said) and not _only_format(last):
        telling = sum(len(word) > 3 for word in last)
        yield Form(last, _TAIL_WORTH.get(telling, 0.92))


def _before_comma(text: str) -> Iterator[Form]:
    """`Fleetwood Magic, the Authentic Tribute` → `fleetwood magic`; a comma parts nothing else."""
    head, _, tail = text.partition(",")
    if _DESCRIBES.search(words(tail)):
        yield Form(count(spelled(head))[0], 0.96)


def _without_creator(text: str, worth: float) -> Iterator[Form]:
    """A title without the name that owns it: `Stephen Sondheim's Into the Woods` → `into woods`."""
    creator = _CREATOR.match(text) if "'" in text or "’" in text else None
    if creator and not _ARTICLE.match(text):
        rest, _ = count(spelled(text[creator.end() :]))
        if rest and not _only_format(rest):
            yield Form(rest, worth if len(rest) > 1 else 0.8)


def _only_format(said: Words) -> bool:
    return all(word in FORMATS or word in GENERAL or word == "in" for word in said)


def _without_format(forms: list[Form]) -> Iterator[Form]:
    """A title without the format it ends with: `The Debaters Live`, `… In Concert`."""
    for form in forms:
        worth = FORMATS.get(form.words[-1]) if len(form.words) > 1 else None
        if worth:
            kept = form.words[:-1]
            if kept[-1] == "in" and len(kept) > 1:
                kept = kept[:-1]
            yield Form(kept, form.worth * (worth if len(kept) > 1 or form.words[-1] == "live" else min(worth, 0.88)))


def _language(folded: str) -> str | None:
    said = set(folded.split())
    french, english = len(said & FRENCH), len(said & ENGLISH)
    if french == english:
        return None
    return "fr" if french > english else "en"
