"""Reports over a drawn world: every kind, form and language; the figures of the screens, cell by cell."""

import csv
import io
import json
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from publicc.cli.report import app
from publicc.collective.access import Visitor
from publicc.collective.agreements import withdraw
from publicc.collective.models import Membership, Organization, TrailEntry
from publicc.collective.purposes import Purpose
from publicc.dashboards.page import DataTable
from publicc.dashboards.showing import show
from publicc.dashboards.writing import exact
from publicc.directory.groupings import OCCQ
from publicc.kernel.cells import Shown
from publicc.kernel.errors import BadUsage
from publicc.kernel.formats import Unit
from publicc.kernel.scope import OwnRows
from publicc.kernel.spreadsheets import safe_text
from publicc.kernel.text import LANGUAGES, Lang
from publicc.kernel.vocabulary import Discipline, UserRole
from publicc.reports.document import Document, rows_of
from publicc.reports.funders import OTHERS
from publicc.reports.kinds import KINDS
from publicc.reports.letterhead import PLAIN
from publicc.reports.making import FORMS, Wanted, document_of, make
from publicc.reports.pdf import as_pdf
from publicc.reports.spreadsheets import report_csv, report_xlsx
from tests.accessible import found_wrong
from tests.agreed import with_agreement
from tests.integration.dashboards.test_screens_by_address import publish_world

SCOPE = OwnRows("theatre")
SEASON = {"season": ["2018-2019"]}
OF_SCREENS = [kind.id for kind in KINDS.values() if kind.id not in {"quality", "funder", "portrait", "survey"}]
"""The others are compared below, and in test_quality_page, test_portrait and test_survey_report."""


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Organization:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    return with_agreement(Organization.objects.create(slug="theatre", name="Théâtre du Nord"))


@pytest.fixture
def browser_of(world: Organization) -> Callable[[UserRole], Client]:
    def signed_in(role: UserRole) -> Client:
        user, _ = get_user_model().objects.get_or_create(username=f"{role}@theatre.example")
        Membership.objects.get_or_create(user=user, organization=world, defaults={"role": role.value})
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def asked(kind: str) -> dict[str, list[str]]:
    if not KINDS[kind].about_show:
        return SEASON
    return {"show": [show(SCOPE, "season", SEASON).choices.by_dimension["show"][0].value]}


def document(kind: str) -> Document:
    return document_of(SCOPE, "Théâtre du Nord", kind, asked(kind))


@pytest.mark.parametrize("kind", OF_SCREENS)
def test_a_report_holds_the_very_cells_of_the_screens(world: Organization, kind: str) -> None:
    for part, chapter in zip(KINDS[kind].parts, document(kind).chapters, strict=True):
        screen = show(SCOPE, part.screen, asked(kind)).screen
        assert chapter.answer == screen.answer
        cells = {one.metric: one.cell for one in screen.tiles}
        assert {one.metric: one.cell for one in chapter.tiles} == (cells if part.tiles is None else {})
        for table in chapter.every_table:
            on_screen = screen.table(table.id.removeprefix(f"{screen.id}-"))
            assert on_screen is not None
            assert (table.rows, table.total) == (on_screen.rows, on_screen.total)


def test_the_funder_report_holds_the_cells_of_the_season_as_a_whole_and_discipline_by_discipline(
    world: Organization,
) -> None:
    (chapter,) = document("funder").chapters
    told = {one.metric: one.cell for one in chapter.tiles}
    season = {one.metric: one.cell for one in show(SCOPE, "season", SEASON).screen.tiles}
    assert len(told.keys() & season) >= 4
    assert {name: told[name] for name in told.keys() & season} == {name: season[name] for name in told.keys() & season}
    table = next(one for one in chapter.tables if one.id.endswith("occq"))
    names = [column.id for column in table.columns]
    for row in table.rows:
        of_group = [one.value for one in Discipline if OCCQ.get(one, OTHERS) == row[0]]
        screen = show(SCOPE, "season", {**SEASON, "discipline": of_group}).screen
        on_screen = {one.metric: one.cell for one in screen.tiles if one.metric in names}
        assert len(on_screen) >= 3
        assert {name: row[names.index(name)] for name in on_screen} == on_screen, row[0]
    assert table.total is not None
    assert {name: table.total[names.index(name)] for name in names if name in season} == {
        name: season[name] for name in names if name in season
    }


def figures_of(table: DataTable) -> Iterator[Decimal]:
    for row in rows_of(table):
        for column, value in zip(table.columns, row, strict=True):
            if isinstance(value, Shown):
                yield exact(value, column)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_holds_every_figure_of_the_screens_and_its_definitions(world: Organization, lang: Lang) -> None:
    told = document("season")
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(told, PLAIN, lang)))
    sheets: list[list[list[Any]]] = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    tables = [table for chapter in told.chapters for table in chapter.every_table]
    assert len(sheets) == len(tables) + 2
    for table, sheet in zip(tables, sheets[1:-1], strict=True):
        assert sheet[0][0] == safe_text(table.title.said(lang))
        width = len(table.columns)
        written = [
            Decimal(str(place)).normalize()
            for row in sheet[3:]
            for place in row[:width]
            if isinstance(place, int | float)
        ]
        assert sorted(written) == sorted(one.normalize() for one in figures_of(table)), table.id
    words = {str(row[0]) for row in sheets[-1]}
    assert {label.said(lang) for label, _ in (*told.definitions, *told.stamp)} <= words


