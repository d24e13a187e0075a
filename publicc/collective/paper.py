"""A paper of the collective, in words: as PDF, whose fonts travel with Typst, and as text that can be edited."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from publicc.kernel.text import Lang

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True, slots=True)
class Section:
    """A section: paragraphs, then facts (name, value), then a table. Each may be empty."""

    title: str
    words: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says, in the language it is written in."""

    lang: Lang
    title: str
    lede: str
    sections: tuple[Section, ...]
    footer: str = ""


def paper_pdf(paper: Paper) -> bytes:
    """The paper as tagged PDF: the same bytes for the same words."""
    sources = {"main.typ": _TEMPLATE.read_bytes(), "data.json": json.dumps(asdict(paper), ensure_ascii=False).encode()}
    return bytes(typst.compile(sources, format="pdf", font_paths=_fonts(), timestamp=0))


def paper_text(paper: Paper) -> str:
    """The paper in Markdown, to be completed in any editor."""
    told = [f"# {paper.title}", paper.lede]
    for section in paper.sections:
        told += [f"## {section.title}", *section.words]
        if section.facts:
            told.append("\n".join(f"- **{name}** : {value}" for name, value in section.facts))
        if section.headers:
            told.append(_table(section))
    return "\n\n".join(part for part in (*told, paper.footer) if part) + "\n"


def _table(section: Section) -> str:
    rows = [section.headers, tuple("---" for _ in section.headers), *section.rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    )


@cache
def _fonts() -> Any:  # noqa: ANN401 - typst's own
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
