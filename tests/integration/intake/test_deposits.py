"""What deposits keep, replace, refuse and give back. Invented rows only."""
# ruff: noqa: E501 - drawn tables are as wide as the tables are

from pathlib import Path

import pytest

from publicc.intake.deposits import deposits_of, undo_last
from publicc.kernel.errors import BadInput, BadUsage
from tests.intake_deposits import Vault, accounts_hold

CUSTOMERS = """
Code client | Prénom | Nom      | Courriel       | Code postal
------------+--------+----------+----------------+------------
C1          | Ada    | Tremblay | ada@exemple.ca | H2X 1Y4
C2          | Ben    | Roy      | ben@exemple.ca | G1R 4S9
"""
EVENTS = """
Code événement | Titre événement | Nom de la salle | Date & heure de début | Nombre de sièges | Discipline
---------------+-----------------+-----------------+-----------------------+------------------+-----------
E1             | Le Jardin       | Grande Salle    | 2021-01-15 20:00      | 300              | Théâtre
E2             | La Mer          | Petite Salle    | 2021-01-16 19:30      | 120              | Danse
"""
ORDERS = """
Numéro de transaction | Code client | Code événement | Date & heure transaction | Montant du billet | Catégorie de prix | Canal de transaction
----------------------+-------------+----------------+--------------------------+-------------------+-------------------+---------------------
T1                    | C1          | E1             | 2020-12-25 09:15         | 50                | Général           | Internet
T1                    | C1          | E1             | 2020-12-25 09:15         | 50                | Général           | Internet
T2                    | C2          | E2             | 2020-12-26 08:05         | 35,50             | Réduit            | Guichet
T3                    | C1          | E2             | 2020-12-27 10:30         | 0                 | Courtoisie        | Guichet
"""
THREE = {"clients.csv": CUSTOMERS, "evenements.csv": EVENTS, "transactions.csv": ORDERS}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


def test_the_three_tables_become_customers_performances_and_tickets(vault: Vault) -> None:
    report = vault.deposit(files=THREE)
    held = report.held
    assert (held.customers, held.performances, held.orders, held.tickets) == (2, 2, 3, 4)
    assert (held.revenue_cents, held.complimentary) == (13550, 1)
    assert accounts_hold(report)
    assert report.questions == ()
    assert vault.rows("SELECT price_group, channel, net_cents FROM current_tickets ORDER BY order_key, row_number") == [
        ("FULL", "WEB", 5000),
        ("FULL", "WEB", 5000),
        ("REDUCED", "COUNTER", 3550),
        ("COMP", "COUNTER", 0),
    ]


def test_tickets_are_numbered_in_the_order_of_their_files_and_no_number_comes_twice(vault: Vault) -> None:
    vault.deposit(files=THREE)
    numbered = vault.rows("SELECT ticket_no FROM current_tickets ORDER BY row_number")
    assert numbered == sorted(set(numbered))
    vault.deposit(files={"transactions.csv": ORDERS.replace("35,50", "36,50").replace("T3", "T4")})
    assert vault.one("SELECT count(*) - count(DISTINCT ticket_no) FROM tickets") == 0
    (last,) = vault.rows(
        "SELECT max(ticket_no) FILTER (deposit_id = 1) < min(ticket_no) FILTER (deposit_id = 2) FROM tickets"
    )
    assert last == (True,)


def test_two_equal_rows_are_two_tickets(vault: Vault) -> None:
    vault.deposit(files=THREE)
    assert vault.one("SELECT count(*) FROM current_tickets WHERE order_key = 'T1'") == 2


ENGLISH = """
Artform | Start date & time | Performance code | Venue name | Performance title
--------+-------------------+------------------+------------+------------------
Dance   | 2021-01-16 19:30  | E2               | Small Hall | The Sea
Theatre | 2021-01-15 20:00  | E1               | Great Hall | The Garden
"""


def test_english_headers_in_any_order_are_understood(vault: Vault) -> None:
    vault.deposit(files={"a.csv": ENGLISH})
    assert vault.rows(
        "SELECT performance_key, title, room_label, starts_at::VARCHAR FROM current_performances ORDER BY 1"
    ) == [
        ("E1", "The Garden", "Great Hall", "2021-01-15 20:00:00"),
        ("E2", "The Sea", "Small Hall", "2021-01-16 19:30:00"),
    ]


TYPED = """
Code événement | Titre événement | Date & heure de début | Type d'événement
---------------+-----------------+-----------------------+-----------------
E1             | Le Jardin       | 2021-01-15 20:00      |
E2             | La Mer          | 2021-01-16 19:30      | Arts de la scène
"""


