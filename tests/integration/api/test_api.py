"""The API as programs use it: the same figures as the command, the same walls as the pages, problems in one form."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from publicc.api.callers import RATE
from publicc.api.models import Token
from publicc.api.service import api
from publicc.cli.query import app
from publicc.collective.access import Visitor
from publicc.collective.agreements import withdraw
from publicc.collective.models import Membership, Organization, TrailEntry
from publicc.collective.purposes import Purpose
from publicc.kernel.vocabulary import UserRole
from publicc.metrics.registry import METRICS
from publicc.reports.recurring.schedules import Asked, write_schedule
from publicc.reports.recurring.times import Every, Over, Rule
from tests.integration.api.conftest import Program

OWN = "/api/v1/organizations/theatre"
DEPOSIT = UUID("6f1c2a52-54c8-4b6c-8f0f-3d1a54a3a1d3")
IN_PATHS = {"slug": "{slug}", "kind": "board", "deposit_id": str(DEPOSIT), "number": str(DEPOSIT), "show": "1"} | {
    "release": "r1"
}
FILLED = re.compile(r"\{(\w+)\}")
QUERY = f"{OWN}/query?metric=admission_count&metric=occupancy_rate&by=month&period=2018-2019"


def told(client: Client, address: str, status: int = 200) -> dict[str, object]:
    answer = client.get(address)
    assert answer.status_code == status, answer.content
    if status >= 400:
        assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, object] = answer.json()
    return found


def test_a_query_answers_what_the_command_answers(theatre: Organization, program: Program) -> None:
    words = ["admission_count", "occupancy_rate", "--organization", "theatre", "--by", "month", "--period", "2018-2019"]
    command = json.loads(CliRunner().invoke(app, [*words, "--lang", "en", "--json"], catch_exceptions=False).stdout)
    answer = told(program(theatre), QUERY)
    assert answer.pop("page") == {"offset": 0, "limit": 1000, "count": len(command["rows"])}
    assert answer == command


def test_rows_come_by_pages(theatre: Organization, program: Program) -> None:
    caller = program(theatre)
    whole = told(caller, QUERY)["rows"]
    assert isinstance(whole, list)
    assert told(caller, f"{QUERY}&limit=1&offset=1")["rows"] == whole[1:2]
    assert told(caller, f"{QUERY}&limit=0", 422)["code"] == "unreadable"


def test_what_the_caller_holds_already_is_not_sent_again(theatre: Organization, program: Program) -> None:
    caller = program(theatre)
    tag = caller.get(QUERY)["ETag"]
    assert caller.get(QUERY, headers={"If-None-Match": tag}).status_code == 304
    assert caller.get(QUERY, headers={"If-None-Match": tag, "Accept-Language": "fr"}).status_code == 200


def test_figures_are_not_told_once_the_agreement_no_longer_allows_them(theatre: Organization, program: Program) -> None:
    caller = program(theatre)
    told(caller, QUERY)
    withdraw(who=Visitor(theatre, UserRole.DIRECTOR), by=AnonymousUser(), purpose=Purpose.OWN_DASHBOARD)
    assert "Own dashboards" in str(told(caller, QUERY, 403)["detail"])
    told(caller, f"{OWN}/quality", 403)
    told(caller, f"{OWN}/reports/board?format=csv&season=2018-2019", 403)


def test_definitions_tell_every_figure(theatre: Organization, program: Program) -> None:
    caller = program(theatre)
    assert [one["id"] for one in caller.get("/api/v1/metrics").json()] == list(METRICS)
    assert told(caller, "/api/v1/metrics/occupancy_rate")["id"] == "occupancy_rate"
    told(caller, "/api/v1/metrics/nothing", 404)


def test_another_organization_is_not_found_whatever_is_asked(
    theatre: Organization, opera: Organization, program: Program
) -> None:
    stranger = program(opera, scopes=("READ", "REPORT", "DEPOSIT"))
    paths = {path: list(told) for path, told in api.get_openapi_schema()["paths"].items() if "{slug}" in path}
    assert len(paths) > 5
    for path, methods in paths.items():
        filled = f"{FILLED.sub(lambda name: IN_PATHS[name[1]], path)}?metric=admission_count"
        for method in methods:
            send = getattr(stranger, method)
            other, never = (send(filled.replace("{slug}", slug)) for slug in ("theatre", "nowhere"))
            assert (other.status_code, other.content) == (404, never.content), path
            assert getattr(Client(), method)(filled.replace("{slug}", "theatre")).status_code == 401
    assert [one["slug"] for one in stranger.get("/api/v1/organizations").json()] == ["opera"]


def test_a_role_that_sees_no_figures_on_the_site_sees_none_here(theatre: Organization, program: Program) -> None:
    for role in (UserRole.AUDITOR, UserRole.FUNDER, UserRole.PARTNER):
        outsider = program(theatre, role, ("READ",))
        for path in ("query?metric=admission_count", "quality", "reports", "releases", "schedules", "deposits"):
            assert outsider.get(f"{OWN}/{path}").status_code == 404, (role, path)


def test_recurring_reports_are_told_without_the_addresses_they_go_to(theatre: Organization, program: Program) -> None:
    director = program(theatre)
    person = get_user_model().objects.get()
    wanted = Asked("board", "pdf", "fr", Rule(Every.MONTH, 1, 7), Over.CLOSED, ["ca@ailleurs.example"], False)
    write_schedule(who=Visitor(theatre, UserRole.DIRECTOR), by=person, asked=wanted)
    [one] = director.get(f"{OWN}/schedules").json()
    assert (one["kind"], one["every"], one["recipients"], one["paused"]) == ("board", "MONTH", 1, False)
    assert one["next_at"]
    assert "ailleurs" not in json.dumps(one)


def test_a_token_is_for_one_organization_even_where_its_person_belongs_to_two(
    theatre: Organization, opera: Organization, program: Program
) -> None:
    caller = program(theatre)
    owner = Token.objects.get().owner
    owner.memberships.create(organization=opera, role=UserRole.DIRECTOR.value)
    told(caller, "/api/v1/organizations/opera/reports", 404)
    assert [one["slug"] for one in caller.get("/api/v1/organizations").json()] == ["theatre"]


@pytest.mark.parametrize("given", ["", "publicc_", "publicc_zz_zz", f"publicc_{'0' * 32}_x", "é", "Bearer", "x" * 5000])
def test_a_token_that_is_none_opens_nothing(theatre: Organization, given: str) -> None:
    answer = Client(headers={"Authorization": f"Bearer {given}"}).get(QUERY)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "who_are_you"


def test_a_token_closes_at_once_when_revoked_expired_or_its_person_leaves(
    theatre: Organization, program: Program, secret_of: Callable[..., tuple[Token, str]]
) -> None:
    caller = program(theatre)
    token = Token.objects.get()
    for change, back in (
        ({"revoked_at": timezone.now()}, {"revoked_at": None}),
        ({"expires_at": timezone.now() - timedelta(1)}, {"expires_at": timezone.now() + timedelta(1)}),
    ):
        told(caller, QUERY)
        Token.objects.filter(pk=token.pk).update(**change)
        told(caller, QUERY, 401)
        Token.objects.filter(pk=token.pk).update(**back)
    token.owner.memberships.all().delete()
    told(caller, QUERY, 404)
    token.owner.is_active = False
    token.owner.save()
    told(caller, QUERY, 401)


def test_a_token_does_what_its_scopes_say_and_its_role_still_allows(theatre: Organization, program: Program) -> None:
    report = f"{OWN}/reports/board?format=csv&season=2018-2019"
    told(program(theatre, scopes=("READ",)), report, 403)
    caller = program(theatre, role=UserRole.ANALYST)
    answer = caller.get(report)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert TrailEntry.objects.filter(action="make_report").count() == 1
    told(caller, f"{OWN}/reports/board?season=winter", 400)
    told(caller, f"{OWN}/reports/nothing", 404)
    Membership.objects.filter(role=UserRole.ANALYST.value).update(role=UserRole.READER.value)
    told(caller, report, 403)


def test_a_machine_brings_files(theatre: Organization, program: Program) -> None:
    caller = program(theatre, scopes=("READ", "DEPOSIT"))
    files = [SimpleUploadedFile("clients.csv", b"Code client\n1\n"), SimpleUploadedFile("photo.exe", b"MZ")]
    answer = caller.post(f"{OWN}/deposits", {"files": files})
    assert answer.status_code == 202, answer.content
    made = answer.json()
    assert made["deposit"]["file_names"] == ["clients.csv"]
    assert [one["file"] for one in made["left_out"]] == ["photo.exe"]
    assert told(caller, f"{OWN}/deposits/{made['deposit']['id']}") == made["deposit"]
    assert [one["id"] for one in told(caller, f"{OWN}/deposits")["items"]] == [made["deposit"]["id"]]  # type: ignore[attr-defined]
    assert caller.post(f"{OWN}/deposits", {"files": files[:1]}).status_code == 503
    assert program(theatre).post(f"{OWN}/deposits", {"files": files[:1]}).status_code == 403


def test_a_session_reads_and_changes_nothing_without_the_token_of_a_form(
    theatre: Organization, program: Program
) -> None:
    program(theatre)
    person = Client(enforce_csrf_checks=True)
    person.force_login(Token.objects.get().owner)
    assert person.get(QUERY).status_code == 200
    answer = person.post(f"{OWN}/deposits", {"files": [SimpleUploadedFile("a.csv", b"a\n")]})
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_too_many_calls_are_told_when_to_come_back(theatre: Organization, program: Program) -> None:
    caller = program(theatre)
    for _ in range(int(RATE.partition("/")[0])):
        if (answer := caller.get("/api/v1/metrics/nothing")).status_code == 429:
            break
    answer = caller.get("/api/v1/metrics/nothing")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1


def test_an_address_or_a_method_that_is_not_there_is_a_problem_too(theatre: Organization, program: Program) -> None:
    caller = program(theatre)
    told(caller, "/api/v1/nothing", 404)
    answer = caller.delete("/api/v1/metrics")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()["code"] == "no_such_method"


def test_the_page_of_tokens_shows_a_secret_once_and_the_director_revokes(
    theatre: Organization, program: Program
) -> None:
    program(theatre)
    director = Client()
    director.force_login(Token.objects.get().owner)
    page = director.post("/o/theatre/tokens/", {"name": "Soir", "scopes": ["READ"], "days": "90"}).content.decode()
    secret = page.partition('class="secret">')[2].partition("<")[0]
    assert secret.startswith("publicc_")
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/organizations").status_code == 200
    assert secret not in director.get("/o/theatre/tokens/").content.decode()
    token = Token.objects.get(name="Soir")
    assert secret.rpartition("_")[2] not in json.dumps(Token.objects.filter(pk=token.pk).values("digest", "name")[0])
    assert director.post(f"/o/theatre/tokens/{token.pk}/revoke/").status_code == 302
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/organizations").status_code == 401
    for bad in ({"name": ""}, {"name": "x"}, {"name": "x", "scopes": "READ", "days": "9999999999"}):
        assert director.post("/o/theatre/tokens/", bad).status_code == 400


def test_the_description_names_every_operation_without_anything_from_outside(
    theatre: Organization, program: Program
) -> None:
    program(theatre)
    person = Client()
    person.force_login(Token.objects.get().owner)
    page = person.get("/api/v1/docs/").content.decode()
    for path in api.get_openapi_schema()["paths"]:
        assert path in page
    assert 'src="http' not in page
    assert Client().get("/api/v1/docs/").status_code == 302
