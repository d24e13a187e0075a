"""A document as slides: charts that PowerPoint edits (their figures inside), tables as tables, maps as pictures."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from publicc.dashboards.page import Chart, DataTable, Tile
from publicc.kernel.cells import Shown
from publicc.kernel.formats import number
from publicc.kernel.text import Lang, Text
from publicc.reports.document import Chapter, Document
from publicc.reports.drawing import drawn, paper
from publicc.reports.letterhead import Letterhead
from publicc.reports.native_charts import place_chart
from publicc.reports.prose import HEADING
from publicc.reports.saying import MARKS_SAID, column_shares, gap_words, table_words, tile_figure, tile_note

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.7), Inches(11.93)
TOP, DEEP = Inches(1.75), Inches(4.95)
INK, QUIET, LINE = RGBColor(0x1D, 0x1B, 0x18), RGBColor(0x57, 0x52, 0x4B), RGBColor(0xE2, 0xDD, 0xD3)
MOST_ROWS: Final = 12
"""Rows of a table that a room can read; the workbook has all of them."""
DEFINITIONS_A_SLIDE: Final = 7
ONE_LINE: Final = 110
"""Letters of a subtitle that fit on one line; a longer one is written smaller, on two."""
_TITLE_ONLY: Final = 5
_BRIEF: Final = Text("En bref", "In brief")
_ABOUT: Final = Text("D'où viennent ces chiffres", "Where these figures come from")
_GAPS: Final = Text("Masqué ou inconnu", "Withheld or unknown")
_NO_GAP: Final = Text("rien", "nothing")
_DEFINITIONS: Final = Text("Définitions", "Definitions")
_MORE: Final = Text(
    "Les {n} premières lignes de {all}; toutes sont dans le classeur Excel.",
    "The first {n} rows of {all}; all of them are in the Excel workbook.",
)


def as_pptx(document: Document, letterhead: Letterhead, lang: Lang) -> bytes:
    """The document as a widescreen presentation. The same document gives the same slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    made = datetime.fromisoformat(document.made_on)
    about = deck.core_properties
    about.title, about.author, about.language = document.title.said(lang), document.organization, f"{lang}-CA"
    about.created = about.modified = made
    _Deck(deck, document, letterhead, lang).write()
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


