"""The repertoire under its French and English titles, so that *Le Lac des cygnes* and *Swan Lake* are one show.

Only titles of the repertoire: what one generation after another translates the same way. Other bilingual titles are
recognised when a house writes both, or by a person once.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from publicc.directory.recognition.wordlists import significant

_TABLE: Final = Path(__file__).parents[1] / "data" / "works.toml"


def work_of(title: tuple[str, ...]) -> str | None:
    """The work that significant words name, by its French title; None for most titles."""
    return _works().get(title)


@cache
def _works() -> Mapping[tuple[str, ...], str]:
    told = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {significant(name): work["names"][0] for work in told["work"] for name in work["names"]}
