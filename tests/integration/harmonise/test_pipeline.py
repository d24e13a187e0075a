"""From vaults to a published snapshot, whole."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from publicc.kernel.errors import BadInput
from publicc.kernel.scope import OwnRows
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.snapshots import current, snapshot_folder
from publicc.store.tables import TABLES
from tests.drawn_vaults import fill
from tests.integration.harmonise.asking import ask, ask_vault, run

CUSTOMERS = """
    customer_key | first_name | last_name | email             | phone        | address       | city     | postal_code
    -------------+------------+-----------+-------------------+--------------+---------------+----------+------------
    1            | Adalbert   | Quenneville | aq@example.org  | 514 555 0101 | 12 rue Rachel | Montréal | H2X 1Y4
    2            | ADALBERT   | QUENNEVILLE | AQ@example.org  | 514 555 0101 | 12 rue Rachel | Montréal | H2X 1Y4
    3            | Zoé        | Thivierge | zoe.t@example.org | 418 555 0102 | 7 rue Racine  | Québec   | G1R 4P5
"""
TICKETS = """
    order_key | customer_key | performance_key | net_cents
    ----------+--------------+-----------------+----------
    A         | 1            | P1              | 1000
    A         | 1            | P1              | 2000
    B         | 2            | P2              | 3000
    C         | 3            | P1              | 4000
    D         | -            | P1              | 5000
    E         | 99           | P1              | 6000
"""
PERFORMANCES = """
    performance_key | title  | room_label | postal_code
    ----------------+--------+------------+------------
    P1              | Hamlet | Salle      | H2X 1Y4
    P2              | Hamlet | Salle      | H2X 1Y4
