"""From the words a contributor uses to a discipline: Artsdata genres first, then the comparison axis derived from them.

Words are matched without accents, case or punctuation. What matches nothing is UNKNOWN, to be asked of a person.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from publicc.directory.names import words
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline

ARTSDATA: Final = "http://kg.artsdata.ca/resource/"
_TABLE: Final = Path(__file__).parent / "data" / "genres.toml"
_SONGS: Final = {"fr": Discipline.SONG_FR, "en": Discipline.SONG_EN}


@dataclass(frozen=True, slots=True)
class Genre:
    """One of Artsdata's genres. `sung`: a music whose discipline depends on the language sung."""

    id: str
    label: Text
    discipline: Discipline
    sung: bool = False
    general: bool = False
    """True for a word so wide (music, performing arts) that any finer word of the same label wins."""

    @property
    def address(self) -> str:
        """The genre's identifier in the open knowledge graph."""
        return ARTSDATA + self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """What a label says: its discipline, its genre when it is a performing art, the language it names if any."""

    discipline: Discipline
    genre: Genre | None = None
    language: str | None = None


_UNREAD: Final = Reading(Discipline.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Table:
    genres: Mapping[str, Genre]
    meanings: Mapping[str, Genre | Discipline]
    languages: Mapping[str, str]
    longest: int


@cache
def _table() -> _Table:
    told = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    genres = {one["id"]: _genre(one) for one in told["genre"]}
    meanings: dict[str, Genre | Discipline] = {
        words(word): genres[one["id"]] for one in told["genre"] for word in one["words"]
    }
    meanings |= {words(word): Discipline(one["discipline"]) for one in told["other"] for word in one["words"]}
    languages = {words(word): code for code, said in told["language"].items() for word in said}
    longest = max(phrase.count(" ") + 1 for phrase in (*meanings, *languages))
    return _Table(MappingProxyType(genres), MappingProxyType(meanings), MappingProxyType(languages), longest)


def _genre(told: dict[str, Any]) -> Genre:
    return Genre(
        id=told["id"],
        label=Text(told["fr"], told["en"]),
        discipline=Discipline(told["discipline"]),
        sung=bool(told.get("sung")),
        general=bool(told.get("general")),
    )


def genres() -> Mapping[str, Genre]:
    """Every Artsdata genre that Public C knows, by id (`K6-100`)."""
    return _table().genres


def discipline_of(label: str, language: str | None = None) -> Discipline:
    """The discipline a label means, e.g. `Théâtre jeune public` → THEATRE; UNKNOWN when nothing matches.

    `language`: main language of the show (`fr`, `en`, `iu`…), which makes sung music a song of that language.
    """
    return read_label(label, language).discipline


def read_label(label: str, language: str | None = None) -> Reading:
    """The discipline, genre and language in a label. Finer words win over wider ones, then longer, then earlier."""
    said = words(label).split()
    table = _table()
    spoken = next(
        (table.languages[phrase] for phrase in _phrases(said, table.longest) if phrase in table.languages), None
    )
    found = [meaning for phrase in _phrases(said, table.longest) if (meaning := table.meanings.get(phrase))]
    if not found:
        return Reading(Discipline.UNKNOWN, language=spoken)
    meaning = next((m for m in found if not (isinstance(m, Genre) and m.general)), found[0])
    if isinstance(meaning, Discipline):
        return Reading(meaning, language=spoken)
    return Reading(discipline_of_genre(meaning, spoken or language), meaning, spoken)


def discipline_of_genre(genre: Genre, language: str | None) -> Discipline:
    """The discipline of a genre, the language sung taken into account where it matters."""
    code = (language or "")[:2].lower()
    if not genre.sung or not code or code in {"zx", "un", "mu"}:  # zxx, und, mul: without words, unknown, several
        return genre.discipline
    return _SONGS.get(code, Discipline.SONG_OTHER)


def _phrases(said: list[str], longest: int) -> Iterator[str]:
    """Every run of words, the longest first, then from the left."""
    for size in range(min(longest, len(said)), 0, -1):
        for start in range(len(said) - size + 1):
            yield " ".join(said[start : start + size])
