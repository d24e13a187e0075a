"""New titles against the directory: 20 000 of them against 200 000 known shows, read, matched and scored.

Titles are invented from a seed: half of the new ones are known shows written otherwise (capitals, accents lost, marks,
series, subtitles, one slip of the keyboard), half are new shows made of the same words. Everything counts: reading the
known titles, laying them out, and matching. `PUBLICC_BENCH_KNOWN` (200 000), `PUBLICC_BENCH_NEW` (20 000).
"""

import os
import random
import resource
import time
import unicodedata
from itertools import accumulate
from typing import Any, Final

from publicc.directory.names import words
from publicc.directory.recognition.shows import Label, Match, match_titles

KNOWN: Final = int(os.environ.get("PUBLICC_BENCH_KNOWN", "200000"))
NEW: Final = int(os.environ.get("PUBLICC_BENCH_NEW", "20000"))
BAR_SECONDS: Final = 30
HOUSES: Final = 150
_STARTS: Final = [
    "b",
    "bl",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "j",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "v",
]
_VOWELS: Final = ["a", "e", "é", "i", "o", "u", "ou", "eau", "oi", "an", "on", "in"]
_ENDS: Final = ["", "", "r", "s", "t", "l", "que", "sse", "rd", "ne"]
_LINKS: Final = ["de", "de la", "du", "et", "sans", "des", "à", "of the", "and"]
_SMALL: Final = frozenset(["le", "la", "les", "un", "the", "de", "du", "des", "et", "and", "of"])
_MARKS: Final = [" - supplémentaire", " (première)", " – COMPLET", " (matinée scolaire)", " - EXTRA SHOW", " (annulé)"]


def run() -> dict[str, Any]:
    chance = random.Random(1909)
    vocabulary = _words(chance, 24_000)
    weights = list(accumulate(1 / (rank + 12) for rank in range(len(vocabulary))))
    known = _shows(chance, vocabulary, weights)
    asked: list[tuple[str, int | None]] = []
    for number in range(NEW):
        if number % 2:
            asked.append((_title(chance, vocabulary, weights), None))
        else:
            place = chance.randrange(KNOWN)
            asked.append((_otherwise(chance, known[place]), place))
    labels = [Label(title, f"house-{n % HOUSES}") for n, title in enumerate(known)]
    new = [Label(title, f"house-{n % HOUSES}") for n, (title, _) in enumerate(asked)]
    started, busy = time.perf_counter(), time.process_time()
    found = match_titles(new, labels)
    seconds, processor = time.perf_counter() - started, time.process_time() - busy
    return {
        "known": KNOWN,
        "new": NEW,
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "bar_seconds": BAR_SECONDS,
        "new_titles_a_second": round(NEW / seconds),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **_measures(found, asked, known),
    }


def _measures(found: list[Match | None], asked: list[tuple[str, int | None]], known: list[str]) -> dict[str, float]:
    """Of what is joined without asking. A new title that is by chance that of a known show is that show."""
    titles = {_bare(title): number for number, title in enumerate(known)}
    truth = [titles.get(_bare(title)) if place is None else place for title, place in asked]
    sure = [(match.known, place) for match, place in zip(found, truth, strict=True) if match and match.sure]
    right = sum(said == place for said, place in sure)
    wanted = sum(place is not None for place in truth)
    return {"precision": round(right / max(1, len(sure)), 4), "recall": round(right / max(1, wanted), 4)}


def _bare(title: str) -> str:
    said = words(title).split()
    return " ".join(word for word in said if word not in _SMALL)


def _shows(chance: random.Random, vocabulary: list[str], weights: list[float]) -> list[str]:
    """Titles that differ by more than an article."""
    found: dict[str, str] = {}
    while len(found) < KNOWN:
        title = _title(chance, vocabulary, weights)
        found.setdefault(_bare(title), title)
    return list(found.values())


def _words(chance: random.Random, n: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < n:
        syllables = (chance.choice(_STARTS) + chance.choice(_VOWELS) for _ in range(chance.choice((1, 2, 2, 3))))
        made["".join(syllables) + chance.choice(_ENDS)] = None
    return list(made)


def _title(chance: random.Random, vocabulary: list[str], weights: list[float]) -> str:
    said = chance.choices(vocabulary, cum_weights=weights, k=chance.choice((1, 2, 2, 3, 3, 4, 5)))
    title = said[0].capitalize()
    for word in said[1:]:
        title += f" {chance.choice(_LINKS)} {word}" if chance.random() < 0.5 else f" {word}"
    if chance.random() < 0.2:
        title += " : " + " ".join(chance.choices(vocabulary, cum_weights=weights, k=3))
    return f"{chance.choice(('Le', 'La', 'Les', 'The', 'Un'))} {title}" if chance.random() < 0.4 else title


def _otherwise(chance: random.Random, title: str) -> str:
    told = chance.random()
    if told < 0.3:
        title = title.upper()
    elif told < 0.5:
        title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    elif told < 0.6:
        title = f"Grand Théâtre présente {title}"
    elif told < 0.7:
        longest = max(title.split(), key=len)
        title = title.replace(longest, longest[:-2] + longest[-1], 1) if len(longest) > 6 else title
    return title + chance.choice(_MARKS) if chance.random() < 0.5 else title
