"""A column is what its cells are, whatever its header says."""

import duckdb
import pytest

from publicc.intake.values import Kind, profile_table, sql_bool, sql_identifier, sql_text, without_html
from tests.unit.intake.values.tables import table_of

KINDS = [
    (["CLI123", "CLI124", "CLI125"], Kind.IDENTIFIER),
    (["00001", "00002", "00017"], Kind.IDENTIFIER),
    (["1400222", "1400223", "17"], Kind.INTEGER),
    (["ada@exemple.test", "ben@exemple.test", "ada @exemple.test"], Kind.EMAIL),
    (["H2X 1Y4", "g9a5h3", "O0H 0H0"], Kind.POSTAL_CODE),
    (["514 555-0101", "(418) 555-0102", "'+14185550101"], Kind.PHONE),
    (["Oui", "Non", "Oui"], Kind.BOOLEAN),
    (["Y", "N", "Y"], Kind.BOOLEAN),
    (["True", None, None], Kind.BOOLEAN),
    (["78.4%", "66.8%", "100%"], Kind.PERCENT),
    (["Théâtre", "Danse", "Musique"], Kind.TEXT),
    (["GUICHET", "DIGITICK", "GUICHET"], Kind.TEXT),
    ([None, None, "  "], Kind.EMPTY),
]


@pytest.mark.parametrize(("cells", "kind"), KINDS, ids=[f"{k.value}-{c[0]}" for c, k in KINDS])
def test_a_column_is_what_its_cells_are(cells: list[str | None], kind: Kind) -> None:
    scratch = duckdb.connect()
    assert profile_table(scratch, table_of(scratch, {"Colonne": cells})).columns[0].kind is kind


def test_text_keeps_what_was_given_but_spaces_guards_and_split_accents() -> None:
    scratch = duckdb.connect()
    table_of(scratch, {"Texte": ["  Éloïse ", "E\u0301loi\u0308se", "'=1+1", "'t Hof", "deux\nlignes", " \u00a0 "]})
    rows = scratch.execute(f"SELECT {sql_text('c1')} FROM source_1 ORDER BY row_number").fetchall()
    assert [r[0] for r in rows] == ["Éloïse", "Éloïse", "=1+1", "'t Hof", "deux lignes", None]


def test_codes_lose_the_decimals_a_spreadsheet_gave_them_and_keep_their_zeros() -> None:
    scratch = duckdb.connect()
    table_of(scratch, {"Code": ["123.0", "00123", "12345678901234", "A1.0"]})
    rows = scratch.execute(f"SELECT {sql_identifier('c1')} FROM source_1 ORDER BY row_number").fetchall()
    assert [r[0] for r in rows] == ["123", "00123", "12345678901234", "A1.0"]


def test_yes_and_no_are_read_and_empty_is_no_where_only_yes_is_written() -> None:
    scratch = duckdb.connect()
    form = profile_table(scratch, table_of(scratch, {"Test": ["True", None, "true"]})).columns[0].boolean
    assert form is not None
    rows = scratch.execute(f"SELECT {sql_bool('c1', form)} FROM source_1 ORDER BY row_number").fetchall()
    assert [r[0] for r in rows] == [True, False, True]


def test_a_profile_counts_spoilt_accents_guards_and_outer_spaces() -> None:
    scratch = duckdb.connect()
    cells: list[str | None] = ["PrÃ©nom", "'+1 514", " Ada", "Élise", "Âme"]
    profile = profile_table(scratch, table_of(scratch, {"Nom": cells})).columns[0]
    assert (profile.mojibake, profile.guarded, profile.outer_spaces) == (1, 1, 1)
    assert (profile.filled, profile.distinct, profile.unique) == (5, 5, True)


def test_a_profile_shows_no_cell_when_it_is_printed() -> None:
    scratch = duckdb.connect()
    printed = repr(profile_table(scratch, table_of(scratch, {"Nom": ["Canari Secret"], "Prix": ["7777.25"]})))
    assert "Canari" not in printed
    assert "7777" not in printed


def test_markup_is_taken_off_text() -> None:
    assert without_html("<p>Th&eacute;&acirc;tre<br/>&amp; danse</p>") == "Théâtre & danse"


CARE = [
    ("plain codes", ["A1", "B2", None], True),
    ("accents in one piece", ["Élise", "Noël"], True),
    ("accents in two pieces", ["Éloïse", "E\u0301loi\u0308se"], False),
    ("a space after", ["A1", "B2 "], False),
    ("a narrow space inside", ["1\u202f234", "17"], False),
    ("a guard", ["'+1 514 555-0101", "514 555-0101"], False),
    ("a line end", ["deux\nlignes", "une"], False),
]


@pytest.mark.parametrize(("cells", "as_is"), [(c, a) for _, c, a in CARE], ids=[name for name, _, _ in CARE])
def test_cells_are_taken_as_they_are_only_when_no_row_needs_care(cells: list[str | None], *, as_is: bool) -> None:
    scratch = duckdb.connect()
    profile = profile_table(scratch, table_of(scratch, {"Colonne": cells})).columns[0]
    assert profile.as_is is as_is


@pytest.mark.parametrize("different", [40, 130_000])
def test_the_one_cell_outside_every_sample_that_needs_care_is_seen(different: int) -> None:
    scratch = duckdb.connect()
    cells: list[str | None] = [f"T{number % different}" for number in range(150_000)]
    plain = profile_table(scratch, table_of(scratch, {"Code": cells})).columns[0]
    cells[77_777] = " T77777"
    profile = profile_table(scratch, table_of(scratch, {"Code": cells})).columns[0]
    assert (plain.as_is, profile.as_is, profile.outer_spaces) == (True, False, 1)
