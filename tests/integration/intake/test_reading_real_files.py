"""Real exports which nobody here wrote open without a hint, with the rows and columns that two others counted."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from publicc.intake.reading import Form, SourceTable, read_files
from publicc.intake.values import Clock, DayOrder, Kind, Settled, profile_table, sql_datetime, sql_money_cents
from publicc.kernel.errors import BadInput
from tests.shared_data import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.shared]
ROOT = SHARED / "ticketing"
EXPECTED: dict[str, Any] = json.loads((ROOT / "expected.json").read_text()) if ROOT.is_dir() else {}
COUNTED = sorted(name for name, figures in EXPECTED.items() if "rows" in figures)
JSON_FILES = sorted(name for name, figures in EXPECTED.items() if "records" in figures)


def opened(*names: str) -> tuple[duckdb.DuckDBPyConnection, list[SourceTable]]:
    scratch = duckdb.connect()
    return scratch, read_files([ROOT / name for name in names], scratch)


@pytest.mark.parametrize("name", COUNTED)
def test_a_real_export_has_the_rows_and_columns_that_were_counted(name: str) -> None:
    scratch, (table,) = opened(name)
    assert (table.row_count, len(table.headers)) == (EXPECTED[name]["rows"], EXPECTED[name]["columns"])
    assert table.problems == ()
    assert scratch.execute(f"SELECT count(*), min(row_number) FROM {table.relation}").fetchone() == (
        table.row_count,
        (table.evidence.header_row or 0) + 1,
    )


@pytest.mark.parametrize("name", JSON_FILES)
def test_a_real_json_document_has_its_records(name: str) -> None:
    _, tables = opened(name)
    assert (tables[0].evidence.form, tables[0].row_count) == (Form.JSON, EXPECTED[name]["records"])


def test_sheets_of_a_real_workbook_are_tables() -> None:
    _, tables = opened("pretix/t1/orderlist_xlsx.xlsx")
    assert [(t.part, t.row_count, len(t.headers)) for t in tables] == [
        ("Commandes", 213, 39),
        ("Position de commande", 540, 60),
        ("Frais de la commande", 2, 25),
    ]


def test_a_workbook_and_its_csv_twin_say_the_same() -> None:
    scratch, tables = opened("pretix/t1/orderlist_xlsx.xlsx", "pretix/t1/orderlist_positions_default.csv")
    sheet, text = tables[1], tables[-1]
    assert sheet.headers == text.headers
    words = ", ".join(f"c{i}" for i, h in enumerate(text.headers, 1) if h in {"Code de commande", "Statut", "E-Mail"})
    assert (
        scratch.execute(
            f"SELECT {words} FROM {sheet.relation} EXCEPT ALL SELECT {words} FROM {text.relation}"
        ).fetchall()
        == []
    )


def test_positions_of_real_orders_are_one_row_a_ticket_with_their_customer() -> None:
    pages = [f"pretix/api_t1/romeo_orders_p{i}.json" for i in range(1, 6)]
    _, tables = opened(*pages)
    positions = [t for t in tables if t.part == "positions"]
    assert sum(t.row_count for t in positions) == EXPECTED["pretix/api_t1"]["romeo"]["positions"]
    assert all({"code", "email", "datetime", "positions.price"} <= set(t.headers) for t in positions)


def test_the_calendar_has_its_events_and_offers() -> None:
    _, tables = opened("footlight_qc/events.json")
    rows = {t.part: t.row_count for t in tables}
    figures = EXPECTED["footlight_qc/events.json"]
    assert (rows[""], rows["offers"]) == (figures["events"], figures["offers"])


@pytest.mark.parametrize(
    ("name", "header", "total"),
    [
        ("arenametrics/sample.csv", "Prix", "2337"),
        ("arttheater/ticket_sales_by_showing.csv", "Price", "846008.25"),
        ("arttheater/gross_revenue_by_event.csv", "Gross Revenue", "827986.75"),
        ("arttheater/gift_card_transactions.csv", "Amount", "5886.41"),
        ("arttheater/merchandise_sales.csv", "Price", "7967.00"),
        ("cdnow/CDNOW_master.txt", "dollar_value", "2500315.63"),
        ("cdnow/CDNOW_sample.txt", "#5", "244091.94"),
        ("broadway/broadway.csv.gz", "grosses", "20123815564"),
        ("pretix/t1/orderlist_positions_default.csv", "Prix", "23121.98"),
        ("pretix/t1/orderlist_positions_semicolon.csv", "Prix", "23121.98"),
    ],
)
def test_amounts_of_real_exports_add_up_to_the_cent(name: str, header: str, total: str) -> None:
    scratch, (table,) = opened(name)
    profile = profile_table(scratch, table)
    column = next(c for c in profile.columns if c.header == header)
    assert column.money is not None
    found = scratch.execute(
        f"SELECT sum({sql_money_cents(column.column, column.money)}) FROM {table.relation}"
    ).fetchone()
    assert found == (round(float(total) * 100),)


@pytest.mark.parametrize(
    ("name", "header", "first", "last"),
    [
        ("arenametrics/sample.csv", "Date reservation", "2015-06-02 10:28:43", "2015-06-04 16:26:04"),
        ("arenametrics/sample.csv", "Date representation", "2014-10-10 20:00:00", "2016-06-01 20:00:00"),
        ("arttheater/ticket_sales_by_showing.csv", "EventDate", "2016-06-27 16:30:00", "2019-08-31 21:30:00"),
        ("arttheater/merchandise_sales.csv", "Order Date", "2016-06-22 08:01:32", "2019-07-30 16:53:50"),
        ("arttheater/gift_card_transactions.csv", "Activity Date", "2016-06-17 00:00:00", "2019-07-28 00:00:00"),
        ("cdnow/CDNOW_master.txt", "date", "1997-01-01 00:00:00", "1998-06-30 00:00:00"),
        ("broadway/broadway.csv.gz", "week", "1998-09-27 00:00:00", "2018-08-26 00:00:00"),
        ("pretix/t1/orderlist_positions_default.csv", "Date de commande", "2026-11-21 22:51:05", "2026-11-21 23:27:06"),
        ("pretix/t1/eventdata_default.csv", "Heure de début d'événement", "2026-10-15 19:30:00", "2026-12-01 20:00:00"),
        ("spektrix_ca/manitobaopera_json_data.json", "instance_start", "2025-08-23 16:30:00", "2026-04-24 19:30:00"),
    ],
)
def test_dates_of_real_exports_are_right(name: str, header: str, first: str, last: str) -> None:
    scratch, tables = opened(name)
    profile = profile_table(scratch, tables[0])
    column = next(c for c in profile.columns if c.header == header)
    assert column.date is not None
    time_form = profile.column(column.time_column).date if column.time_column else None
    instant = sql_datetime(column.column, column.date, time_column=column.time_column, time_form=time_form)
    found = scratch.execute(f"SELECT min({instant}), max({instant}) FROM {tables[0].relation}").fetchone() or ()
    assert tuple(map(str, found)) == (first, last)
    assert column.unreadable == 0


def test_day_and_month_of_a_real_ambiguous_column_are_settled_by_the_file() -> None:
    scratch, (table,) = opened("arenametrics/sample.csv")
    form = profile_table(scratch, table).columns[2].date
    assert form is not None
    assert (form.day_order, form.settled) == (DayOrder.DMY, Settled.BY_FILE)


@pytest.mark.parametrize("name", [n for n in JSON_FILES if EXPECTED[n]["grain"] == "instance"])
def test_unmarked_utc_of_real_instances_gives_their_local_time_back(name: str) -> None:
    scratch, tables = opened(name)
    profile = profile_table(scratch, tables[0])
    utc = next(c for c in profile.columns if c.header == "instance_startUtc")
    assert utc.kind is Kind.DATETIME
    assert utc.date is not None
    assert utc.date.clock is Clock.UTC


def test_real_prices_with_exponents_are_numbers() -> None:
    scratch, tables = opened("footlight_qc/events.json")
    offers = next(t for t in tables if t.part == "offers")
    price = next(c for c in profile_table(scratch, offers).columns if c.header == "offers.price")
    assert (price.kind, price.filled, price.unreadable) == (Kind.MONEY, 329, 0)
    assert (str(price.least), str(price.most)) == ("0.0000", "173.5900")


def test_what_is_no_table_is_said_to_be_none() -> None:
    for name in ("ticketsource/openapi-1.1.json", "footlight_qc/places.ttl"):
        with pytest.raises(BadInput) as refused:
            opened(name)
        assert Path(name).name in refused.value.sentence("fr")
