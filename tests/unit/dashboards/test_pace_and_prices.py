from datetime import date

from publicc.dashboards.page import Screen
from publicc.kernel.cells import Shown
from tests.spec.metrics.world import World, drawn
from tests.unit.dashboards.test_screens import screen_of

SHOWS = [{"show_id": "romeo", "title": "Roméo et Juliette"}, {"show_id": "tosca", "title": "Tosca"}]
PLAYED = drawn("""
    performance_id | show_id | starts_on  | capacity | discipline
    ---------------+---------+------------+----------+-----------
    p1             | romeo   | 2017-10-05 | 100      | THEATRE
    p2             | romeo   | 2017-11-05 | 100      | THEATRE
    p3             | romeo   | 2017-12-05 | 100      | THEATRE
    p4             | romeo   | 2018-01-05 | 100      | THEATRE
    late           | tosca   | 2018-11-20 | 100      | THEATRE
    ahead          | tosca   | 2018-11-21 | 100      | THEATRE
    alone          | tosca   | 2018-11-22 | 100      | DANCE
""")
SALES = drawn("""
    performance_id | buyer | tickets | ordered_on | order | channel
    ---------------+-------+---------+------------+-------+--------
    p1             | ada   | 40      | 2017-09-01 | 1     | WEB
    p2             | ada   | 40      | 2017-09-01 | 2     | WEB
    p3             | ada   | 44      | 2017-09-01 | 3     | WEB
    p4             | ada   | 44      | 2017-09-01 | 4     | WEB
    late           | ben   | 20      | 2018-10-01 | 5     | WEB
    ahead          | ben   | 80      | 2018-10-01 | 6     | WEB
    alone          | cam   | 10      | 2018-10-01 | 7     | WEB
""")
WORLD = World(PLAYED, SALES, as_of=date(2018, 11, 10), venues=[{}], shows=SHOWS)


def words(screen: Screen, lang: str = "fr") -> str:
    return screen.answer.said("fr" if lang == "fr" else "en").replace("\u00a0", " ")


def test_the_performance_furthest_under_its_band_comes_first_and_is_named() -> None:
    screen = screen_of("pace", WORLD)
    assert words(screen) == (
        "3 représentations à venir : 1 sous la bande habituelle, 1 au-dessus. "
        "La plus en retard : Tosca, 20 nov. 2018, 20 points sous la bande, dans 10 jours."
    )
    coming = screen.table("coming")
    assert coming is not None
    assert [row[1] for row in coming.rows] == [date(2018, 11, 20), date(2018, 11, 21), date(2018, 11, 22)]
    assert coming.rows[0][2] == Shown(10)
    assert coming.rows[0][5] == Shown(80)


def test_a_performance_without_comparables_has_no_band_and_the_page_says_why() -> None:
    screen = screen_of("pace", WORLD)
    assert any("1 représentation sans bande" in n.words.said("fr").replace("\u00a0", " ") for n in screen.notices)
    drawing = screen.chart("pace")
    assert drawing is not None
    assert len(drawing.table.rows) == 2


def test_when_everything_has_been_played_no_pace_is_invented() -> None:
    assert "No performance to come" in words(screen_of("pace", WORLD, season="2017-2018"), "en")


def test_a_filter_that_cannot_cut_the_pace_is_said() -> None:
    counter = drawn("""
        performance_id | buyer | tickets | ordered_on | order | channel
        ---------------+-------+---------+------------+-------+--------
        p1             | dee   | 1       | 2017-09-01 | 8     | COUNTER
    """)
    world = World(PLAYED, [*SALES, *counter], as_of=date(2018, 11, 10), venues=[{}], shows=SHOWS)
    screen = screen_of("pace", world, channel="WEB")
    assert screen.charts == ()
    assert any("sans objet" in n.words.said("fr").lower() for n in screen.notices)


def priced(tickets: int, ordered_on: str, group: str) -> World:
    performances = drawn("""
        performance_id | show_id | starts_on  | capacity | discipline
        ---------------+---------+------------+----------+-----------
        p1             | romeo   | 2018-10-05 | 100      | THEATRE
    """)
    sales = drawn(f"""
        performance_id | buyer | tickets   | ordered_on   | order | price_group | net
        ---------------+-------+-----------+--------------+-------+-------------+-----
        p1             | ada   | {tickets} | {ordered_on} | 1     | {group}     | 40
    """)
    return World(performances, sales, as_of=date(2019, 8, 31), venues=[{}], shows=SHOWS)


def test_rooms_full_two_weeks_ahead_leave_room_to_try_a_higher_price() -> None:
    told = words(screen_of("prices", priced(100, "2018-09-01", "FULL")))
    assert told.startswith("100 % des représentations étaient complètes deux semaines d'avance, à 40,00 $ en moyenne")


def test_reductions_in_half_empty_rooms_are_to_be_reviewed_before_the_price() -> None:
    told = words(screen_of("prices", priced(30, "2018-10-01", "REDUCED")), "en")
    assert told.startswith("100% of tickets are at a reduced price and rooms are only 30% full")


def test_otherwise_nothing_says_that_the_price_is_the_lever() -> None:
    told = words(screen_of("prices", priced(80, "2018-10-01", "FULL")))
    assert told == (
        "Rien ici ne dit que le prix freine : 40,00 $ en moyenne, des salles remplies à 80 %, "
        "aucune représentation complète deux semaines d'avance."
    )


def test_a_season_sold_ahead_and_not_yet_played_says_what_is_sold() -> None:
    world = World(PLAYED[4:], SALES[4:], as_of=date(2018, 11, 10), venues=[{}], shows=SHOWS)
    assert words(screen_of("season", world)) == (
        "Au 10 novembre 2018 : 110 billets payants vendus d'avance; aucune représentation n'a encore été jouée."
    )
