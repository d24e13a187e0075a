"""Which characters the bytes of a text file stand for: BOM, then strict UTF-8, then the legacy set that gives French.

Windows-1252 (with Latin-1 inside it), Mac Roman and code page 850 are told apart by reading each accented byte with its
two neighbours: `Prénom` is French in one of them only. A file that mixes UTF-8 and a legacy set is mended by line.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publicc.intake.reading.survey import Survey, chunks_of

LEGACY: Final = ("cp1252", "mac-roman", "cp850")
NAMES: Final = {"cp1252": "windows-1252", "mac-roman": "mac-roman", "cp850": "cp850"}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HITS_READ: Final = 50_000
_LOWER: Final = frozenset("éèêëàâçîïôùûüÿœæ")
_UPPER: Final = frozenset("ÉÈÊËÀÂÇÎÏÔÙÛÜŒÆ")
_NEIGHBOURS: Final = frozenset("áíóúñöäãõåøßÁÍÓÚÑÖÄÅØ")
_MARKS: Final = frozenset("’‘“”«»–—…°®©™€£\u00a0ªº½·•")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_WORD: Final = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file. `mixed`: UTF-8 lines and lines of `codec` stand side by side."""

    codec: str
    sure: bool = True
    mixed: bool = False
    samples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name shown to people."""
        legacy = NAMES.get(self.codec, self.codec)
        return f"utf-8 + {legacy}" if self.mixed else legacy


def wide_encoding(head: bytes) -> str | None:
    """The codec announced by a BOM, or UTF-16 betrayed by the zero bytes of Latin letters; None when neither."""
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return codec
    even, odd = head[0:4096:2], head[1:4096:2]
    if len(odd) < 4:
        return None
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def encoding_of(path: Path, seen: Survey) -> Encoding:
    """The encoding of a surveyed file without BOM."""
    if seen.utf8:
        return Encoding("ascii" if seen.ascii else "utf-8")
    contexts, words = _high_bytes(path)
    scores = sorted(((_score(contexts, codec), codec) for codec in LEGACY), key=lambda s: (-s[0], LEGACY.index(s[1])))
    (best, codec), (second, _) = scores[:2]
    hits = sum(contexts.values())
    return Encoding(
        codec,
        sure=best - second >= 0.2 * hits,
        mixed=_has_utf8_lines(path),
        samples=tuple(word.decode(codec, "replace") for word in words),
    )


def transcode(source: Path, target: Path, encoding: Encoding) -> tuple[int, ...]:
    """Write `source` as UTF-8 to `target`, in a stream. Returns the numbers of the mended lines of a mixed file.

    Mended are the lines that are not UTF-8: each is read as `encoding.codec`, valid UTF-8 letters inside it kept.
    """
    if encoding.mixed:
        return _transcode_lines(source, target, encoding.codec)
    decoder = codecs.getincrementaldecoder(encoding.codec)(errors="replace")
    with target.open("wb") as out:
        for chunk in chunks_of(source):
            out.write(decoder.decode(chunk).encode())
        out.write(decoder.decode(b"", final=True).encode())
    return ()


def _transcode_lines(source: Path, target: Path, codec: str) -> tuple[int, ...]:
    mended = []
    with source.open("rb") as lines, target.open("wb") as out:
        for number, line in enumerate(lines, start=1):
            if _is_utf8(line):
                out.write(line)
            else:
                out.write(line.decode("utf-8", _handler(codec)).encode())
                mended.append(number)
    return tuple(mended)


def _handler(codec: str) -> str:
    """An error handler that reads the bytes UTF-8 cannot as `codec`."""
    name = f"publicc-{codec}"

    def read_as_legacy(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(codec, "replace"), error.end

    codecs.register_error(name, read_as_legacy)
    return name


def _is_utf8(line: bytes) -> bool:
    if line.isascii():
        return True
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8_lines(path: Path) -> bool:
    with path.open("rb") as lines:
        return any(not line.isascii() and _is_utf8(line) for line in lines)


def _high_bytes(path: Path) -> tuple[Counter[bytes], list[bytes]]:
    """Every accented byte with its two neighbours, counted, and five words that hold some."""
    contexts: Counter[bytes] = Counter()
    words: dict[bytes, None] = {}
    for chunk in chunks_of(path):
        for hit in _HIGH.finditer(chunk):
            at = hit.start()
            contexts[chunk[max(at - 1, 0) : at + 2].rjust(3, b" ") if at == 0 else chunk[at - 1 : at + 2].ljust(3)] += 1
        for word in _WORD.finditer(chunk):
            if len(words) == 5:
                break
            words.setdefault(word.group())
        if contexts.total() > _HITS_READ:
            break
    return contexts, list(words)


def _score(contexts: Counter[bytes], codec: str) -> float:
    return sum(n * _likelihood(context.decode(codec, "replace")) for context, n in contexts.items())


def _likelihood(context: str) -> float:
    """How well the middle character of three fits there in French, −3 to 1."""
    before, char, after = tuple(context)
    if char in _LOWER:
        return 1.0 if before.isalpha() or after.isalpha() else 0.2
    if char in _UPPER:
        return -1.0 if before.islower() else 0.8
    if char in _NEIGHBOURS:
        return 0.1
    if char in _MARKS:
        inside_word = before.isalpha() and after.isalpha()
        return (0.6 if char == "’" else -1.0) if inside_word else 0.4
    if char.isalpha():
        return -0.5
    return -3.0 if char == "\ufffd" else -2.0
