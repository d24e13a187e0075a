"""What an organization does with its surveys, and what no other can."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client

from publicc.collective.models import Organization, TrailEntry
from publicc.kernel.vocabulary import UserRole
from publicc.surveys.models import Survey

BASE = "/o/theatre-du-nord/surveys/"
QUESTION = {
    "title_fr": "Le bar ?",
    "title_en": "The bar?",
    "kind": "single",
    "choices_fr": "Oui\nNon",
    "choices_en": "Yes\nNo",
}


def test_a_survey_is_written_tried_published_and_changed_into_a_new_version(director: Client, survey: Survey) -> None:
    at = f"{BASE}{survey.key}/"
    assert director.post(f"{at}edit/question/", QUESTION).status_code == 302
    assert "Le bar\u00a0?" in director.get(f"{at}edit/").content.decode()
    assert director.post(f"{at}edit/question/own.le-bar.v1/", QUESTION | {"title_fr": "Et le bar ?"}).status_code == 302
    assert "Et le bar\u00a0?" in director.get(f"{at}preview/?in=fr").content.decode()
    assert "The bar?" in director.get(f"{at}preview/?in=en").content.decode()
    director.post(f"{at}publish/")
    director.post(f"{at}edit/question/own.le-bar.v1/", QUESTION | {"title_fr": "Et le café ?"})
    director.post(f"{at}publish/")
    versions = list(survey.versions.all())
    assert [one.number for one in versions] == [1, 2, 3]
    assert "own.le-bar.v1" in str(versions[1].definition)
    assert "own.le-bar.v2" in str(versions[2].definition)
    assert TrailEntry.objects.filter(action="publish_survey").count() == 3


def test_a_trial_goes_to_the_end_and_keeps_nothing(director: Client, survey: Survey) -> None:
    at = f"{BASE}{survey.key}/try/1/"
    assert "rien n'est gardé" in director.get(at).content.decode()
    page = director.post(at, {"core.nps.v1": "9", "go": "on"})
    assert "core.motive.v1" in page.content.decode()
    assert director.post(at, {"core.nps.v1": "99", "go": "on"}).status_code == 200
    assert director.post(f"{BASE}{survey.key}/try/4/", {"carried": "falsifié", "go": "on"}).status_code == 200
    assert director.get(f"{BASE}{survey.key}/try/99/").status_code == 404
    assert not survey.responses.exists()


def test_a_questionnaire_goes_out_and_comes_in_again(director: Client, survey: Survey) -> None:
    file = director.get(f"{BASE}{survey.key}/export/")
    assert file["Content-Type"].startswith("application/json")
    sent = BytesIO(file.content)
    sent.name = "q.json"
    assert director.post(f"{BASE}bring/", {"file": sent}).status_code == 302
    drafts = list(Survey.objects.values_list("draft", flat=True))
    assert drafts[0] == drafts[1]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b'{"pages": [{"elements": [{"type": "file"}]}]}'])
def test_a_file_that_is_not_understood_is_refused_in_a_sentence(director: Client, content: bytes) -> None:
    sent = BytesIO(content)
    sent.name = "q.json"
    answer = director.post(f"{BASE}bring/", {"file": sent})
    assert answer.status_code == 400
    assert "Cela n" in answer.content.decode()


def test_what_is_not_ready_is_not_published(director: Client, survey: Survey) -> None:
    at = f"{BASE}{survey.key}/"
    director.post(f"{at}edit/question/", QUESTION | {"title_en": ""})
    answer = director.post(f"{at}publish/")
    assert answer.status_code == 400
    assert "anglais" in answer.content.decode()
    assert survey.versions.count() == 1


def test_questions_are_moved_and_removed(director: Client, survey: Survey) -> None:
    at = f"{BASE}{survey.key}/edit/question/"
    director.post(at, QUESTION)
    director.post(at, QUESTION | {"title_fr": "Le vestiaire ?"})
    director.post(f"{at}own.le-vestiaire.v1/lift/")
    page = director.get(f"{BASE}{survey.key}/edit/").content.decode()
    assert page.index("Le vestiaire\u00a0?") < page.index("Le bar\u00a0?")
    director.post(f"{at}own.le-bar.v1/drop/")
    assert "Le bar\u00a0?" not in director.get(f"{BASE}{survey.key}/edit/").content.decode()
    assert director.post(f"{at}core.nps.v1/drop/").status_code == 404
    assert director.post(at, QUESTION | {"choices_en": "Yes"}).status_code == 400


def test_a_link_has_its_code_its_poster_and_its_invitations(director: Client, survey: Survey) -> None:
    at = f"{BASE}{survey.key}/links/"
    code = survey.links.get().code
    assert code in director.get(at).content.decode()
    assert director.post(at, {"about": "", "kiosk": "on"}).status_code == 302
    assert director.post(at, {"about": "SHOW:nobody"}).status_code == 404
    drawn = director.get(f"{at}{code}/code.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content
    assert code in director.get(f"{at}{code}/poster/").content.decode()
    file = director.post(f"{at}{code}/invitations/", {"how_many": "3"}).content.decode("utf-8-sig")
    assert file.count(f"/s/{code}/?i=") == 3
    assert director.post(f"{at}{code}/invitations/", {"how_many": "0"}).status_code == 400
    assert director.get(f"{at}nowhere/poster/").status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [(UserRole.READER, 200, 403), (UserRole.ANALYST, 200, 302), (UserRole.OPERATOR, 404, 404)],
)
def test_who_reads_and_who_writes(
    theatre: Organization, survey: Survey, member_of: Callable[..., Client], role: UserRole, reads: int, writes: int
) -> None:
    person = member_of(theatre, role)
    assert person.get(BASE).status_code == reads
    assert person.get(f"{BASE}{survey.key}/").status_code == reads
    assert person.post(f"{BASE}bring/", {"title_fr": "a", "title_en": "b"}).status_code == writes
    assert person.post(f"{BASE}{survey.key}/edit/question/", QUESTION).status_code == writes


def test_a_survey_of_another_organization_is_not_found_inside_one_s_own(
    opera: Organization, survey: Survey, member_of: Callable[..., Client]
) -> None:
    stranger = member_of(opera)
    for page in ("", "edit/", "preview/", "links/", "export/", "try/1/"):
        assert stranger.get(f"/o/{opera.slug}/surveys/{survey.key}/{page}").status_code == 404
    for deed in ("publish/", "open/", "edit/", "edit/question/", "links/"):
        assert stranger.post(f"/o/{opera.slug}/surveys/{survey.key}/{deed}", QUESTION).status_code == 404
