"""Own figures beside those of peers: what is said, and what is not."""

from collections.abc import Mapping
from datetime import date

import pytest

from publicc.dashboards.asking import Asker
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.comparing import Compared, difference_words, peer_words, with_peers
from publicc.dashboards.filters import Filters
from publicc.dashboards.guides.peers import beside_peers
from publicc.dashboards.known import Known
from publicc.dashboards.page import Screen, Tile
from publicc.dashboards.screens.benchmarks import Comparison, benchmarks_screen
from publicc.kernel.cells import Cell, Shown, Withheld, WithheldReason
from publicc.kernel.formats import Unit
from publicc.kernel.period import season_period
from publicc.kernel.text import Text
from publicc.metrics.counted import source_of
from publicc.metrics.intervals import wilson
from publicc.releases.catalogue import Catalogue, Cohort, Key, Peers, Released, asked_cohort
from publicc.releases.standing import Side, why_withheld
from tests.spec.metrics.world import OWN, World, drawn

HELD = Withheld(WithheldReason.ORGANIZATIONS)
MONTREAL = Cohort((("organization_region", "06"),))
ESTRIE = Cohort((("organization_region", "05"), ("organization_size", "S")))
WORLD = World(
    drawn("""
    performance_id | starts_on  | capacity | discipline | status
    ---------------+------------+----------+------------+-----------
    p1             | 2018-10-05 | 100      | THEATRE    | SCHEDULED
    p2             | 2018-12-10 | 100      | THEATRE    | SCHEDULED
"""),
    drawn("""
    performance_id | buyer | tickets | ordered_on | order
    ---------------+-------+---------+------------+------
    p1             | ada   | 70      | 2018-09-10 | 1
    p2             | ben   | 70      | 2018-10-01 | 2
"""),
    as_of=date(2019, 12, 31),
    venues=[{}],
)


def quartiles(median: float, low: float | None = None, high: float | None = None) -> Mapping[str, Cell]:
    ends = [HELD if end is None else Shown(end, n=9) for end in (low, high)]
    return {"median": Shown(median, n=9), "p25": ends[0], "p75": ends[1]}


def released(cells: Mapping[tuple[str, Key], Mapping[str, Cell]], season: int = 2018) -> Released:
    membership = {f"h{at}": {"organization_region": "06", "organization_size": "S"} for at in range(9)}
    membership["h9"] = {"organization_region": "05", "organization_size": "S"}
    return Released("r", season_period(season), "1", 5, OWN.organization, membership, {"h9": "Quai"}, cells)


ALL = released({("occupancy_rate", ()): quartiles(0.78, 0.74, 0.82), ("occupancy_rate", MONTREAL.key): quartiles(0.7)})


def of(own: Cell, median: float, low: float | None = None, high: float | None = None) -> Compared:
    told = quartiles(median, low, high)
    return Compared(
        "multi_buyer_share", own, Peers("multi_buyer_share", Cohort(), told["median"], told["p25"], told["p75"], 9)
    )


def page(asked: Comparison, *releases: Released, season: int = 2018) -> Screen:
    with WORLD.connection() as facts:
        filters = Filters(season_period(season), season)
        asker = Asker(source_of(facts), OWN, filters, WORLD.as_of, Known(WORLD.as_of), others=Catalogue(releases))
        return benchmarks_screen(asker, asked)


def test_a_median_inside_ones_own_interval_is_no_clear_difference() -> None:
    assert wilson(45 / 120, 120) == pytest.approx((0.294, 0.464), abs=5e-4)
    assert of(Shown(45 / 120, n=120), 0.41).side is Side.ALIKE
    assert of(Shown(0.375, n=12_000), 0.41).position.said("en") == "below the median"
    assert of(Shown(0.375, n=12_000), 0.41, 0.38, 0.5).position.said("en") == "lowest quarter"
    assert of(Shown(0.6, n=12_000), 0.41, 0.38, 0.5).position.said("en") == "top quarter"


def test_a_difference_that_rounding_hides_is_not_told() -> None:
    peers = Peers("occupancy_rate", Cohort(), Shown(0.78, n=9), HELD, HELD, 9)
    assert Compared("occupancy_rate", Shown(0.7821, n=40), peers).side is Side.ALIKE
    assert Compared("occupancy_rate", Shown(0.7721, n=40), peers).side is Side.BELOW


def test_differences_of_shares_are_points() -> None:
    assert difference_words(-0.031, Unit.RATIO).said("fr") == "−3,1 points"
    assert difference_words(0.012, Unit.RATIO).said("fr") == "+1,2 point"
    assert difference_words(4.5, Unit.MONEY).said("en") == "+$4.50"


def test_a_figure_of_peers_has_two_digits_and_no_more() -> None:
    assert peer_words(Shown(0.75), Unit.RATIO).said("en") == "75%"
    assert peer_words(Shown(0.052), Unit.RATIO).said("en") == "5.2%"
    assert peer_words(Shown(40), Unit.MONEY).said("en") == "$40"


