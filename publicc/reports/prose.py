"""Words that an organization writes in a report: a small part of Markdown, read to plain runs of text. Pure.

Headings, lists, strong and emphasis; nothing else is a mark. A link, a picture or HTML is words like any other, so that
nothing typed here leads anywhere or runs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from publicc.kernel.later import later

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

markdown_it = later("markdown_it")

LONGEST: Final = 4000
HEADING, PARAGRAPH, ITEM = "heading", "paragraph", "item"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike."""

    words: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, a paragraph or an item of a list; `mark` is the item's number, empty for a dash."""

    kind: str
    runs: tuple[Run, ...]
    mark: str = ""

    @property
    def plain(self) -> str:
        """Its words alone, with the mark of an item."""
        words = "".join(one.words for one in self.runs)
        return f"{self.mark or '–'} {words}" if self.kind == ITEM else words


@cache
def _reader() -> "MarkdownIt":
    marks = ["heading", "list", "emphasis", "escape", "newline"]
    reader: MarkdownIt = markdown_it.MarkdownIt("zero").enable(marks)
    return reader


def read_prose(written: str) -> tuple[Paragraph, ...]:
    """The paragraphs of what was typed; an empty tuple for nothing."""
    tokens = _reader().parse(written[:LONGEST])
    return tuple(_paragraphs(tokens))


def _paragraphs(tokens: "Sequence[Token]") -> Iterator[Paragraph]:
    kind, mark, items = PARAGRAPH, "", 0
    for token in tokens:
        if token.type == "list_item_open":
            kind, mark, items = ITEM, f"{token.info}." if token.info else "", items + 1
        elif token.type == "list_item_close":
            kind, mark, items = PARAGRAPH, "", items - 1
        elif token.type == "heading_open":
            kind = HEADING
        elif token.type == "heading_close":
            kind = ITEM if items > 0 else PARAGRAPH
        elif token.type == "inline":
            runs = tuple(_runs(token.children or []))
            if runs:
                yield Paragraph(kind, runs, mark)


def _runs(tokens: "Sequence[Token]") -> Iterator[Run]:
    strong = emphasis = 0
    for token in tokens:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        words = " " if token.type in {"softbreak", "hardbreak"} else token.content
        if words:
            yield Run(words, strong > 0, emphasis > 0)
