"""Where buyers and venues are, and how far apart."""

import pytest

from publicc.store.home import Home
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, run

LIVES = (
    ("H2X 1Y4", "-", "CANADA", "QC", "H2X", "06", "Montréal"),
    ("g9a5h3", "Canada", "CANADA", "QC", "G9A", "04", "Trois-Rivières"),
    ("H2X IY4", "-", "CANADA", "QC", "H2X", "06", "Montréal"),  # a letter for a digit, where the place exists
    ("M5V", "-", "CANADA", "ON", "M5V", None, None),
    ("G0X", "-", "CANADA", "QC", "G0X", "04", None),
    ("H0H 0H0", "-", "UNKNOWN", None, None, None, None),
    ("D1D 1D1", "Canada", "UNKNOWN", None, None, None, None),
    ("90210", "-", "FOREIGN", None, None, None, None),
    ("90210-1234", "USA", "FOREIGN", None, None, None, None),
    ("75011", "France", "FOREIGN", None, None, None, None),
    ("75011", "Canada", "UNKNOWN", None, None, None, None),
    ("-", "France", "FOREIGN", None, None, None, None),
    ("H2X 1Y4", "France", "FOREIGN", None, None, None, None),
    ("-", "CANADA", "UNKNOWN", None, None, None, None),
    ("-", "-", "UNKNOWN", None, None, None, None),
)
"""Postal code and country as typed → origin, province, FSA, region, municipality."""

Homes = list[tuple[str | None, ...]]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Homes, Homes]:
    """Where each buyer of `LIVES` is said to live on their ticket, and on their own row; each pays an amount alone."""
    home = Home(tmp_path_factory.mktemp("homes") / "home")
    customers = "".join(f"\n{n}|{code}|{country}" for n, (code, country, *_) in enumerate(LIVES))
    tickets = "".join(f"\na{n}|{n}|{1000 + n}" for n in range(len(LIVES)))
    fill(
        home,
        "opera",
        customers=f"customer_key|postal_code|country{customers}",
        tickets=f"order_key|customer_key|net_cents{tickets}",
    )
    run(home)
    columns = ("origin", "province", "fsa", "admin_region", "municipality")
    bought = f"SELECT {', '.join(columns)} FROM purchases ORDER BY net_cents"
    known = f"""SELECT {", ".join(f"p.{name}" for name in columns)} FROM persons p
        JOIN purchases t USING (buyer_id) ORDER BY net_cents"""
    return ask(home, bought), ask(home, known)


@pytest.mark.parametrize("nth", range(len(LIVES)), ids=[f"{code}, {country}" for code, country, *_ in LIVES])
def test_where_a_buyer_lives(homes: tuple[Homes, Homes], nth: int) -> None:
    on_tickets, on_persons = homes
    assert len(on_tickets) == len(on_persons) == len(LIVES)
    assert on_tickets[nth] == on_persons[nth] == LIVES[nth][2:]


def test_a_code_that_lacks_is_taken_from_another_record_of_the_same_buyer(home: Home) -> None:
    fill(
        home,
        "opera",
        customers="""
            customer_key | first_name | last_name | email           | postal_code
            -------------+------------+-----------+-----------------+------------
            1            | Ada        | Roy       | ada@example.org | H2X 1Y4
            2            | Ada        | Roy       | ada@example.org | -
        """,
        tickets="order_key|customer_key\na|1\nb|2",
    )
    run(home)
    assert ask(home, "SELECT fsa, count(*) FROM purchases GROUP BY 1") == [("H2X", 2)]


def test_distance_from_home_to_venue(home: Home) -> None:
    expected = {
        "H2X 1Y4": 0.0, "G9A 5H3": 122.1, "G1R 4P5": 232.6, "M5V 2T6": 505.0, "G0X": None, "75011": None, "-": None,
    }  # fmt: skip
    fill(
        home,
        "opera",
        customers="customer_key|postal_code" + "".join(f"\n{n}|{code}" for n, code in enumerate(expected)),
        performances="performance_key|room_label|postal_code\nP1|Salle|H2X 1Y4",
        tickets="order_key|customer_key|performance_key|net_cents"
        + "".join(f"\na{n}|{n}|P1|{1000 + n}" for n in range(len(expected))),
    )
    run(home)
    found = [km for (km,) in ask(home, "SELECT distance_km FROM purchases ORDER BY net_cents")]
    assert found == [None if km is None else pytest.approx(km, abs=3) for km in expected.values()]
    assert all(km is None or round(km, 1) == km for km in found)


def test_a_venue_is_placed_by_its_code_else_its_city_else_its_organization(home: Home) -> None:
    fill(
        home,
        "opera",
        performances="""
            performance_key | room_label | city           | postal_code
            ----------------+------------+----------------+------------
            P1              | A          | -              | G9A 5H3
            P2              | B          | TROIS-RIVIERES | -
            P3              | C          | -              | -
            P4              | D          | Cap-aux-Meules | nonsense
            P5              | -          | -              | -
        """,
    )
    run(home, territory="Laval")
    assert ask(home, "SELECT label, municipality, fsa, admin_region, latitude IS NOT NULL FROM venues ORDER BY 1") == [
        ("A", "Trois-Rivières", "G9A", "04", True),
        ("B", "Trois-Rivières", None, "04", True),
        ("C", "Laval", None, "13", True),
        ("D", "Les Îles-de-la-Madeleine", None, "11", True),
        (None, "Laval", None, "13", True),
    ]
    assert ask(home, "SELECT DISTINCT local_territory FROM performances ORDER BY ALL") == [("laval",), (None,)]


def test_a_region_is_no_point(home: Home) -> None:
    fill(home, "opera", performances="performance_key|room_label\nP1|A")
    run(home, territory="Mauricie")
    assert ask(home, "SELECT admin_region, municipality, latitude FROM venues") == [("04", None, None)]


def test_a_venue_of_which_nothing_is_known_stays_unknown(home: Home) -> None:
    fill(home, "opera", performances="performance_key|title\nP1|Hamlet\nP2|Macbeth")
    run(home)
    assert ask(home, "SELECT count(*) FROM venues") == [(0,)]
    assert ask(home, "SELECT DISTINCT venue_id, local_territory FROM performances") == [(None, None)]


def test_the_local_territory_that_an_organization_names_goes_before_that_of_its_venues(home: Home) -> None:
    fill(home, "opera", performances="performance_key|room_label|postal_code\nP1|A|G9A 5H3")
    run(home, local_territory="montreal")
    assert ask(home, "SELECT local_territory FROM performances") == [("montreal",)]


def test_a_qualified_contact_has_a_name_and_a_way_to_be_reached(home: Home) -> None:
    fill(
        home,
        "opera",
        customers="""
            customer_key | last_name | email           | address       | postal_code
            -------------+-----------+-----------------+---------------+------------
            1            | Roy       | ada@example.org | -             | -
            2            | Gagnon    | not an address  | -             | -
            3            | Tremblay  | -               | 12 rue Rachel | H2X 1Y4
            4            | Pelletier | -               | 14 rue Roy    | H2X
            5            | -         | lea@example.org | -             | -
        """,
        tickets="order_key|customer_key|net_cents" + "".join(f"\na{n}|{n}|{n}" for n in range(1, 6)),
    )
    run(home)
    told = ask(home, "SELECT qualified_contact FROM persons JOIN purchases USING (buyer_id) ORDER BY net_cents")
    assert told == [(True,), (False,), (True,), (False,), (False,)]
