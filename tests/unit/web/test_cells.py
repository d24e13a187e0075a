from publicc.dashboards.page import Column, DataTable
from publicc.kernel.cells import Shown
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.web.cells import MOST_ROWS, rows_of
from publicc.web.templatetags.publicc import data_table


def long_table(rows: int) -> DataTable:
    columns = (Column("fsa", Text("RTA", "FSA")), Column("n", Text("Billets", "Tickets"), Unit.COUNT))
    return DataTable("t", Text("T", "T"), columns, tuple((f"H{n}", Shown(n)) for n in range(rows)))


def test_a_page_draws_the_first_rows_and_says_how_many_the_file_has_beside() -> None:
    assert len(rows_of(long_table(MOST_ROWS + 7), "fr")[0]) == MOST_ROWS
    assert data_table(long_table(MOST_ROWS + 7))["left_out"] == 7
    assert data_table(long_table(3))["left_out"] == 0
