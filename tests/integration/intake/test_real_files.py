"""Real exports that nobody here wrote must give the counts of their README."""

import json
from pathlib import Path

import pytest

from tests.intake_deposits import Vault, accounts_hold, files_of
from tests.shared_data import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]

TICKETING = SHARED / "ticketing"
TICKETS_AND_SHOWS = "current_tickets JOIN current_performances USING (source, performance_key)"
EXPECTED = json.loads((TICKETING / "expected.json").read_text()) if TICKETING.is_dir() else {}


def cents(amount: str) -> int:
    return round(float(amount) * 100)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


def test_a_french_theatre_export_gives_its_tickets_orders_and_nameless_customers(vault: Vault) -> None:
    report = vault.deposit(TICKETING / "arenametrics/sample.csv")
    told = EXPECTED["arenametrics/sample.csv"]
    held = report.held
    assert accounts_hold(report)
    assert (held.tickets, held.orders, held.customers) == (told["tickets"], told["orders"], told["customers"])
    assert (held.performances, held.shows) == (told["performances"], told["shows"])
    assert held.revenue_cents == cents(told["amount"])
    assert vault.rows("SELECT min(ordered_at)::VARCHAR, max(ordered_at)::VARCHAR FROM current_tickets") == [
        (told["sale_first"], told["sale_last"])
    ]
    assert vault.rows("SELECT min(starts_at)::VARCHAR, max(starts_at)::VARCHAR FROM current_performances") == [
        (told["performance_first"], told["performance_last"])
    ]
    late = f"SELECT count(*) FROM {TICKETS_AND_SHOWS} WHERE ordered_at > starts_at"
    assert vault.one(late) == told["sold_after_performance"]
    by_product = "SELECT price_category, count(*) FROM current_tickets GROUP BY 1"
    assert dict(vault.rows(by_product)) == told["product"]
    assert dict(vault.rows("SELECT channel_label, count(*) FROM current_tickets GROUP BY 1")) == told["channel"]
    assert vault.one("SELECT count(*) FROM current_performances WHERE title = '887'") > 0


@pytest.mark.parametrize("whole_folder", [False, True], ids=["alone", "with the other reports"])
def test_an_art_cinema_sells_tickets_without_buyers(vault: Vault, whole_folder: bool) -> None:
    folder = TICKETING / "arttheater"
    report = vault.deposit(*(files_of(folder) if whole_folder else [folder / "ticket_sales_by_showing.csv"]))
    told = EXPECTED["arttheater/ticket_sales_by_showing.csv"]
    held = report.held
    assert accounts_hold(report)
    assert (held.tickets, held.performances, held.shows) == (told["tickets"], told["performances"], told["shows"])
    assert (held.revenue_cents, held.customers, held.orders) == (cents(told["amount"]), 0, 0)
    zero = "SELECT count(*) FROM current_tickets WHERE coalesce(net_cents, 0) = 0"
    assert vault.one(zero) == told["zero_price_tickets"]
    years = f"SELECT year(starts_on)::VARCHAR, count(*), sum(net_cents) FROM {TICKETS_AND_SHOWS} GROUP BY 1"
    by_year = {year: (tickets, money) for year, tickets, money in vault.rows(years)}
    assert {year: n for year, (n, _) in by_year.items()} == told["tickets_by_year"]
    assert {year: money for year, (_, money) in by_year.items()} == {
        y: cents(a) for y, a in told["amount_by_year"].items()
    }
    assert vault.one("SELECT count(DISTINCT price_category) FROM current_tickets") == told["price_types"]
    assert vault.rows("SELECT min(starts_at)::VARCHAR, max(starts_at)::VARCHAR FROM current_performances") == [
        (told["performance_first"], told["performance_last"])
    ]


def test_gift_cards_merchandise_and_grosses_are_never_tickets(vault: Vault) -> None:
    report = vault.deposit(*files_of(TICKETING / "arttheater"))
    cards, goods = EXPECTED["arttheater/gift_card_transactions.csv"], EXPECTED["arttheater/merchandise_sales.csv"]
    gross = EXPECTED["arttheater/gross_revenue_by_event.csv"]
    assert report.held.set_apart == {
        "GIFT_CARD": (cards["rows"], cents(cards["amount_net"])),
        "MERCHANDISE": (goods["units"], cents(goods["amount"])),
    }
    assert report.held.totals == {"SHOW": (gross["shows"], 0, cents(gross["amount"]))}
    orders = "SELECT count(DISTINCT order_key) FROM current_set_apart WHERE reason = 'MERCHANDISE'"
    assert vault.one(orders) == goods["orders"]


PRETIX = ["pretix/t0/orderlist_positions_default.csv", "pretix/t0/orderlist_positions_excel.csv",
          "pretix/t0/orderlist_positions_semicolon.csv", "pretix/t1/orderlist_positions_default.csv",
          "pretix/t1/orderlist_positions_semicolon.csv"]  # fmt: skip