def test_a_withheld_figure_says_why_and_offers_the_nearest_wider_group() -> None:
    found = ALL.peers("occupancy_rate", ESTRIE)
    assert isinstance(found.median, Withheld)
    assert (found.members, found.wider) == (1, Cohort())
    assert "1 organization besides yours, 5 are needed" in why_withheld(found, 5).said("en").replace("\u00a0", " ")
    within = Cohort((("organization_region", "06"), ("organization_size", "S")))
    hidden = ALL.peers("occupancy_rate", within)
    assert hidden.wider == MONTREAL
    assert "would give another away" in why_withheld(hidden, 5).said("en")


def test_the_page_answers_then_draws_then_tells_every_figure() -> None:
    screen = page(Comparison(Cohort(), ALL), ALL)
    assert "70.0%" in screen.answer.said("en")
    assert "78%" in screen.answer.said("en")
    shares = screen.table("shares")
    assert shares is not None
    told = {row[0]: row for row in shares.rows}
    occupancy = next(row for label, row in told.items() if isinstance(label, Text) and label.en == "Occupancy")
    assert occupancy[1:5] == (Shown(0.7, n=2), Shown(0.78), Shown(0.74), Shown(0.82))
    for chart in screen.charts:
        for narrow in (False, True):
            assert specification(chart, lang="fr", narrow=narrow)["layer"]


def test_a_group_that_is_too_small_leads_to_a_wider_one() -> None:
    screen = page(Comparison(ESTRIE, ALL, "2018-2019"), ALL)
    notice = next(one for one in screen.notices if one.level == "warning")
    assert (notice.link, notice.query) == ("benchmarks", "season=2018-2019")
    assert "Quai" in " ".join(one.words.said("fr") for one in screen.notices)
    assert screen.charts == ()


def test_before_any_release_the_page_says_what_opens_it() -> None:
    assert "first release" in page(Comparison(Cohort(), None)).answer.said("en")
    assert "choose one" in page(Comparison(Cohort(), None), ALL, season=2017).answer.said("en")


def test_the_gap_is_followed_from_release_to_release() -> None:
    before = released({("occupancy_rate", ()): quartiles(0.6)}, season=2017)
    trend = page(Comparison(Cohort(), ALL), ALL, before).table("trend")
    assert trend is not None
    assert [str(getattr(value, "en", "")) for value in trend.rows[0]] == ["Occupancy", "–", "−8.0 points"]


def test_own_screens_tell_the_median_of_peers_and_nothing_under_filters() -> None:
    screen = Screen(
        "season", Text("a", "a"), Text("a", "a"), Text("a", "a"),
        tiles=(Tile("occupancy_rate", Text("o", "o"), Shown(0.7, n=40), Unit.RATIO),),
    )  # fmt: skip
    with WORLD.connection() as facts:
        open_ = Asker(
            source_of(facts), OWN, Filters(season_period(2018), 2018), WORLD.as_of, Known(WORLD.as_of),
            others=Catalogue((ALL,)),
        )  # fmt: skip
        assert "78%" in str(with_peers(screen, open_).tiles[0].note)
        cut = Filters(season_period(2018), 2018, (("discipline", ("THEATRE",)),))
        filtered = Asker(source_of(facts), OWN, cut, WORLD.as_of, Known(WORLD.as_of), others=Catalogue((ALL,)))
        assert with_peers(screen, filtered) is screen
        later = open_.for_season(2019)
        assert with_peers(screen, later).notices[-1].link == "benchmarks"


def test_a_cohort_of_an_address_is_one_of_the_lists_or_left_out() -> None:
    asked = asked_cohort({"peers_territory": ["06"], "peers_discipline": ["<x>"], "peers_size": [""]})
    assert asked == MONTREAL
    assert asked.label.said("fr") == "Montréal"


def guide(*releases: Released, season: int = 2018, screen: str = "last-season") -> str:
    with WORLD.connection() as facts:
        filters = Filters(season_period(season), season)
        asker = Asker(source_of(facts), OWN, filters, WORLD.as_of, Known(WORLD.as_of), others=Catalogue(releases))
        page = Screen(screen, Text("", ""), Text("", ""), Text("", ""))
        told = with_peers(beside_peers(page, asker), asker)
    assert told.notices == ()
    return told.beside.said("en") if told.beside else ""


def test_a_guided_answer_says_where_one_stands_with_its_certainty() -> None:
    told = guide(ALL)
    assert told == (
        "Occupancy, 2018-2019 season: 70.0% here, 78% at your peers (median of 9\u00a0organizations): lowest quarter."
    )
    several = guide(released({("multi_buyer_share", ()): quartiles(0.3)}), screen="best-customers")
    assert "0% (between 0% and 66%) here, 30% at your peers" in several
    assert several.endswith(": no clear difference.")


def test_a_guided_answer_of_a_season_that_goes_on_tells_the_latest_released() -> None:
    assert guide(ALL, season=2019) == guide(ALL)


def test_a_guided_answer_says_why_its_peers_are_withheld() -> None:
    told = guide(released({}))
    assert "of your peers" in told
    assert "Withheld: fewer than 5 other organizations have this figure" in told


def test_a_guided_answer_says_nothing_of_peers_before_a_release() -> None:
    assert guide() == ""
