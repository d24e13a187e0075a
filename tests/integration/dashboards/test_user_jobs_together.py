"""The jobs one does with others, from the sign-in page to the right number: peers, crowded dates, surveys, reports.

Each number is counted again here in plain Python from the rows behind the page.
"""

import csv
import io
import math
import random
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import duckdb
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization, Seat
from publicc.collective.purposes import Purpose
from publicc.directory.places import place_of
from publicc.kernel.period import season_period
from publicc.kernel.vocabulary import UserRole
from publicc.metrics.pressure import Offer
from publicc.metrics.rollup import rollup_tables
from publicc.releases.actions import build_candidate
from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.rollups import write_rollup
from publicc.store.sealing import Seal
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES
from publicc.surveys.models import Response, Survey, random_number
from publicc.surveys.states import ResponseState
from tests.agreed import with_agreement
from tests.integration.dashboards.test_calendar_page import DISTRICT, TWO, client, give, rival
from tests.integration.dashboards.test_screens_by_address import publish_world
from tests.unit.metrics.test_pressure import oracle
from tests.unit.releases.pool import write_pool

__all__ = ["client"]  # a fixture, used by its name

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe assez long"  # noqa: S105 - of a person who lives as long as this file's tests


def signed_in(slug: str, role: UserRole = UserRole.DIRECTOR) -> Client:
    """Through the sign-in page, as a person does, to the first page of their organization."""
    email = f"ada@{slug}.example"
    user = get_user_model().objects.create_user(email, email, PASSWORD)
    Membership.objects.create(user=user, organization=Organization.objects.get(slug=slug), role=role.value)
    browser = Client()
    home = browser.post("/account/login/", {"login": email, "password": PASSWORD}, follow=True)
    assert home.redirect_chain[-1][0] == f"/o/{slug}/answers/"
    return browser


