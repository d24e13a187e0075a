"""The jobs of a marketing or programming team, from the sign-in page to the right number.

The numbers are counted by hand on the drawn tables of `test_screens`: nine tickets in 2018-2019, three buyers, three
postal areas, fifty dollars each. Comparisons, access requests, surveys, reports and the quality of deposits are
followed in the tests of their own rooms (`docs/explanation/user-jobs.md`).
"""

import gzip
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization
from tests.integration.dashboards.test_screens_by_address import publish_world

JOBS = {
    "1 season": ("season/?season=2018-2019", "9\u00a0billets payants, 6 de plus (+200,0\u00a0%)"),
    "2 pace": ("pace/?season=2018-2019", "Aucune représentation à venir"),
    "3 audiences": ("audiences/?season=2018-2019", "3\u00a0acheteurs"),
    "4 territories": ("territories/?season=2018-2019", "La moitié des billets vient de 2 secteurs postaux"),
    "5 segments": ("questions/offer/?season=2018-2019", "il en faut 30 par segment"),
    "7 prices": ("prices/?season=2018-2019", "50,00\u00a0$ en moyenne"),
    "9 show": ("show/?show=romeo", "2\u00a0représentations, 8 entrées"),
    "12 growth": ("questions/realistic-growth/", "De 2 à 3\u00a0acheteurs (+50\u00a0%)"),
    "explore": ("explore/?figure=ticket_revenue&by=discipline&season=2018-2019", "450,00\u00a0$ (n = 9)"),
}


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    """Through the sign-in page, as a person does."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    user = get_user_model().objects.create_user("ada", "ada@theatre.example", "un mot de passe assez long")
    organization = Organization.objects.create(slug="theatre", name="Théâtre du Nord")
    Membership.objects.create(user=user, organization=organization, role="ANALYST")
    browser = Client()
    given = {"login": "ada@theatre.example", "password": "un mot de passe assez long"}
    assert browser.post("/account/login/", given).status_code == 302
    return browser


def test_each_job_goes_from_the_sign_in_to_the_right_number(signed_in: Client) -> None:
    home = signed_in.get("/", follow=True)
    assert home.redirect_chain[-1][0] == "/o/theatre/answers/"
    rail = home.content.decode()
    for job, (address, number) in JOBS.items():
        page = unescape(signed_in.get(f"/o/theatre/{address}").content.decode())
        answer = page.split('class="answer-sentence">')[1].split("</p>")[0]
        assert number in answer, job
        assert f'href="/o/theatre/{address.split("/")[0]}/"' in rail, job


def test_a_change_of_filter_weighs_less_than_forty_kilobytes_once_compressed(signed_in: Client) -> None:
    for address in ("season/", "explore/", "questions/last-season/"):
        part = signed_in.get(f"/o/theatre/{address}?season=2018-2019", headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()
        assert len(gzip.compress(part.content, compresslevel=6)) < 40_000
