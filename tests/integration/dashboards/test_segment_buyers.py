"""Taking the e-mails of a segment's buyers, from the segment on the page to the file and the trail."""

from datetime import date
from pathlib import Path

import pytest

from publicc.collective.models import TrailEntry
from publicc.collective.profiles import OrganizationProfile
from publicc.harmonise.pipeline import harmonise
from publicc.kernel.vocabulary import UserRole
from publicc.metrics.rollup import rollup_tables
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from tests.drawn_vaults import fill
from tests.integration.dashboards.test_screens_by_address import browser_of

PAGE = "/o/theatre/segments/buyers/"
CUSTOMERS = """
customer_key | first_name | last_name | email           | email_consent
-------------+------------+-----------+-----------------+--------------
C1           | Ada        | Tremblay  | ada@poste.ca    | true
C2           | Ben        | Roy       | ben@poste.ca    | false
C3           | Cam        | Gagnon    | cam@poste.ca    | -
"""
TICKETS = """
order_key | customer_key | performance_key
----------+--------------+----------------
T1        | C1           | E1
T2        | C2           | E1
T3        | C3           | E1
"""
PERFORMANCES = """
performance_key | title     | starts_on
----------------+-----------+-----------
E1              | Le Jardin | 2019-02-01
"""


@pytest.fixture(scope="module")
def harmonised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three new buyers of the theatre: one accepts e-mails, one refuses, one never said."""
    folder = tmp_path_factory.mktemp("home")
    home = Home(folder)
    fill(home, "theatre", customers=CUSTOMERS, tickets=TICKETS, performances=PERFORMANCES)
    profiles = [OrganizationProfile("theatre", "Théâtre du Nord")]
    harmonise(home, KeyRing.open(home), profiles, as_of=date(2019, 3, 1), tables=rollup_tables())
    return folder


@pytest.fixture
def played(harmonised: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(harmonised))


@pytest.mark.usefixtures("played")
def test_a_director_takes_only_the_addresses_of_those_who_accept() -> None:
    director = browser_of(UserRole.DIRECTOR)
    page = director.get(PAGE, {"segment": "parcours:NEW"}).content.decode()
    assert 'value="parcours:NEW" selected' in page
    checked = director.post(PAGE, {"segment": "parcours:NEW"}).content.decode()
    assert "1 sur 3" in checked
    assert not TrailEntry.objects.filter(action="export_segment_buyers").exists()
    answer = director.post(PAGE, {"segment": "parcours:NEW", "form": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="courriels-new.csv"'
    told = answer.content.decode("utf-8-sig")
    assert "ada@poste.ca" in told
    assert "ben@poste.ca" not in told
    assert "cam@poste.ca" not in told
    (entry,) = TrailEntry.objects.filter(action="export_segment_buyers")
    assert (entry.object_id, entry.outcome) == ("parcours:NEW.csv", "1/3")


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize("role", [UserRole.READER, UserRole.ANALYST])
def test_who_only_reads_is_told_whom_to_ask_and_takes_nothing(role: UserRole) -> None:
    reader = browser_of(role)
    assert 'name="segment"' not in reader.get(PAGE).content.decode()
    for form in ("", "csv"):
        assert reader.post(PAGE, {"segment": "parcours:NEW", "form": form}).status_code == 403
    assert not TrailEntry.objects.filter(action="export_segment_buyers").exists()


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    "asked", [{"segment": "parcours:LOST"}, {"segment": "x"}, {"segment": "parcours:NEW", "form": "exe"}, {}]
)
def test_a_segment_or_a_form_that_is_none_is_not_found(asked: dict[str, str]) -> None:
    assert browser_of(UserRole.DIRECTOR).post(PAGE, asked).status_code == 404


def test_before_any_file_the_page_says_what_to_bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    assert browser_of(UserRole.STEWARD).get(PAGE).status_code == 200
