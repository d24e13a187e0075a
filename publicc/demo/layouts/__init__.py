"""One module a family of systems: each layout writes the exports of one box office as its system would."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from publicc.demo.layouts import bundles, detailed, sheets, template
from publicc.demo.tables import Box

LAYOUTS: Final[dict[str, Callable[[Box, Path], None]]] = {
    "template_fr": template.french,
    "template_en": template.english,
    "mac_roman": template.old_macintosh,
    "archive": template.archive,
    "two_systems": template.two_systems,
    "workbook": sheets.workbook,
    "open_document": sheets.open_document,
    "theatre_fr": detailed.french_theatre,
    "pretix": detailed.pretix,
    "one_file": detailed.one_file,
    "order_lines": bundles.order_lines,
    "embedded": bundles.embedded,
}
"""Layout → what writes a folder's files in it."""

NUMBERED: Final = frozenset(LAYOUTS) - {"theatre_fr", "pretix"}
"""Layouts whose customers have a number."""
