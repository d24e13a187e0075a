"""The parts of a title that are not its own: brackets, presenter, company, the house's series, guests, author."""

import re
from typing import Final

from publicc.directory.names import words
from publicc.directory.recognition.counting import YEAR, Words, spelled, split_numbers
from publicc.directory.recognition.house import BRACKET, SEPARATOR, House, is_about
from publicc.directory.recognition.wordlists import COMPANIES, GENERAL, significant

_AGES: Final = re.compile(
    r"\b\d{1,2} ?(?:ans )?(?:\+|et plus)"
    r"|\b(?:k|m|grade|maternelle|\d{1,2}) ?(?:-|–|à|to) ?(?:grade )?\d{1,2}(?: ?(?:ans|years))?\b",
    re.IGNORECASE,
)
_PRESENTS: Final = re.compile(r"^(.{2,}?)\s(?:presents?|pr[ée]sente(?:nt)?)\b\s*[:–-]?\s*(?=\S)", re.IGNORECASE)
_PRESENTED: Final = re.compile(
    r"[\s,–-]+(?:presented by|présentée? par|une (?:production|création) d[eu])\s.+$", re.IGNORECASE
)
_GUESTS: Final = re.compile(
    r"[\s,]+(?:(?:with|and) special guests?|avec invités?|with|w/|avec|featuring|feat\.?|ft\.?|starring"
    r"|mettant en vedette)\s+(?=\S)",
    re.IGNORECASE,
)
_AUTHOR: Final = re.compile(r"\s(?:by|par)\s(?=[A-ZÀ-ÝŒ][\w.'’-]*\s+(?:[a-z]{2,3}\s+)?[A-ZÀ-ÝŒ])")
_PLUS: Final = re.compile(r"\s\+\s(?=\S)")
_ARTICLE: Final = re.compile(r"^(?:the|le|la|les|un|une|des|mon|ma|mes|my|a|an|l['’])\b", re.IGNORECASE)
_MAY_HAVE_GUESTS: Final = re.compile(
    r"[\s,](?:with|w/|avec|feat|ft|starring|mettant|and special|by|par|\+)", re.IGNORECASE
)
_MAY_BE_PRESENTED: Final = re.compile(r"\s(?:pr[eé]sent|une (?:prod|cr))", re.IGNORECASE)
_MAY_SPLIT: Final = re.compile(r"[:|–—]|\s-")


def two_sides(text: str) -> list[str]:
    """What stands on both sides of the first colon or dash; empty when there is none."""
    parts = SEPARATOR.split(text, maxsplit=1) if _MAY_SPLIT.search(text) else []
    return parts if len(parts) == 2 else []


def ages_in(title: str) -> Words:
    """The ages a title is for, as it says them: `(5-8 ans)`, `16+`."""
    return tuple(words(said) for said in _AGES.findall(title)) if any(map(str.isdigit, title)) else ()


def open_brackets(text: str, house: House) -> tuple[str, list[Words], frozenset[str], frozenset[str]]:
    """The title without its brackets; what they say, the years they give (of a film: its own) and other numbers."""
    notes: list[Words] = []
    years: set[str] = set()
    numbers: set[str] = set()
    if "(" not in text and "[" not in text and "{" not in text:
        return text, notes, frozenset(), frozenset()
    outside = " ".join(BRACKET.sub(" ", text).split())
    if not words(outside):
        return text, notes, frozenset(), frozenset()
    for said in BRACKET.findall(text):
        if words(said) in house.brackets or _AGES.search(said):
            continue
        kept, counted = split_numbers(spelled(said))
        years.update(filter(YEAR.fullmatch, counted))
        numbers.update(number for number in counted if not YEAR.fullmatch(number))
        notes += [kept] if kept else []
    return outside, notes, frozenset(years), frozenset(numbers)


def off_house(text: str, house: House) -> tuple[str, bool]:
    """Without the presenter, the company and the house's own series; whether anything was taken off."""
    lent = False
    for pattern in (_PRESENTS, _PRESENTED) if _MAY_BE_PRESENTED.search(text) else ():
        bare = pattern.sub("", text)
        if bare != text and words(bare):
            text, lent = bare, True
    parts = two_sides(text)
    if parts and words(parts[1]):
        head = words(parts[0])
        if head in house.heads or (head.startswith(COMPANIES) and not is_about(head)):
            return parts[1], True
    return text, lent


def off_guests(text: str) -> tuple[str, Words]:
    """Without guests, author and what is given beside: `Rogers Park with Director Kyle Henry` → `Rogers Park`."""
    guests: list[str] = []
    if not _MAY_HAVE_GUESTS.search(text):
        return text, ()
    for pattern in (_GUESTS, _PLUS, _AUTHOR):
        found = pattern.search(text)
        if found is None:
            continue
        before, after = text[: found.start()], text[found.end() :]
        core = significant(before)
        if not core or all(word in GENERAL for word in core) or (pattern is _GUESTS and _ARTICLE.match(after)):
            continue
        text = before
        if pattern is not _AUTHOR:
            guests += significant(after)
    return text, tuple(guests)
