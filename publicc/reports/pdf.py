"""A document as PDF: tagged, accessible (PDF/UA-1), the same bytes for the same document."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from publicc.dashboards.page import Chart, DataTable
from publicc.kernel.cells import Shown
from publicc.kernel.formats import number
from publicc.kernel.text import Lang, Text
from publicc.reports.document import Chapter, Document
from publicc.reports.drawing import drawn, is_map, paper, typeface
from publicc.reports.letterhead import Letterhead
from publicc.reports.prose import Paragraph
from publicc.reports.saying import MARKS_SAID, column_shares, gap_words, table_words, tile_figure, tile_note

MOST_ROWS: Final = 25
"""Rows of a table on paper; the workbook has all of them."""
PREVIEW_PPI: Final = 84
_TEMPLATE: Final = Path(__file__).parent / "data" / "report.typ"
_ACCESSIBLE: Final = ["ua-1"]
_NO_GLYPH: Final = "could not be displayed"
_WORDS: Final = {
    "brief": Text("En bref", "In brief"),
    "contents": Text("Contenu", "Contents"),
    "about": Text("Ce que disent ces chiffres", "What these figures say"),
    "stamp": Text("D'où viennent ces chiffres", "Where these figures come from"),
    "gaps": Text("Ce qui est masqué ou inconnu", "What is withheld or unknown"),
    "no_gap": Text("Rien : chaque case a son chiffre.", "Nothing: every place has its figure."),
    "definitions": Text("Définitions", "Definitions"),
    "where_definitions": Text(
        "Définitions : dans le bilan de saison et le classeur Excel.",
        "Definitions: in the season review and the Excel workbook.",
    ),
}
_LOGO_ALT: Final = Text("Logo : {name}", "Logo: {name}")


def as_pdf(document: Document, letterhead: Letterhead, lang: Lang) -> bytes:
    """The document on US Letter paper. Charts are drawn in the organization's colour, each with its words."""
    sources = _sources(document, letterhead, lang)
    made = datetime.fromisoformat(document.made_on).replace(hour=12, tzinfo=UTC)
    for system in (False, True):
        try:
            return _compiled(sources, made, typeface(system=system), _ACCESSIBLE)
        except typst.TypstError as problem:
            if _NO_GLYPH not in str(problem):
                raise
    return _compiled(sources, made, typeface(system=True), [])


def as_pictures(document: Document, letterhead: Letterhead, lang: Lang) -> list[bytes]:
    """The pages of the same document as PNG, to be looked at before it is sent."""
    sources = _sources(document, letterhead, lang)
    pages = typst.compile(sources, format="png", font_paths=typeface(system=True), ppi=PREVIEW_PPI)
    return [bytes(one) for one in pages] if isinstance(pages, list) else [bytes(pages)]


def _sources(document: Document, letterhead: Letterhead, lang: Lang) -> dict[str, bytes]:
    sources: dict[str, bytes] = {"main.typ": _TEMPLATE.read_bytes()}
    told = _told(document, letterhead, lang, sources)
    sources["data.json"] = json.dumps(told, ensure_ascii=False).encode()
    return sources


def _compiled(sources: dict[str, bytes], made: datetime, fonts: Any, standards: list[str]) -> bytes:  # noqa: ANN401
    pdf = typst.compile(  # type: ignore[call-overload]
        sources, format="pdf", font_paths=fonts, pdf_standards=standards, timestamp=int(made.timestamp())
    )
    return bytes(pdf)


def _told(document: Document, letterhead: Letterhead, lang: Lang, sources: dict[str, bytes]) -> dict[str, Any]:
    """Everything the page says, in one language; pictures are added to `sources`."""
    if letterhead.logo:
        sources["logo.png"] = letterhead.logo
    return {
        "lang": lang,
        "accent": letterhead.colour,
        "one_page": document.one_page,
        "flowing": document.flowing,
        "title": document.title.said(lang),
        "purpose": document.purpose.said(lang),
        "subtitle": document.subtitle.said(lang),
        "organization": document.organization,
        "logo": "logo.png" if letterhead.logo else "",
        "logo_alt": _LOGO_ALT.said(lang, name=document.organization),
        "footer": " · ".join(words.said(lang) for _, words in document.stamp[:2]),
        "words": {key: text.said(lang) for key, text in _WORDS.items()},
        "chapters": [_chapter(one, letterhead, lang, sources) for one in document.chapters],
        "stamp": [[label.said(lang), words.said(lang)] for label, words in document.stamp],
        "gaps": gap_words(document, lang),
        "definitions": [[label.said(lang), words.said(lang)] for label, words in document.definitions],
    }


def _chapter(chapter: Chapter, letterhead: Letterhead, lang: Lang, sources: dict[str, bytes]) -> dict[str, Any]:
    return {
        "title": chapter.title.said(lang),
        "continues": chapter.continues,
        "prose": [_paragraph(one) for one in chapter.prose],
        "answer": chapter.answer.said(lang),
        "notices": [one.words.said(lang) for one in chapter.notices],
        "tiles": [
            {
                "label": one.label.said(lang),
                "figure": tile_figure(one, lang),
                "said": isinstance(one.cell, Shown),
                "note": tile_note(one, lang),
            }
            for one in chapter.tiles
        ],
        "charts": [_drawing(one, letterhead, lang, sources) for one in chapter.charts],
        "tables": [_listing(one, lang) for one in chapter.tables],
    }


def _paragraph(told: Paragraph) -> dict[str, Any]:
    runs = [{"words": one.words, "strong": one.strong, "emphasis": one.emphasis} for one in told.runs]
    return {"kind": told.kind, "mark": told.mark or "–", "runs": runs}


def _drawing(chart: Chart, letterhead: Letterhead, lang: Lang, sources: dict[str, bytes]) -> dict[str, Any]:
    file = f"{chart.id}.svg"
    sources[file] = drawn(chart, "svg", lang=lang, look=paper(letterhead.colour))
    return {
        "file": file,
        "title": chart.title.said(lang),
        "subtitle": chart.subtitle.said(lang),
        "alt": f"{chart.title.said(lang)}. {chart.summary.said(lang)}",
        "note": chart.note.said(lang) if chart.note else "",
        "wide": not is_map(chart),
    }


def _listing(table: DataTable, lang: Lang) -> dict[str, Any]:
    rows = list(table_words(table, lang))
    total = rows.pop() if table.total is not None else []
    kept = rows[:MOST_ROWS]
    notes = [table.note.said(lang)] if table.note else []
    more = []
    if len(rows) > len(kept):
        more.append(
            Text(
                "Les {n} premières lignes de {all}; toutes sont dans le classeur Excel.",
                "The first {n} rows of {all}; all of them are in the Excel workbook.",
            ).said(lang, n=len(kept), all=number(len(rows), lang))
        )
    if any(place.endswith(("*", "°")) for row in kept for place in row[1:]):
        more.append(MARKS_SAID.said(lang))
    return {
        "title": table.title.said(lang),
        "note": " ".join(notes),
        "columns": [
            {"label": column.label.said(lang), "figure": column.unit is not None, "share": share}
            for column, share in zip(table.columns, column_shares(table, kept), strict=True)
        ],
        "rows": kept,
        "total": total,
        "more": " ".join(more),
    }
