"""Every file and every folder of real exports, each as one organization: the counts that a correct reading gives.

As deposits, with their accounts, and as `run.json` counts them after the pool. The figures are those of the README
beside the files; where a file alone cannot tell something, the comment says what.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from publicc.collective.profiles import OrganizationProfile, slug_of
from publicc.harmonise.pipeline import harmonise
from publicc.intake import passing
from publicc.intake.deposits import DepositReport
from publicc.kernel.errors import BadInput
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.manifest import OrganizationCounts
from tests.intake_deposits import accounts_hold
from tests.shared_data import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared, pytest.mark.timeout(1800)]
TICKETING = SHARED / "ticketing"
RECEIVED = datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 - the day of the exports, on the organization's clock


@dataclass(frozen=True)
class Counts:
    """What is expected of one organization; amounts in the file's own money."""

    rows: int
    tickets: int = 0
    revenue: float = 0.0
    taxes: float = 0.0
    customers: int = 0
    orders: int = 0
    performances: int = 0
    shows: int = 0
    apart: tuple[tuple[str, int, float], ...] = ()
    """Reason, units, amount of what is set apart."""
    totals: bool = False
    """Tickets, revenue and performances are those of totals: the vault holds no ticket."""


FEES, DONATION = ("FEE", 2, 7.5), ("DONATION", 1, 75.0)
T0 = Counts(518, 518, 22300, 0, 49, 200, 10, 1)
T1 = Counts(540, 532, 22775, 11.98, 60, 208, 11, 2, (DONATION,))
EXPECTED: dict[str, Counts] = {
    "arenametrics/sample.csv": Counts(99, 99, 2337, 0, 24, 73, 40, 25),
    "arttheater/ticket_sales_by_showing.csv": Counts(9564, 103419, 846008.25, performances=3262, shows=503),
    "arttheater/gross_revenue_by_event.csv": Counts(456, 0, 827986.75, shows=456, totals=True),
    "arttheater/gift_card_transactions.csv": Counts(746, apart=(("GIFT_CARD", 746, 5886.41),)),
    "arttheater/merchandise_sales.csv": Counts(516, apart=(("MERCHANDISE", 516, 7967.0),)),
    "arttheater": Counts(
        11282, 103419, 846008.25, performances=3262, shows=503,
        apart=(("GIFT_CARD", 746, 5886.41), ("MERCHANDISE", 516, 7967.0)),
    ),
    "broadway/broadway.csv.gz": Counts(30106, 241222229, 20123815564, performances=235535, shows=746, totals=True),
    "cdnow/CDNOW_master.txt": Counts(69659, 167881, 2500315.63, 0, 23570, 67591),
    "cdnow/CDNOW_sample.txt": Counts(6919, 16479, 244091.94, 0, 2357, 6696),
    "cdnow": Counts(78935, 167881, 2500315.63, 0, 23570, 67591),
    "footlight_qc/events.json": Counts(742, shows=200, totals=True),
    "footlight_qc/export_10_events.jsonld": Counts(60, shows=10, totals=True),
    "footlight_qc": Counts(820, shows=210, totals=True),
    "pretix/t0/orderlist_positions_default.csv": T0,
    "pretix/t0/orderlist_positions_excel.csv": T0,
    "pretix/t0/orderlist_positions_semicolon.csv": T0,
    "pretix/t0/orderlist_orders_default.csv": Counts(200, customers=49, orders=200),
    "pretix/t0/transactions_default.csv": Counts(518, 518, 22300, orders=200, performances=10, shows=1),
    "pretix/t0/customerlist_customers_default.csv": Counts(50, customers=50),
    "pretix/t0/customerlist_customers_semicolon.csv": Counts(50, customers=50),
    "pretix/t0/eventdata_default.csv": Counts(1, shows=1, totals=True),
    "pretix/t0": Counts(2373, 518, 22300, 0, 50, 200, 10, 1),
    "pretix/t1/orderlist_positions_default.csv": T1,
    "pretix/t1/orderlist_positions_semicolon.csv": T1,
    "pretix/t1/orderlist_orders_default.csv": Counts(213, customers=60, orders=208, apart=(FEES,)),
    "pretix/t1/orderlist_orders_semicolon.csv": Counts(213, customers=60, orders=208, apart=(FEES,)),
    "pretix/t1/orderlist_fees_default.csv": Counts(2, apart=(FEES,)),
    "pretix/t1/orderlist_xlsx.xlsx": Counts(755, 532, 22775, 11.98, 60, 208, 11, 2, (DONATION, FEES)),
    # Operations: the unpaid order is among them, the kept cancellation fee is not.
    "pretix/t1/transactions_default.csv": Counts(
        549, 533, 22815, 11.98, orders=209, performances=11, shows=2, apart=(DONATION, ("FEE", 1, 2.5))
    ),
    "pretix/t1/customerlist_xlsx.xlsx": Counts(50, customers=50),
    "pretix/t1/eventdata_default.csv": Counts(2, shows=2, totals=True),
    "pretix/t1": Counts(2864, 532, 22775, 11.98, 61, 208, 11, 2, (DONATION, FEES)),
    "pretix/api_t1": Counts(897, 532, 22775, 11.98, 61, 208, 11, 2, (DONATION, FEES)),
    "pretix/api_t1/customers_p1.json": Counts(50, customers=50),
    "pretix/api_t1/events_p1.json": Counts(2, shows=2, totals=True),
    "pretix/api_t1/romeo_subevents_p1.json": Counts(10, performances=10, shows=1),
    # Without the list of products beside it, the donation of 75 is a ticket: said, not guessed (see below).
    "pretix/api_t1/concert_orders_p1.json": Counts(32, 14, 485, 11.98, 11, 8, 1, 1, (FEES,)),
    "spektrix_ca/albertatheatreprojects_json_data.json": Counts(196, performances=196, shows=9),
    "spektrix_ca/kaymeekcentre_data.json": Counts(54, shows=54, totals=True),
    "spektrix_ca/kaymeekcentre_json_data.json": Counts(84, performances=84, shows=57),
    "spektrix_ca/kelownacommunitytheatre_json_data.json": Counts(163, performances=163, shows=125),
    "spektrix_ca/manitobaopera_json_data.json": Counts(16, performances=16, shows=12),
    "spektrix_ca/rcmusic_data.json": Counts(274, shows=274, totals=True),
    "spektrix_ca/sidwilliams_data.json": Counts(108, shows=53, totals=True),
    "spektrix_ca/theporttheatre_json_data.json": Counts(102, performances=102, shows=85),
    # 288 events with performances and 381 without, three of them under the title of one that has some.
    "spektrix_ca": Counts(997, performances=561, shows=666),
}  # fmt: skip
REFUSED = {
    "cdnow/cdnow_customers_summary.csv": "No table is recognised",
    "footlight_qc/event-entities.ttl": "no data file",
    "footlight_qc/places.ttl": "no data file",
    "footlight_qc/organizations.json": "No table is recognised",
    "footlight_qc/places.json": "No table is recognised",
    "pretix/api_t1/concert_items_p1.json": "completes others",
    "pretix/api_t1/romeo_items_p1.json": "completes others",
    "pretix/api_t1/concert_quotas_p1.json": "completes others",
    "pretix/api_t1/romeo_quotas_p1.json": "completes others",
    "pretix/api_t1/saleschannels_p1.json": "completes others",
    "ticketsource/openapi-1.1.json": "No table was recognised",
}
"""Files that hold nothing to count by themselves, and words of the sentence that says so."""

