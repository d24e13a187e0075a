"""One row a ticket, every rule of the conventions settled. Drawn tables in, columns of the pool out."""

from datetime import date

from publicc.store.home import Home
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, run

ONE = "performance_key\n---\nP1"


LEADS = {
    ("SCHEDULED", "-", "-", "2018-12-24"): 8,
    ("SCHEDULED", "-", "-", "2019-01-01"): 0,
    ("SCHEDULED", "-", "-", "2019-01-04"): -3,
    ("SCHEDULED", "-", "-", "-"): None,
    ("RESCHEDULED", "2018-12-10", "2018-12-05", "2018-12-01"): 9,  # before: counted from the previous date
    ("RESCHEDULED", "2018-12-10", "2018-12-05", "2018-12-05"): 5,  # the very day: still the previous date
    ("RESCHEDULED", "2018-12-10", "2018-12-05", "2018-12-06"): 26,  # after: the new date
    ("RESCHEDULED", "2018-12-10", "-", "2018-12-01"): None,  # day unknown: out
    ("RESCHEDULED", "-", "2018-12-05", "2018-12-01"): None,
    ("RESCHEDULED", "-", "2018-12-05", "2018-12-06"): 26,
}
"""Status, previous date, day it moved and day of the order of a performance of 1 January 2019 → days ahead."""


def test_lead_time_is_counted_from_the_date_that_was_announced(home: Home) -> None:
    offered, sold = "", ""
    for n, (status, previous, moved_on, ordered_on) in enumerate(LEADS):
        offered += f"\nP{n}|2019-01-01|{status}|{previous}|{moved_on}"
        sold += f"\n{n}|P{n}|{ordered_on}|{1000 + n}"
    fill(
        home,
        "opera",
        performances=f"performance_key|starts_on|status|previous_starts_on|rescheduled_on{offered}",
        tickets=f"order_key|performance_key|ordered_on|net_cents{sold}",
    )
    run(home)
    days = [one for (one,) in ask(home, "SELECT lead_time_days FROM purchases ORDER BY net_cents")]
    assert dict(zip(LEADS, days, strict=True)) == LEADS


def test_paid_complimentary_and_free_tickets_are_told_apart(home: Home) -> None:
    fill(
        home,
        "opera",
        performances="""
            performance_key | is_free
            ----------------+--------
            P1              | false
            P2              | true
        """,
        tickets="""
            order_key | performance_key | price_group  | net_cents | ticket_status
            ----------+-----------------+--------------+-----------+--------------
            a         | P1              | FULL         | 5000      | VALID
            b         | P1              | FULL         | 0         | VALID
            c         | P1              | FULL         | -         | VALID
            d         | P1              | COMP         | 0         | VALID
            e         | P1              | FREE         | 0         | VALID
            f         | P1              | UNMAPPED     | 0         | VALID
            g         | P1              | -            | 0         | VALID
            h         | P1              | UNMAPPED     | 1000      | VALID
            i         | P1              | UNMAPPED     | -         | VALID
            j         | P1              | PASS         | 0         | VALID
            k         | P1              | SUBSCRIPTION | 2500      | VALID
            l         | P2              | FULL         | 0         | VALID
            m         | P2              | COMP         | 0         | VALID
            n         | P1              | FULL         | 5000      | REFUNDED
            o         | P1              | COMP         | 0         | CANCELLED
            p         | -               | FULL         | 5000      | -
        """,
    )
    run(home)
    kinds = ask(
        home,
        """SELECT CASE WHEN is_paid THEN 'paid' WHEN is_comp THEN 'comp' WHEN is_free THEN 'free' ELSE 'none' END
            || CASE WHEN price_known THEN '' ELSE '?' END FROM purchases ORDER BY order_id""",
    )
    assert "".join(f" {kind}" for (kind,) in kinds) == (
        " paid paid paid? comp free comp comp paid paid? paid? paid free free none none paid"
    )


