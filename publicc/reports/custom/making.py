"""A composed report over the current snapshot: its document, its files, its pages as pictures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.core.cache import caches
from django.utils import timezone

from publicc.collective.agreements import check_allows
from publicc.collective.purposes import Purpose
from publicc.dashboards.keeping import kept_under
from publicc.dashboards.showing import Showing, show
from publicc.kernel.errors import BadUsage
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.reports.custom.blocks import Shower, compose_blocks, view_asked
from publicc.reports.custom.keeping import blocks_of, view_of
from publicc.reports.document import Document
from publicc.reports.drawing import DRAWINGS_CACHE
from publicc.reports.letterhead import Letterhead
from publicc.reports.models import CustomReport
from publicc.reports.pdf import as_pictures
from publicc.reports.recurring.times import Over, asked_over

Asked = Mapping[str, Sequence[str]]
_SEASONS: Final = frozenset(one.value for one in Over)


def asked_by(report: CustomReport, on: date | None = None) -> Asked:
    """The period of a report on a day, as the filters of an address."""
    if report.over in _SEASONS:
        return asked_over(Over(report.over), on or timezone.localdate())
    return {"season": [report.over]}


def composed(report: CustomReport, asked: Asked | None = None) -> Document:
    """The document of a composed report. Raises BadUsage when it has no block, NoSnapshot before any data."""
    slug = report.organization.slug
    check_allows(slug, Purpose.OWN_DASHBOARD)
    blocks = blocks_of(report)
    if not blocks or report.removed_at is not None:
        raise BadUsage(
            Text("Ce rapport n'a aucun bloc.", "This report has no block."),
            do=Text("Y mettre un bloc d'un écran, ou un texte.", "Put a block of a screen in it, or a text."),
        )
    scope, over = OwnRows(slug), asked_by(report) if asked is None else asked

    def view(number: str) -> tuple[str, Showing] | None:
        kept = view_of(report, number)
        return (kept.name, show(scope, kept.screen, view_asked(kept.query))) if kept else None

    shower = Shower(screen=lambda screen: show(scope, screen, over), view=view)
    name = report.organization.name
    return compose_blocks(report.name, name, blocks, shower, with_before=report.with_before)


def pages_of(report: CustomReport, letterhead: Letterhead, lang: Lang) -> list[bytes]:
    """The pages of a report as PNG, drawn once for the same figures and look."""
    document = composed(report)
    key = kept_under("preview", repr(document), letterhead, lang)
    held = caches[DRAWINGS_CACHE].get(key)
    if held is None:
        held = as_pictures(document, letterhead, lang)
        caches[DRAWINGS_CACHE].set(key, held)
    return list(held)
