"""Every way of writing a date that a box office was seen to use is read as the same instant."""

from datetime import datetime

import duckdb
import pytest

from publicc.intake.values import Clock, DayOrder, Kind, Settled, profile_table, sql_date, sql_datetime, sql_time
from publicc.intake.values.date_shapes import PLAIN_STEPS, plain_words
from tests.unit.intake.values.tables import table_of

WRITTEN = [
    ("2018-03-16 17:30", "2018-03-16 17:30:00"),
    ("2018-03-16T17:30:00", "2018-03-16 17:30:00"),
    ("2018/03/16 5:30 PM", "2018-03-16 17:30:00"),
    ("16/03/2018 17:30", "2018-03-16 17:30:00"),
    ("3/16/2018 5:30:00 PM", "2018-03-16 17:30:00"),
    ("16.03.18 17:30", "2018-03-16 17:30:00"),
    ("Mar 16, 2018 5:30:00 PM", "2018-03-16 17:30:00"),
    ("March 16 2018 5:30 pm", "2018-03-16 17:30:00"),
    ("16-Mar-18", "2018-03-16 00:00:00"),
    ("16 mars 2018 17 h 30", "2018-03-16 17:30:00"),
    ("16 mars 2018 à 20 h", "2018-03-16 20:00:00"),
    ("vendredi 16 mars 2018, 17h30", "2018-03-16 17:30:00"),
    ("le 1er févr. 2018", "2018-02-01 00:00:00"),
    ("Friday, March 16, 2018 at 5:30 p.m.", "2018-03-16 17:30:00"),
    ("31 août 2018 19 h 30", "2018-08-31 19:30:00"),
    ("20180316", "2018-03-16 00:00:00"),
    ("2018-03-16T17:30:00-04:00", "2018-03-16 17:30:00"),
    ("2018-03-16T21:30:00Z", "2018-03-16 17:30:00"),
    ("2018-03-16T21:30:00.1234567+00:00", "2018-03-16 17:30:00.123456"),
    ("2018-03-16 21:30:00+0000", "2018-03-16 17:30:00"),
]


def read_instants(cells: list[str], header: str = "Date") -> tuple[Kind, list[datetime | None]]:
    scratch = duckdb.connect()
    profile = profile_table(scratch, table_of(scratch, {header: list(cells)})).columns[0]
    assert profile.date is not None
    rows = scratch.execute(f"SELECT {sql_datetime('c1', profile.date)} FROM source_1 ORDER BY row_number").fetchall()
    return profile.kind, [row[0] for row in rows]


@pytest.mark.parametrize(("cell", "instant"), WRITTEN, ids=[w for w, _ in WRITTEN])
def test_a_way_of_writing_dates_is_read(cell: str, instant: str) -> None:
    _, (read,) = read_instants([cell])
    assert str(read) == instant


def test_a_column_may_mix_times_with_and_without_seconds() -> None:
    _, read = read_instants(["2018-03-16 17:30", "2018-03-17 17:30:15", "2018-03-18"])
    assert [str(r) for r in read] == ["2018-03-16 17:30:00", "2018-03-17 17:30:15", "2018-03-18 00:00:00"]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("20 h", Kind.TIME),
        ("19h30", Kind.TIME),
        ("19:30:00", Kind.TIME),
        ("7:30 PM", Kind.TIME),
        ("2018-03-16", Kind.DATE),
        ("16/03/2018 20:00", Kind.DATETIME),
    ],
)
def test_dates_instants_and_times_are_told_apart(cell: str, kind: Kind) -> None:
    scratch = duckdb.connect()
    assert profile_table(scratch, table_of(scratch, {"Date": [cell]})).columns[0].kind is kind


def test_times_are_read_in_french_and_english() -> None:
    scratch = duckdb.connect()
    profile = profile_table(scratch, table_of(scratch, {"Heure": ["20 h", "19h30", "19 h 05"]})).columns[0]
    assert profile.date is not None
    rows = scratch.execute(f"SELECT {sql_time('c1', profile.date)} FROM source_1").fetchall()
    assert [str(r[0]) for r in rows] == ["20:00:00", "19:30:00", "19:05:00"]


def test_a_part_above_twelve_anywhere_in_the_file_settles_day_and_month() -> None:
    scratch = duckdb.connect()
    profile = profile_table(
        scratch, table_of(scratch, {"Vente": ["04/06/15", "02/06/15"], "Début": ["28/11/14", "05/11/14"]})
    )
    sale, start = (c.date for c in profile.columns)
    assert sale is not None
    assert start is not None
    assert (sale.day_order, sale.settled) == (DayOrder.DMY, Settled.BY_FILE)
    assert (start.day_order, start.settled) == (DayOrder.DMY, Settled.BY_COLUMN)