def test_codes_that_a_source_does_not_give_take_the_plain_value(home: Home) -> None:
    fill(home, "opera", tickets="order_key|price_group|channel|ticket_status\nA|-|-|-")
    run(home)
    assert ask(
        home, "SELECT price_group, channel, ticket_status, origin, discipline, performance_id FROM purchases"
    ) == [("UNMAPPED", "UNKNOWN", "VALID", "UNKNOWN", "UNKNOWN", None)]


def test_a_season_begins_in_september_and_a_week_on_monday(home: Home) -> None:
    fill(
        home,
        "opera",
        performances="""
            performance_key | starts_on  | starts_at           | has_time
            ----------------+------------+---------------------+---------
            P1              | 2025-08-31 | 2025-08-31 23:30:00 | true
            P2              | 2025-09-01 | 2025-09-01 00:10:00 | true
            P3              | 2025-09-07 | 2025-09-07 00:00:00 | false
            P4              | -          | -                   | false
        """,
    )
    run(home)
    assert ask(home, "SELECT starts_on, season, weekday, starts_hour FROM performances ORDER BY 1") == [
        (date(2025, 8, 31), 2024, 7, 23),
        (date(2025, 9, 1), 2025, 1, 0),
        (date(2025, 9, 7), 2025, 7, None),
        (None, None, None, None),
    ]


def test_the_hour_of_purchase_is_unknown_when_a_source_gives_only_dates(home: Home) -> None:
    fill(
        home,
        "opera",
        tickets="""
            source | order_key | ordered_at
            -------+-----------+--------------------
            dates  | a         | 2019-01-01 00:00:00
            dates  | b         | 2019-01-02 00:00:00
            dates  | c         | 2019-01-03 10:00:00
            clock  | d         | 2019-01-05 09:59:59
            clock  | e         | 2019-01-05 00:00:00
        """,
    )
    run(home)
    assert ask(home, "SELECT ordered_hour, ordered_weekday, count(*) FROM purchases GROUP BY ALL ORDER BY ALL") == [
        (0, 6, 1),
        (9, 6, 1),
        (None, 2, 1),
        (None, 3, 1),
        (None, 4, 1),
    ]


def test_lead_times_of_the_magdalen_islands_follow_their_own_clock(home: Home) -> None:
    fill(
        home,
        "opera",
        performances="performance_key|starts_on|postal_code\nP1|2019-07-02|G4T 3A1\nP2|2019-07-02|H2X 1Y4",
        tickets="""
            order_key | performance_key | ordered_at
            ----------+-----------------+--------------------
            a         | P1              | 2019-07-01 23:30:00
            b         | P2              | 2019-07-01 23:30:00
            c         | P1              | 2019-07-01 12:00:00
        """,
    )
    run(home)
    assert ask(home, "SELECT lead_time_days, ordered_on::VARCHAR, ordered_hour FROM purchases ORDER BY order_id") == [
        (0, "2019-07-01", 23),
        (1, "2019-07-01", 23),
        (1, "2019-07-01", 12),
    ]


def test_money_of_another_currency_is_not_added(home: Home) -> None:
    tickets = """
        order_key | currency | net_cents
        ----------+----------+----------
        a         | CAD      | 1000
        b         | -        | 1000
        c         | USD      | 1000
        d         | USD      | 1000
    """
    fill(home, "opera", tickets=tickets)
    fill(home, "cinema", tickets="order_key|currency|net_cents\na|USD|700\nb|USD|700")
    made = run(home, "opera", "cinema")
    assert made.organizations["opera"].revenue_cents == 2000
    assert made.organizations["opera"].tickets == 4
    assert made.organizations["cinema"].revenue_cents == 1400


