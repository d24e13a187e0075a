"""A project of several organizations: written together, gathered, approved; unknown to all who do not take part."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publicc.collective.models import (
    Accompaniment,
    DocumentApproval,
    Organization,
    PartVersion,
    Project,
    ProjectFile,
    ReferenceDocument,
    TrailEntry,
)
from publicc.kernel.vocabulary import UserRole

MemberOf = Callable[..., Client]
SeatedAs = Callable[[UserRole], Client]


@pytest.fixture
def project(theatre: Organization, opera: Organization, seated_as: SeatedAs) -> Project:
    """A project of two, opened by the hub."""
    hub = seated_as(UserRole.OPERATOR)
    hub.post("/hub/projects/", {"name": "Publics jeunesse", "slugs": [theatre.slug, opera.slug]})
    return Project.objects.get()


def at(organization: Organization, project: Project, rest: str = "") -> str:
    return f"/o/{organization.slug}/projects/{project.pk}/{rest}"


def said(answer: object) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&#x27;", "'")  # type: ignore[attr-defined, no-any-return]


def test_a_part_is_written_by_several_and_each_change_is_told(
    project: Project, theatre: Organization, opera: Organization, member_of: MemberOf
) -> None:
    ours, theirs = member_of(theatre, UserRole.ANALYST), member_of(opera, UserRole.STEWARD)
    part = "parts/OBJECTIVES/"
    ours.post(at(theatre, project, part), {"words": "Mieux accueillir les écoles.\nDès 2027.", "base": "0"})
    theirs.post(at(opera, project, part), {"words": "Mieux accueillir les écoles.\nDès 2028.", "base": "1"})
    page = said(theirs.get(at(opera, project, part)))
    assert "<del>Dès 2027.</del>" in page
    assert "<ins>Dès 2028.</ins>" in page
    assert "Théâtre du Nord" in page
    ours.post(at(theatre, project, f"{part}undo/"), {"number": "1"})
    newest = PartVersion.objects.filter(part="OBJECTIVES").first()
    assert newest is not None
    assert (newest.number, newest.restores, newest.words[-5:]) == (3, 1, "2027.")
    assert "Dès 2027." in said(theirs.get(at(opera, project)))
    done = TrailEntry.objects.filter(action__endswith="_part").values_list("action", "organization__slug")
    assert list(done.order_by("id")) == [
        ("write_part", theatre.slug),
        ("write_part", opera.slug),
        ("undo_part", theatre.slug),
    ]


def test_writing_over_what_somebody_wrote_in_between_is_told_and_nothing_is_lost(
    project: Project, theatre: Organization, opera: Organization, member_of: MemberOf
) -> None:
    ours, theirs = member_of(theatre), member_of(opera)
    theirs.post(at(opera, project, "parts/ROLES/"), {"words": "L'opéra fournit.", "base": "0"})
    answer = ours.post(at(theatre, project, "parts/ROLES/"), {"words": "Le théâtre fournit.", "base": "0"})
    page = said(answer)
    assert answer.status_code == 409
    assert "Opéra des Rives a écrit cette partie entre-temps" in page
    assert "<del>L'opéra fournit.</del>" in page
    assert ">Le théâtre fournit.</textarea>" in page
    base = re.search(r'name="base" value="(\d+)"', page)
    assert base is not None
    ours.post(at(theatre, project, "parts/ROLES/"), {"words": "Les deux fournissent.", "base": base[1]})
    assert PartVersion.objects.filter(part="ROLES").count() == 2
    same = ours.post(at(theatre, project, "parts/ROLES/"), {"words": "Les deux fournissent.", "base": "2"})
    assert same.status_code == 302
    assert PartVersion.objects.filter(part="ROLES").count() == 2, "the same words are no new version"


def test_the_document_is_gathered_in_both_languages_and_approved_by_each_director_as_it_was_read(
    project: Project, theatre: Organization, opera: Organization, member_of: MemberOf, seated_as: SeatedAs
) -> None:
    hub, director = seated_as(UserRole.OPERATOR), member_of(theatre)
    assert "Rien n'est encore écrit" in said(hub.post(f"/hub/projects/{project.pk}/documents/", follow=True))
    director.post(at(theatre, project, "parts/CONDITIONS/"), {"words": "Rien ne sort sans accord.", "base": "0"})
    hub.post(f"/hub/projects/{project.pk}/documents/")
    assert "Rien n'a changé depuis la version 1" in said(
        hub.post(f"/hub/projects/{project.pk}/documents/", follow=True)
    )
    document = ReferenceDocument.objects.get()
    for lang in ("fr", "en"):
        answer = director.get(at(theatre, project, f"documents/{document.pk}/{lang}.pdf"))
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"].startswith("attachment")
    approve = at(theatre, project, f"documents/{document.pk}/approve/")
    assert member_of(theatre, UserRole.ANALYST).post(approve, {"digest": document.digest}).status_code == 403
    director.post(approve, {"digest": "0" * 64})
    assert DocumentApproval.objects.count() == 0, "other words than those that were read"
    director.post(approve, {"digest": document.digest})
    director.post(approve, {"digest": document.digest})
    (given,) = DocumentApproval.objects.all()
    assert (given.organization_name, given.digest) == ("Théâtre du Nord", document.digest)
    page = said(member_of(opera).get(at(opera, project)))
    assert "Approuvé par Théâtre du Nord" in page
    assert "À approuver par Opéra des Rives" in page
    director.post(at(theatre, project, "parts/CONDITIONS/"), {"words": "Autre chose.", "base": "1"})
    hub.post(f"/hub/projects/{project.pk}/documents/")
    member_of(opera).post(at(opera, project, f"documents/{document.pk}/approve/"), {"digest": document.digest})
    assert DocumentApproval.objects.count() == 1, "an older version is approved no more"
    assert ReferenceDocument.objects.values_list("version", flat=True).count() == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("plan.exe", b"MZ", "genre de fichier"),
        ("plan.html", b"<script>", "genre de fichier"),
        ("plan.pdf", b"<script>alert(1)</script>", "pas celui que son nom annonce"),
        ("liste.csv", b"a\x00b", "pas celui que son nom annonce"),
        ("vide.pdf", b"", "vide"),
    ],
)
def test_a_file_is_what_its_name_says_or_is_refused(
    project: Project, theatre: Organization, member_of: MemberOf, name: str, content: bytes, why: str
) -> None:
    sent = SimpleUploadedFile(name, content)
    page = said(member_of(theatre).post(at(theatre, project, "files/"), {"file": sent}, follow=True))
    assert why in page or "n'a été" in page
    assert ProjectFile.objects.count() == 0


def test_a_file_is_kept_under_a_plain_name_and_served_as_an_attachment(
    project: Project, theatre: Organization, opera: Organization, member_of: MemberOf
) -> None:
    sent = SimpleUploadedFile('..\\a/été "1".pdf', b"%PDF-1.7 plan")
    member_of(theatre, UserRole.ANALYST).post(at(theatre, project, "files/"), {"file": sent})
    kept = ProjectFile.objects.get()
    assert re.fullmatch(r"été [ 1]*\.pdf", kept.name)
    answer = member_of(opera, UserRole.READER).get(at(opera, project, f"files/{kept.pk}/"))
    assert answer.content == b"%PDF-1.7 plan"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert member_of(opera, UserRole.READER).post(at(opera, project, f"files/{kept.pk}/remove/")).status_code == 403
    remove = f"files/{kept.pk}/remove/"
    assert member_of(opera).post(at(opera, project, remove)).status_code == 403, "another organization's file"
    assert remove not in said(member_of(opera).get(at(opera, project)))
    assert remove in said(member_of(theatre).get(at(theatre, project)))
    member_of(theatre, UserRole.STEWARD).post(at(theatre, project, remove))
    assert ProjectFile.objects.count() == 0


def test_an_author_s_address_is_read_by_colleagues_alone(
    project: Project, theatre: Organization, opera: Organization, member_of: MemberOf, seated_as: SeatedAs
) -> None:
    ours, theirs, hub = member_of(theatre), member_of(opera), seated_as(UserRole.OPERATOR)
    ours.post(at(theatre, project, "parts/ROLES/"), {"words": "Un.", "base": "0"})
    hub.post(f"/hub/projects/{project.pk}/parts/ROLES/", {"words": "Deux.", "base": "1"})
    address = f"director@{theatre.slug}.example"
    assert address in said(ours.get(at(theatre, project, "parts/ROLES/")))
    for reader, page in (
        (theirs, at(opera, project, "parts/ROLES/")),
        (hub, f"/hub/projects/{project.pk}/parts/ROLES/"),
    ):
        told = said(reader.get(page))
        assert "Théâtre du Nord" in told
        assert address not in told
    assert "operator@pole.example" not in said(ours.get(at(theatre, project, "parts/ROLES/")))


def test_who_does_not_take_part_finds_nothing_of_a_project(
    project: Project, theatre: Organization, opera: Organization, member_of: MemberOf, seated_as: SeatedAs
) -> None:
    member_of(theatre).post(at(theatre, project, "parts/ROLES/"), {"words": "Secret.", "base": "0"})
    member_of(theatre).post(at(theatre, project, "files/"), {"file": SimpleUploadedFile("a.txt", b"secret")})
    hub = seated_as(UserRole.OPERATOR)
    hub.post(f"/hub/projects/{project.pk}/documents/")
    hub.post(f"/hub/projects/{project.pk}/partners/", {"slugs": [theatre.slug]})
    document, file = ReferenceDocument.objects.get(), ProjectFile.objects.get()
    stranger = member_of(opera)
    assert "Publics jeunesse" not in said(stranger.get(f"/o/{opera.slug}/projects/"))
    rests = ("", "parts/ROLES/", f"files/{file.pk}/", f"documents/{document.pk}/fr.pdf")
    assert [stranger.get(at(opera, project, rest)).status_code for rest in rests] == [404] * 4
    posts = (
        "parts/ROLES/",
        "parts/ROLES/undo/",
        "files/",
        f"files/{file.pk}/remove/",
        f"documents/{document.pk}/approve/",
    )
    assert [stranger.post(at(opera, project, rest)).status_code for rest in posts] == [404] * 5
    other = Project.objects.create(name="Autre", opened_at=project.opened_at)
    member_of(theatre)
    hub.post(f"/hub/projects/{other.pk}/partners/", {"slugs": [opera.slug]})
    assert stranger.get(at(opera, other, f"files/{file.pk}/")).status_code == 404, "of another project"


def test_a_closed_project_is_read_and_written_no_more(
    project: Project, theatre: Organization, member_of: MemberOf, seated_as: SeatedAs
) -> None:
    seated_as(UserRole.OPERATOR).post(f"/hub/projects/{project.pk}/close/")
    ours = member_of(theatre)
    answer = ours.post(at(theatre, project, "parts/ROLES/"), {"words": "Encore.", "base": "0"})
    assert answer.status_code == 400
    assert PartVersion.objects.count() == 0
    assert "Projet clos" in said(ours.get(at(theatre, project)))


@pytest.mark.parametrize("lang", ["fr-ca", "en-ca"])
def test_every_page_of_a_project_is_said_in_both_languages(
    project: Project, theatre: Organization, member_of: MemberOf, seated_as: SeatedAs, lang: str
) -> None:
    for client, pages in (
        (member_of(theatre), (at(theatre, project), at(theatre, project, "parts/CALENDAR/"))),
        (
            seated_as(UserRole.OPERATOR),
            (f"/hub/projects/{project.pk}/", "/hub/projects/", f"/hub/projects/with/{theatre.slug}/"),
        ),
    ):
        client.cookies["language"] = lang
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200
            assert ("Take part" in said(answer) or "Workspaces" in said(answer)) == (lang == "en-ca")


def test_the_hub_notes_where_the_accompaniment_stands(theatre: Organization, seated_as: SeatedAs) -> None:
    hub = seated_as(UserRole.OPERATOR)
    told = {
        "need": "Remplir les mardis.", "issues": "Fidélisation", "integration": "SCHEDULED",
        "next_step": "Montrer l'export programmé.",
    }  # fmt: skip
    assert hub.post(f"/hub/projects/with/{theatre.slug}/", {**told, "integration": "MAGIC"}).status_code == 400
    hub.post(f"/hub/projects/with/{theatre.slug}/", told)
    assert Accompaniment.objects.get().integration == "SCHEDULED"
    page = said(hub.get("/hub/members/"))
    for words in ("Exports programmés", "Remplir les mardis.", "Fidélisation", "Montrer l'export programmé."):
        assert words in page


def test_a_page_of_a_project_asks_a_bounded_number_of_questions(
    project: Project, theatre: Organization, member_of: MemberOf
) -> None:
    ours = member_of(theatre)
    for part in ("OBJECTIVES", "ROLES", "CALENDAR"):
        for n in range(3):
            ours.post(at(theatre, project, f"parts/{part}/"), {"words": f"v{n}", "base": str(n)})
    ours.get(at(theatre, project))
    with CaptureQueriesContext(connection) as asked:
        ours.get(at(theatre, project))
    of_tables = [one for one in asked.captured_queries if "set_config" not in one["sql"]]  # the wall of PostgreSQL
    assert len(of_tables) < 30
