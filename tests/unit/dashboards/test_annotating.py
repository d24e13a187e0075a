"""What happened, on the curves: where a day falls on an axis of days before one performance, or before several."""

from datetime import date

from publicc.dashboards.annotating import Dated, annotated
from publicc.dashboards.charts.drawing import specification
from publicc.dashboards.page import Chart, Column, DataTable, Screen
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.period import Period
from publicc.kernel.text import Text

SAID = Text("…", "…")
COLUMNS = (Column("days", SAID, Unit.COUNT), Column("sold", SAID, Unit.COUNT))
ROWS = tuple((Shown(day), Shown(60 - day)) for day in (56, 28, 14, 7, 0))
CURVE = Chart("build-up", "build_up", SAID, SAID, SAID, DataTable("build-up", SAID, COLUMNS, ROWS), ())
SHOW = Screen("show", SAID, SAID, SAID, charts=(CURVE,))
LETTER = Dated(date(2026, 1, 10), "Infolettre", "romeo", is_campaign=True)
ONE_NIGHT = Period(date(2026, 1, 24), date(2026, 1, 24))
THREE_WEEKS = Period(date(2026, 1, 24), date(2026, 2, 14))


def curve(plays: Period, *notes: Dated) -> Chart:
    return annotated(SHOW, notes, show="romeo", closes=None, plays=plays).charts[0]


def test_before_one_performance_a_note_is_at_one_place() -> None:
    mark = curve(ONE_NIGHT, LETTER).marks[0]
    assert (mark.at, mark.until) == (14, None)


def test_before_several_performances_a_note_goes_from_the_last_to_the_first() -> None:
    drawn = curve(THREE_WEEKS, LETTER)
    assert (drawn.marks[0].at, drawn.marks[0].until) == (35, 14)
    assert drawn.note is not None
    assert drawn.note.said("fr").startswith("1. 10 janvier 2026\u00a0: Infolettre (campagne), de 35 à 14 jours avant")
    assert "35 to 14 days before, depending on the performance" in drawn.note.said("en")


def test_between_the_first_and_the_last_performance_a_note_is_still_before_the_rest() -> None:
    during = Dated(date(2026, 2, 1), "Critique")
    assert [(one.at, one.until) for one in curve(THREE_WEEKS, during).marks] == [(13, 0)]


def test_what_came_after_the_last_performance_or_long_before_any_sale_is_not_drawn() -> None:
    after, long_before = Dated(date(2026, 2, 20), "Bilan"), Dated(date(2025, 6, 1), "Lancement")
    assert curve(THREE_WEEKS, after, long_before).marks == ()


def test_a_note_reaches_no_further_than_the_curve() -> None:
    early = Dated(date(2025, 12, 10), "Brochure")
    mark = curve(THREE_WEEKS, early).marks[0]
    assert (mark.at, mark.until) == (56, 45)
    assert "de 66 à 45 jours avant" in mark.words.said("fr")


def test_each_span_is_drawn_on_a_line_of_its_own() -> None:
    early = Dated(date(2025, 12, 10), "Brochure")
    spec = specification(curve(THREE_WEEKS, early, LETTER), lang="fr")
    bars = [layer for layer in spec["layer"] if "x2" in layer["encoding"]]
    assert [layer["data"]["values"][0]["number"] for layer in bars] == ["1", "2"]
    assert bars[0]["encoding"]["y"] != bars[1]["encoding"]["y"]
