"""Answers of another program: brought, told, counted, taken back."""

import html
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.http import HttpResponse
from django.test import Client

from publicc.collective.models import Organization
from publicc.kernel.vocabulary import UserRole
from publicc.surveys.answering.actions import newest_version
from publicc.surveys.models import Arrival, Response, Survey
from publicc.surveys.results.reading import opened
from publicc.surveys.retention import ARRIVALS

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


def read_and_bring(director: Client, at: str, file: BytesIO, **said: str) -> HttpResponse:
    """Leaves a file, then brings it as it is read, or as is said."""
    left = director.post(at, {"file": file})
    assert left.status_code == 302, left.content.decode()
    return director.post(left["Location"], {"do": "bring", **said})


@pytest.mark.parametrize("make", [csv_file, workbook])
def test_a_file_is_brought_counted_and_taken_back(
    director: Client, survey: Survey, make: Callable[[], BytesIO]
) -> None:
    at = AT.format(survey.key)
    left = director.post(at, {"file": make()})
    page = html.unescape(director.get(left["Location"]).content.decode())
    assert "12 réponses lues" in page.replace("\u00a0", " ")
    assert "Adresse courriel" in page
    assert page.count("Jour de la réponse") == 1
    assert not Response.objects.exists()
    assert director.post(left["Location"], {"do": "bring"}).status_code == 302
    assert {frozenset(one.answers.items()) for one in opened(survey)} == {
        frozenset({("core.overall.v1", "5"), ("core.nps.v1", 9)})
    }
    link = survey.links.get(kind="IMPORT")
    assert newest_version(link) is None
    assert director.get(f"/s/{link.code}/").status_code == 410
    assert "12 réponses" in director.get(f"/o/theatre-du-nord/surveys/{survey.key}/results/").content.decode()
    assert link.code not in director.get(f"/o/theatre-du-nord/surveys/{survey.key}/links/").content.decode()
    assert read_and_bring(director, at, make()).status_code == 400
    assert director.post(f"{at}{link.code}/undo/").status_code == 302
    assert not Response.objects.exists()
    assert director.post(f"{at}{survey.links.get().code}/undo/").status_code == 404


def test_a_file_that_answers_nothing_is_refused_in_a_sentence(director: Client, survey: Survey) -> None:
    at = AT.format(survey.key)
    nothing, broken = BytesIO(b"Nom;Ville\nAda;Laval\n"), BytesIO(b"PK\x03\x04 no workbook")
    nothing.name, broken.name = "a.csv", "b.xlsx"
    for file in (broken, BytesIO(b"")):
        answer = director.post(at, {"file": file} if getattr(file, "name", "") else {})
        assert answer.status_code == 400
        assert "Cela n" in answer.content.decode()
    refused = read_and_bring(director, at, nothing)
    assert refused.status_code == 400
    assert "Aucune colonne" in refused.content.decode()
    assert not Response.objects.exists()


def test_a_reader_brings_nothing(theatre: Organization, survey: Survey, member_of: Callable[..., Client]) -> None:
    assert member_of(theatre, UserRole.READER).post(AT.format(survey.key), {"file": csv_file()}).status_code == 403


OTHERWISE = """Comment c'était;Raisons;Sexe;Note
1;a|b;F;9
2;a;M;8
1;b|c;F;10
"""


def test_columns_and_codes_of_another_making_are_said_once_and_proposed_the_next_time(
    director: Client, survey: Survey
) -> None:
    at = AT.format(survey.key)
    file = BytesIO(OTHERWISE.encode())
    file.name = "autre.csv"
    left = director.post(at, {"file": file})["Location"]
    columns = {"column:0": "core.overall.v1", "column:1": "core.motive.v1", "column:2": "core.gender.v1",
               "column:3": "core.nps.v1"}  # fmt: skip
    page = html.unescape(director.post(left, columns).content.decode())
    for words in ("« 1 »", "« a »", "« F »"):
        assert words in page
    said = {"words:core.overall.v1:1": "5", "words:core.overall.v1:2": "4", "words:core.motive.v1:a": "artist",
            "words:core.motive.v1:b": "place", "words:core.gender.v1:f": "woman", "words:core.gender.v1:m": "man",
            "words:core.gender.v1:x": "nobody", "words:nothing:x": "1", "column:999": "core.nps.v1"}  # fmt: skip
    assert director.post(left, columns | said | {"do": "bring"}).status_code == 302
    found = sorted((one.answers for one in opened(survey)), key=lambda one: int(one["core.nps.v1"]))
    assert [one["core.overall.v1"] for one in found] == ["4", "5", "5"]
    assert [one["core.gender.v1"] for one in found] == ["man", "woman", "woman"]
    assert [one["core.motive.v1"] for one in found] == [["artist"], ["artist", "place"], ["place", "other"]]
    assert director.get(left).status_code == 404

    again = BytesIO(OTHERWISE.replace("F;10", "F;3").encode())
    again.name = "autre.csv"
    assert read_and_bring(director, at, again).status_code == 302
    assert len(opened(survey)) == 6


def test_a_file_that_waits_is_sealed_its_owner_s_alone_and_gone_the_next_day(
    director: Client, theatre: Organization, opera: Organization, survey: Survey, member_of: Callable[..., Client]
) -> None:
    at = AT.format(survey.key)
    left = director.post(at, {"file": csv_file()})["Location"]
    arrival = Arrival.objects.get()
    assert b"canari" not in bytes(arrival.table)
    assert member_of(opera).get(left).status_code == 404
    assert member_of(theatre, UserRole.READER).get(left).status_code == 403
    assert director.post(left, {"do": "drop"}).status_code == 302
    assert not Arrival.objects.exists()
    director.post(at, {"file": csv_file()})
    assert not ARRIVALS.due(arrival.made_on, 1)
    assert len(ARRIVALS.remove(arrival.made_on + timedelta(days=1), 1)) == 1
