"""Plain tables for a terminal: words to the left, figures to the right."""

import unicodedata
from collections.abc import Sequence

Line = Sequence[str]


def drawn_table(header: Line, lines: Sequence[Line], *, left: int) -> str:
    """The first `left` columns aligned left, the others right; two spaces between columns, a rule under the header."""
    widths = [max(_width(line[i]) for line in (header, *lines)) for i in range(len(header))]
    rule = ["─" * width for width in widths]
    return "\n".join("  ".join(_padded(line, widths, left)).rstrip() for line in (header, rule, *lines))


def _width(text: str) -> int:
    """Columns that the text takes on a terminal: combining marks take none, wide letters two."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _padded(line: Line, widths: Sequence[int], left: int) -> list[str]:
    return [
        text + " " * (width - _width(text)) if place < left else " " * (width - _width(text)) + text
        for place, (text, width) in enumerate(zip(line, widths, strict=True))
    ]
