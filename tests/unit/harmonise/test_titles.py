import pytest

from publicc.harmonise.shows import base_title, is_extra, plain_title


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("COMPLET - L'Étoile de novembre", "L'Étoile de novembre"),
        ("Les Racines et le vent (première mondiale)", "Les Racines et le vent"),
        ("Les Racines et le vent - Supplémentaire", "Les Racines et le vent"),
        ("ANNULÉ : Le Lac", "Le Lac"),
        ("La Première nuit", "La Première nuit"),
        ("Duo: piano et voix", "Duo: piano et voix"),
        ("Complet", "Complet"),
        ("  Le   lac ", "Le lac"),
    ],
)
def test_marks_that_stand_apart_are_lifted_out_of_a_title_and_words_of_it_never(written: str, plain: str) -> None:
    assert plain_title(written) == plain


def test_dates_of_one_show_share_a_base_whatever_their_marks() -> None:
    written = ("ROMÉO ET JULIETTE – supplémentaire", "Roméo et Juliette (première)", "COMPLET - Roméo et Juliette")
    assert {base_title(title) for title in written} == {"romeo et juliette"}
    assert [is_extra(title) for title in written] == [True, False, False]