def read(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def sentence(page: str) -> str:
    return page.split('class="answer-sentence">')[1].split("</p>", maxsplit=1)[0]


def two_digits(value: float) -> float:
    return float(f"{value:.1e}")


def published_median(values: Iterable[float], steps: int = 20_000) -> float:
    """Harrell and Davis's median by its definition: a mean of the ordered values, weighed by slices of a Beta law."""
    ordered = sorted(values)
    half = (len(ordered) + 1) / 2
    law = [(x * (1 - x)) ** (half - 1) for x in ((at + 0.5) / steps for at in range(steps))]
    slices = [sum(law[at * steps // len(ordered) : (at + 1) * steps // len(ordered)]) for at in range(len(ordered))]
    return math.fsum(weight * value for weight, value in zip(slices, ordered, strict=True)) / math.fsum(law)


def prices_paid(pool: Path) -> dict[str, float]:
    """Each house's dollars over its tickets, one by one."""
    rows = duckdb.connect().execute(
        f"SELECT organization, sum(net_cents), count(*) FROM '{pool}/purchases.parquet' GROUP BY 1"
    )
    return {slug: cents / tickets / 100 for slug, cents, tickets in rows.fetchall()}


@pytest.fixture
def collective(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Seven houses, a season released and approved by two people; the price that each was paid."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    pool = write_pool(tmp_path / "pool", houses=7, persons=500)
    slugs = [f"house-{at:02}" for at in range(7)]

    def build(folder: Path) -> Manifest:
        with duckdb.connect() as split:
            for table in TABLES:
                (folder / table).mkdir()
                for slug in slugs:
                    target = f"{folder / table / slug}.parquet"
                    rows = f"SELECT * FROM '{pool / table}.parquet' WHERE organization = '{slug}'"
                    split.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet)")
        write_rollup(folder, slugs[0], rollup_tables())
        counts = OrganizationCounts(first_performance_on=date(2018, 9, 15), last_performance_on=date(2018, 11, 14))
        return Manifest("a" * 20, datetime(2020, 1, 15, tzinfo=UTC), date(2020, 1, 15), "1", pool=counts)

    home = Home(tmp_path / "home")
    publish(home, build)
    for slug in slugs:
        with_agreement(Organization.objects.create(slug=slug, name=slug), *Purpose)
    release = build_candidate(home, season_period(2018))
    for role in (UserRole.OPERATOR, UserRole.AUDITOR):
        person = get_user_model().objects.create(username=f"{role}@hub.example")
        Seat.objects.create(user=person, role=role.value)
        approving = Client()
        approving.force_login(person)
        approving.post(f"/hub/releases/{release.pk}/approve/")
    return prices_paid(pool)


def test_job_6_better_or_worse_than_organizations_like_us(collective: dict[str, float]) -> None:
    browser = signed_in("house-00")
    own = collective.pop("house-00")
    address = "/o/house-00/benchmarks/"
    assert f'href="{address}"' in read(browser, "/o/house-00/answers/")
    told = browser.get(f"{address}tables/money.csv?season=2018-2019").content.decode("utf-8-sig")
    lines = {line[0]: line for line in csv.reader(io.StringIO(told), delimiter=";") if line}
    price = [float(one.replace(",", ".")) for one in lines["Prix moyen payé"][1:3]]
    assert price == [pytest.approx(own, abs=0.005), two_digits(published_median(collective.values()))]
    page = sentence(read(browser, f"{address}?season=2018-2019"))
    assert "Auprès de vos pairs" in page
    assert f"{own:.2f} $".replace(".", ",") in page


def test_job_8_is_that_date_too_crowded(client: Client) -> None:
    """400 seats at the same discipline beside last season's hundred a Saturday, measured again pair by pair."""
    told = TWO.splitlines()[0] + ",postal code\n2019-10-19,X,20:00,THEATRE,400,H2X 1Y6\n"
    give(rival(), told, "cabaret", openness="OFFERED")
    browser = signed_in("theatre")
    asked = f"month=2019-10&territory={DISTRICT}&discipline=THEATRE&day=2019-10-19"
    page = sentence(read(browser, f"/o/theatre/calendar/?{asked}"))
    usual = [Offer("THEATRE", 100, 45.508, -73.566), Offer("THEATRE", 100, 45.518, -73.566)]
    usual_pressure, _ = oracle({date(2018, 9, 1): usual}, {})[6]
    found = re.search(r"1 représentation dans le territoire, pression (\d+)", page)
    assert found, page
    asked_for = [Offer("THEATRE", 400, *point_of(code)) for code in ("H2X 1Y4", "H2X 1Y6")]
    pressed, _ = oracle({date(2018, 9, 1): asked_for}, {})[6]
    assert int(found[1]) == pytest.approx(100 * pressed / usual_pressure, abs=1)


def point_of(postal_code: str) -> tuple[float, float]:
    place = place_of(postal_code)
    assert place is not None
    assert place.latitude is not None
    assert place.longitude is not None
    return place.latitude, place.longitude


def test_job_14_what_do_audiences_think(db: None) -> None:
    """Recommendation is promoters (9, 10) less detractors (0 to 6), in points; counted here answer by answer."""
    Organization.objects.create(slug="theatre-du-nord", name="Théâtre du Nord")
    browser = signed_in("theatre-du-nord")
    base = "/o/theatre-du-nord/surveys/"
    assert f'href="{base}"' in unescape(browser.get(base).content.decode())
    browser.post(f"{base}bring/", {"title_fr": "Votre sortie", "title_en": "Your visit"})
    survey = Survey.objects.get()
    browser.post(f"{base}{survey.key}/publish/")
    given = random.Random(8).choices(range(11), weights=(1, 0, 1, 0, 1, 2, 3, 8, 12, 14, 18), k=150)
    answered(survey, given)
    page = sentence(read(browser, f"{base}{survey.key}/results/"))
    points = round(100 * (sum(one >= 9 for one in given) - sum(one <= 6 for one in given)) / len(given))
    assert "150 réponses" in page
    assert f"recommandation nette +{points}." in page


def answered(survey: Survey, recommendations: list[int]) -> None:
    """Finished responses, one for each recommendation."""
    survey.refresh_from_db()
    seal, version, link = Seal.of(survey.organization.slug, "answers"), survey.versions.get(), survey.links.get()
    rows = []
    for one in recommendations:
        number = random_number()
        rows.append(
            Response(
                id=number, token=str(number), survey=survey, version=version, link=link, state=ResponseState.DONE,
                day=date(2026, 11, 20), language="fr", seconds=90,
                answers=seal.closed({"core.nps.v1": one}, number),
            )
        )  # fmt: skip
    Response.objects.bulk_create(rows)


def test_job_15_the_season_told_to_those_who_fund_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    db: None,
) -> None:
    """Nine tickets at fifty dollars, in the file that is sent."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    publish_world(tmp_path, "b" * 32)
    with_agreement(Organization.objects.create(slug="theatre", name="Théâtre du Nord"))
    browser = signed_in("theatre")
    page = read(browser, "/o/theatre/reports/?season=2018-2019")
    assert "/o/theatre/reports/funder/" in page
    told = browser.get("/o/theatre/reports/funder/?format=csv&lang=fr&season=2018-2019").content.decode("utf-8-sig")
    lines = {tuple(line[1:3]): line[4] for line in csv.reader(io.StringIO(told), delimiter=";") if len(line) == 8}
    assert lines["Chiffres clés", "Entrées"] == "9"
    assert lines["Chiffres clés", "Revenus de billetterie"] == "450"
