"""Headers and what lies under them → meanings: one word alone never decides."""

import pytest

from publicc.intake.mapping.columns import meanings_by_header_and_value
from publicc.intake.mapping.dictionary import meanings_of
from publicc.intake.mapping.facts import ColumnFacts
from publicc.intake.mapping.money import basis_of
from publicc.intake.mapping.targets import Target, ValueKind


def meanings(drawing: str) -> dict[str, str]:
    """`header | looks [| distinct]` lines → header → meaning."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    facts = [
        ColumnFacts(f"c{n}", row[0], row[1], 100 - n, int(row[2]) if len(row) > 2 else 30)
        for n, row in enumerate(rows, start=1)
    ]
    found = meanings_by_header_and_value(facts)
    return {fact.header: target.value if (target := found[fact.column]) else "-" for fact in facts}


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Code client", Target.CUSTOMER_KEY),
        ("CODE CLIENT*", Target.CUSTOMER_KEY),
        ("Catégorie de prix (optionnel)", Target.PRICE_CATEGORY),
        ("Date et heure de la vente", Target.ORDERED_AT),
        ("Numéro de la transaction", Target.ORDER_KEY),
        ("Code du client", Target.CUSTOMER_KEY),
        ("TPS", Target.TAXES),
        ("TVQ", Target.TAXES),
    ],
)
def test_capitals_marks_and_joining_words_do_not_count(header: str, meaning: Target) -> None:
    assert meanings_of(header) == (meaning,)


def test_a_header_nobody_knows_means_nothing() -> None:
    assert meanings_of("Couleur du manteau") == ()


@pytest.mark.parametrize(
    ("neighbours", "meaning"),
    [("Prénom | text\nNom | text\nCourriel | email", "salutation"), ("Salle | text\nJauge | integer", "show_title")],
)
def test_a_title_is_a_persons_or_a_shows_by_its_neighbours(neighbours: str, meaning: str) -> None:
    assert meanings(f"Titre | text\n{neighbours}")["Titre"] == meaning


@pytest.mark.parametrize(
    ("neighbours", "meaning"),
    [
        ("No commande | identifier\nMontant | money", "ordered_at"),
        ("Salle | text\nJauge | integer\nDiscipline | text", "starts_at"),
    ],
)
def test_a_date_is_a_sales_or_a_shows_by_its_neighbours(neighbours: str, meaning: str) -> None:
    assert meanings(f"Date et heure | datetime\n{neighbours}")["Date et heure"] == meaning


def test_a_name_alone_is_a_whole_name_and_beside_a_first_name_a_family_name() -> None:
    assert meanings("Nom | text\nCourriel | email")["Nom"] == "full_name"
    assert meanings("Prénom | text\nNom | text\nCourriel | email")["Nom"] == "last_name"


def test_a_header_whose_cells_cannot_carry_it_is_not_believed() -> None:
    assert meanings("Montant | text\nNo commande | identifier")["Montant"] == "-"
    assert meanings("Nom de la salle | date\nCode événement | identifier")["Nom de la salle"] == "-"


@pytest.mark.parametrize(("looks", "meaning"), [("email", "email"), ("phone", "phone"), ("postal_code", "postal_code")])
def test_what_cells_say_by_themselves_needs_no_header(looks: str, meaning: str) -> None:
    assert meanings(f"Champ 7 | {looks}\nPrénom | text") == {"Champ 7": meaning, "Prénom": "first_name"}


def test_a_price_under_the_header_of_a_category_is_an_amount() -> None:
    found = meanings("Tarif | money\nNo commande | identifier\nDate de commande | datetime")
    assert found["Tarif"] == "amount"


def test_in_a_table_of_shows_a_city_is_the_venues() -> None:
    assert meanings("Code événement | identifier\nSalle | text\nVille | text")["Ville"] == "performance_city"
    assert meanings("Prénom | text\nNom | text\nVille | text")["Ville"] == "city"


def test_of_two_columns_with_one_meaning_the_fuller_keeps_it_and_taxes_add_up() -> None:
    found = meanings("Courriel | email\nAdresse courriel | email\nPrénom | text")
    assert sorted(found.values()) == ["-", "email", "first_name"]
    taxes = meanings("TPS | money\nTVQ | money\nMontant | money\nNo commande | identifier")
    assert [taxes["TPS"], taxes["TVQ"]] == ["taxes", "taxes"]


@pytest.mark.parametrize(
    ("percent", "basis"),
    [(14.975, "excluded"), (13.0246, "included"), (13.0, "excluded"), (5.0, "excluded"), (4.7619, "included"),
     (11.5044, "included"), (8.0, None), (100.0, None)],
)  # fmt: skip
def test_the_nearest_rate_says_whether_taxes_are_inside(percent: float, basis: str | None) -> None:
    assert basis_of(percent) == basis


def test_every_meaning_has_a_label_in_both_languages_and_a_way_to_be_read() -> None:
    for target in Target:
        assert target.label.fr
        assert target.label.en
        assert target.kind in ValueKind
