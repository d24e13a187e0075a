"""The peaks of the season and what they tell; how concentrated the audience is, counted by hand."""

from itertools import accumulate

import pytest

from publicc.dashboards.screens.indices import INDICES, peak_levels, peak_words, peaks
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.text import Text
from publicc.metrics.answers import Row
from tests.unit.dashboards.test_screens import screen_of

SEASON = {"2018-09": 50.0, "2018-10": 90.0, "2018-11": 40.0, "2018-12": 200.0, "2019-01": 60.0, "2019-02": 90.0,
          "2019-03": 10.0, "2019-04": 300.0, "2019-05": 20.0}  # fmt: skip


def month(name: str, *levels: float | None) -> Row:
    cells: dict[str, Cell] = {
        one: Unknown(UnknownReason.NO_BASE) if n is None else Shown(n, n=50)
        for one, n in zip(INDICES, levels, strict=True)
    }
    return Row({"month": name}, cells)


def test_a_peak_is_one_of_the_quarter_of_months_with_most_tickets() -> None:
    assert peaks(SEASON) == ("2018-12", "2019-04")
    assert peaks(dict(list(SEASON.items())[:3])) == (), "a quarter of three months is no month"
    assert peaks(dict.fromkeys(SEASON, 5.0)) == ("2018-09", "2018-10"), "of equal months, the earlier"


def test_the_months_of_a_peak_weigh_as_many_tickets_as_they_sold() -> None:
    rows = [month("2018-12", 120, 80, 63), month("2019-04", 110, 95, 90), month("2019-01", 40, 300, 300)]
    told = peak_levels(rows, SEASON, ("2018-12", "2019-04"))
    assert told == pytest.approx(
        ((120 * 200 + 110 * 300) / 500, (80 * 200 + 95 * 300) / 500, (63 * 200 + 90 * 300) / 500)
    )
    assert peak_levels([month("2018-12", 120, None, 63)], SEASON, ("2018-12",)) is None
    assert peak_levels(rows, SEASON, ()) is None


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ((120.0, 80.0, 63.0), "people come from farther (index 120), fewer are locals (80) and they buy later (63)"),
        ((120.0, 100.2, 63.0), "not the usual pattern"),
        ((99.0, 80.0, 63.0), "not the usual pattern"),
    ],
)
def test_the_sentence_on_peaks_says_the_pattern_only_when_the_three_indices_do(
    levels: tuple[float, float, float], words: str
) -> None:
    assert words in peak_words(levels, Text("décembre", "December")).said("en")
    assert "décembre" in peak_words(levels, Text("décembre", "December")).said("fr")


def test_the_concentration_by_area_is_the_share_of_each_and_their_running_total() -> None:
    """Four tickets from H7N, three from J4K, two from H2X: the first two make seven of nine."""
    screen = screen_of("territories")
    chart = next(one for one in screen.charts if one.id == "concentration")
    assert chart.title.said("en").startswith("2 areas of 3 make half")
    shares = [row[1].value for row in chart.table.rows if isinstance(row[1], Shown)]
    assert shares == pytest.approx([4 / 9, 3 / 9, 2 / 9])
    assert [row[2].value for row in chart.table.rows if isinstance(row[2], Shown)] == pytest.approx(
        list(accumulate(shares))
    )
    hhi = next(one.cell for one in screen.tiles if one.metric == "hhi_fsa")
    assert isinstance(hhi, Shown)
    assert float(hhi.value) == pytest.approx(sum(one**2 for one in (4 / 9, 3 / 9, 2 / 9)))
