"""The quality report: scores of the reference, one finding for each defect of 2019, no cell of a file."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from publicc.collective.profiles import OrganizationProfile
from publicc.intake.checks import Dimension, Finding, QualityReport, Severity, quality_html, quality_report
from publicc.intake.checks.catalogue import SCORED
from publicc.intake.checks.defect_words import DEFECTS
from publicc.intake.quality import told_quality
from publicc.intake.schema import ENTITIES, create_schema
from publicc.kernel.formats import Unit

AS_OF = date(2019, 12, 1)
THEATRE = OrganizationProfile("theatre", "Théâtre d'essai")


@pytest.fixture
def vault() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_schema(connection)
        connection.execute("INSERT INTO deposits VALUES (1, TIMESTAMP '2019-12-01', 'tables', 'active', 'x', '', '{}')")
        for number, (name, grain) in enumerate(
            [("clients.csv", "customer"), ("ventes.csv", "ticket"), ("repr.csv", "performance")], 1
        ):
            connection.execute(
                "INSERT INTO deposit_files VALUES (1, ?, ?, '', 'tables', ?, 10, 10, 0, 0)", [number, name, grain]
            )
        yield connection


FILE_OF = {"customers": 1, "tickets": 2, "performances": 3, "orders": 2, "totals": 3, "set_apart": 2}


def add(vault: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    (row,) = vault.execute(f"SELECT count(*) + 2 FROM {table}").fetchone() or (2,)
    known = {"source": "tables", "deposit_id": 1, "file_no": FILE_OF[table], "row_number": row}
    if table == "tickets":
        known |= {"ticket_no": row, "ticket_status": "VALID", "order_key": str(row)}
    if table == "performances":
        known |= {"status": "SCHEDULED", "has_time": True}
    known |= values
    assert set(values) <= {*ENTITIES[table], "source", "file_no", "row_number"}
    names = ", ".join(known)
    vault.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(known))})", list(known.values()))


def report(vault: duckdb.DuckDBPyConnection) -> QualityReport:
    return quality_report(vault, organization=THEATRE, as_of=AS_OF)


def score(found: QualityReport, check: str) -> tuple[int, int]:
    (one,) = [s for d in found.dimensions for s in d.scores if s.check == check]
    return one.passed, one.tested


def findings(found: QualityReport, check: str) -> list[Finding]:
    return [one for one in found.findings if one.check == check]


def test_postal_codes_score_as_the_reference_says(vault: duckdb.DuckDBPyConnection) -> None:
    codes = [("H2X 1Y4", ""), ("h3b1a7", "Canada"), ("O0H 0H0", "CA"), ("H0H 0H0", ""), (None, ""), ("90210", "US")]
    for number, (code, country) in enumerate(codes):
        add(vault, "customers", customer_key=str(number), postal_code=code, country=country)
    found = report(vault)
    assert score(found, "filled_postal_code") == (5, 6)
    assert score(found, "valid_postal_code") == (2, 4)
    (wrong,) = findings(found, "valid_postal_code")
    assert (wrong.rows, wrong.count, wrong.file) == ((4, 5), 2, "clients.csv")


def test_an_american_code_without_country_is_not_tested_as_canadian(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="1", postal_code="90210")
    add(vault, "customers", customer_key="2", postal_code="H2X 1Y4")
    assert score(report(vault), "valid_postal_code") == (1, 1)


def test_a_dimension_is_the_plain_mean_of_its_checks(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="1", postal_code="H0H0H0", email="ada@courriel.example", phone="123-456-7890")
    accuracy = next(one for one in report(vault).dimensions if one.dimension is Dimension.ACCURACY)
    assert {one.check: one.share for one in accuracy.scores} == {
        "valid_postal_code": 0,
        "valid_email": 1,
        "valid_phone": 0,
    }
    assert accuracy.score == pytest.approx(1 / 3)


def test_the_headline_is_the_lowest_dimension_with_its_worst_check(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="1", postal_code="H0H0H0")
    found = report(vault)
    assert found.weakest is not None
    assert found.weakest.dimension is Dimension.ACCURACY
    assert found.weakest.worst is not None
    assert found.weakest.worst.check == "valid_postal_code"
    assert found.advice() == SCORED["valid_postal_code"].do


def test_an_empty_vault_has_no_score(vault: duckdb.DuckDBPyConnection) -> None:
    found = report(vault)
    assert found.weakest is None
    assert all(one.score is None for one in found.dimensions)
    assert "Rien à mesurer" in quality_html(found, "fr")


def sales(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="ada", last_name="Côté", email="ada@courriel.example")
    add(vault, "performances", performance_key="p1", title="Le Phare", starts_at="2019-10-04 20:00",
    starts_on="2019-10-04",
        capacity=2, discipline_label="Théâtre", room_label="Grande Salle", general_sale_on="2019-09-01")  # fmt: skip
    add(vault, "tickets", customer_key="ada", performance_key="p1", ordered_at="2019-09-20 10:00",
    ordered_on="2019-09-20",
        net_cents=5000, price_category="Général", price_group="FULL", channel_label="Internet")  # fmt: skip


BAD_TICKETS = [
    ("filled_order_time", {"ordered_at": None}),
    ("filled_price", {"net_cents": None}),
    ("filled_channel", {"channel_label": ""}),
    ("filled_buyer", {"customer_key": None}),
    ("order_has_performance", {"performance_key": "none"}),
    ("order_has_client", {"customer_key": "nobody"}),
    ("no_orphan", {"customer_key": "nobody"}),
    ("order_not_after_performance", {"ordered_on": "2019-10-05"}),
    ("order_not_before_sale", {"ordered_on": "2019-08-31"}),
    ("price_not_negative", {"net_cents": -500}),
    ("plausible_price", {"net_cents": 100001}),
    ("price_group_mapped", {"price_group": "UNMAPPED"}),
]


@pytest.mark.parametrize(("check", "wrong"), BAD_TICKETS, ids=[check for check, _ in BAD_TICKETS])
def test_each_check_of_tickets_finds_the_wrong_one(
    vault: duckdb.DuckDBPyConnection, check: str, wrong: dict[str, Any]
) -> None:
    sales(vault)
    good = {"customer_key": "ada", "performance_key": "p1", "ordered_at": "2019-09-21 10:00",
    "ordered_on": "2019-09-21",
            "net_cents": 5000, "price_category": "Général", "price_group": "FULL",
            "channel_label": "Internet"}  # fmt: skip
    add(vault, "tickets", **(good | wrong))
    found = report(vault)
    assert score(found, check) == (1, 2)
    (finding,) = findings(found, check)
    assert (finding.rows, finding.file) == ((3,), "ventes.csv")


def test_each_check_of_performances_finds_the_wrong_one(vault: duckdb.DuckDBPyConnection) -> None:
    sales(vault)
    add(vault, "performances", performance_key="p2", title="X", starts_at="2019-10-05 00:00", starts_on="2019-10-05",
        discipline_label="Zythologie")  # fmt: skip
    for _ in range(2):
        add(vault, "tickets", customer_key="ada", performance_key="p1", ordered_on="2019-09-20", net_cents=1)
    found = report(vault)
    assert score(found, "filled_capacity") == (1, 2)
    assert score(found, "start_hour_not_default") == (1, 2)
    assert score(found, "genre_mapped") == (1, 2)
    assert score(found, "admissions_within_capacity") == (0, 1)


def test_a_ticket_number_written_twice_is_found(vault: duckdb.DuckDBPyConnection) -> None:
    for key in ("b1", "b2", "b2"):
        add(vault, "tickets", ticket_key=key)
    assert score(report(vault), "unique_ticket_key") == (1, 3)


def test_a_month_with_performances_and_no_sale_is_a_gap(vault: duckdb.DuckDBPyConnection) -> None:
    sales(vault)
    add(vault, "performances", performance_key="p3", starts_on="2019-03-08")
    add(vault, "performances", performance_key="p4", starts_on="2019-04-08", status="CANCELLED")
    found = report(vault)
    assert score(found, "no_history_gap") == (1, 2)
    (gap,) = findings(found, "no_history_gap")
    assert "2019-03" in gap.why.fr
    assert gap.severity is Severity.HIGH


def test_order_totals_are_compared_with_their_tickets(vault: duckdb.DuckDBPyConnection) -> None:
    for key, total in (("o1", 10000), ("o2", 9000)):
        add(vault, "orders", order_key=key, total_cents=total)
        for _ in range(2):
            add(vault, "tickets", order_key=key, net_cents=5000)
    assert score(report(vault), "totals_match") == (1, 2)


def test_freshness_counts_the_days_since_the_last_sale_of_each_source(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "tickets", source="old", ordered_on="2019-06-30")
    add(vault, "tickets", source="new", ordered_on="2019-11-28")
    found = report(vault)
    assert {one.source: one.days for one in found.freshness} == {"new": 3, "old": 154}
    assert len(findings(found, "several_sources")) == 1
    assert findings(found, "last_contact") == []


def test_a_long_silence_is_counted_in_days(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "tickets", source="old", ordered_on="2019-06-30")
    found = report(vault)
    (silence,) = findings(found, "last_contact")
    assert (silence.count, silence.unit) == (154, Unit.DAYS)
    (told,) = (one for one in told_quality(found.as_json(), "fr").findings if one.label == silence.label.fr)
    assert told.how_many == "154\u00a0j"


@pytest.mark.parametrize(
    ("first_of_new", "said"),
    [
        ("2019-07-01", "without a day empty"),
        ("2019-07-31", "30 days without"),
        ("2019-06-21", "10 days of sales in both"),
    ],
)
def test_a_change_of_system_says_the_gap_or_the_overlap(
    vault: duckdb.DuckDBPyConnection, first_of_new: str, said: str
) -> None:
    for source, day in (("old", "2018-01-01"), ("old", "2019-06-30"), ("new", first_of_new), ("new", "2019-11-28")):
        add(vault, "tickets", source=source, ordered_on=day)
    (found,) = findings(report(vault), "several_sources")
    assert said in found.why.en
    assert "De old à new" in found.why.fr


def test_a_sale_told_by_two_systems_is_found_and_one_told_once_is_not(vault: duckdb.DuckDBPyConnection) -> None:
    for source in ("old", "new"):
        add(vault, "customers", source=source, customer_key="1", email="ada@x.example")
        add(vault, "performances", source=source, performance_key="P", title="Hamlet", starts_on="2019-07-01")
        add(vault, "tickets", source=source, customer_key="1", performance_key="P", ordered_on="2019-06-30")
    add(vault, "tickets", source="new", customer_key="1", performance_key="P", ordered_on="2019-06-29")
    (found,) = findings(report(vault), "sold_twice")
    assert (found.count, found.tested) == (1, 3)


DIRTY_CUSTOMERS = [
    ("accents_capitals", {"last_name": "TREMBLAY"}),
    ("mojibake", {"first_name": "NoÃ©mie"}),
    ("mojibake", {"last_name": "CÃ´tÃ©"}),
    ("several_uses_title", {"title": "Abonné"}),
    ("several_uses_language", {"language": "Spectacle sans paroles"}),
    ("two_people", {"first_name": "Théodore et Christel"}),
    ("courtesy_email", {"email": "courtoisie@theatre.example"}),
    ("courtesy_email", {"email": "aucun@aucun.com"}),
    ("manual_entry", {"last_name": "Tremb1ay"}),
    ("formula_cells", {"first_name": "=cmd|' /C calc'!A0"}),
    ("never_bought", {}),
    ("empty_field", {}),
]


@pytest.mark.parametrize(("check", "dirty"), DIRTY_CUSTOMERS)
def test_each_defect_of_customers_is_found(vault: duckdb.DuckDBPyConnection, check: str, dirty: dict[str, Any]) -> None:
    add(vault, "customers", customer_key="x", **dirty)
    found = findings(report(vault), check)
    assert found
    assert all(one.rows == (2,) for one in found)


CLEAN = {"first_name": "Noémie",
"last_name": "L'Écuyer-Saint-Jean", "title": "Mme", "language": "français", "address": "12, rue X",
         "city": "Montréal", "province": "QC", "country": "Canada", "postal_code": "H2X 1Y4", "phone": "514-555-0123",
         "email": "noemie@courriel.example"}  # fmt: skip


def test_a_clean_record_has_no_defect(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="ada", **CLEAN)
    add(vault, "tickets", customer_key="ada", net_cents=1000, taxes_cents=150, ordered_on="2019-11-20")
    own = {one.check for one in report(vault).findings if one.file == "clients.csv"}
    assert own == set()


def test_a_name_that_lost_its_accent_is_seen_beside_those_that_kept_it(vault: duckdb.DuckDBPyConnection) -> None:
    for number in range(3):
        add(vault, "customers", customer_key=str(number), first_name="Élodie")
    add(vault, "customers", customer_key="4", first_name="Elodie")
    (found,) = findings(report(vault), "accents_capitals")
    assert found.rows == (5,)


def test_an_email_shared_by_four_surnames_stands_for_nobody(vault: duckdb.DuckDBPyConnection) -> None:
    for name in ("Roy", "Côté", "Gagnon", "Caron"):
        add(vault, "customers", customer_key=name, last_name=name, email="salle@lieu.example")
    assert score(report(vault), "valid_email") == (0, 4)


def test_a_code_given_to_two_people_by_two_systems_is_found(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", source="old", customer_key="1001", last_name="Roy")
    add(vault, "customers", source="new", customer_key="1001", last_name="Gagnon")
    (found,) = findings(report(vault), "codes_reused")
    assert (found.count, found.tested, found.severity) == (1, 1, Severity.HIGH)


def test_the_same_person_in_two_bases_is_counted(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="1", last_name="Côté", email="ada@courriel.example")
    add(vault, "customers", customer_key="AB-1", last_name="COTE", email="Ada@courriel.example")
    (found,) = findings(report(vault), "several_bases")
    assert (found.count, found.tested) == (2, 2)


def test_marks_in_titles_and_rooms_in_two_spellings_are_found(vault: duckdb.DuckDBPyConnection) -> None:
    for number, (room, mark) in enumerate([("Grande Salle", None), ("Grande Salle", "EXTRA"), ("GRANDE SALLE", None)]):
        add(vault, "performances", performance_key=str(number), title="Le Phare", room_label=room, suggestion=mark)
    found = report(vault)
    assert findings(found, "exceptional_titles")[0].rows == (3,)
    assert findings(found, "room_spellings")[0].rows == (4,)


def test_tickets_cancelled_or_of_cancelled_performances_are_told(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "performances", performance_key="p1", status="CANCELLED")
    add(vault, "tickets", performance_key="p1", net_cents=100)
    add(vault, "tickets", performance_key="p1", ticket_status="REFUNDED")
    found = report(vault)
    assert findings(found, "cancelled_tickets")[0].rows == (3,)
    assert findings(found, "valid_of_cancelled")[0].rows == (2,)
    assert findings(found, "tax_detail")[0].severity is Severity.NOTE


def test_dates_that_only_fill_a_cell_are_found(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "tickets", ordered_on="1970-01-01")
    add(vault, "tickets", ordered_on="2999-01-01")
    add(vault, "performances", performance_key="p", starts_on="1900-01-01")
    found = findings(report(vault), "date_forms")
    assert {(one.file, one.rows) for one in found} == {("ventes.csv", (2, 3)), ("repr.csv", (2,))}


def test_refused_rows_keep_their_reason(vault: duckdb.DuckDBPyConnection) -> None:
    vault.execute("UPDATE deposit_files SET refused = 1 WHERE file_no = 2")
    vault.execute(
        "INSERT INTO refused_rows VALUES "
        "(1, 2, 7, 'unreadable', 'amount', 'Montant', 'Illisible.', 'Unreadable.', NULL, '{}')"
    )
    found = report(vault)
    (refused,) = findings(found, "refused")
    assert (refused.rows, refused.column, refused.severity) == ((7,), "Montant", Severity.HIGH)
    assert refused.why.fr.startswith("Illisible.")
    assert found.rejected_row_rate == pytest.approx(1 / 30)


def test_a_field_that_stops_being_filled_is_found(vault: duckdb.DuckDBPyConnection) -> None:
    for year, channel in (("2018", "Internet"), ("2019", None)):
        for _ in range(60):
            add(vault, "tickets", ordered_on=f"{year}-05-01", channel_label=channel, net_cents=1, customer_key="x")
    (drop,) = findings(report(vault), "fill_drop")
    assert "2019" in drop.why.en


def test_tickets_of_one_order_line_name_its_row_once(vault: duckdb.DuckDBPyConnection) -> None:
    for _ in range(4):
        add(vault, "tickets", row_number=9)
    (found,) = findings(report(vault), "filled_price")
    assert (found.rows, found.count) == ((9,), 4)


def test_no_cell_of_a_file_is_in_the_report(vault: duckdb.DuckDBPyConnection) -> None:
    canary = "Zyxwv"
    add(vault, "customers", customer_key=canary, title=canary, first_name=canary.upper(), last_name=f"{canary}1",
        full_name=canary, address=canary, city=canary, province=canary, country=canary, postal_code=canary,
        phone=canary,
        email=f"info@{canary}.example", language=canary)  # fmt: skip
    add(vault, "performances", performance_key=canary, title=f"{canary} COMPLET", room_label=canary,
    discipline_label=canary,
        suggestion="SOLD_OUT", starts_on="1900-01-01")  # fmt: skip
    add(vault, "tickets", order_key=canary, customer_key=f"{canary}2", performance_key=f"{canary}3",
    price_category=canary,
        price_group="UNMAPPED", channel_label="")  # fmt: skip
    found = report(vault)
    told = json.dumps(found.as_json(), ensure_ascii=False) + quality_html(found, "fr") + quality_html(found, "en")
    assert canary.lower() not in told.lower()


def test_the_report_is_the_same_whatever_the_order_of_rows(vault: duckdb.DuckDBPyConnection) -> None:
    for number in range(200):
        add(
            vault,
            "customers",
            customer_key=str(number),
            last_name="ROY" if number % 3 else "Roy",
            city=f"Ville{number % 7}",
        )
    first = report(vault).as_json()
    vault.execute("CREATE TABLE turned AS SELECT * FROM customers ORDER BY customer_key DESC")
    vault.execute("DELETE FROM customers")
    vault.execute("INSERT INTO customers SELECT * FROM turned")
    assert report(vault).as_json() == first


def test_the_page_is_whole_and_in_the_readers_language(vault: duckdb.DuckDBPyConnection) -> None:
    sales(vault)
    add(vault, "customers", customer_key="2", postal_code="O0H 0H0")
    found = report(vault)
    french, english = quality_html(found, "fr"), quality_html(found, "en")
    assert '<html lang="fr">' in french
    assert '<html lang="en">' in english
    assert "Maillon faible\u00a0:" in french
    assert "Weakest link:" in english
    for page in (french, english):
        assert "<script" not in page
        assert "http" not in page
        assert "{" not in page.split("</style>")[1]


def test_every_check_has_its_words_in_both_languages() -> None:
    for entry in (*SCORED.values(), *DEFECTS.values()):
        for text in (entry.label, entry.why, entry.do):
            assert text.fr
            assert text.en
            assert text.fr != text.en


def test_a_finding_names_the_fault_where_the_score_names_the_virtue(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="1")
    (found,) = findings(report(vault), "filled_postal_code")
    assert found.label.fr == "Code postal vide"


def test_an_optional_field_left_empty_is_never_urgent(vault: duckdb.DuckDBPyConnection) -> None:
    add(vault, "customers", customer_key="1")
    urgent = {one.label.en: one.severity for one in findings(report(vault), "empty_field")}
    assert urgent["Field seldom filled: phone number"] is Severity.LOW
    assert urgent["Field seldom filled: city"] is Severity.MEDIUM