@pytest.mark.parametrize("path", [*PRETIX, "pretix/t0", "pretix/t1"])
def test_a_pretix_export_gives_the_same_figures_alone_in_any_dialect_or_with_its_whole_folder(
    vault: Vault, path: str
) -> None:
    whole = (TICKETING / path).is_dir()
    report = vault.deposit(*(files_of(TICKETING / path) if whole else [TICKETING / path]))
    told = EXPECTED[f"{path}/orderlist_positions_default.csv" if whole else path]
    held = report.held
    assert report.problems == ()
    assert accounts_hold(report)
    assert (held.tickets, held.orders, held.performances) == (
        told["valid_tickets"],
        told["valid_orders"],
        told["performances"],
    )
    assert held.revenue_cents + held.taxes_cents == cents(told["valid_amount"])
    assert held.taxes_cents == cents(told["valid_tax"])
    assert held.complimentary == told["complimentary_tickets"]
    assert held.set_apart.get("DONATION", (0, 0))[0] == told["donation_rows"]
    valid = "FROM current_tickets WHERE ticket_status = 'VALID'"
    assert vault.one(f"SELECT count(DISTINCT customer_key) {valid}") == told["buyers_with_email"]
    assert vault.one(f"SELECT count(*) {valid} AND customer_key IS NULL") == told["rows_without_email"]
    by_channel = dict(vault.rows(f"SELECT channel_label, count(*) {valid} GROUP BY 1"))
    assert by_channel == told["channels"]
    by_performance = {
        key.replace("/", " ").replace("T", " ") + (":00" if "/" in key else ""): n
        for key, n in vault.rows(f"SELECT performance_key, count(*) {valid} GROUP BY 1")
    }
    assert by_performance == told["tickets_by_performance"]


def test_a_second_export_touches_only_what_is_new_or_changed(vault: Vault) -> None:
    vault.deposit(*files_of(TICKETING / "pretix/t0"))
    report = vault.deposit(*files_of(TICKETING / "pretix/t1"))
    told = EXPECTED["pretix/t0_to_t1"]
    assert (report.orders.added, report.orders.changed) == (told["new_orders"], len(told["changed_orders"]))
    assert (report.orders.removed, report.orders.unchanged) == (told["removed_orders"], 199)
    touched = "SELECT DISTINCT order_key FROM tickets WHERE superseded_by = 2"
    assert [key for (key,) in vault.rows(touched)] == told["changed_orders"]
    assert report.held.tickets == 532
    moved = "SELECT DISTINCT performance_key FROM current_tickets WHERE order_key = 'FUKND' ORDER BY 1"
    assert vault.rows(moved) == [("romeo/2026-12-01T20:00",), ("romeo/2026-12-02T20:00",)]


def test_the_ledger_and_the_whole_orders_complete_the_positions_without_adding_up(vault: Vault) -> None:
    report = vault.deposit(*files_of(TICKETING / "pretix/t1"))
    told = EXPECTED["pretix/t1/orderlist_orders_default.csv"]
    assert vault.one("SELECT count(*) FROM current_orders") == told["rows"]
    assert vault.one("SELECT sum(total_cents) FROM current_orders") == cents(told["total_all_rows"])
    assert vault.one("SELECT sum(total_cents) FROM current_orders WHERE order_status = 'VALID'") == cents(
        told["total_paid"]
    )
    assert report.held.set_apart["FEE"] == (2, cents(EXPECTED["pretix/t1/orderlist_fees_default.csv"]["amount"]))
    ledger = next(table for table in report.tables if table.grain == "ledger")
    assert (ledger.accepted, ledger.set_apart) == (0, EXPECTED["pretix/t1/transactions_default.csv"]["rows"])
    assert ledger.amount_cents == cents(EXPECTED["pretix/t1/transactions_default.csv"]["signed_gross"])


def test_a_ledger_alone_adds_up_its_operations(vault: Vault) -> None:
    report = vault.deposit(TICKETING / "pretix/t1/transactions_default.csv")
    told = EXPECTED["pretix/t1/transactions_default.csv"]
    apart = sum(units for units, _ in report.held.set_apart.values())
    assert report.held.tickets + apart == told["signed_quantity"]
    money = (
        report.held.revenue_cents
        + report.held.taxes_cents
        + sum(amount for _, amount in report.held.set_apart.values())
    )
    assert money == cents(told["signed_gross"])


def test_whole_orders_alone_give_buyers_and_money_and_no_ticket(vault: Vault) -> None:
    report = vault.deposit(TICKETING / "pretix/t1/orderlist_orders_default.csv")
    assert (report.held.tickets, report.held.orders) == (0, 208)
    assert "transaction entière" in report.tables[0].grain.sentence.fr


def test_purchases_without_order_numbers_make_an_order_of_a_customers_day(vault: Vault) -> None:
    report = vault.deposit(TICKETING / "cdnow/CDNOW_master.txt")
    told = EXPECTED["cdnow/CDNOW_master.txt"]
    held = report.held
    assert (held.customers, held.orders, held.tickets) == (told["customers"], told["customer_days"], told["units"])
    assert held.revenue_cents == cents(told["amount"])
    assert (str(held.first_order_on), str(held.last_order_on)) == ("1997-01-01", "1998-06-30")


