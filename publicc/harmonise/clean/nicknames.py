"""Nicknames in both languages: which formal names a first name may stand for.

English ones come from the `nicknames` package (hand-curated, Apache-2.0); French ones from `data/nicknames_fr.txt`.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from nicknames import NickNamer

from publicc.harmonise.clean.text import folded, words_of

_FRENCH: Final = "data/nicknames_fr.txt"


@cache
def _formal_names() -> dict[str, frozenset[str]]:
    known: dict[str, set[str]] = {}
    for nickname, formal in NickNamer().canonical_lookup.items():
        known.setdefault(_plain(nickname), set()).update(map(_plain, formal))
    for line in files(__package__).joinpath(_FRENCH).read_text(encoding="utf-8").splitlines():
        formal_name, _, nicknames = line.partition(":")
        for nickname in nicknames.split():
            known.setdefault(_plain(nickname), set()).add(_plain(formal_name))
    return {nickname: frozenset(formal) for nickname, formal in known.items()}


def _plain(name: str) -> str:
    return "".join(words_of(folded(name)))


def roots_of(name: str) -> tuple[str, ...]:
    """The closed-up name itself, then the formal names it may stand for, in alphabetical order."""
    return (name, *sorted(_formal_names().get(name, frozenset()) - {name}))