def test_an_event_whose_type_is_not_said_is_what_the_source_mostly_sells(vault: Vault) -> None:
    vault.deposit(files={"evenements.csv": TYPED})
    assert vault.rows("SELECT DISTINCT event_type FROM current_performances") == [("PERFORMING_ARTS",)]


ALL_IN_ONE = """
No commande | Date d'achat | Heure d'achat | Nom de l'acheteur | Prénom | Courriel       | Spectacle | Date du spectacle | Heure du spectacle | Salle  | Qté | Prix unitaire | Total  | Tarif
------------+--------------+---------------+-------------------+--------+----------------+-----------+-------------------+--------------------+--------+-----+---------------+--------+------
A1          | 2020-12-25   | 09:15         | Tremblay          | Ada    | ada@exemple.ca | Le Jardin | 2021-01-15        | 20:00              | Grande | 2   | 40,00         | 80,00  | Régulier
A1          | 2020-12-25   | 09:15         | Tremblay          | Ada    | ada@exemple.ca | La Mer    | 2021-01-16        | 19:30              | Petite | 1   | 30,00         | 30,00  | Étudiant
A2          | 2020-12-26   | 18:40         | Roy               | Ben    | ben@exemple.ca | Le Jardin | 2021-01-15        | 20:00              | Grande | 3   | 40,00         | 120,00 | Régulier
"""


def test_one_file_that_holds_all_gives_the_three_tables(vault: Vault) -> None:
    report = vault.deposit(files={"ventes.csv": ALL_IN_ONE})
    held = report.held
    assert report.tables[0].grain == "order_line"
    assert (held.tickets, held.orders, held.customers, held.performances) == (6, 2, 2, 2)
    assert held.revenue_cents == 23000
    assert vault.rows("SELECT DISTINCT ordered_at::VARCHAR FROM current_tickets WHERE order_key = 'A1'") == [
        ("2020-12-25 09:15:00",)
    ]
    assert vault.rows("SELECT title, starts_at::VARCHAR, room_label FROM current_performances ORDER BY 1") == [
        ("La Mer", "2021-01-16 19:30:00", "Petite"),
        ("Le Jardin", "2021-01-15 20:00:00", "Grande"),
    ]


def test_a_total_shared_between_tickets_loses_no_cent(vault: Vault) -> None:
    files = {
        "v.csv": "Numéro de commande | Code client | Code événement | Date d'achat | Quantité | Montant total\nA1 | C1 | E1 | 2020-12-25 | 3 | 100.00\nA2 | C1 | E1 | 2020-12-25 | 1 | 33.33\nA3 | C1 | E1 | 2020-12-26 | 2 | 66.66"
    }
    report = vault.deposit(files=files)
    assert report.held.revenue_cents == 19999
    assert vault.rows("SELECT net_cents FROM current_tickets WHERE order_key = 'A1' ORDER BY 1") == [
        (3333,),
        (3333,),
        (3334,),
    ]


def test_the_same_files_twice_change_nothing(vault: Vault) -> None:
    vault.deposit(files=THREE)
    again = vault.deposit(files=THREE)
    assert again.already_received
    assert len(deposits_of(vault.db)) == 1


def test_the_same_rows_in_another_file_change_nothing_either(vault: Vault) -> None:
    vault.deposit(files=THREE)
    again = vault.deposit(files={"export-2.csv": ORDERS.replace("T1 ", "T1")})
    assert not again.already_received
    assert again.deposit_id is None
    assert (again.orders.added, again.orders.changed, again.orders.unchanged) == (0, 0, 3)


def test_a_corrected_order_replaces_the_former_one_and_undo_gives_it_back(vault: Vault) -> None:
    vault.deposit(files=THREE)
    report = vault.deposit(files={"corrigé.csv": ORDERS.replace("35,50", "40,00")})
    assert (report.orders.changed, report.orders.unchanged) == (1, 2)
    assert report.held.revenue_cents == 14000
    undo_last(vault.db)
    assert vault.one("SELECT sum(net_cents) FROM current_tickets") == 13550
    assert vault.one("SELECT count(*) FROM tickets WHERE deposit_id = 2") == 0
    undo_last(vault.db)
    assert vault.one("SELECT count(*) FROM current_tickets") == 0
    with pytest.raises(BadUsage):
        undo_last(vault.db)