def test_a_sample_beside_its_master_adds_nothing_and_alone_gives_its_own_figures(tmp_path: Path) -> None:
    together = Vault(tmp_path).deposit(*files_of(TICKETING / "cdnow"))
    assert together.held.tickets == EXPECTED["cdnow/CDNOW_master.txt"]["units"]
    alone = Vault(tmp_path).deposit(TICKETING / "cdnow/CDNOW_sample.txt").held
    told = EXPECTED["cdnow/CDNOW_sample.txt"]
    assert (alone.customers, alone.tickets, alone.revenue_cents) == (
        told["customers"],
        told["units"],
        cents(told["amount"]),
    )


def test_weekly_grosses_are_totals_and_make_no_ticket(vault: Vault) -> None:
    report = vault.deposit(TICKETING / "broadway/broadway.csv.gz")
    told = EXPECTED["broadway/broadway.csv.gz"]
    assert report.held.tickets == 0
    assert report.held.totals == {"WEEK": (told["rows"], told["tickets"], cents(told["amount"]))}
    counted = "count(DISTINCT last_on), count(DISTINCT title), sum(performances), sum(capacity)"
    figures = f"SELECT {counted}, min(last_on)::VARCHAR, max(last_on)::VARCHAR FROM current_totals"
    assert vault.rows(figures) == [
        (told["weeks"], told["shows"], told["performances"], told["seats"], told["first_week"], told["last_week"])
    ]


def test_rest_pages_give_exactly_the_figures_of_the_exports(vault: Vault) -> None:
    report = vault.deposit(*files_of(TICKETING / "pretix/api_t1"))
    told = EXPECTED["pretix/t1/orderlist_positions_default.csv"]
    held = report.held
    assert accounts_hold(report)
    assert (held.tickets, held.orders, held.performances) == (
        told["valid_tickets"],
        told["valid_orders"],
        told["performances"],
    )
    assert held.revenue_cents + held.taxes_cents == cents(told["valid_amount"])
    assert (held.taxes_cents, held.complimentary) == (cents(told["valid_tax"]), told["complimentary_tickets"])
    assert held.set_apart == {"DONATION": (1, 7500), "FEE": (2, 750)}
    assert vault.one("SELECT sum(capacity) FROM current_performances") == EXPECTED["pretix/api_t1"]["romeo"]["seats"]
    assert vault.one("SELECT max(ordered_on)::VARCHAR FROM current_tickets") == "2026-11-21"


SPEKTRIX = [key for key in EXPECTED if key.startswith("spektrix_ca/")]


@pytest.mark.parametrize("path", SPEKTRIX)
def test_an_event_file_gives_its_performances_or_says_that_it_lists_none(vault: Vault, path: str) -> None:
    report = vault.deposit(TICKETING / path)
    told = EXPECTED[path]
    assert accounts_hold(report)
    assert report.held.performances == (told["performances"] or 0)
    table = "current_performances" if told["performances"] else "current_totals"
    assert vault.one(f"SELECT count(DISTINCT show_key) FROM {table}") == told["events"]
    rooms = f"SELECT count(DISTINCT room) FROM (SELECT unnest(string_split(room_label, ' | ')) AS room FROM {table})"
    assert vault.one(rooms) == told["locations"]
    assert vault.one(f"SELECT count(DISTINCT show_key) FROM {table} WHERE is_test") == told["test_events"]
    edges = f"SELECT min(starts_at), max(starts_at) FROM {table}"
    assert [moment.isoformat() for moment in vault.rows(edges)[0]] == [told["first"], told["last"]]


def test_all_the_event_files_together_give_all_the_performances(vault: Vault) -> None:
    report = vault.deposit(*files_of(TICKETING / "spektrix_ca"))
    assert report.held.performances == sum(EXPECTED[path]["performances"] or 0 for path in SPEKTRIX)


def test_a_calendar_of_events_gives_its_disciplines_and_no_invented_performance(vault: Vault) -> None:
    report = vault.deposit(TICKETING / "footlight_qc/events.json")
    told = EXPECTED["footlight_qc/events.json"]
    assert report.held.performances == 0
    assert report.held.totals == {"EVENT": (told["events"], 0, 0)}
    assert dict(vault.rows("SELECT discipline_label, count(*) FROM current_totals GROUP BY 1")) == told["disciplines"]
    assert vault.one("SELECT count(*) FROM current_totals WHERE has_time") == told["with_time"]
    assert vault.one("SELECT count(DISTINCT city) FROM current_totals") == told["cities"]
    venues = "SELECT count(DISTINCT (room_label, postal_code, city)) FROM current_totals"
    assert vault.one(venues) in (told["venues"], told["venues"] - 1), "two venues share one name"
    assert vault.one("SELECT count(DISTINCT title) FROM current_totals") == told["distinct_french_titles"]