Done = dict[str, tuple[DepositReport, OrganizationCounts]]


def files_of(name: str) -> list[Path]:
    path = TICKETING / name
    return [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())


def profile(name: str) -> OrganizationProfile:
    return OrganizationProfile(slug_of(name.replace("/", "-").replace(".", "-").replace("_", "-")), name)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Each in a vault of its own, then all of them in one pool."""
    home = Home(tmp_path_factory.mktemp("every") / "home")
    ring = KeyRing.open(home)
    reports = {
        name: passing.receive(home, ring, files_of(name), organization=profile(name), received_at=RECEIVED)
        for name in EXPECTED
    }
    manifest = harmonise(home, ring, [profile(name) for name in EXPECTED], as_of=date(2026, 11, 22))
    return {name: (report, manifest.organizations[profile(name).slug]) for name, report in reports.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_deposit_gives_the_counts_of_a_correct_reading(done: Done, name: str) -> None:
    report, _ = done[name]
    told, held = EXPECTED[name], report.held
    assert accounts_hold(report)
    assert (report.rows_read, report.rows_refused) == (told.rows, 0)
    sold = told.tickets if not told.totals else 0
    assert (held.tickets, held.customers, held.orders) == (sold, told.customers, told.orders)
    assert tuple((reason, *one(held.set_apart[reason])) for reason in sorted(held.set_apart)) == told.apart
    assert held.performances == (0 if told.totals else told.performances)


def one(apart: tuple[int, int]) -> tuple[int, float]:
    return apart[0], apart[1] / 100


@pytest.mark.parametrize("name", EXPECTED)
def test_the_pool_gives_the_same_counts(done: Done, name: str) -> None:
    _, counts = done[name]
    told = EXPECTED[name]
    assert (counts.tickets, counts.performances, counts.shows) == (told.tickets, told.performances, told.shows)
    assert (counts.revenue_cents / 100, counts.taxes_cents / 100) == (told.revenue, told.taxes)
    assert counts.customers == told.customers


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_nothing_to_count_says_so(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(BadInput) as refused:
        passing.receive(home, KeyRing.open(home), files_of(name), organization=profile(name), received_at=RECEIVED)
    assert REFUSED[name] in refused.value.sentence("en")
    assert Path(name).name in refused.value.sentence("fr")


def test_a_list_that_sales_point_to_and_that_is_missing_is_said(done: Done) -> None:
    report, _ = done["pretix/api_t1/concert_orders_p1.json"]
    (said,) = [notice for notice in report.notices if "rest items" in notice.en]
    assert "may count as a ticket" in said.en


def every_file() -> Iterator[str]:
    for path in sorted(TICKETING.rglob("*")):
        if path.is_file() and path.parent != TICKETING and path.suffix != ".md":
            yield path.relative_to(TICKETING).as_posix()


def test_no_file_of_the_folder_is_left_out() -> None:
    pages = {name for name in every_file() if name.startswith("pretix/api_t1/")}  # pages of one answer: as a folder
    left = [name for name in every_file() if name not in {*EXPECTED, *REFUSED, *pages}]
    assert left == []
