import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from publicc.dashboards.page import Column, DataTable
from publicc.dashboards.writing import Provenance, as_csv, as_xlsx, safe_text
from publicc.kernel.cells import Shown, Unknown, UnknownReason, Withheld, WithheldReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

TABLE = DataTable(
    "shows",
    Text("Spectacles", "Shows"),
    (
        Column("show", Text("Spectacle", "Show")),
        Column("sold", Text("Vendus", "Sold"), Unit.COUNT),
        Column("rate", Text("Occupation", "Occupancy"), Unit.RATIO),
        Column("revenue", Text("Revenus", "Revenue"), Unit.MONEY),
        Column("on", Text("Première", "Opening")),
    ),
    (
        ('=HYPERLINK("x")', Shown(1200), Shown(0.7875, n=400), Shown(Decimal("1234.50")), date(2019, 1, 5)),
        (Text("Danse", "Dance"), Withheld(WithheldReason.PERSONS), Unknown(UnknownReason.NO_DATA), Shown(0), "-"),
    ),
    total=("Total", Shown(1200), Unknown(UnknownReason.NO_BASE), Shown(Decimal("1234.5")), ""),
)
PROVENANCE = Provenance(
    ((Text("Occupation", "Occupancy"), Text("Entrées ÷ jauge", "Admissions ÷ capacity")),),
    ((Text("Période", "Period"), "2018-09-01..2019-08-31"),),
)


def test_a_french_csv_opens_in_a_french_spreadsheet() -> None:
    written = as_csv(TABLE, PROVENANCE, "fr").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(written), delimiter=";"))
    assert lines[0] == ["Spectacle", "Vendus", "Occupation", "Revenus", "Première"]
    assert lines[1] == ['\'=HYPERLINK("x")', "1200", "0,7875", "1234,5", "2019-01-05"]
    assert lines[2] == ["Danse", "masqué\u00a0: moins de 10", "aucune donnée", "0", "'-"]
    assert lines[3][0] == "Total"
    assert ["Période", "2018-09-01..2019-08-31"] in lines


def test_an_english_csv_uses_points_and_commas() -> None:
    assert b'"x"' in as_csv(TABLE, PROVENANCE, "en") or b'""x""' in as_csv(TABLE, PROVENANCE, "en")
    assert b",0.7875,1234.5,2019-01-05" in as_csv(TABLE, PROVENANCE, "en")


def test_a_workbook_holds_figures_as_figures_and_its_definitions() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(TABLE, PROVENANCE, "fr")))
    assert book.sheet_names == ["Tableau", "Définitions"]
    rows = book.get_sheet_by_name("Tableau").to_python()
    assert rows[1] == ['\'=HYPERLINK("x")', 1200.0, 0.7875, 1234.5, "2019-01-05"]
    assert rows[2][1] == "masqué\u00a0: moins de 10"
    assert book.get_sheet_by_name("Définitions").to_python()[0] == ["Occupation", "Entrées ÷ jauge"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "\u00a0=1", "\uff1d1", "\rx"])
def test_what_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert safe_text(text) == "'" + text


@given(st.text())
def test_no_text_is_ever_run_by_a_spreadsheet(text: str) -> None:
    assert safe_text(text).lstrip()[:1] not in {"=", "+", "@", "\uff1d"}