def test_the_csv_holds_every_figure_with_its_state_and_unit(world: Organization) -> None:
    told = document("season")
    lines = list(csv.reader(io.StringIO(report_csv(told, "en").decode("utf-8-sig"))))
    figures = [line for line in lines[1 : lines.index([])] if line[6] == "shown"]
    tiles = [one for chapter in told.chapters for one in chapter.tiles]
    cells = [
        value for chapter in told.chapters for table in chapter.every_table for row in rows_of(table) for value in row
    ]
    shown = sum(isinstance(one, Shown) for one in (*cells, *(t.cell for t in tiles), *(t.before for t in tiles)))
    assert len(figures) == shown > 50
    assert all(line[5] for line in figures)
    assert {"Data version", "Withheld or unknown"} <= {line[0] for line in lines[lines.index([]) + 1 :]}


@pytest.mark.parametrize(("kind", "lang"), [("season", "fr"), ("show", "en")])
def test_slides_hold_charts_that_can_be_edited_with_the_figures_of_the_page(
    world: Organization, kind: str, lang: Lang
) -> None:
    told = document(kind)
    deck = Presentation(io.BytesIO(FORMS["pptx"].write(told, PLAIN, lang)))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    bars = next(one for chapter in told.chapters for one in chapter.charts if one.kind in {"ranked_bars", "shares"})
    expected = [float(row[1].value) for row in bars.table.rows if isinstance(row[1], Shown)]
    assert any(list(chart.plots[0].series[0].values) == expected for chart in charts)
    drawn = [
        {series.name: [one for one in series.values if one is not None] for series in chart.plots[0].series}
        for chart in charts
        if chart.chart_type is XL_CHART_TYPE.LINE
    ]
    of_kinds = {"indices", "season_curves", "build_up"}
    lines = [one for chapter in told.chapters for one in chapter.charts if one.kind in of_kinds]
    assert lines or kind == "show"
    for one in lines:
        series = [(at, column) for at, column in enumerate(one.table.columns) if at and column.unit is not None]
        kept = [(at, column) for at, column in series if one.kind != "indices" or column.unit is Unit.INDEX]
        figures = {
            column.label.said(lang): [float(row[at].value) for row in one.table.rows if isinstance(row[at], Shown)]
            for at, column in kept
        }
        assert figures in drawn, "the very figures, and counts do not share the axis of indices"
    words = "\n".join(s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame)
    for chapter in told.chapters:
        assert chapter.answer.said(lang) in words
    assert told.snapshot in words
    pictures = [s for slide in deck.slides for s in slide.shapes if not s.is_placeholder and hasattr(s, "image")]
    assert all(one._element.xpath(".//p:cNvPr/@descr")[0] for one in pictures)


def words_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


@pytest.mark.parametrize(
    ("kind", "lang"), [("season", "fr"), ("show", "en"), ("territory", "fr"), ("board", "en"), ("funder", "fr")]
)
def test_a_page_is_tagged_and_says_its_answers_its_period_and_its_snapshot(
    world: Organization, tmp_path: Path, kind: str, lang: Lang
) -> None:
    told = document(kind)
    pdf = as_pdf(told, PLAIN, lang)
    assert b"pdfuaid" in pdf
    words = words_of(pdf, tmp_path)
    assert told.snapshot in words
    for chapter in told.chapters:
        assert " ".join(chapter.answer.said(lang).split()) in words


def test_every_report_can_be_read_without_being_seen(world: Organization) -> None:
    for kind in OF_SCREENS:
        told = document(kind)
        for lang in LANGUAGES:
            assert found_wrong(as_pdf(told, PLAIN, lang), lang=lang, title=told.title.said(lang)) == [], (kind, lang)


def test_what_a_reader_would_miss_is_found(world: Organization) -> None:
    told = document("season")
    whole = as_pdf(told, PLAIN, "fr")
    for harm in ("/Alt", "/A", "/Lang", "/Outlines", "/FontDescriptor", "/MarkInfo"):
        with pikepdf.open(io.BytesIO(whole)) as pdf:
            for one in (pdf.Root, *pdf.objects):
                if isinstance(one, pikepdf.Dictionary) and harm in one:
                    del one[harm]
            pdf.save(harmed := io.BytesIO())
        assert found_wrong(harmed.getvalue(), lang="fr", title=told.title.fr), harm


def test_a_document_made_again_from_the_same_data_is_the_same_bytes(world: Organization) -> None:
    for form in ("pdf", "xlsx", "csv"):
        wanted = Wanted("board", form, "fr", SEASON)
        assert make(SCOPE, "Théâtre", wanted, PLAIN).content == make(SCOPE, "Théâtre", wanted, PLAIN).content


