"""The jobs of a marketing or programming team, from the sign-in page to the right number.

The numbers are counted by hand on the drawn tables of `test_screens`: nine tickets in 2018-2019, three buyers, three
postal areas, fifty dollars each. Comparisons, access requests, surveys, reports and the quality of deposits are
followed in the tests of their own rooms (`docs/explanation/user-jobs.md`).
"""

import gzip
import re
from functools import cache
from html import unescape
from pathlib import Path

import brotli
import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
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


COMPRESSED = {"Accept-Encoding": "gzip, br"}
FIRST_VIEW, CHANGE_OF_FILTER = 400_000, 40_000


def test_pages_leave_compressed_and_never_twice_of_the_same_length(signed_in: Client) -> None:
    plain = signed_in.get("/o/theatre/season/?season=2018-2019").content
    sent = [signed_in.get("/o/theatre/season/?season=2018-2019", headers=COMPRESSED) for _ in range(12)]
    assert all(one["Content-Encoding"] == "gzip" and "Accept-Encoding" in one["Vary"] for one in sent)
    assert max(len(one.content) for one in sent) < len(plain) / 4
    assert len({len(one.content) for one in sent}) > 3, "its length tells nothing of the secrets in it (BREACH)"
    book = signed_in.get("/o/theatre/season/tables/shows.xlsx?season=2018-2019", headers=COMPRESSED)
    assert not book.has_header("Content-Encoding"), "compressed already"
    chart = "/o/theatre/season/charts/curve.json?season=2018-2019"
    tag = signed_in.get(chart, headers=COMPRESSED)["ETag"]
    assert signed_in.get(chart, headers=COMPRESSED | {"If-None-Match": tag}).status_code == 304


def test_a_screen_weighs_little_on_the_line_with_every_file_it_asks_for(signed_in: Client) -> None:
    """`python -m bench weights` weighs the demonstration's; here static files are compressed less than when served."""
    for address in ("season/", "explore/", "questions/last-season/", "territories/"):
        page = f"/o/theatre/{address}?season=2018-2019"
        part = signed_in.get(page, headers=COMPRESSED | {"HX-Request": "true"})
        assert b"<html" not in gzip.decompress(part.content)
        drawn, files = asked_for(signed_in, page)
        whole = signed_in.get(page, headers=COMPRESSED).content
        assert len(part.content) + drawn < CHANGE_OF_FILTER
        assert len(whole) + drawn + files < FIRST_VIEW


def asked_for(browser: Client, address: str) -> tuple[int, int]:
    """Octets of the data of a page's charts, and of the static files that page and charts ask for."""
    page = browser.get(address).content.decode()
    charts = [unescape(one) for one in re.findall(r'data-chart="([^"]+)"', page)]
    told = page + "".join(browser.get(chart).content.decode() for chart in charts)
    return sum(len(browser.get(chart, headers=COMPRESSED).content) for chart in charts), sum(
        weight_of(file) for file in set(re.findall(r'"(/static/[^"]+)"', told))
    )


@cache
def weight_of(file: str) -> int:
    path = finders.find(file.removeprefix("/static/"))
    assert isinstance(path, str), file
    return len(brotli.compress(Path(path).read_bytes(), quality=9))
