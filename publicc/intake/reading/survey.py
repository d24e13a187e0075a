"""One pass over the bytes of a text file before anything is parsed: safety, line ends, UTF-8 or not.

Runs at some hundreds of megabytes a second with a constant memory; a file that would hurt the parsers stops here.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from publicc.intake.reading import refusals
from publicc.intake.reading.tables import MIB, Limits

CHUNK = 4 * MIB
LF, CR = 10, 13


@dataclass(slots=True)
class Survey:
    """What the bytes of a text file show. Line counts are physical lines."""

    size: int = 0
    ascii: bool = True
    utf8: bool = True
    lf: int = 0
    crlf: int = 0
    lone_cr: int = 0
    longest_line: int = 0
    quotes: bool = False
    inner_empty_lines: bool = False
    unfinished: int = 0
    """Bytes since the last line end."""

    @property
    def one_line_end(self) -> str | None:
        """The only line end outside cells, when there is but one: what a fast reader needs."""
        if self.lone_cr or (self.crlf and self.crlf != self.lf):
            return None
        return "\r\n" if self.crlf else "\n"

    @property
    def old_mac_lines(self) -> bool:
        """Whether lines end with CR alone."""
        return self.lone_cr > self.lf


def survey(path: Path, place: str, limits: Limits) -> Survey:
    """Look at every byte of `path`.

    Raises BadInput for NUL characters and for a line longer than `limits.line_bytes`, before reading further.
    """
    seen = Survey()
    decoder = codecs.getincrementaldecoder("utf-8")()
    held = b"\n"
    for chunk in chunks_of(path):
        if b"\0" in chunk:
            raise refusals.nul_bytes(place, 1 + seen.lf + seen.lone_cr + _lines_before(chunk))
        shortest = _measure_lines(chunk, seen, place, limits)
        if shortest <= 1 or held.count(b"\n") > 1:
            seen.inner_empty_lines = seen.inner_empty_lines or _has_empty_line(held + chunk)
        held = _line_ends_at_the_end(held + chunk[-4:])
        seen.size += len(chunk)
        seen.quotes = seen.quotes or b'"' in chunk
        _try_to_decode(decoder, chunk, seen)
    seen.utf8 = seen.utf8 and _decodes(decoder, b"", final=True)
    return seen


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, some megabytes at a time, never cut between CR and LF."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if chunk.endswith(b"\r"):
                chunk += file.read(1)
            yield chunk


def _lines_before(chunk: bytes) -> int:
    return chunk.count(b"\n", 0, chunk.index(b"\0"))


def _measure_lines(chunk: bytes, seen: Survey, place: str, limits: Limits) -> int:
    """Add the lines that end in `chunk` to what was seen; the length of the shortest of them, its CR included."""
    returns = chunk.count(b"\r") if b"\r" in chunk else 0
    crlf = chunk.count(b"\r\n") if returns else 0
    lone_cr = returns - crlf
    values = np.frombuffer(chunk, dtype=np.uint8)
    ends = np.flatnonzero((values == LF) | (values == CR)) if lone_cr else np.flatnonzero(values == LF)
    starts = np.concatenate(([-seen.unfinished - 1], ends))
    lengths = np.diff(np.concatenate((starts, [len(chunk)]))) - 1
    longest = int(lengths.max())
    if longest > limits.line_bytes:
        line = 1 + seen.lf + seen.lone_cr + int(lengths.argmax())
        raise refusals.endless_line(place, line, limits.line_bytes)
    seen.longest_line = max(seen.longest_line, longest)
    seen.unfinished = int(lengths[-1])
    seen.crlf += crlf
    seen.lone_cr += lone_cr
    seen.lf += chunk.count(b"\n") if lone_cr else len(ends)
    return int(lengths[:-1].min(initial=longest))


def _has_empty_line(data: bytes) -> bool:
    """Whether an empty line is followed by something."""
    body = data.rstrip(b"\r\n")
    return b"\n\n" in body or b"\n\r\n" in body


def _line_ends_at_the_end(tail: bytes) -> bytes:
    """The line ends with which some bytes end, to judge with what follows."""
    return tail[len(tail.rstrip(b"\r\n")) :][-4:]


def _try_to_decode(decoder: codecs.IncrementalDecoder, chunk: bytes, seen: Survey) -> None:
    """Note whether the bytes so far are UTF-8, and whether they are plain ASCII, which needs no decoding."""
    if chunk.isascii() and not decoder.getstate()[0]:
        return
    seen.ascii = False
    seen.utf8 = seen.utf8 and _decodes(decoder, chunk)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
