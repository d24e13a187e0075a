"""The report on a survey: the very figures of the page of results, in every form, and nobody's words."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from pptx import Presentation
from python_calamine import CalamineWorkbook

from publicc.collective.models import Organization
from publicc.kernel.cells import Shown, Withheld
from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import LANGUAGES
from publicc.kernel.vocabulary import UserRole
from publicc.reports.document import Document
from publicc.reports.letterhead import PLAIN
from publicc.reports.making import FORMS, document_of
from publicc.reports.pdf import as_pdf
from publicc.surveys.models import Survey
from publicc.surveys.results.reading import report
from tests.accessible import found_wrong
from tests.agreed import with_agreement
from tests.integration.surveys.test_results_page import crowd

SCOPE = OwnRows("theatre-du-nord")


@pytest.fixture
def agreed(theatre: Organization) -> Organization:
    return with_agreement(theatre)


def told(survey: Survey, **more: str) -> Document:
    asked = {name: [value] for name, value in ({"survey": survey.key} | more).items()}
    return document_of(SCOPE, "Théâtre du Nord", "survey", asked)


def test_the_report_holds_every_figure_of_the_page_with_what_it_may_be_off_by(
    agreed: Organization, survey: Survey
) -> None:
    crowd(survey, 120)
    page, document = report(SCOPE, survey), told(survey)
    drawn = {chart.id: chart for chapter in document.chapters for chart in chapter.charts}
    shown = [one for one in page.results if one.rows and not one.is_hidden]
    assert len(shown) == len(drawn) > 2
    for one in shown:
        rows = drawn[one.question.replace("/", "-").replace(".", "-")].table.rows
        expected = [
            (Shown(row.share.value, n=row.share.n), Shown(row.share.low, n=row.share.n),
             Shown(row.share.high, n=row.share.n), Shown(row.count), Shown(row.plain, n=row.share.n))
            for row in one.rows
        ]  # fmt: skip
        assert [row[1:] for row in rows] == expected, one.question
    tiles = {one.metric: one.cell for one in document.chapters[0].tiles}
    assert tiles["answers_counted"] == Shown(120)
    assert tiles["net_recommendation"] == Shown(page.recommendation.value, n=page.recommendation.n)
    hidden = {one.question for one in page.results if one.is_hidden and one.kind != "comment"}
    few = [row for chapter in document.chapters for table in chapter.tables if table.id.endswith("-few")
           for row in table.rows]  # fmt: skip
    assert len(few) == len(hidden) > 0
    assert all(isinstance(row[1], Withheld) for row in few)


def test_each_form_is_written_and_none_holds_what_people_wrote(agreed: Organization, survey: Survey) -> None:
    crowd(survey, 60)
    document = told(survey)
    assert "décor" not in repr(document)
    for lang in LANGUAGES:
        pdf = as_pdf(document, PLAIN, lang)
        assert found_wrong(pdf, lang=lang, title=document.title.said(lang)) == []
        deck = Presentation(io.BytesIO(FORMS["pptx"].write(document, PLAIN, lang)))
        charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
        assert len(charts) == sum(len(chapter.charts) for chapter in document.chapters)
        assert all(chart._chartSpace.xpath(".//c:errBars/c:plus/c:numLit/c:pt") for chart in charts)
        book = CalamineWorkbook.from_filelike(io.BytesIO(FORMS["xlsx"].write(document, PLAIN, lang)))
        words = {
            str(place) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for place in row
        }
        assert {label.said(lang) for label, _ in document.definitions} <= words


def test_under_ten_answers_the_report_says_so_and_shows_nothing(agreed: Organization, survey: Survey) -> None:
    for count in (0, 9):
        crowd(survey, count)
        document = told(survey)
        assert "dix" in document.chapters[0].answer.fr
        assert not any(chapter.charts or chapter.tiles for chapter in document.chapters)
        assert all(form.write(document, PLAIN, "fr") for form in FORMS.values())


def test_a_survey_is_told_to_its_organization_alone_and_must_be_named(
    agreed: Organization, survey: Survey, opera: Organization, member_of: Callable[..., Client]
) -> None:
    crowd(survey, 30)
    ask = f"survey={survey.key}&format=csv"
    assert member_of(agreed, UserRole.ANALYST).get(f"/o/{agreed.slug}/reports/survey/?{ask}").status_code == 200
    assert member_of(agreed, UserRole.READER).get(f"/o/{agreed.slug}/reports/survey/?{ask}").status_code == 403
    with_agreement(opera)
    assert member_of(opera).get(f"/o/{opera.slug}/reports/survey/?{ask}").status_code == 404
    with pytest.raises(NotFound):
        told(survey, link="nowhere")
    with pytest.raises(BadUsage):
        document_of(SCOPE, "Théâtre du Nord", "survey", {})
    page = member_of(agreed).get(f"/o/{agreed.slug}/surveys/{survey.key}/results/").content.decode()
    assert f"/reports/survey/?survey={survey.key}" in page
