"""*Offre et affluence*, drawn: own rows as they are, and everyone's public supply as one organization may read it."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.choices import choices_of
from publicc.dashboards.filters import read_filters
from publicc.dashboards.known import Known
from publicc.dashboards.page import Screen
from publicc.dashboards.screens.supply import supply_screen
from publicc.kernel.cells import Shown
from publicc.kernel.text import Text
from publicc.metrics.counted import source_of
from publicc.store.supply import NO_SUPPLY, PublicSupply
from publicc.store.tables import SUPPLY
from tests.spec.metrics.world import OWN, World
from tests.unit.dashboards.test_screens import TICKETS, WORLD

DISTRICT = "quartier-des-spectacles"
AS_OF = date(2019, 8, 31)


def supply_file(folder: Path, rows: list[tuple[str, int, str, str, str]]) -> Path:
    """One public performance a row: day, hour, territory, discipline, whose."""
    told = [
        {"starts_on": date.fromisoformat(day), "starts_hour": hour, "territory": place, "discipline": kind,
         "seats": 100, "seats_from": "ROOM", "room": "Grande salle", "municipality": "Montréal",
         "latitude": 45.5, "longitude": -73.57, "organizations": [whose]}
        for day, hour, place, kind, whose in sorted(rows)
    ]  # fmt: skip
    file = folder / "supply.parquet"
    assert set(told[0]) == set(SUPPLY)
    pq.write_table(pa.Table.from_pylist(told), file)
    return file


@pytest.fixture
def supply(tmp_path: Path) -> PublicSupply:
    """Fridays at 20 h in the district; Sundays at 14 h elsewhere; a crowded Saturday of December, and one to come."""
    fridays = [(str(date(2018, 9, 7) + timedelta(7 * at)), 20, DISTRICT, "THEATRE", "theatre") for at in range(6)]
    sundays = [(str(date(2018, 9, 9) + timedelta(7 * at)), 14, "laval", "MUSIC", "cabaret") for at in range(4)]
    crowded = [("2018-12-08", 20, DISTRICT, "DANCE", "cabaret")] * 12
    coming = [("2019-10-14", 20, DISTRICT, "DANCE", "cabaret")] * 3
    return PublicSupply(supply_file(tmp_path, fridays + sundays + crowded + coming), "theatre")


def screen_over(supply: PublicSupply, world: World = WORLD, *, territory: str = "", **asked: str) -> Screen:
    with world.connection() as facts:
        filters = read_filters({name: [value] for name, value in asked.items()}, choices_of(facts, AS_OF))
        asker = Asker(source_of(facts), OWN, filters, AS_OF, Known(AS_OF), {}, supply, territory=territory)
        return supply_screen(asker)


def test_the_grid_of_the_territory_the_one_of_elsewhere_and_what_parts_them(supply: PublicSupply) -> None:
    screen = screen_over(supply, season="2018-2019")
    inside, outside, apart = (screen.table(f"grid-{one}") for one in ("inside", "outside", "difference"))
    assert inside is not None and outside is not None and apart is not None  # noqa: PT018 - three of a kind
    assert [row[0] for row in inside.rows] == [Text("14\u00a0h", "14:00"), Text("20\u00a0h", "20:00")]
    assert inside.rows[1][6] == Shown(12 / 18, n=18)
    assert outside.rows[0][7] == Shown(1.0, n=4)
    assert apart.rows[0][7] == Shown(-100.0, n=22)
    chart = screen.chart("grid-inside")
    assert chart is not None
    assert chart.title.fr == "Quartier des spectacles : surtout le samedi à 20\u00a0h"


def test_the_supply_of_another_territory_is_counted_there_and_the_rest_is_elsewhere(supply: PublicSupply) -> None:
    assert supply.territories() == ("laval", DISTRICT)
    assert NO_SUPPLY.territories() == ()
    screen = screen_over(supply, territory="laval", season="2018-2019")
    inside, outside, days = (screen.table(one) for one in ("grid-inside", "grid-outside", "days-by-crowd"))
    assert inside is not None and outside is not None and days is not None  # noqa: PT018 - three of a kind
    assert inside.rows[0][7] == Shown(1.0, n=4)
    assert outside.rows[1][6] == Shown(12 / 18, n=18)
    assert [row[1] for row in days.rows] == [Shown(n, n=4) for n in (4, 0, 0, 0, 0)]


def test_weekdays_of_all_stand_beside_those_of_one_discipline(supply: PublicSupply) -> None:
    table = screen_over(supply, season="2018-2019").table("weekdays")
    assert table is not None
    assert table.rows[4][1:] == (Shown(6 / 18, n=18), Shown(1.0, n=6))
    dance = screen_over(supply, season="2018-2019", discipline="DANCE").table("weekdays")
    assert dance is not None
    assert dance.rows[5][1:] == (Shown(12 / 18, n=18), Shown(1.0, n=12))


def test_days_are_counted_by_their_crowd_and_dates_to_come_by_what_is_public(supply: PublicSupply) -> None:
    screen = screen_over(supply, season="2018-2019")
    days, dates = screen.table("days-by-crowd"), screen.table("crowded-dates")
    assert days is not None and dates is not None  # noqa: PT018
    assert [row[1] for row in days.rows] == [Shown(n, n=7) for n in (6, 0, 0, 1, 0)]
    holiday = Text("Action de grâce", "Thanksgiving Day")
    assert dates.rows == ((date(2019, 10, 14), Text("lundi", "Monday"), Shown(3), Shown(0), holiday),)


def test_holidays_and_breaks_are_set_apart_from_ordinary_days(supply: PublicSupply) -> None:
    table = screen_over(supply, season="2018-2019").table("kinds-of-day")
    assert table is not None
    told = {row[0].said("fr"): row[2] for row in table.rows if isinstance(row[0], Text)}
    empty = ("Jour férié", "Longue fin de semaine", "Congé scolaire", "Vacances de la construction")
    assert told == {"Jour ordinaire": Shown(18)} | dict.fromkeys(empty, Shown(0))


def crowded_world() -> World:
    """Two hundred evenings of one hall: four seats in five, less one in fifty for each performance above ten."""
    chance = 7
    performances, tickets = [], []
    for at in range(240):
        chance = (chance * 1103515245 + 12345) % 2**31
        crowd = 1 + chance % 18
        on = date(2017, 9, 1) + timedelta(3 * at)
        performances.append({"performance_id": f"p{at}", "show_id": "romeo", "starts_on": on, "capacity": 100,
                             "discipline": "THEATRE", "status": "SCHEDULED", "same_day_count": crowd})  # fmt: skip
        seats = 80 - 2 * max(0, crowd - 10)
        tickets.append({**TICKETS[0], "performance_id": f"p{at}", "tickets": seats, "order": at, "ordered_on": on})
    return World(performances, tickets, as_of=AS_OF, venues=[{}], shows=[{"show_id": "romeo", "title": "Roméo"}])


def test_a_planted_break_is_found_and_said_with_its_interval_and_no_cause() -> None:
    screen = screen_over(NO_SUPPLY, crowded_world(), season="2018-2019")
    assert screen.answer.said("fr").startswith(
        "Au-delà de 10 représentations le même jour dans le territoire, vos salles sont moins pleines"
    )
    assert "2,0\u00a0% des places en moins" in screen.answer.said("fr")
    assert "seuil entre 10 et 10" in screen.answer.said("fr")
    assert "sans dire pourquoi" in screen.answer.said("fr")
    bars = screen.chart("crowding")
    assert bars is not None
    assert bars.table.rows[0][1] == Shown(0.8, n=bars.table.rows[0][1].n)  # type: ignore[union-attr]
    assert screen.table("break") is not None


def test_without_a_break_the_page_says_so_and_without_a_base_too() -> None:
    flat = crowded_world()
    even = World(flat.performances, [{**one, "tickets": 70 + at % 5} for at, one in enumerate(flat.tickets)],
                 as_of=AS_OF, venues=[{}], shows=flat.shows)  # fmt: skip
    assert screen_over(NO_SUPPLY, even).answer.said("en").startswith("No break found")
    bare = screen_over(NO_SUPPLY)
    assert bare.answer.said("fr").startswith("Trop peu de représentations")
    assert "prochaine harmonisation" in bare.notices[-1].words.said("fr")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_chart_of_the_page_can_be_drawn(supply: PublicSupply, lang: str) -> None:
    for chart in screen_over(supply, season="2018-2019").charts:
        assert specification(chart, lang="fr" if lang == "fr" else "en", narrow=lang == "en")


def test_the_drawn_supply_reads_as_duckdb_reads_it(supply: PublicSupply) -> None:
    with duckdb.connect() as connection:
        found = connection.execute("SELECT count(*) FROM read_parquet($file)", {"file": str(supply.file)}).fetchone()
    assert found == (len(supply.between(date(2018, 1, 1), date(2020, 1, 1))),)