def test_a_missing_order_is_said_and_kept_until_a_person_consents(vault: Vault) -> None:
    vault.deposit(files=THREE)
    fewer = "\n".join(line for line in ORDERS.splitlines() if not line.startswith("T2"))
    kept = vault.deposit(files={"moins.csv": fewer.replace("T3 ", "T3")})
    assert (kept.orders.removed, kept.orders.removed_kept, kept.held.tickets) == (1, True, 4)
    gone = vault.deposit(files={"moins.csv": fewer}, replace_period=True)
    assert (gone.orders.removed, gone.orders.removed_kept, gone.held.tickets) == (1, False, 3)
    undo_last(vault.db)
    assert vault.one("SELECT count(*) FROM current_tickets") == 4


def test_a_rehearsal_says_everything_and_keeps_nothing(vault: Vault) -> None:
    report = vault.deposit(files=THREE, dry_run=True)
    assert report.held.tickets == 4
    assert vault.one("SELECT count(*) FROM tickets") == 0
    assert deposits_of(vault.db) == ()


def test_columns_without_meaning_are_named_and_never_stored(vault: Vault) -> None:
    files = {
        "c.csv": CUSTOMERS.replace("| Code postal", "| Code postal | Pointure")
        .replace("H2X 1Y4", "H2X 1Y4 | 38canari")
        .replace("G1R 4S9", "G1R 4S9 | 42")
    }
    report = vault.deposit(files=files)
    assert report.tables[0].dropped == ("Pointure",)
    everything = [vault.rows(f"SELECT * FROM {name}") for (name,) in vault.rows("SHOW TABLES")]
    assert "canari" not in str(everything)


BAD = {
    "an order dated 1900": ("2020-12-25 09:15", "1900-01-01 00:00", "too_early"),
    "an order dated 2999": ("2020-12-26 08:05", "2999-01-01 00:00", "too_late"),
    "an amount that is no amount": ("35,50", "voir note", "unreadable"),
    "a negative amount with nothing to refund": ("35,50", "-35,50", "negative_alone"),
    "no order number": ("T3 ", "   ", "no_key"),
}


@pytest.mark.parametrize(("before", "after", "reason"), BAD.values(), ids=BAD.keys())
def test_a_row_that_cannot_be_taken_is_kept_apart_with_its_reason(
    vault: Vault, before: str, after: str, reason: str
) -> None:
    report = vault.deposit(files={**THREE, "transactions.csv": ORDERS.replace(before, after, 1)})
    assert accounts_hold(report)
    assert report.rows_refused == 1
    (row,) = vault.rows("SELECT reason, reason_fr, reason_en, cells FROM refused_rows")
    assert row[0] == reason
    assert row[1].endswith(".")
    assert row[2].endswith(".")
    assert report.held.tickets == 3


def test_a_refund_row_of_the_same_order_cancels_its_sale(vault: Vault) -> None:
    rows = ORDERS + "T2 | C2 | E2 | 2020-12-28 08:05 | -35,50 | Réduit | Guichet\n"
    report = vault.deposit(files={**THREE, "transactions.csv": rows})
    assert accounts_hold(report)
    assert report.held.tickets_by_status == {"REFUNDED": 1, "VALID": 3}
    assert report.held.revenue_cents == 10000


def test_a_partial_refund_lowers_the_price_and_the_ticket_stays_valid(vault: Vault) -> None:
    rows = ORDERS + "T2 | C2 | E2 | 2020-12-28 08:05 | -10,50 | Réduit | Guichet\n"
    report = vault.deposit(files={**THREE, "transactions.csv": rows})
    assert report.held.tickets_by_status == {"VALID": 4}
    assert vault.one("SELECT net_cents FROM current_tickets WHERE order_key = 'T2'") == 2500


def test_orders_for_unknown_customers_and_performances_are_kept_as_they_are(vault: Vault) -> None:
    report = vault.deposit(files={**THREE, "transactions.csv": ORDERS.replace("C2", "C9").replace("E2", "E9")})
    assert report.held.tickets == 4
    orphans = (
        "SELECT count(*) FROM current_tickets WHERE customer_key NOT IN (SELECT customer_key FROM current_customers)"
    )
    assert vault.one(orphans) == 1


def test_a_table_of_something_else_is_refused_in_a_sentence(vault: Vault) -> None:
    with pytest.raises(BadInput, match="No table is recognised"):
        vault.deposit(files={"recettes.csv": "Farine | Sucre | Beurre\n200 | 100 | 50\n300 | 150 | 75"})
    assert vault.one("SELECT count(*) FROM deposits") == 0


