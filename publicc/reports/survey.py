"""The results of a survey as a document: answers with what they may be off by, by page, then how they were made.

The figures are those of the page of results, read and weighted by the same functions. Nobody's own words are in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.formats import period_words
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.reports.document import Chapter, Document
from publicc.reports.kinds import Kind
from publicc.reports.survey_chapters import METHODS, essential, method, page_chapter
from publicc.surveys.definition import Definition, Page
from publicc.surveys.definition import Kind as Asking
from publicc.surveys.models import Link, Survey
from publicc.surveys.results.reading import Read, read_answers, report
from publicc.surveys.results.tables import APPEAL, ATTITUDE, Result

_EVERY_LINK: Final = Text("tous les liens", "every link")


def compose_survey(kind: Kind, organization: str, scope: OwnRows, asked: Mapping[str, Sequence[str]]) -> Document:
    """The results of one survey, or of one of its links. `asked`: `survey`, its key; `link`, the code of a link.

    Raises BadUsage when none is named, NotFound for no such survey or link of this organization.
    """
    survey, link = _named(scope, asked)
    read = read_answers(survey, link)
    told = report(scope, survey, link, read=read)
    days = sorted(date.fromisoformat(one.day) for one in read.people)
    span = Period(days[0], days[-1]) if days else None
    period = Text(period_words(span, "fr"), period_words(span, "en")) if span else Text("aucune réponse", "no answers")
    chapters = [_page(page, results) for page, results in _by_page(read, told.results)] if not told.is_empty else []
    version = str(survey.versions.count())
    return Document(
        kind=kind.id,
        title=Text(f"{kind.title.fr} : {survey.name}", f"{kind.title.en}: {survey.name}"),
        purpose=kind.purpose,
        organization=organization,
        subtitle=period if link is None else Text(f"{period.fr} · {link.label}", f"{period.en} · {link.label}"),
        chapters=(essential(told), *chapters, method(told)),
        definitions=METHODS,
        stamp=(
            (Text("Réponses", "Answers"), period),
            (Text("Liens", "Links"), _EVERY_LINK if link is None else Text(link.label, link.label)),
            (Text("Versions du questionnaire", "Versions of the questionnaire"), Text(version, version)),
            (Text("Sondage", "Survey"), Text(survey.key, survey.key)),
        ),
        snapshot="",
        made_on=(days[-1] if days else survey.made_at.date()).isoformat(),
    )


def _named(scope: OwnRows, asked: Mapping[str, Sequence[str]]) -> tuple[Survey, Link | None]:
    key, code = (next(iter(asked.get(name, ())), "") for name in ("survey", "link"))
    if not key:
        raise BadUsage(
            Text("Ce rapport raconte un seul sondage.", "This report tells a single survey."),
            do=Text("Nommer le sondage.", "Name the survey."),
        )
    survey = Survey.objects.filter(organization__slug=scope.organization, key=key).first()
    if survey is None:
        raise NotFound(Text("Ce sondage n'existe pas.", "There is no such survey."))
    link = survey.links.filter(code=code).first() if code else None
    if code and link is None:
        raise NotFound(Text("Ce lien n'existe pas.", "There is no such link."))
    return survey, link


def _by_page(read: Read, results: Iterable[Result]) -> Iterator[tuple[Page, list[Result]]]:
    """Results under the page of the newest questionnaire that asked them, in its order; comments are nobody else's."""
    pages: dict[str, Page] = {}
    for definition in read.definitions.values():
        pages |= {question.id: page for page in definition.pages for question in page.questions}
    pages |= {ATTITUDE: pages[APPEAL]} if APPEAL in pages else {}
    held: dict[str, tuple[Page, list[Result]]] = {}
    for one in results:
        page = pages[one.question.partition("/")[0]]
        if one.rows or one.headline or (one.is_hidden and not one.comments and one.kind != Asking.COMMENT):
            held.setdefault(page.id, (page, []))[1].append(one)
    order = _order(read.definitions.values())
    yield from (held[name] for name in sorted(held, key=order.index))


def _order(every: Iterable[Definition]) -> list[str]:
    """Pages in the order they were asked, those of the newest questionnaire first."""
    return list(dict.fromkeys(page.id for one in reversed(list(every)) for page in one.pages))


def _page(page: Page, results: Sequence[Result]) -> Chapter:
    return page_chapter(page.id, page.title, results)
