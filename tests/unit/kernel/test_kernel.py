from datetime import date
from decimal import Decimal

import pytest

from publicc.kernel.cells import Shown, Unknown, UnknownReason, Withheld, WithheldReason, cell_as_json
from publicc.kernel.environment import home_folder
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.period import Period, months_before, parse_period, season_label, season_year, seasons_between
from publicc.kernel.postal_codes import fsa, full_code, is_rural
from publicc.kernel.text import Text, count_form, language
from publicc.kernel.vocabulary import Channel, Discipline, PriceGroup


def test_french_puts_non_breaking_spaces_where_quebec_does() -> None:
    said = Text("« Combien ? » : 12 %", "“How many?”: 12%").said("fr")
    assert said == "«\u00a0Combien\u00a0?\u00a0»\u00a0: 12\u00a0%"


def test_a_text_fills_its_fields_with_texts_in_the_same_language() -> None:
    assert Text("Colonne {name}", "Column {name}").said("en", name=Text("prix", "price")) == "Column price"


@pytest.mark.parametrize(("code", "lang"), [("fr-ca", "fr"), ("en_CA.UTF-8", "en"), (None, "fr"), ("de", "fr")])
def test_french_is_the_language_of_whoever_asks_for_neither(code: str | None, lang: str) -> None:
    assert language(code) == lang


@pytest.mark.parametrize(
    ("n", "fr", "en"), [(0, "billet", "tickets"), (1, "billet", "ticket"), (2, "billets", "tickets")]
)
def test_zero_is_singular_in_french_only(n: int, fr: str, en: str) -> None:
    assert (count_form(n, "fr", "billet", "billets"), count_form(n, "en", "ticket", "tickets")) == (fr, en)


def test_an_error_says_what_where_found_and_do_in_order() -> None:
    problem = BadInput(Text("Quoi.", "What."), where=Text("Où.", "Where."), do=Text("Faire.", "Do."))
    assert (problem.sentence("fr"), problem.sentence("en")) == ("Quoi. Où. Faire.", "What. Where. Do.")


def test_a_season_runs_from_september_to_august() -> None:
    assert (season_year(date(2019, 8, 31)), season_year(date(2019, 9, 1))) == (2018, 2019)
    assert season_label(2018) == "2018-2019"
    assert list(seasons_between(date(2018, 8, 1), date(2019, 9, 2))) == [2017, 2018, 2019]


def test_months_clip_to_the_end_of_the_month() -> None:
    assert months_before(date(2025, 8, 31), 18) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2018-09-01..2019-08-31", "2018-09-01", "2019-08-31"),
        ("2018-2019", "2018-09-01", "2019-08-31"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
    ],
)
def test_a_period_is_read_in_the_forms_people_write(written: str, first: str, last: str) -> None:
    period = parse_period(written)
    assert (period.first_on.isoformat(), period.last_on.isoformat()) == (first, last)
    assert date.fromisoformat(last) in period


@pytest.mark.parametrize("written", ["", "hier", "2019-01-01..2018-01-01", "2018-2020", "2018-13", "9" * 20])
def test_a_period_that_means_nothing_is_refused_with_the_forms_understood(written: str) -> None:
    with pytest.raises(BadUsage) as refused:
        parse_period(written)
    assert "2018-2019" in refused.value.sentence("fr")


def test_a_period_counts_both_ends() -> None:
    assert Period(date(2019, 1, 1), date(2019, 1, 31)).days == 31
    assert str(parse_period("2018-2019")) == "2018-09-01..2019-08-31"


def test_a_cell_is_shown_withheld_or_unknown_and_never_null() -> None:
    assert cell_as_json(Shown(Decimal("2.5"), n=4, provisional=True)) == {
        "state": "shown", "value": 2.5, "n": 4, "provisional": True,
    }  # fmt: skip
    assert cell_as_json(Shown(1, estimated=True)) == {"state": "shown", "value": 1, "estimated": True}
    assert cell_as_json(Shown(0)) == {"state": "shown", "value": 0}
    assert cell_as_json(Withheld(WithheldReason.PERSONS, "estrie")) == {
        "state": "withheld", "reason": "persons", "wider": "estrie",
    }  # fmt: skip
    assert cell_as_json(Withheld(WithheldReason.GROUP)) == {"state": "withheld", "reason": "group"}
    assert cell_as_json(Unknown(UnknownReason.NO_DATA, "capacity")) == {
        "state": "unknown", "reason": "no_data", "missing": "capacity",
    }  # fmt: skip
    assert cell_as_json(Unknown(UnknownReason.NO_BASE)) == {"state": "unknown", "reason": "no_base"}


def test_a_base_under_thirty_is_fragile() -> None:
    assert (Shown(1, n=29).fragile, Shown(1, n=30).fragile, Shown(1).fragile) == (True, False, False)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("h2x 1y4", "H2X1Y4"),
        ("H3B-1A7", "H3B1A7"),
        ("O0H 0H0", None),
        ("H0H 0H0", None),
        ("90210", None),
        ("W1A 1A1", None),
    ],
)
def test_a_postal_code_is_canadian_or_nothing(raw: str, code: str | None) -> None:
    assert full_code(raw) == code


@pytest.mark.parametrize(
    ("raw", "area"), [("H2X 1Y4", "H2X"), ("g0a", "G0A"), ("H0H", None), ("H2X 1O4", None), ("H2", None), ("D1A", None)]
)
def test_an_fsa_comes_from_a_full_code_or_from_its_first_half(raw: str, area: str | None) -> None:
    assert fsa(raw) == area


def test_a_second_character_zero_is_rural() -> None:
    assert is_rural("G0A")
    assert not is_rural("H2X")


def test_terms_of_different_lists_keep_their_own_labels() -> None:
    assert Discipline.UNKNOWN.label == Text("À classer", "To be mapped")
    assert Channel.UNKNOWN.label == Text("Inconnu", "Unknown")
    assert f"{PriceGroup.FULL}" == "FULL"


def test_home_is_the_variable_else_the_checkout() -> None:
    assert str(home_folder({"PUBLICC_HOME": "/srv/publicc"})) == "/srv/publicc"
    assert home_folder({}).name == "var"
