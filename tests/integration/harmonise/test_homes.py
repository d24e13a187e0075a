"""Where buyers and venues are, and how far apart."""

import pytest

from publicc.store.home import Home
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, run


@pytest.mark.parametrize(
    ("code", "country", "origin", "province", "fsa", "region", "municipality"),
    [
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
    ],
)
def test_where_a_buyer_lives(
    home: Home,
    code: str,
    country: str,
    origin: str,
    province: str | None,
    fsa: str | None,
    region: str | None,
    municipality: str | None,
) -> None:
    fill(
        home,
        "opera",
        customers=f"customer_key|postal_code|country\n1|{code}|{country}",
        tickets="order_key|customer_key\na|1",
    )
    run(home)
    expected = [(origin, province, fsa, region, municipality)]
    columns = "origin, province, fsa, admin_region, municipality"
    assert ask(home, f"SELECT {columns} FROM purchases") == expected
    assert ask(home, f"SELECT {columns} FROM persons") == expected


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


@pytest.mark.parametrize(
    ("code", "km"),
    [
        ("H2X 1Y4", 0.0),
        ("G9A 5H3", 122.1),
        ("G1R 4P5", 232.6),
        ("M5V 2T6", 505.0),
        ("G0X", None),
        ("75011", None),
        ("-", None),
    ],
)
def test_distance_from_home_to_venue(home: Home, code: str, km: float | None) -> None:
    fill(
        home,
        "opera",
        customers=f"customer_key|postal_code\n1|{code}",
        performances="performance_key|room_label|postal_code\nP1|Salle|H2X 1Y4",
        tickets="order_key|customer_key|performance_key\na|1|P1",
    )
    run(home)
    found = ask(home, "SELECT distance_km FROM purchases")[0][0]
    assert found == (None if km is None else pytest.approx(km, abs=3))
    assert found is None or round(found, 1) == found


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


@pytest.mark.parametrize(
    ("name", "email", "address", "code", "qualified"),
    [
        ("Roy", "ada@example.org", "-", "-", True),
        ("Roy", "not an address", "-", "-", False),
        ("Roy", "-", "12 rue Rachel", "H2X 1Y4", True),
        ("Roy", "-", "12 rue Rachel", "H2X", False),
        ("-", "ada@example.org", "-", "-", False),
    ],
)
def test_a_qualified_contact_has_a_name_and_a_way_to_be_reached(
    home: Home, name: str, email: str, address: str, code: str, qualified: bool
) -> None:
    fill(
        home, "opera", customers=f"customer_key|last_name|email|address|postal_code\n1|{name}|{email}|{address}|{code}"
    )
    run(home)
    assert ask(home, "SELECT qualified_contact FROM persons") == [(qualified,)]
