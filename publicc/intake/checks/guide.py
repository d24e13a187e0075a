"""The pages `docs/reference/quality.<language>.md`: every check of the quality report, written from the catalogues."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from publicc.intake.checks.catalogue import FAULTS, SCORED, Entry
from publicc.intake.checks.defect_words import DEFECTS
from publicc.intake.checks.report import Dimension
from publicc.kernel.text import LANGUAGES, Lang, Text

_HEAD: Final = Text(
    "# Ce que vérifie le rapport de qualité\n\n"
    "Page écrite à partir du catalogue (`tools/metric-pages`). Une vérification **notée** donne lignes réussies ÷ "
    "lignes vérifiées; une dimension est la moyenne simple de ses notes. Les autres disent un défaut, sans note. La "
    "fraîcheur se dit en jours.",
    "# What the quality report checks\n\n"
    "Page written from the catalogue (`tools/metric-pages`). A **scored** check gives rows passing ÷ rows tested; a "
    "dimension is the plain mean of its scores. The others tell a defect, without a score. Freshness is told in days.",
)
_COLUMNS: Final = Text(
    "| vérification | notée | pourquoi | que faire |\n|---|---|---|---|",
    "| check | scored | why it matters | what to do |\n|---|---|---|---|",
)
_YES: Final = Text("oui", "yes")


def pages() -> Iterator[tuple[str, str]]:
    """File name and Markdown of every page."""
    for lang in LANGUAGES:
        yield f"quality.{lang}.md", "\n\n".join((_HEAD.said(lang), *_dimensions(lang))) + "\n"


def write(folder: Path) -> None:
    """Write every page into the folder."""
    for name, content in pages():
        (folder / name).write_text(content, encoding="utf-8")


def _dimensions(lang: Lang) -> Iterator[str]:
    for dimension in Dimension:
        rows = [_row(check, one, lang) for check, one in (SCORED | DEFECTS).items() if one.dimension is dimension]
        if rows:
            yield f"## {dimension.label.said(lang)}\n\n" + "\n".join((_COLUMNS.said(lang), *rows))


def _row(check: str, one: Entry, lang: Lang) -> str:
    said = f"{one.label.said(lang)} · {FAULTS[check].said(lang)}" if check in SCORED else one.label.said(lang)
    scored = _YES.said(lang) if check in SCORED else ""
    return f"| {said} (`{check}`) | {scored} | {one.why.said(lang)} | {one.do.said(lang)} |"