def test_dates_of_a_show_are_one_show_and_added_dates_say_so(home: Home) -> None:
    fill(
        home,
        "opera",
        performances="""
            performance_key | title                               | show_key | discipline_label | language
            ----------------+-------------------------------------+----------+------------------+---------
            P1              | LE LAC DES CYGNES                   | -        | Danse            | -
            P2              | Le Lac des cygnes                   | -        | Danse            | -
            P3              | Le Lac des cygnes - Supplémentaire  | -        | Danse            | -
            P4              | Carmen                              | S1       | Opéra            | fr
            P5              | Carmen en concert                   | S1       | Opéra            | fr
            P6              | Tour de chant                       | -        | Chanson          | en
            P7              | -                                   | -        | -                | -
        """,
    )
    made = run(home)
    assert made.organizations["opera"].shows == 3
    assert ask(home, "SELECT title, discipline, language FROM shows ORDER BY 1") == [
        ("Carmen", "OPERA", "fr"),
        ("Le Lac des cygnes", "DANCE", None),
        ("Tour de chant", "SONG_EN", "en"),
    ]
    assert ask(
        home, "SELECT count(*) FILTER (WHERE is_extra), count(DISTINCT show_id), count(*) FROM performances"
    ) == [(1, 3, 7)]


def test_the_only_discipline_of_an_organization_fills_what_is_not_said(home: Home) -> None:
    fill(home, "opera", performances="performance_key|discipline_label\nP1|-\nP2|Danse")
    run(home, disciplines=("OPERA",))
    assert ask(home, "SELECT discipline FROM performances ORDER BY 1") == [("DANCE",), ("OPERA",)]
    run(home, disciplines=("OPERA", "THEATRE"))
    assert ask(home, "SELECT discipline FROM performances ORDER BY 1") == [("DANCE",), ("UNKNOWN",)]


def test_a_test_of_the_box_office_is_listed_and_nothing_of_it_is_counted(home: Home) -> None:
    fill(
        home,
        "opera",
        performances="performance_key|is_test\nP1|true\nP2|false",
        tickets="order_key|performance_key\na|P1\nb|P2",
    )
    made = run(home)
    assert (made.pool.performances, made.pool.tickets) == (2, 1)
    assert sorted(ask(home, "SELECT event_type FROM performances")) == [("OTHER",), ("PERFORMING_ARTS",)]
    assert sorted(ask(home, "SELECT ticket_status FROM purchases")) == [("VALID",), ("VOID",)]


def test_totals_count_only_where_nothing_finer_is_known(home: Home) -> None:
    fill(
        home,
        "opera",
        totals="""
            kind | title   | first_on   | last_on    | performances | tickets | revenue_cents
            -----+---------+------------+------------+--------------+---------+--------------
            WEEK | Hamlet  | 2018-01-01 | 2018-01-07 | 8            | 800     | 80000
            WEEK | Hamlet  | 2018-01-08 | 2018-01-14 | 7            | 700     | 70000
            SHOW | HAMLET  | 2018-01-01 | 2018-01-14 | 15           | 1500    | 150000
            SHOW | Macbeth | 2018-02-01 | 2018-02-03 | 3            | 300     | 30000
        """,
    )
    counts = run(home).organizations["opera"]
    assert (counts.shows, counts.performances, counts.tickets, counts.revenue_cents) == (2, 18, 1800, 180000)
    fill(
        home,
        "opera",
        performances="performance_key|title\nP1|Hamlet",
        tickets="order_key|performance_key\na|P1",
    )
    counts = run(home).organizations["opera"]
    assert (counts.shows, counts.performances, counts.tickets, counts.revenue_cents) == (1, 1, 1, 2000)
    assert ask(home, "SELECT title, tickets FROM totals") == [("Macbeth", 300)]


def test_coverage_is_of_paid_tickets(home: Home) -> None:
    fill(
        home,
        "opera",
        customers="customer_key|postal_code\n1|H2X 1Y4",
        performances="performance_key|capacity\nP1|100\nP2|-",
        tickets="""
            order_key | customer_key | performance_key | price_group | net_cents
            ----------+--------------+-----------------+-------------+----------
            a         | 1            | P1              | FULL        | 1000
            b         | -            | P1              | FULL        | 1000
            c         | 1            | P2              | PASS        | 0
            d         | -            | P2              | COMP        | 0
        """,
    )
    shares = run(home).quality["opera"]
    assert shares == {
        "buyer_coverage": 0.666667,
        "postal_coverage": 0.666667,
        "price_coverage": 0.666667,
        "capacity_coverage": 0.5,
    }
