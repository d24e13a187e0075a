"""One row is what? Drawn tables of no known system, and the grain that their figures show."""

from pathlib import Path

import pytest

from publicc.intake.grain import SALES_GRAINS, Grain
from tests.intake_deposits import Vault

TABLES = {
    Grain.TICKET: """
        No commande | No billet | Code événement | Date de commande | Prix
        A           | 1         | E1             | 2019-01-02 10:00 | 25,00
        A           | 2         | E1             | 2019-01-02 10:00 | 25,00
        B           | 3         | E2             | 2019-01-03 10:00 | 30,00
    """,
    Grain.ORDER_LINE: """
        No commande | Code événement | Date de commande | Quantité | Prix unitaire | Total
        A           | E1             | 2019-01-02 10:00 | 2        | 25,00         | 50,00
        B           | E1             | 2019-01-03 10:00 | 3        | 20,00         | 60,00
        C           | E2             | 2019-01-04 10:00 | 1        | 30,00         | 30,00
    """,
    Grain.LEDGER: """
        No commande | Code événement | Date de commande | Quantité | Prix unitaire | Total
        A           | E1             | 2019-01-02 10:00 | 2        | 25,00         | 50,00
        A           | E1             | 2019-01-03 10:00 | -1       | 25,00         | -25,00
        B           | E1             | 2019-01-03 10:00 | 1        | 20,00         | 20,00
    """,
    Grain.AGGREGATE: """
        Titre du spectacle | Date et heure du spectacle | Tarif   | Quantité | Prix unitaire | Total
        Hamlet             | 2019-01-10 20:00           | Général | 200      | 25,00         | 5000,00
        Hamlet             | 2019-01-10 20:00           | Réduit  | 50       | 15,00         | 750,00
        Macbeth            | 2019-01-11 20:00           | Général | 120      | 25,00         | 3000,00
    """,
    Grain.CUSTOMER: """
        Code client | Prénom | Nom  | Courriel
        1           | Ada    | Roy  | ada@example.org
        2           | Ben    | Côté | ben@example.org
    """,
    Grain.PERFORMANCE: """
        Code événement | Titre événement | Date & heure de début | Nombre de sièges
        E1             | Hamlet          | 2019-01-10 20:00      | 300
        E2             | Macbeth         | 2019-01-11 20:00      | 300
    """,
}


@pytest.mark.parametrize("grain", TABLES)
def test_a_table_shows_what_one_row_is(tmp_path: Path, grain: Grain) -> None:
    report = Vault(tmp_path).deposit(files={"table.csv": TABLES[grain]}, dry_run=True)
    assert report.tables[0].grain is grain


def test_bundles_count_for_their_quantity_and_operations_add_up(tmp_path: Path) -> None:
    assert Vault(tmp_path).deposit(files={"lots.csv": TABLES[Grain.ORDER_LINE]}).held.tickets == 6
    assert Vault(tmp_path).deposit(files={"operations.csv": TABLES[Grain.LEDGER]}).held.tickets == 2
    assert Vault(tmp_path).deposit(files={"totaux.csv": TABLES[Grain.AGGREGATE]}).held.tickets == 370


def test_finer_grains_come_first_and_each_is_said_in_both_languages() -> None:
    assert [grain.rank for grain in Grain] == sorted(grain.rank for grain in Grain)
    assert all(grain.sentence.fr and grain.sentence.en for grain in Grain)
    assert max(grain.rank for grain in SALES_GRAINS) < Grain.ORDER.rank
