"""Answers of another program: brought, told, counted, taken back."""

from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter
from django.test import Client

from publicc.collective.models import Organization
from publicc.kernel.vocabulary import UserRole
from publicc.surveys.answering.actions import newest_version
from publicc.surveys.models import Response, Survey
from publicc.surveys.results.reading import opened

AT = "/o/theatre-du-nord/surveys/{}/results/bring/"
HEADS = ("Horodateur", "Dans l'ensemble, comment a été votre sortie ?", "core.nps.v1", "Adresse courriel")
ROWS = (
    *(("2026-03-04", "Excellente", "9", "canari@exemple.ca") for _ in range(12)),
    ("2026-03-05", "Bof", "99", ""),
)


def csv_file(rows: tuple[tuple[str, ...], ...] = ROWS) -> BytesIO:
    file = BytesIO("\n".join(";".join(f'"{one}"' for one in row) for row in (HEADS, *rows)).encode("cp1252"))
    file.name = "sondage.csv"
    return file


def workbook() -> BytesIO:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for y, row in enumerate((HEADS, *ROWS)):
            sheet.write_row(y, 0, row)
    file.seek(0)
    file.name = "sondage.xlsx"
    return file


@pytest.mark.parametrize("make", [csv_file, workbook])
def test_a_file_is_brought_counted_and_taken_back(
    director: Client, survey: Survey, make: Callable[[], BytesIO]
) -> None:
    at = AT.format(survey.key)
    page = director.post(at, {"file": make()}).content.decode()
    assert "12 réponses apportées" in page
    assert "Adresse courriel" in page
    assert {frozenset(one.answers.items()) for one in opened(survey)} == {
        frozenset({("core.overall.v1", "5"), ("core.nps.v1", 9)})
    }
    link = survey.links.get(kind="IMPORT")
    assert newest_version(link) is None
    assert director.get(f"/s/{link.code}/").status_code == 410
    assert "12 réponses" in director.get(f"/o/theatre-du-nord/surveys/{survey.key}/results/").content.decode()
    assert link.code not in director.get(f"/o/theatre-du-nord/surveys/{survey.key}/links/").content.decode()
    assert director.post(at, {"file": make()}).status_code == 400
    assert director.post(f"{at}{link.code}/undo/").status_code == 302
    assert not Response.objects.exists()
    assert director.post(f"{at}{survey.links.get().code}/undo/").status_code == 404


def test_a_file_that_answers_nothing_is_refused_in_a_sentence(director: Client, survey: Survey) -> None:
    at = AT.format(survey.key)
    nothing, broken = BytesIO(b"Nom;Ville\nAda;Laval\n"), BytesIO(b"PK\x03\x04 no workbook")
    nothing.name, broken.name = "a.csv", "b.xlsx"
    for file in (nothing, broken, BytesIO(b"")):
        answer = director.post(at, {"file": file} if getattr(file, "name", "") else {})
        assert answer.status_code == 400
        assert "Cela n" in answer.content.decode()
    assert not Response.objects.exists()


def test_a_reader_brings_nothing(theatre: Organization, survey: Survey, member_of: Callable[..., Client]) -> None:
    assert member_of(theatre, UserRole.READER).post(AT.format(survey.key), {"file": csv_file()}).status_code == 403
