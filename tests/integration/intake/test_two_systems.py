"""Two box offices of one kind brought at once: told apart by codes that name other things, kept as two sources."""

from pathlib import Path

import pytest

from publicc.intake.mapping.model import Mapping
from tests.intake_deposits import Vault, accounts_hold, drawn

CUSTOMERS = """
    Code client | Prénom | Nom       | Courriel          | Code postal
    ------------+--------+-----------+-------------------+------------
    1           | {0}    | Tremblay  | a@{1}.example     | H2X 1Y4
    2           | {0}    | Gagnon    | b@{1}.example     | H2X 1Y5
    3           | {0}    | {2}       | c@{1}.example     | {3}
"""
ORDERS = """
    Numéro de transaction | Code client | Code événement | Date & heure transaction | Montant du billet
    ----------------------+-------------+----------------+--------------------------+------------------
    100                   | 1           | E1             | {0}-01-02 10:00          | 25,00
    101                   | 2           | E1             | {0}-01-03 10:00          | 25,00
    102                   | 3           | E1             | {0}-01-04 10:00          | 25,00
"""
SHOWS = """
    Code événement | Titre événement | Nom de la salle | Date & heure de début | Nombre de sièges | Discipline
    ---------------+-----------------+-----------------+-----------------------+------------------+-----------
    E1             | {1}             | Grande salle    | {0}-02-01 19:30       | 100              | Théâtre
"""


def write_house(folder: Path, prefix: str, year: int) -> list[Path]:
    """One house's three tables; its codes begin again at 1."""
    folder.mkdir(exist_ok=True)
    north = year == 2018
    people = (
        CUSTOMERS.format("Ada", "nord", "Roy", "H2X 1Y6")
        if north
        else CUSTOMERS.format("Zoé", "sud", "Roy", "G1R 4P5")
        .replace("Tremblay", "Côté")
        .replace("Gagnon", "Bouchard")
        .replace("Roy", "Lavoie")
        .replace("H2X", "G1R")
    )
    drawings = {"clients": people, "transactions": ORDERS.format(year),
                "evenements": SHOWS.format(year, "Hamlet" if north else "Macbeth")}  # fmt: skip
    paths = [folder / f"{prefix}{name}.csv" for name in drawings]
    for path, drawing in zip(paths, drawings.values(), strict=True):
        path.write_text(drawn(drawing), encoding="utf-8")
    return paths


@pytest.mark.parametrize("flat", [True, False], ids=["side by side, told by their names", "each in its folder"])
def test_the_same_codes_for_other_things_are_two_sources(tmp_path: Path, flat: bool) -> None:
    north = write_house(tmp_path if flat else tmp_path / "nord", "nord-" if flat else "", 2018)
    south = write_house(tmp_path if flat else tmp_path / "sud", "sud-" if flat else "", 2019)
    vault = Vault(tmp_path)
    report = vault.deposit(*north, *south)
    assert accounts_hold(report)
    assert (report.held.customers, report.held.orders, report.held.performances) == (6, 6, 2)
    assert report.held.shows == 2
    per_source = "SELECT source, title, count(*) FROM current_tickets JOIN current_performances USING (source, {0}) "
    assert vault.rows(per_source.format("performance_key") + "GROUP BY ALL ORDER BY 1") == [
        ("tables", "Hamlet", 3),
        ("tables-2", "Macbeth", 3),
    ]
    assert [question.id for question in report.questions if "systems" in question.id] == ["two_systems:tables"]
    again = vault.deposit(*north, *south)
    assert again.already_received or again.deposit_id is None


def test_one_of_them_alone_later_finds_its_own_source_again(tmp_path: Path) -> None:
    north, south = write_house(tmp_path / "nord", "", 2018), write_house(tmp_path / "sud", "", 2019)
    vault = Vault(tmp_path)
    vault.deposit(*north, *south)
    report = vault.deposit(*south)
    assert (report.orders.added, report.orders.changed, report.held.customers) == (0, 0, 6)


def test_a_person_may_say_that_they_are_one(tmp_path: Path) -> None:
    north, south = write_house(tmp_path / "nord", "", 2018), write_house(tmp_path / "sud", "", 2019)
    told = Mapping("tables", answers={"two_systems:tables": "same"})
    assert Vault(tmp_path).deposit(*north, *south, mapping=told).held.customers == 3


def test_two_states_of_one_system_and_tables_that_complete_each_other_are_one_source(tmp_path: Path) -> None:
    before = write_house(tmp_path / "avant", "", 2018)
    after = write_house(tmp_path / "apres", "", 2018)
    after[0].write_text(after[0].read_text().replace("Gagnon", "Gagnon-Roy").replace("b@nord", "autre@nord"))
    report = Vault(tmp_path).deposit(*before, *after)
    assert (report.held.customers, report.held.orders, report.questions) == (3, 3, ())
