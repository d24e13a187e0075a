"""Every house of the demonstration, whatever form it writes, is read to its last ticket, buyer and seat."""

import json
from pathlib import Path
from typing import Any

import pytest

from publicc.collective.profiles import PROFILE_FILE
from publicc.demo.build import Wanted, build
from publicc.demo.organizations import PLANS
from tests.intake_deposits import Vault, accounts_hold, files_of

ADMITTED = """
SELECT year(p.starts_on) - (month(p.starts_on) < 9)::INT AS season, count(*) FILTER (t.ticket_status = 'VALID')
FROM current_tickets t JOIN current_performances p USING (source, performance_key)
WHERE p.starts_on <= DATE '{as_of}' AND p.status IN ('SCHEDULED', 'RESCHEDULED') GROUP BY 1
"""


@pytest.fixture(scope="module")
def collective(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "collective"
    build(Wanted(customers=2500), folder)
    return folder


@pytest.mark.parametrize("house", [plan.slug for plan in PLANS])
def test_what_a_house_exports_is_found_again(collective: Path, tmp_path: Path, house: str) -> None:
    whole: dict[str, Any] = json.loads((collective / "truth" / "truth.json").read_text())
    truth = whole["organizations"][house]
    vault = Vault(tmp_path)
    report = vault.deposit(*(path for path in files_of(collective / house) if path.name != PROFILE_FILE))
    held = report.held
    assert accounts_hold(report)
    assert report.problems == ()
    assert (held.tickets, held.performances) == (truth["tickets"], truth["performances"])
    assert held.revenue_cents / 100 == truth["revenue"]
    assert (str(held.first_order_on), str(held.last_order_on)) == (truth["first_order_on"], truth["last_order_on"])
    assert truth["customers"] in (held.customers, None)
    assert held.taxes_cents / 100 == pytest.approx(truth.get("taxes", held.taxes_cents / 100), abs=0.005)
    admitted = dict(vault.rows(ADMITTED.format(as_of=whole["as_of"])))
    told = {int(season[:4]): counts["admissions"] for season, counts in truth["seasons"].items()}
    orphans = truth.get("tickets_of_unknown_performance", 0)
    assert admitted == told, orphans
    undated = vault.one("SELECT count(*) FILTER (starts_on IS NULL) FROM current_performances")
    assert undated == 0