"""


def fill_whole(home: Home, slug: str, *, backwards: bool = False) -> None:
    fill(home, slug, customers=CUSTOMERS, tickets=TICKETS, performances=PERFORMANCES, backwards=backwards)


def whole_pool(home: Home) -> dict[str, list[tuple[object, ...]]]:
    return {table: ask(home, f"SELECT * FROM {table}") for table in TABLES}


def test_what_is_harmonised_is_counted(home: Home) -> None:
    fill_whole(home, "opera")
    counts = run(home).organizations["opera"]
    assert (counts.customers, counts.persons, counts.performances, counts.shows) == (4, 3, 2, 1)
    assert (counts.tickets, counts.revenue_cents) == (6, 21000)
    assert str(counts.first_order_on) == "2019-01-01"


def test_every_table_of_the_pool_has_the_columns_that_are_documented(home: Home) -> None:
    fill_whole(home, "opera")
    run(home)
    for table, columns in TABLES.items():
        assert {row[0]: row[1] for row in ask(home, f"DESCRIBE {table}")} == columns


def test_two_records_of_one_person_are_one_buyer_and_a_stranger_is_not(home: Home) -> None:
    fill_whole(home, "opera")
    run(home)
    assert ask(home, "SELECT records FROM persons ORDER BY 1") == [(1,), (1,), (2,)]
    assert ask(home, "SELECT count(DISTINCT buyer_id), count(*) FILTER (WHERE buyer_id IS NULL) FROM purchases") == [
        (3, 1)
    ]


def test_the_same_input_gives_the_same_snapshot_whatever_the_order_of_rows(home: Home, tmp_path: Path) -> None:
    fill_whole(home, "opera")
    first, before = run(home), None
    before = whole_pool(home)
    other = Home(tmp_path / "other")
    KeyRing.open(other)  # then the keys of the first installation
    for path in [home.keys / "master.key", *(home.keys / "wrapped").glob("*.json")]:
        target = other.keys / path.relative_to(home.keys)
        target.unlink(missing_ok=True)
        target.write_bytes(path.read_bytes())
    fill_whole(other, "opera", backwards=True)
    second = run(other, day=9)
    assert second.id == first.id
    assert whole_pool(other) == before
    for table in TABLES:
        name = f"{table}/opera.parquet"
        files = [snapshot_folder(one, first.id) / name for one in (home, other)]
        assert files[0].read_bytes() == files[1].read_bytes(), name


def test_harmonising_again_changes_nothing(home: Home) -> None:
    fill_whole(home, "opera")
    first = run(home)
    made = snapshot_folder(home, first.id).stat().st_mtime_ns
    again = run(home, day=9)
    assert again == first
    assert snapshot_folder(home, first.id).stat().st_mtime_ns == made
    assert ask_vault(home, "opera", "SELECT count(*) FROM id_history") == [(0,)]


def test_another_installation_has_other_ids(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    for one in (home, other):
        fill_whole(one, "opera")
        run(one)
    ids = [
        {row[0] for row in ask(one, "SELECT buyer_id FROM persons UNION SELECT show_id FROM shows")}
        for one in (home, other)
    ]
    assert not ids[0] & ids[1]


def test_more_data_keeps_the_ids(home: Home) -> None:
    fill_whole(home, "opera")
    run(home)
    before = dict(ask(home, "SELECT order_id, buyer_id FROM purchases WHERE buyer_id IS NOT NULL"))
    fill(
        home,
        "opera",
        deposit=2,
        customers="customer_key|first_name|last_name|email|phone\n0|Adalbert|Quenneville|aq@example.org|514 555 0101",
        tickets="order_key|customer_key|performance_key\nZ|0|P1",
    )
    run(home, day=3)
    after = dict(ask(home, "SELECT order_id, buyer_id FROM purchases WHERE buyer_id IS NOT NULL"))
    assert {order: after[order] for order in before} == before
    assert set(after.values()) == set(before.values())
    assert ask_vault(home, "opera", "SELECT count(*), count(DISTINCT buyer_id) FROM identities") == [(5, 3)]


def test_a_person_is_recognised_across_organizations_only_where_both_granted_it(home: Home) -> None:
    for slug in ("opera", "ballet", "cirque"):
        fill_whole(home, slug)
    run(home, "opera", "ballet", "cirque", circle=("opera", "ballet"))
    shared = """SELECT count(*) FROM (SELECT person_id FROM persons WHERE organization IN ('{0}', '{1}')
        GROUP BY 1 HAVING count(DISTINCT organization) = 2)"""
    assert ask(home, shared.format("opera", "ballet")) == [(2,)]
    assert ask(home, shared.format("opera", "cirque")) == [(0,)]
    assert ask(home, "SELECT count(*) = count(DISTINCT buyer_id) FROM persons") == [(True,)]
    assert ask(home, "SELECT count(*) FROM persons WHERE buyer_id = person_id") == [(0,)]


def test_leaving_the_circle_gives_unrelated_persons_and_keeps_own_buyers(home: Home) -> None:
    for slug in ("opera", "ballet"):
        fill_whole(home, slug)
    run(home, "opera", "ballet", circle=("opera", "ballet"))
    linked = dict(ask(home, "SELECT buyer_id, person_id FROM persons"))
    run(home, "opera", "ballet", circle=("opera",), day=3)
    alone = dict(ask(home, "SELECT buyer_id, person_id FROM persons"))
    assert set(alone) == set(linked)
    assert not set(alone.values()) & set(linked.values())


def test_an_organization_that_is_not_given_is_not_in_the_pool(home: Home) -> None:
    for slug in ("opera", "ballet"):
        fill_whole(home, slug)
    run(home, "opera")
    for table in TABLES:
        assert {row[0] for row in ask(home, f"SELECT DISTINCT organization FROM {table}")} <= {"opera"}


def test_own_rows_do_not_carry_the_ids_of_the_circle(home: Home) -> None:
    for slug in ("opera", "ballet"):
        fill_whole(home, slug)
    made = run(home, "opera", "ballet", circle=("opera", "ballet"))
    with own_facts(home, OwnRows("opera")) as facts:
        assert facts.execute(
            "SELECT count(person_id), count(pool_household_id), count(buyer_id) FROM persons"
        ).fetchone() == (0, 0, 3)
        assert facts.execute("SELECT id, as_of::VARCHAR FROM snapshot").fetchone() == (made.id, "2026-01-01")


def test_no_vault_at_all_is_said_plainly(home: Home) -> None:
    with pytest.raises(BadInput, match="No organization has deposited"):
        run(home)


def test_a_name_that_is_no_slug_is_refused(home: Home) -> None:
    fill_whole(home, "Opera'; DROP TABLE x")
    with pytest.raises(BadInput, match="malformed"):
        run(home, "Opera'; DROP TABLE x")


def test_an_empty_vault_gives_an_empty_organization(home: Home) -> None:
    fill(home, "opera")
    counts = run(home).organizations["opera"]
    assert (counts.customers, counts.tickets, counts.first_order_on) == (0, 0, None)
    assert ask(home, "SELECT organization FROM organizations") == [("opera",)]


KILLED = """
import sys, threading, time, os; from pathlib import Path
from publicc.store.home import Home
from tests.integration.harmonise.asking import run
threading.Thread(target=lambda: (time.sleep(float(sys.argv[2])), os._exit(9)), daemon=True).start()
run(Home(Path(sys.argv[1])), day=5); os._exit(0)
"""


@pytest.mark.parametrize("delay", ["0.3", "0.9", "1.8"])
def test_a_process_killed_while_harmonising_leaves_the_last_good_snapshot(home: Home, delay: str) -> None:
    fill_whole(home, "opera")
    first = run(home)
    fill(home, "opera", deposit=2, tickets="order_key|performance_key\nZ|P1")
    subprocess.run([sys.executable, "-c", KILLED, str(home.root), delay], check=False, cwd=Path(__file__).parents[3])
    left = current(home)
    assert left is not None
    assert left.pool.tickets in (first.pool.tickets, first.pool.tickets + 1)
    assert run(home, day=6).pool.tickets == first.pool.tickets + 1
    assert [path.name for path in home.temporary.iterdir() if path.is_dir()] == []


CANARIES = {
    "customers": {
        "customer_key": "CanariCode", "title": "CanariTitre", "first_name": "CanariPrenom", "last_name": "CanariNom",
        "full_name": "CanariComplet", "address": "77 rue CanariAdresse", "city": "CanariVille",
        "province": "CanariProvince", "postal_code": "H2X 1Y4", "phone": "514 555 7788",
        "email": "canari@canari.example", "language": "CanariLangue",
    },
    "tickets": {
        "order_key": "CanariCommande", "position": "CanariPosition", "ticket_key": "CanariBillet",
        "customer_key": "CanariCode", "performance_key": "CanariRepresentation", "price_category": "CanariTarif",
        "channel_label": "CanariCanal", "status_label": "CanariEtat",
    },
    "performances": {
        "performance_key": "CanariRepresentation", "title": "Hamlet", "show_key": "CanariSpectacle",
        "discipline_label": "CanariDiscipline", "genre_label": "CanariGenre", "status_label": "CanariStatut",
        "postal_code": "G9A 5H3", "city": "CanariMunicipalite", "suggestion": "CanariSuggestion",
    },
}  # fmt: skip
TOLD = ("canari", "77 rue", "5557788", "555 7788", "H2X1Y4", "H2X 1Y4", "G9A5H3", "G9A 5H3")
"""What may stand nowhere in clear; an FSA may."""


def test_no_identity_no_full_postal_code_and_no_source_code_leaves_the_vault(
    home: Home, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    drawn = {name: "|".join(row) + "\n" + "|".join(row.values()) for name, row in CANARIES.items()}
    fill(home, "opera", **drawn)
    run(home, circle=("opera",))
    assert ask(home, "SELECT fsa, province FROM purchases") == [("H2X", "QC")]  # the row did go through
    values = [str(value).lower() for table in TABLES for row in ask(home, f"SELECT * FROM {table}") for value in row]
    with own_facts(home, OwnRows("opera")) as facts:
        values += [
            str(v).lower() for t in TABLES for row in facts.execute(f"SELECT * FROM {t}").fetchall() for v in row
        ]
    assert len(values) > 100
    for told in TOLD:
        assert not [value for value in values if told.lower() in value], told
    outside = [path for path in home.root.rglob("*") if path.is_file()]
    assert {path.suffix for path in outside} >= {".parquet", ".duckdb", ".json"}
    for path in outside:
        content = path.read_bytes().lower()
        for told in TOLD:
            assert told.lower().encode() not in content, (path.name, told)
    said = "".join(capfd.readouterr()) + caplog.text
    assert not [told for told in TOLD if told.lower() in said.lower()]


def test_the_canaries_would_be_found(home: Home) -> None:
    """The test above can fail: the very same strings are seen in a file that is not protected."""
    plain = home.root / "plain.duckdb"
    home.root.mkdir(parents=True)
    with duckdb.connect(str(plain)) as leak:
        leak.execute("CREATE TABLE t AS SELECT 'canari@canari.example' AS email")
    assert b"canari" in plain.read_bytes()
