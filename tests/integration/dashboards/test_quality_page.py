"""The page *Qualité* over the report that the checks make of a drawn vault: what it says, who sees it, its files."""

import json
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization
from publicc.collective.profiles import OrganizationProfile
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.screens.quality import passing, quality_screen
from publicc.intake.checks import quality_report
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.reports.making import document_of
from publicc.store.home import Home, private_folder
from publicc.store.keys import KeyRing
from publicc.store.vaults import open_vault
from tests.agreed import with_agreement
from tests.drawn_vaults import fill

SLUG = "theatre-du-nord"
CUSTOMERS = """
    customer_key | last_name | postal_code | email
    -------------+-----------+-------------+------------------
    1            | Tremblay  | H2X 1Y4     | ada@exemple.ca
    2            | Roy       | -           | ben@exemple.ca
    3            | Gagnon    | -           | secret.secret
"""
TICKETS = """
    order_key | customer_key | performance_key | ordered_on | net_cents
    ----------+--------------+-----------------+------------+----------
    1         | 1            | p1              | 2019-01-05 | 2500
    2         | 2            | p1              | 2019-01-06 | 2500
    3         | -            | p1              | 2019-01-07 | -
"""
PERFORMANCES = """
    performance_key | title | starts_on  | capacity | discipline_label
    ----------------+-------+------------+----------+-----------------
    p1              | Roméo | 2019-02-01 | 100      | Théâtre
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    return Home.from_environment()


@pytest.fixture
def told(home: Home) -> dict[str, Any]:
    """The report of the checks, kept where the deposit leaves it."""
    fill(home, SLUG, customers=CUSTOMERS, tickets=TICKETS, performances=PERFORMANCES)
    profile = OrganizationProfile(SLUG, "Théâtre du Nord")
    with open_vault(home, KeyRing.open(home), SLUG) as vault:
        report = quality_report(vault, organization=profile, as_of=date(2019, 3, 1)).as_json()
    kept = json.dumps(report, ensure_ascii=False)
    (private_folder(home.reports / "quality") / f"{SLUG}.json").write_text(kept, encoding="utf-8")
    return report


@pytest.fixture
def browser_of(db: None) -> Callable[[UserRole], Client]:
    theatre = Organization.objects.create(slug=SLUG, name="Théâtre du Nord")

    def signed_in(role: UserRole) -> Client:
        user = get_user_model().objects.create(username=role.value)
        Membership.objects.create(user=user, organization=theatre, role=role.value)
        client = Client(headers={"accept-language": "fr"})
        client.force_login(user)
        return client

    return signed_in


def test_the_answer_names_the_weakest_dimension_its_worst_check_and_what_to_do(told: dict[str, Any]) -> None:
    answer = quality_screen(told).answer
    weakest = told["dimensions"][told["weakest"]]
    assert answer.said("fr").startswith(f"Maillon faible\u00a0: {weakest['label']['fr'].lower()}")
    advice = next(one["do"] for one in told["findings"] if one["check"] == weakest["worst"])
    assert answer.said("fr").endswith(advice["fr"])
    assert answer.said("en").endswith(advice["en"])


def test_dimensions_are_drawn_weakest_first(told: dict[str, Any]) -> None:
    (chart,) = quality_screen(told).charts
    scores = [row[1].value for row in chart.table.rows]  # type: ignore[union-attr]
    assert scores == sorted(scores)
    assert specification(chart, lang="fr")
    assert "7 janvier 2019" in (chart.note.said("fr") if chart.note else "")


def test_every_finding_is_a_line_and_no_cell_of_a_file_is_in_it(told: dict[str, Any]) -> None:
    table = quality_screen(told).table("findings")
    assert table is not None
    assert len(table.rows) == len(told["findings"]) > 0
    assert "secret" not in repr(table)
    assert "Tremblay" not in repr(table)


def test_an_empty_vault_is_nothing_to_measure(home: Home) -> None:
    fill(home, SLUG)
    with open_vault(home, KeyRing.open(home), SLUG) as vault:
        report = quality_report(vault, organization=OrganizationProfile(SLUG, "T"), as_of=date(2019, 3, 1))
    screen = quality_screen(report.as_json())
    assert "vide" in screen.answer.said("fr")
    assert screen.charts == ()


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "100\u00a0%"),
        (0.9999, "plus de 99\u00a0%"),
        (0.0, "0\u00a0%"),
        (0.0001, "moins de 1\u00a0%"),
        (0.71, "71\u00a0%"),
    ],
)
def test_a_row_that_fails_is_never_rounded_away(share: float, words: str) -> None:
    assert passing(share).said("fr") == words


def test_a_reader_sees_the_page_and_an_analyst_takes_its_files(
    told: dict[str, Any], browser_of: Callable[[UserRole], Client]
) -> None:
    reader, analyst = browser_of(UserRole.READER), browser_of(UserRole.ANALYST)
    page = reader.get(f"/o/{SLUG}/quality/")
    assert page.status_code == 200
    assert told["findings"][0]["do"]["fr"] in page.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")
    drawn = reader.get(f"/o/{SLUG}/quality/charts/dimensions.json")
    assert drawn.json()["description"]
    assert (
        reader.get(f"/o/{SLUG}/quality/charts/dimensions.json", headers={"if-none-match": drawn["ETag"]}).status_code
        == 304
    )
    assert reader.get(f"/o/{SLUG}/quality/tables/findings.csv").status_code == 403
    for form in ("csv", "xlsx"):
        assert analyst.get(f"/o/{SLUG}/quality/tables/findings.{form}").status_code == 200
    assert analyst.get(f"/o/{SLUG}/quality/tables/nothing.csv").status_code == 404
    assert analyst.get(f"/o/{SLUG}/quality/tables/findings.doc").status_code == 404
    assert analyst.get(f"/o/{SLUG}/quality/charts/nothing.json").status_code == 404


def test_before_any_deposit_the_page_teaches_what_to_bring(
    home: Home, browser_of: Callable[[UserRole], Client]
) -> None:
    reader = browser_of(UserRole.READER)
    assert "aucun fichier n'a été déposé" in unescape(reader.get(f"/o/{SLUG}/quality/").content.decode())
    assert reader.get(f"/o/{SLUG}/quality/charts/dimensions.json").status_code == 404


def test_the_report_on_quality_holds_the_cells_of_the_page_and_of_its_files(
    told: dict[str, Any], browser_of: Callable[[UserRole], Client]
) -> None:
    steward = browser_of(UserRole.STEWARD)
    with_agreement(Organization.objects.get(slug=SLUG))
    (chapter,) = document_of(OwnRows(SLUG), "Théâtre du Nord", "quality", {}).chapters
    screen = quality_screen(told)
    assert chapter.answer == screen.answer
    assert chapter.every_table
    for table in chapter.every_table:
        on_screen = screen.table(table.id)
        assert on_screen is not None
        assert (table.rows, table.total) == (on_screen.rows, on_screen.total)
        file = steward.get(f"/o/{SLUG}/quality/tables/{table.id}.csv").content.decode("utf-8-sig")
        assert len(file.splitlines()) > len(table.rows)
