"""What a PDF must hold to be read without being seen: the part of PDF/UA-1 (ISO 14289-1) that a machine can judge.

Each rule gives the sentences of what it found wrong; none means that it holds. A page is followed with the colour and
marks in force at each operator, so that what is said is told from what is only drawn.
"""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import pikepdf

from publicc.reports.letterhead import LEAST_CONTRAST, contrast_on_white

SHOWS_TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
PAINTS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", *SHOWS_TEXT})
_FILES: Final = {"/FontFile", "/FontFile2", "/FontFile3"}
_HEADINGS: Final = tuple(f"/H{level}" for level in range(1, 7))


def found_wrong(content: bytes, *, lang: str, title: str) -> list[str]:
    """Everything that stands between a PDF and a reader who does not see it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        elements = list(_elements(pdf.Root.get("/StructTreeRoot")))
        return [
            *_told_of_itself(pdf, lang, title),
            *_fonts(pdf),
            *_figures(elements),
            *_tables(elements),
            *_levels([_HEADINGS.index(str(one.S)) + 1 for one in elements if str(one.get("/S")) in _HEADINGS]),
            *_bookmarks(pdf, elements),
            *(said for number, page in enumerate(pdf.pages, 1) for said in _page(page, number)),
            *_order(pdf, elements),
        ]


def _elements(node: object) -> Iterator[Any]:
    """The elements of the structure, in reading order."""
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        yield node
    for child in _children(node):
        yield from _elements(child)


def _children(node: pikepdf.Dictionary) -> list[Any]:
    below: Any = node.get("/K", [])
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def _told_of_itself(pdf: pikepdf.Pdf, lang: str, title: str) -> Iterator[str]:
    root: Any = pdf.Root
    with pdf.open_metadata() as about:
        if about.get("pdfuaid:part") != "1":
            yield "it does not say that it follows PDF/UA-1"
        if str(about.get("dc:title")) != title:
            yield f"its title is {about.get('dc:title')!r}"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "it is not marked"
    if str(root.get("/Lang")).lower() != f"{lang}-ca":
        yield f"its language is {root.get('/Lang')}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "its window would show the name of the file, not the title"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    for font in fonts:
        if "/DescendantFonts" in font and "/ToUnicode" not in font:
            yield f"{font.BaseFont}: letters cannot be told from their drawing"
        held = font.get("/FontDescriptor")
        if "/DescendantFonts" not in font and not (held and _FILES & set(held.keys())):
            yield f"{font.get('/BaseFont')}: not embedded"


def _figures(elements: list[Any]) -> Iterator[str]:
    for one in elements:
        if one.S == "/Figure" and len(str(one.get("/Alt", "")).strip()) < len("Logo"):
            yield "a figure has no words"
        if one.S == "/Formula":
            yield "words are tagged as a formula"


def _tables(elements: list[Any]) -> Iterator[str]:
    for table in (one for one in elements if one.S == "/Table"):
        rows = [row for row in _elements(table) if row.S == "/TR"]
        cells = [[cell for cell in _elements(row) if cell.S in {"/TH", "/TD"}] for row in rows]
        if not rows or any(cell.S != "/TH" for cell in cells[0]):
            yield "the first row of a table is not its headers"
        elif any(_scope(cell) is None for cell in cells[0]):
            yield "a header does not say what it heads"
        if len({len(row) for row in cells}) > 1:
            yield "the rows of a table are not of one length"


def _scope(cell: pikepdf.Dictionary) -> str | None:
    told: Any = cell.get("/A", [])
    kinds = list(told) if isinstance(told, pikepdf.Array) else [told]
    return next((str(one.Scope) for one in kinds if isinstance(one, pikepdf.Dictionary) and "/Scope" in one), None)


def _levels(levels: list[int]) -> Iterator[str]:
    if not levels or levels[0] != 1:
        yield "it does not begin under a first heading"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"a heading of level {below} follows one of level {above}"


def _bookmarks(pdf: pikepdf.Pdf, elements: list[Any]) -> Iterator[str]:
    with pdf.open_outline() as outline:
        if sum(one.S == "/H1" for one in elements) > 1 and not outline.root:
            yield "it has several chapters and no bookmark"
        if any(not str(one.title).strip() for one in outline.root):
            yield "a bookmark has no name"


def _page(page: pikepdf.Page, number: int) -> Iterator[str]:
    """What a page paints outside of any mark, and text too pale on its paper."""
    if str(page.obj.get("/Tabs", "/S")) != "/S" or "/StructParents" not in page.obj:
        yield f"page {number}: keys do not follow the structure"
    marks, colour, kept = 0, "#000000", []
    for one in pikepdf.parse_content_stream(page):
        operator = str(one.operator)
        marks += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        if operator == "q":
            kept.append(colour)
        elif operator == "Q":
            colour = kept.pop()
        elif operator in {"scn", "sc", "rg", "g"}:
            colour = _hex([float(part) for part in one.operands if not isinstance(part, pikepdf.Name)])
        if operator in PAINTS and marks == 0:
            yield f"page {number}: something is drawn outside of the structure"
        if operator in SHOWS_TEXT and contrast_on_white(colour) < LEAST_CONTRAST and not _is_ornament(colour):
            yield f"page {number}: text in {colour} is too pale"


def _hex(parts: list[float]) -> str:
    values = parts * 3 if len(parts) == 1 else parts
    return "#" + "".join(f"{round(255 * part):02x}" for part in values[:3]) if len(values) >= 3 else "#000000"


def _is_ornament(colour: str) -> bool:
    """Letters that are not read on paper: the dots that lead through the contents, halos, and words on a dark mark."""
    return colour in {"#e2ddd3", "#ffffff"}


def _order(pdf: pikepdf.Pdf, elements: list[Any]) -> Iterator[str]:
    """On each page, what is read follows what is written: marks are met in their order."""
    met: dict[Any, list[int]] = {}
    for one in elements:
        for child in _children(one):
            if isinstance(child, int):
                met.setdefault(one.Pg.objgen, []).append(child)
            elif isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/MCR":
                met.setdefault((child.get("/Pg") or one.Pg).objgen, []).append(int(child.MCID))
    for number, page in enumerate(pdf.pages, 1):
        told = met.get(page.obj.objgen, [])
        if told != sorted(told):
            yield f"page {number}: it is read in another order than it is written"
        if len(told) != len(set(told)):
            yield f"page {number}: something is read twice"
