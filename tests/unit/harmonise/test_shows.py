import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicc.harmonise.shows import base_title, is_extra


@pytest.mark.parametrize(
    "title",
    [
        "Le Lac des cygnes",
        "LE LAC DES CYGNES",
        "  le lac  des cygnes ",
        "Le lac des cygnes (supplémentaire)",
        "Le Lac des cygnes - SUPPLÉMENTAIRE",
        "Le Lac des cygnes – Supplémentaires",
        "Le Lac des cygnes [Suppl.]",
        "Le Lac des cygnes Supplémentaire",
        "Le Lac des cygnes (première)",
        "Le Lac des cygnes | Première",
        "Le Lac des cygnes - EXTRA",
        "Le Lac des cygnes (dernière représentation)",
        "Le Lac des cygnes (extra show)",
        "Le Lac des cygnes - Opening night",
        "Le Lac des cygnes – supplémentaire (dernière)",
    ],
)
def test_dates_of_one_show_are_grouped(title: str) -> None:
    assert base_title(title) == "le lac des cygnes"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roméo et Juliette", "Roméo"),
        ("La Dernière Cassette", "La Cassette"),
        ("Première neige", "Neige"),
        ("Extra-vagance", "Vagance"),
        ("Hamlet (version jeunesse)", "Hamlet"),
        ("Casse-Noisette : l'intégrale", "Casse-Noisette"),
        ("Star Wars - épisode IV", "Star Wars - épisode V"),
    ],
)
def test_shows_whose_titles_differ_stay_apart(one: str, other: str) -> None:
    assert base_title(one) != base_title(other)


@pytest.mark.parametrize("title", ["Supplémentaire", "(première)", "- extra -", "!!!", "東京", "Extra"])
def test_a_title_made_only_of_marks_keeps_them(title: str) -> None:
    assert base_title(title)


@pytest.mark.parametrize(
    ("title", "added"),
    [
        ("Hamlet (supplémentaire)", True),
        ("Hamlet - extra", True),
        ("Hamlet suppl.", True),
        ("Hamlet (première)", False),
        ("Hamlet", False),
        ("Extra", False),
        ("Soirée extra terrestre", False),
    ],
)
def test_an_added_date_is_known_by_its_title(title: str, added: bool) -> None:
    assert is_extra(title) is added


@given(st.text(max_size=60))
def test_any_title_has_a_base_and_grouping_again_changes_nothing(title: str) -> None:
    base = base_title(title)
    assert base_title(base) == base
    assert base_title(title.upper()) == base_title(title.upper().upper())