def test_sales_before_performances_settle_day_and_month_when_no_number_does() -> None:
    scratch = duckdb.connect()
    profile = profile_table(
        scratch,
        table_of(
            scratch,
            {
                "Date de commande": ["03/01/2019", "05/02/2019", "07/03/2019", "09/04/2019"],
                "Date de représentation": ["02/05/2019", "01/06/2019", "03/07/2019", "04/08/2019"],
            },
        ),
    )
    assert [(c.date.day_order, c.date.settled) for c in profile.columns if c.date] == [
        (DayOrder.DMY, Settled.BY_SALE_ORDER)
    ] * 2


def test_what_nothing_settles_is_a_question_and_reads_nothing_until_answered() -> None:
    scratch = duckdb.connect()
    table = table_of(scratch, {"Date": ["04/06/2015", "02/06/2015"]})
    asked = profile_table(scratch, table)
    assert asked.questions == ("c1",)
    form = asked.columns[0].date
    assert form is not None
    assert scratch.execute(f"SELECT count({sql_date('c1', form)}) FROM source_1").fetchone() == (0,)
    told = profile_table(scratch, table, day_order=DayOrder.MDY).columns[0].date
    assert told is not None
    assert told.settled is Settled.BY_PERSON
    assert [str(r[0]) for r in scratch.execute(f"SELECT {sql_date('c1', told)} FROM source_1").fetchall()] == [
        "2015-04-06",
        "2015-02-06",
    ]


def test_a_void_midnight_and_the_next_columns_time_make_one_instant() -> None:
    scratch = duckdb.connect()
    table = table_of(
        scratch, {"Date resa": ["14/06/15 00:00", "15/06/15 00:00"], "Heure resa": ["16:26:04", "00:00:10"]}
    )
    date, time = profile_table(scratch, table).columns
    assert date.time_column == "c2"
    assert date.date is not None
    expression = sql_datetime("c1", date.date, time_column="c2", time_form=time.date)
    assert [str(r[0]) for r in scratch.execute(f"SELECT {expression} FROM source_1").fetchall()] == [
        "2015-06-14 16:26:04",
        "2015-06-15 00:00:10",
    ]


def test_utc_without_mark_is_recognised_by_its_local_twin() -> None:
    scratch = duckdb.connect()
    local = ["2024-08-09T19:30:00", "2025-01-10T19:30:00"]
    utc = ["2024-08-09T23:30:00", "2025-01-11T00:30:00"]
    profile = profile_table(scratch, table_of(scratch, {"start": list(local), "startUtc": list(utc)}))
    form = profile.columns[1].date
    assert form is not None
    assert form.clock is Clock.UTC
    rows = scratch.execute(f"SELECT {sql_datetime('c2', form)} FROM source_1 ORDER BY row_number").fetchall()
    assert [r[0].isoformat() for r in rows] == local


def test_the_hour_missing_in_spring_is_one_hour_later_and_the_double_hour_stays() -> None:
    _, read = read_instants(["2025-03-09 02:30", "2025-11-02 01:30", "2025-03-10 02:30"])
    assert [str(r) for r in read] == ["2025-03-09 03:30:00", "2025-11-02 01:30:00", "2025-03-10 02:30:00"]


@pytest.mark.parametrize(
    ("header", "cell", "instant"),
    [
        ("unix_date", "1546300800", "2018-12-31 19:00:00"),
        ("created_at time", "1546300800000", "2018-12-31 19:00:00"),
        ("Date", "43175.8125", "2018-03-16 19:30:00"),
        ("Date", "43175", "2018-03-16 00:00:00"),
    ],
)
def test_counted_instants_are_read_under_a_header_that_speaks_of_time(header: str, cell: str, instant: str) -> None:
    _, (read,) = read_instants([cell], header)
    assert str(read) == instant


def test_impossible_dates_are_counted_and_read_as_nothing() -> None:
    scratch = duckdb.connect()
    cells: list[str | None] = ["28/02/2019", "27/02/2019", "26/02/2019", "25/02/2019", "31/02/2019"]
    profile = profile_table(scratch, table_of(scratch, {"Date": cells})).columns[0]
    assert (profile.kind, profile.unreadable) == (Kind.DATE, 1)


@pytest.mark.parametrize("cell", [cell for cell, _ in WRITTEN])
def test_python_and_sql_put_words_in_the_same_plain_form(cell: str) -> None:
    from_sql = "lower(strip_accents($cell))"
    scratch = duckdb.connect()
    for pattern, into in PLAIN_STEPS:
        from_sql = f"regexp_replace({from_sql}, '{pattern}', '{into}', 'g')"
    (found,) = scratch.execute(f"SELECT trim({from_sql})", {"cell": cell}).fetchone() or ("",)
    assert found == plain_words(cell)
