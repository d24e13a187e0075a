import tomllib
from pathlib import Path

import pytest

from publicc.intake import blanks
from publicc.intake.blanks import BLANKS, blank_table
from publicc.kernel.errors import NotFound

LAYOUT = tomllib.loads((Path(blanks.__file__).parent / "sources" / "template" / "layout.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(BLANKS))
def test_a_blank_table_uses_the_words_that_are_recognized_without_a_question(name: str) -> None:
    known = {header for table in LAYOUT["tables"] for header in table["columns"]}
    for column in BLANKS[name]:
        assert {column.fr, column.en} <= known


def test_a_blank_table_opens_in_a_spreadsheet_of_its_language() -> None:
    french, english = blank_table("clients", "fr"), blank_table("clients", "en")
    assert french[0] == "clients.csv"
    assert french[1].decode("utf-8-sig").startswith("Code client;Titre;Prénom")
    assert english[0] == "customers.csv"
    assert english[1].decode("utf-8-sig").startswith("Customer number,Title,First name")


def test_there_is_no_other_blank_table() -> None:
    with pytest.raises(NotFound):
        blank_table("../../etc/passwd", "fr")
