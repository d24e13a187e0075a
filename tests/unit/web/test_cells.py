from publicc.dashboards.page import Column, DataTable, Tile
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.web.cells import MOST_ROWS, change, rows_of
from publicc.web.templatetags.publicc import data_table


def long_table(rows: int) -> DataTable:
    columns = (Column("fsa", Text("RTA", "FSA")), Column("n", Text("Billets", "Tickets"), Unit.COUNT))
    return DataTable("t", Text("T", "T"), columns, tuple((f"H{n}", Shown(n)) for n in range(rows)))


def test_a_page_draws_the_first_rows_and_says_how_many_the_file_has_beside() -> None:
    assert len(rows_of(long_table(MOST_ROWS + 7), "fr")[0]) == MOST_ROWS
    assert data_table(long_table(MOST_ROWS + 7))["left_out"] == 7
    assert data_table(long_table(3))["left_out"] == 0


def moved(now: float, before: float, unit: Unit, base: int = 900) -> tuple[str, str]:
    told = change(Tile("m", Text("M", "M"), Shown(now, n=base), unit, before=Shown(before, n=900)), "fr")
    return told.moved.replace("\u00a0", " "), told.was.replace("\u00a0", " ")


def test_a_change_is_told_as_it_is_read() -> None:
    assert moved(110, 100, Unit.COUNT) == ("+10,0 %", "contre 100 la saison d'avant")
    assert moved(0.72, 0.74, Unit.RATIO)[0] == "−2,0 points"
    assert moved(0.731, 0.72, Unit.RATIO)[0] == "+1,1 point"


def test_a_change_too_small_to_be_written_is_none() -> None:
    assert moved(42.84, 42.841, Unit.MONEY) == ("inchangé", "depuis la saison d'avant")
    assert moved(0.7201, 0.72, Unit.RATIO)[0] == "inchangé"


def test_a_fragile_figure_is_set_beside_the_season_before_and_never_compared() -> None:
    assert moved(0.9, 0.1, Unit.RATIO, base=12) == ("", "saison précédente : 10,0 %")