class _Deck:
    """A presentation being written."""

    def __init__(self, deck: Any, document: Document, letterhead: Letterhead, lang: Lang) -> None:  # noqa: ANN401
        self._deck, self._document, self._letterhead, self._lang = deck, document, letterhead, lang
        self._accent = RGBColor(*bytes.fromhex(letterhead.colour[1:]))

    def write(self) -> None:
        """Every slide: whose and what, the answers, then each chapter, then what makes the figures traceable."""
        self._opening()
        if len(self._document.chapters) > 1 and not self._document.flowing:
            self._brief()
        for chapter in self._document.chapters:
            self._chapter(chapter)
        self._sources()
        self._definitions()

    def _slide(self, title: str, subtitle: str = "") -> Any:  # noqa: ANN401 - python-pptx's own
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = LEFT, Inches(0.45), ACROSS, Inches(0.85)
        self._say(head.text_frame, title, 24, INK, bold=True)
        head.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        if subtitle:
            size = 14 if len(subtitle) <= ONE_LINE else 11
            self._box(slide, (LEFT, Inches(1.3), ACROSS, Inches(0.4)), subtitle, size, QUIET)
        stamp = " · ".join(words.said(self._lang) for _, words in self._document.stamp[:2])
        foot = f"{self._document.organization} · {self._document.title.said(self._lang)} · {stamp}"
        self._box(slide, (LEFT, Inches(6.95), ACROSS, Inches(0.35)), foot, 10, QUIET)
        return slide

    def _box(self, slide: Any, place: tuple[Any, Any, Any, Any], words: str, size: float, colour: RGBColor) -> Any:  # noqa: ANN401, PLR0917
        frame = slide.shapes.add_textbox(*(Emu(int(one)) for one in place)).text_frame
        self._say(frame, words, size, colour)
        return frame

    @staticmethod
    def _say(frame: Any, words: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:  # noqa: ANN401
        frame.word_wrap = True
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.color.rgb = words, Pt(size), bold, colour

    @staticmethod
    def _add(frame: Any, words: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:  # noqa: ANN401
        run = frame.add_paragraph().add_run()
        run.text, run.font.size, run.font.bold, run.font.color.rgb = words, Pt(size), bold, colour

    def _opening(self) -> None:
        document, lang = self._document, self._lang
        slide = self._slide(document.title.said(lang))
        head = slide.shapes.title
        head.top, head.height = Inches(2.1), Inches(1.4)
        head.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
        self._box(slide, (LEFT, Inches(1.6), ACROSS, Inches(0.5)), document.organization, 18, self._accent)
        self._box(slide, (LEFT, Inches(3.6), ACROSS, Inches(0.5)), document.subtitle.said(lang), 20, QUIET)
        self._box(slide, (LEFT, Inches(4.3), ACROSS, Inches(0.5)), document.purpose.said(lang), 14, QUIET)
        if self._letterhead.logo:
            picture = slide.shapes.add_picture(io.BytesIO(self._letterhead.logo), 0, Inches(0.5), height=Inches(0.9))
            picture.left = int(LEFT + ACROSS - picture.width)
            self._describe(picture, document.organization)

    def _brief(self) -> None:
        slide = self._slide(_BRIEF.said(self._lang))
        frame = self._box(slide, (LEFT, Inches(1.5), ACROSS, DEEP), "", 14, INK)
        for chapter in self._document.chapters:
            self._add(frame, chapter.title.said(self._lang), 14, self._accent, bold=True)
            self._add(frame, chapter.answer.said(self._lang), 18, INK)

    def _chapter(self, chapter: Chapter) -> None:
        lang = self._lang
        if chapter.prose:
            self._prose(chapter)
        if chapter.answer.said(lang) or chapter.tiles or chapter.notices:
            self._answer(chapter)
        for chart in chapter.charts:
            self._chart(chart)
        for table in chapter.tables:
            self._table(table)

    def _prose(self, chapter: Chapter) -> None:
        """Words of the organization, on a slide of their own under their first heading."""
        head, *rest = chapter.prose
        title = head.plain if head.kind == HEADING else chapter.title.said(self._lang)
        slide = self._slide(title or self._document.title.said(self._lang))
        frame = self._box(slide, (LEFT, Inches(1.4), ACROSS, DEEP), "", 16, INK)
        for one in rest if head.kind == HEADING else chapter.prose:
            self._add(frame, one.plain, 20 if one.kind == HEADING else 16, INK, bold=one.kind == HEADING)

    def _answer(self, chapter: Chapter) -> None:
        lang = self._lang
        slide = self._slide(chapter.title.said(lang) or self._document.title.said(lang))
        self._box(slide, (LEFT, Inches(1.4), ACROSS, Inches(1.0)), chapter.answer.said(lang), 20, INK)
        self._tiles(slide, chapter.tiles)
        if chapter.notices:
            said = " ".join(one.words.said(lang) for one in chapter.notices)
            self._box(slide, (LEFT, Inches(6.2), ACROSS, Inches(0.7)), said, 11, QUIET)

    def _tiles(self, slide: Any, tiles: Sequence[Tile]) -> None:  # noqa: ANN401 - python-pptx's own
        across = ACROSS // 4
        for at, tile in enumerate(tiles[:12]):
            left, top = LEFT + across * (at % 4), Inches(2.6) + Inches(1.2) * (at // 4)
            frame = self._box(slide, (left, top, across, Inches(1.1)), tile.label.said(self._lang), 12, QUIET)
            told = isinstance(tile.cell, Shown)
            self._add(frame, tile_figure(tile, self._lang), 24 if told else 14, INK if told else QUIET, bold=told)
            note = tile_note(tile, self._lang)
            if note:
                self._add(frame, note, 10, QUIET)

    def _chart(self, chart: Chart) -> None:
        lang = self._lang
        slide = self._slide(chart.title.said(lang), chart.subtitle.said(lang))
        shape = place_chart(slide, chart, lang, (LEFT, TOP, ACROSS, DEEP), self._letterhead.colour)
        if shape is None:
            shape = self._picture(slide, chart)
        self._describe(shape, chart.summary.said(lang))
        if chart.note:
            self._box(slide, (LEFT, Inches(6.68), ACROSS, Inches(0.3)), chart.note.said(lang), 9, QUIET)
        slide.notes_slide.notes_text_frame.text = f"{chart.summary.said(lang)} {chart.subtitle.said(lang)}"

    def _picture(self, slide: Any, chart: Chart) -> Any:  # noqa: ANN401 - python-pptx's own
        """A drawing that PowerPoint has no chart for (a map, intervals), as large as it fits."""
        pixels = drawn(chart, "png", lang=self._lang, look=paper(self._letterhead.colour), width=900)
        picture = slide.shapes.add_picture(io.BytesIO(pixels), LEFT, TOP)
        share = min(ACROSS / picture.width, DEEP / picture.height)
        picture.width, picture.height = int(picture.width * share), int(picture.height * share)
        return picture

    @staticmethod
    def _describe(shape: Any, words: str) -> None:  # noqa: ANN401 - python-pptx's own
        """The words that a screen reader says in place of a picture."""
        shape._element.xpath(".//p:cNvPr")[0].set("descr", words)  # noqa: SLF001 - python-pptx has no door to it

    def _table(self, table: DataTable) -> None:
        rows = list(table_words(table, self._lang))
        total = [rows.pop()] if table.total is not None else []
        kept = [*rows[:MOST_ROWS], *total]
        said = [table.note.said(self._lang)] if table.note else []
        if len(rows) > MOST_ROWS:
            said.append(_MORE.said(self._lang, n=MOST_ROWS, all=number(len(rows), self._lang)))
        if any(place.endswith(("*", "°")) for row in kept for place in row[1:]):
            said.append(MARKS_SAID.said(self._lang))
        slide = self._slide(table.title.said(self._lang), " ".join(said))
        shape = slide.shapes.add_table(len(kept) + 1, len(table.columns), LEFT, TOP, ACROSS, Inches(0.35))
        grid = shape.table
        self._widths(grid, column_shares(table, kept))
        for x, column in enumerate(table.columns):
            self._place(grid.cell(0, x), column.label.said(self._lang), figure=column.unit is not None, bold=True)
            for y, row in enumerate(kept, start=1):
                last = bool(total) and y == len(kept)
                self._place(grid.cell(y, x), row[x], figure=column.unit is not None, bold=last)

    @staticmethod
    def _widths(grid: Any, shares: list[float]) -> None:  # noqa: ANN401 - python-pptx's own
        for at, share in enumerate(shares):
            grid.columns[at].width = int(ACROSS * share / sum(shares))

    @staticmethod
    def _place(cell: Any, words: str, *, figure: bool, bold: bool) -> None:  # noqa: ANN401 - python-pptx's own
        cell.fill.background()
        cell.margin_top = cell.margin_bottom = Inches(0.03)
        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if figure else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.color.rgb = words, Pt(12), bold, INK

    def _sources(self) -> None:
        lang = self._lang
        slide = self._slide(_ABOUT.said(lang))
        frame = self._box(slide, (LEFT, Inches(1.4), ACROSS, DEEP), "", 12, INK)
        for label, words in self._document.stamp:
            self._add(frame, Text("{a} : {b}", "{a}: {b}").said(lang, a=label, b=words), 14, INK)
        self._add(frame, _GAPS.said(lang), 14, self._accent, bold=True)
        for gap in gap_words(self._document, lang)[:12] or [_NO_GAP.said(lang)]:
            self._add(frame, gap, 12, INK)

    def _definitions(self) -> None:
        for some in _by(self._document.definitions, DEFINITIONS_A_SLIDE):
            slide = self._slide(_DEFINITIONS.said(self._lang))
            frame = self._box(slide, (LEFT, Inches(1.3), ACROSS, DEEP), "", 6, INK)
            for label, words in some:
                self._add(frame, label.said(self._lang), 12, self._accent, bold=True)
                self._add(frame, words.said(self._lang), 10.5, INK)


def _by(lines: Sequence[tuple[Text, Text]], n: int) -> Iterator[Sequence[tuple[Text, Text]]]:
    for at in range(0, len(lines), n):
        yield lines[at : at + n]
