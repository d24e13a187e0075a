import duckdb
import pytest

from publicc.collective.profiles import OrganizationProfile, VenuePlace
from publicc.harmonise.venues import place_venues
from publicc.kernel.blind import BlindKey

STUDIO = VenuePlace("Studio", city="Laval")
GREAT_HALL = VenuePlace("Grande Salle", postal_code="H2X 3A1")


def fsa_and_region(told: tuple[VenuePlace, ...], *, territory: str = "", **performance: str) -> tuple[object, object]:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE performances (room_label VARCHAR, city VARCHAR, postal_code VARCHAR)")
        said = [performance.get(name) for name in ("room", "city", "code")]
        connection.execute("INSERT INTO performances VALUES (?, ?, ?)", said)
        profile = OrganizationProfile("theatre", "Théâtre", territory=territory, venues=told)
        place_venues(connection, key=BlindKey(b"k" * 32), organization=profile)
        return connection.execute("SELECT fsa, admin_region FROM venue_of").fetchall()[0]  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("performance", "told", "found"),
    [
        ({"room": "GRANDE SALLE"}, (GREAT_HALL, STUDIO), ("H2X", "06")),
        ({"room": "Grande Salle", "code": "G1R 4S9"}, (GREAT_HALL,), ("G1R", "03")),
        ({"room": "Hall inconnu"}, (GREAT_HALL,), ("H2X", "06")),
        ({"room": "Hall inconnu"}, (GREAT_HALL, STUDIO), (None, None)),
        ({"room": "Studio"}, (GREAT_HALL, STUDIO), (None, "13")),
    ],
)
def test_a_room_is_where_its_performance_says_else_where_its_organization_says(
    performance: dict[str, str], told: tuple[VenuePlace, ...], found: tuple[object, object]
) -> None:
    assert fsa_and_region(told, **performance) == found


def test_an_organization_that_says_nothing_is_in_its_territory() -> None:
    assert fsa_and_region((), territory="03", room="Salle") == (None, "03")


def test_a_performance_of_which_nothing_is_said_is_nowhere() -> None:
    assert fsa_and_region(()) == (None, None)
