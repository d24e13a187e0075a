"""One pass over the bytes of a text file before anything is parsed: safety, line ends, UTF-8 or not.

Runs at about half a gigabyte a second with a constant memory; a file that would hurt the parsers stops here.
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
        _measure_lines(chunk, seen, place, limits)
        held = _look_for_empty_lines(held + chunk, seen)
        seen.size += len(chunk)
        seen.ascii = seen.ascii and chunk.isascii()
        seen.quotes = seen.quotes or b'"' in chunk
        seen.utf8 = seen.utf8 and _decodes(decoder, chunk)
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


def _measure_lines(chunk: bytes, seen: Survey, place: str, limits: Limits) -> None:
    crlf = chunk.count(b"\r\n")
    lone_cr = chunk.count(b"\r") - crlf
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
    seen.lf += chunk.count(b"\n")


def _look_for_empty_lines(data: bytes, seen: Survey) -> bytes:
    """Note empty lines that are followed by something; return the line ends at the end, to judge with what follows."""
    body = data.rstrip(b"\r\n")
    if b"\n\n" in body or b"\n\r\n" in body:
        seen.inner_empty_lines = True
    return data[len(body) :][-4:]


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
