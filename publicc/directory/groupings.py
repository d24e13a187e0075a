"""Disciplines grouped as public studies and reports do: derived by tables, never stored.

GTFAS: ten disciplines of the studies on attendance. OCCQ: six of the statistics of Québec. Source:
docs/decisions/0017-what-becomes-common.md.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline

_THEATRE: Final = Text("Théâtre", "Theatre")
_DANCE: Final = Text("Danse", "Dance")
_MUSIC: Final = Text("Musique", "Music")
_VARIETY: Final = Text("Variétés", "Variety")
_SONG_FR: Final = Text("Chanson francophone", "French-language song")
_SONG_EN: Final = Text("Chanson anglophone", "English-language song")

GTFAS: Final[Mapping[Discipline, Text]] = MappingProxyType(
    {
        Discipline.THEATRE: _THEATRE,
        Discipline.DANCE: _DANCE,
        Discipline.CLASSICAL_MUSIC: Text("Musique classique", "Classical music"),
        Discipline.OPERA: Text("Musique classique", "Classical music"),
        Discipline.INSTRUMENTAL_MUSIC: Text("Musique instrumentale", "Instrumental music"),
        Discipline.SONG_FR: _SONG_FR,
        Discipline.SONG_EN: _SONG_EN,
        Discipline.MUSICAL: Text("Comédie musicale", "Musical theatre"),
        Discipline.HUMOUR: Text("Humour", "Comedy"),
        Discipline.CIRCUS: Text("Cirque", "Circus"),
        Discipline.VARIETY: _VARIETY,
    }
)
"""What is not here (song in another language, spoken word, film, exhibition) has no place in those studies."""

OCCQ: Final[Mapping[Discipline, Text]] = MappingProxyType(
    {
        Discipline.THEATRE: _THEATRE,
        Discipline.DANCE: _DANCE,
        Discipline.CLASSICAL_MUSIC: _MUSIC,
        Discipline.OPERA: _MUSIC,
        Discipline.INSTRUMENTAL_MUSIC: _MUSIC,
        Discipline.SONG_FR: _SONG_FR,
        Discipline.SONG_EN: _SONG_EN,
        Discipline.MUSICAL: _VARIETY,
        Discipline.HUMOUR: _VARIETY,
        Discipline.CIRCUS: _VARIETY,
        Discipline.VARIETY: _VARIETY,
    }
)
"""Six groups; song in another language is left to decide, and stays out."""
