"""A person's records in one vault: found, erased for good, kept out of the pool, corrected for good."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from publicc.collective.profiles import OrganizationProfile
from publicc.harmonise.persons import desk
from publicc.intake import passing
from publicc.intake.persons.finding import Found, Sought
from publicc.kernel.errors import BadInput
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, ask_vault, run

TODAY = date(2026, 1, 3)
CLIENTS = [
    "Code client;Prénom;Nom;Ville;Code Postal;Téléphone;Courriel",
    "A1;Adèle;Quenneville;Laval;H7N 1A1;450 662-2222;adele@exemple.ca",
    "A2;Ugo;Vézina;Laval;H7N 1B9;450 662-9933;ugo@exemple.ca",
    "A3;Zoé;Quenneville;Laval;H7N 1A1;450 662-2222;adele@exemple.ca",
]
PLAYED = [
    "Code événement;Titre événement;Nom de la salle;Date & heure de début;Nombre de sièges",
    "E1;Hamlet;Grande salle;2019-02-01 20:00;100",
]
SOLD = [
    "Numéro de transaction;Code client;Code événement;Date & heure transaction;Montant du billet",
    "T1;A1;E1;2018-12-01 10:22;33,50",
    "T2;A2;E1;2018-12-02 10:22;33,50",
    "T3;A3;E1;2018-12-03 10:22;33,50",
    *(f"T{number};A2;E1;2018-12-05 10:22;33,50" for number in range(5, 25)),
    "T4;A1;E1;soon;33,50",
]


def deposit(home: Home, folder: Path, *, clients: list[str] = CLIENTS, day: int = 1) -> str:
    """The house's three exports, deposited; the notices it gave, as one text."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"clients.csv": clients, "evenements.csv": PLAYED, "transactions.csv": SOLD}
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = passing.receive(
        home,
        KeyRing.open(home),
        [folder / name for name in files],
        organization=OrganizationProfile("opera", "Opéra"),
        received_at=datetime(2026, 1, day, tzinfo=UTC),
    )
    return " ".join(one.en for one in told.notices)


def everything(home: Home) -> str:
    """Every cell of every table of the vault, as one text: what is not in it is nowhere in the vault."""
    tables = ask_vault(home, "opera", "SELECT table_name FROM duckdb_tables() WHERE database_name = 'vault'")
    return "".join(str(ask_vault(home, "opera", f"FROM {name}")) for (name,) in tables)


def adele(home: Home) -> list[Found]:
    return desk.search(home, KeyRing.open(home), "opera", Sought(name="quenneville ADELE", email="Adele@exemple.ca "))


@pytest.fixture
def house(home: Home) -> Home:
    fill(
        home,
        "opera",
        customers="""
            customer_key | first_name | last_name  | city  | postal_code | phone        | email
            -------------+------------+------------+-------+-------------+--------------+-----------------
            A1           | Adèle      | Quenneville| Laval | H7N 1A1     | 450 662-2222 | adele@exemple.ca
            A2           | Ugo        | Vézina     | Laval | H7N 1B9     | 450 662-9933 | ugo@exemple.ca
            A3           | Zoé        | Quenneville| Laval | H7N 1A1     | 450 662-2222 | adele@exemple.ca
        """,
        performances="""
            performance_key | title  | room_label
            ----------------+--------+------------
            E1              | Hamlet | Grande salle
        """,
        tickets="""
            order_key | customer_key | performance_key
            ----------+--------------+----------------
            T1        | A1           | E1
            T2        | A2           | E1
            T3        | A3           | E1
        """,
    )
    return home


def test_a_person_is_found_by_what_they_say_and_nobody_else_of_their_household(house: Home) -> None:
    (found,) = adele(house)
    assert (found.code, found.fields["phone"]) == ("A1", "450 662-2222")
    assert [one["title"] for one in found.purchases] == ["Hamlet"]
    ring = KeyRing.open(house)
    assert len(desk.search(house, ring, "opera", Sought(phone="(450) 662 2222"))) == 2
    assert desk.search(house, ring, "opera", Sought(name="Adèle", postal_code="h1h1h1")) == []
    assert desk.records(house, ring, "opera", [found.mark]) == [found]
    with pytest.raises(BadInput, match="not enough"):
        desk.search(house, ring, "opera", Sought(postal_code="H7N1A1"))


def test_who_is_erased_is_nowhere_in_the_vault_and_later_deposits_leave_them_out_and_keep_what_was_corrected(
    home: Home, tmp_path: Path
) -> None:
    ring = KeyRing.open(home)
    deposit(home, tmp_path / "first")
    (zoe,) = desk.search(home, ring, "opera", Sought(name="Zoé Quenneville"))
    desk.rectify(home, ring, "opera", zoe.mark, {"city": "Sainte-Rose", "phone": ""}, on=TODAY)
    (found,) = adele(home)
    settled = desk.erase(home, ring, "opera", [found.mark], on=TODAY)
    assert (settled.records, settled.customers, settled.tickets, settled.refused) == (1, 1, 1, 1)
    moved = [*CLIENTS[:3], CLIENTS[3].replace("450 662-2222", "514 555-0101")]
    new_code = "A9;Adele;Quenneville;Laval;H7N 1A1;;ADELE@exemple.ca"
    again = deposit(home, tmp_path / "again", clients=[*moved, new_code], day=2)
    assert "Records kept out, of people who asked to be deleted: 2." in again
    held = everything(home)
    assert "Adèle" not in held
    assert "'A1'" not in held
    assert "A9" not in held
    (zoe,) = desk.search(home, ring, "opera", Sought(name="Zoé Quenneville"))
    assert (zoe.fields["city"], zoe.fields["phone"]) == ("Sainte-Rose", "514 555-0101"), "news from the source is kept"
    assert ask_vault(home, "opera", "SELECT count(*), count(customer_key), sum(net_cents) FROM current_tickets") == [
        (23, 22, 77050)
    ], "the sales stay, of nobody in particular"
    with pytest.raises(BadInput, match="No field"):
        desk.rectify(home, ring, "opera", zoe.mark, {"customer_key": "A7"}, on=TODAY)


def test_who_is_erased_or_withdraws_is_no_longer_a_buyer_of_the_next_pool(house: Home) -> None:
    ring = KeyRing.open(house)
    found = adele(house)
    assert desk.inferred(house, ring, "opera", found) == []
    run(house)
    (worked_out,) = desk.inferred(house, ring, "opera", found)
    assert worked_out["municipality"] == "Laval"
    assert ask(house, "SELECT count(*) FROM persons") == [(3,)]
    (ugo,) = desk.search(house, ring, "opera", Sought(code="A2"))
    desk.withdraw(house, ring, "opera", [ugo.mark], on=TODAY)
    desk.erase(house, ring, "opera", [found[0].mark], on=TODAY)
    run(house, day=4)
    assert ask(house, "SELECT count(*) FROM persons") == [(1,)]
    assert ask(house, "SELECT count(*), count(buyer_id) FROM purchases") == [(3, 1)]
    assert adele(house) == []
    assert desk.search(house, ring, "opera", Sought(code="A2")) == [ugo]
    assert ask_vault(house, "opera", "SELECT count(*) FROM identities WHERE customer_key = 'A1'") == [(0,)]


def test_an_organization_without_a_vault_holds_nobody(home: Home) -> None:
    with pytest.raises(BadInput, match="vault is empty"):
        desk.search(home, KeyRing.open(home), "opera", Sought(name="Adèle"))