def test_a_word_nobody_knows_is_asked_and_the_answer_remembered(vault: Vault) -> None:
    odd = {**THREE, "transactions.csv": ORDERS.replace("Réduit", "Zigoto")}
    first = vault.deposit(files=odd)
    (question,) = first.questions
    assert (question.label, question.default) == ("Zigoto", "UNMAPPED")
    words = {"price_category": {"Zigoto": "REDUCED"}}
    answered = vault.deposit(files=odd, mapping=type(first.mapping)(first.mapping.source, first.mapping.tables, words))
    assert answered.questions == ()
    assert answered.orders.changed == 1
    later = vault.deposit(files={"suite.csv": ORDERS.replace("Réduit", "Zigoto").replace("T2", "T4")})
    assert later.questions == ()


def test_a_second_system_keeps_its_own_customer_codes(vault: Vault) -> None:
    vault.deposit(files=THREE)
    other = CUSTOMERS.replace("Ada", "Zoé").replace("Tremblay", "Gagnon").replace("ada@", "zoe@")
    report = vault.deposit(files={"clients.csv": other}, source="nouveau")
    assert report.customers.added == 2
    assert vault.rows("SELECT source, last_name FROM current_customers WHERE customer_key = 'C1' ORDER BY 1") == [
        ("nouveau", "Gagnon"),
        ("tables", "Tremblay"),
    ]


def test_marks_in_a_title_are_suggestions_and_the_title_stays(vault: Vault) -> None:
    vault.deposit(files={"e.csv": EVENTS.replace("La Mer ", "La Mer (supplémentaire)")})
    assert vault.rows("SELECT title, suggestion FROM current_performances WHERE suggestion IS NOT NULL") == [
        ("La Mer (supplémentaire)", "EXTRA")
    ]


def test_an_unreadable_file_does_not_stop_the_others_and_says_why(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "vide.csv").write_bytes(b"")
    report = vault.deposit(tmp_path / "vide.csv", files=THREE)
    assert [problem.file_name for problem in report.problems] == ["vide.csv"]
    assert report.held.tickets == 4


REUSED = """
Code client | Prénom | Nom      | Courriel       | Code postal
------------+--------+----------+----------------+------------
1           | {0}    | {1}a     | {0}a@ex.ca     | H2X 1Y{2}
2           | {0}    | {1}b     | {0}b@ex.ca     | H3X 1Y{2}
3           | {0}    | {1}c     | {0}c@ex.ca     | H4X 1Y{2}
"""


def test_customer_codes_reused_by_a_new_system_do_not_overwrite_the_former_people(vault: Vault) -> None:
    vault.deposit(files={"a.csv": REUSED.format("Ada", "Roy", 1)})
    report = vault.deposit(files={"b.csv": REUSED.format("Zoé", "Gagnon", 2)})
    assert [question.kind for question in report.questions] == ["same_source"]
    assert vault.rows("SELECT source, count(*) FROM current_customers GROUP BY 1 ORDER BY 1") == [
        ("tables", 3),
        ("tables-2", 3),
    ]
    corrected = vault.deposit(files={"c.csv": REUSED.format("Zoé", "Gagnon", 3)})
    assert corrected.customers.changed == 3
    assert vault.one("SELECT count(*) FROM current_customers") == 6


CONSENTS = """
Code client | Prénom | Nom      | Courriel       | Infolettre
------------+--------+----------+----------------+-----------
C1          | Ada    | Tremblay | ada@exemple.ca | Oui
C2          | Ben    | Roy      | ben@exemple.ca | Non
C3          | Cam    | Gagnon   | cam@exemple.ca |
"""


def test_who_accepts_emails_is_kept_and_who_never_said_is_not_supposed_to(vault: Vault) -> None:
    vault.deposit(files={**THREE, "clients.csv": CONSENTS})
    told = "SELECT customer_key, email_consent FROM current_customers ORDER BY 1"
    assert vault.rows(told) == [("C1", True), ("C2", False), ("C3", None)]
    vault.deposit(files={"clients.csv": CONSENTS.replace("Oui", "Non")})
    assert vault.rows(told)[0] == ("C1", False)


def test_an_export_without_the_column_of_consent_leaves_what_was_said(vault: Vault) -> None:
    vault.deposit(files={**THREE, "clients.csv": CONSENTS})
    vault.deposit(files={"clients.csv": CUSTOMERS.replace("H2X 1Y4", "H2X 1Y5")})
    assert vault.rows("SELECT postal_code, email_consent FROM current_customers WHERE customer_key = 'C1'") == [
        ("H2X 1Y5", True)
    ]
