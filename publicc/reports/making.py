"""A report from its kind to its bytes: the one door for the page, the command, the API and recurring reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from publicc.collective.agreements import check_allows
from publicc.collective.purposes import Purpose
from publicc.dashboards.showing import Showing, show
from publicc.kernel.errors import NotFound
from publicc.kernel.later import later
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.reports.composing import Build, compose, compose_quality
from publicc.reports.document import Document
from publicc.reports.kinds import PORTRAIT, QUALITY, SURVEY, kind_of
from publicc.reports.letterhead import Letterhead
from publicc.reports.pdf import as_pdf
from publicc.reports.portrait import compose_portrait
from publicc.reports.spreadsheets import report_csv, report_xlsx
from publicc.reports.survey import compose_survey
from publicc.store.home import Home

Writer = Callable[[Document, Letterhead, Lang], bytes]
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Form:
    """One form a report is written in."""

    label: Text
    content_type: str
    write: Writer


slides = later("publicc.reports.slides")


def _as_pptx(document: Document, letterhead: Letterhead, lang: Lang) -> bytes:
    made: bytes = slides.as_pptx(document, letterhead, lang)
    return made


FORMS: Final[Mapping[str, Form]] = {
    "pdf": Form(Text("PDF", "PDF"), "application/pdf", as_pdf),
    "xlsx": Form(Text("Classeur Excel", "Excel workbook"), f"{_OFFICE}.spreadsheetml.sheet", report_xlsx),
    "pptx": Form(Text("Présentation", "Slides"), f"{_OFFICE}.presentationml.presentation", _as_pptx),
    "csv": Form(
        Text("CSV", "CSV"), "text/csv; charset=utf-8", lambda document, _letterhead, lang: report_csv(document, lang)
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: its kind, its filters as those of an address, its form and language."""

    kind: str
    form: str
    lang: Lang
    asked: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Made:
    """A report as a file."""

    name: str
    content_type: str
    content: bytes
    snapshot: str


def document_of(scope: OwnRows, name: str, kind_id: str, asked: Mapping[str, Sequence[str]]) -> Document:
    """The report over the current snapshot. `name`: of the organization.

    Raises NotFound, BadUsage, NoSnapshot; NotAllowed when its agreement no longer allows its own figures.
    """
    kind = kind_of(kind_id)
    check_allows(scope.organization, Purpose.OWN_DASHBOARD)
    if kind.id == QUALITY:
        return compose_quality(kind, name, scope.organization, Home.from_environment())
    if kind.id == PORTRAIT:
        return compose_portrait(kind, name, asked)
    if kind.id == SURVEY:
        return compose_survey(kind, name, scope, asked)
    return compose(kind, name, partial(_shown, scope, asked), tuple(asked.get("show", ())))


def _shown(scope: OwnRows, asked: Mapping[str, Sequence[str]], screen_id: str, build: Build) -> Showing:
    return show(scope, screen_id, asked, build=build)


def make(scope: OwnRows, name: str, wanted: Wanted, letterhead: Letterhead) -> Made:
    """The report as a file, over the current snapshot."""
    return written(document_of(scope, name, wanted.kind, wanted.asked), scope.organization, wanted, letterhead)


def form_of(name: str) -> Form:
    """One form by its name. Raises NotFound, naming those there are."""
    form = FORMS.get(name)
    if form is None:
        raise NotFound(
            Text("Cette forme de rapport n'existe pas.", "There is no such form of report."),
            do=Text("Choisir parmi : {forms}.", "Choose among: {forms}.").filled(forms=", ".join(FORMS)),
        )
    return form


def written(document: Document, slug: str, wanted: Wanted, letterhead: Letterhead) -> Made:
    """A composed report as a file. Raises NotFound for no such form."""
    form = form_of(wanted.form)
    content = form.write(document, letterhead, wanted.lang)
    file = f"{slug}-{document.kind}-{document.made_on}-{wanted.lang}.{wanted.form}"
    return Made(file, form.content_type, content, document.snapshot)