def test_titles_that_are_formulas_markup_or_in_another_script_are_only_words(
    world: Organization, tmp_path: Path
) -> None:
    name = '=HYPERLINK("https://elsewhere.example") #panic() $x$ «Ünï» ✨ 日本'
    told = document_of(SCOPE, name, "board", SEASON)
    assert "elsewhere.example" in words_of(as_pdf(told, PLAIN, "fr"), tmp_path)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(told, PLAIN, "fr"))).get_sheet_by_index(0)
    assert str(sheet.to_python()[1][0]).startswith("'=HYPERLINK")


def test_an_empty_season_is_a_report_that_says_so(world: Organization, tmp_path: Path) -> None:
    for kind in ("season", "board", "funder", "territory"):
        told = document_of(SCOPE, "Théâtre", kind, {"season": ["2031-2032"]})
        for form in FORMS.values():
            assert form.write(told, PLAIN, "fr")


def test_an_agreement_that_ended_makes_no_report(world: Organization, browser_of: Callable[[UserRole], Client]) -> None:
    director = browser_of(UserRole.DIRECTOR)
    withdraw(who=Visitor(world, UserRole.DIRECTOR), by=AnonymousUser(), purpose=Purpose.OWN_DASHBOARD)
    answer = director.get("/o/theatre/reports/board/?season=2018-2019&format=csv")
    assert answer.status_code == 403
    assert "Ses propres tableaux de bord" in answer.content.decode()


def test_a_show_review_needs_its_show(world: Organization) -> None:
    with pytest.raises(BadUsage):
        document_of(SCOPE, "Théâtre", "show", SEASON)


@pytest.mark.parametrize("form", FORMS)
def test_the_page_gives_the_file_and_the_trail_keeps_it(browser_of: Callable[[UserRole], Client], form: str) -> None:
    answer = browser_of(UserRole.ANALYST).get(f"/o/theatre/reports/season/?season=2018-2019&format={form}&lang=en")
    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMS[form].content_type
    assert f".{form}" in answer["Content-Disposition"]
    assert TrailEntry.objects.get(action="make_report").object_id.startswith(f"season.{form}")


def test_the_page_offers_every_kind_and_a_reader_is_told_whom_to_ask(
    browser_of: Callable[[UserRole], Client],
) -> None:
    page = browser_of(UserRole.ANALYST).get("/o/theatre/reports/?season=2018-2019").content.decode()
    for kind in KINDS.values():
        assert f'action="/o/theatre/reports/{kind.id}/"' in page
    reader = browser_of(UserRole.READER)
    assert 'name="format"' not in reader.get("/o/theatre/reports/").content.decode()
    assert reader.get("/o/theatre/reports/season/").status_code == 403


def test_what_is_not_a_report_or_a_form_is_not_found(browser_of: Callable[[UserRole], Client]) -> None:
    director = browser_of(UserRole.DIRECTOR)
    assert director.get("/o/theatre/reports/nothing/").status_code == 404
    assert director.get("/o/theatre/reports/season/?format=exe").status_code == 404
    assert director.get("/o/theatre/reports/show/").status_code == 400
    assert director.get("/o/theatre/reports/quality/").status_code == 400


def test_the_director_chooses_the_colour_and_a_bad_logo_changes_nothing(
    browser_of: Callable[[UserRole], Client],
) -> None:
    director = browser_of(UserRole.DIRECTOR)
    assert director.post("/o/theatre/reports/style/", {"colour": "#114477"}).status_code == 302
    bad = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    bad.name = "logo.svg"
    assert director.post("/o/theatre/reports/style/", {"colour": "#225588", "logo": bad}).status_code == 400
    assert "#114477" in director.get("/o/theatre/reports/").content.decode()
    assert browser_of(UserRole.READER).post("/o/theatre/reports/style/", {"colour": "#114477"}).status_code == 403


def test_the_command_writes_the_same_bytes_as_the_page(world: Organization, tmp_path: Path) -> None:
    out = tmp_path / "bilan.xlsx"
    words = ["board", "--organization", "theatre", "--season", "2018-2019", "--lang", "en", "--out", str(out), "--json"]
    told = json.loads(CliRunner().invoke(app, words, catch_exceptions=False).stdout)
    made = make(SCOPE, "Théâtre du Nord", Wanted("board", "xlsx", "en", SEASON), PLAIN)
    assert out.read_bytes() == made.content
    assert told["snapshot"] == made.snapshot


@pytest.mark.parametrize(
    "more",
    [
        ["--season", "winter"],
        ["--where", "discipline=NOTHING"],
        ["--where", "colour=red"],
        ["--where", "discipline"],
        ["--show", "No such show"],
        ["--format", "odt"],
        ["--out", "/no/such/folder/x.pdf"],
    ],
)
def test_the_command_says_in_a_sentence_what_it_cannot_use(
    world: Organization, tmp_path: Path, more: list[str]
) -> None:
    words = ["board", "--organization", "theatre", "--out", str(tmp_path / "x.csv"), *more]
    result = CliRunner().invoke(app, words)
    assert type(result.exception).__name__ in {"BadUsage", "NotFound"}
    assert not (tmp_path / "x.csv").exists()
