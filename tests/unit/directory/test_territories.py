"""Regions and named territories."""

import pytest

from publicc.directory.territories import REGIONS, local_territory_of, territories, territories_in
from publicc.kernel.errors import BadInput


def test_quebec_has_seventeen_regions() -> None:
    assert list(REGIONS) == [f"{n:02}" for n in range(1, 18)]
    assert REGIONS["02"] == "Saguenay–Lac-Saint-Jean"


@pytest.mark.parametrize(
    ("fsa", "home"),
    [
        ("H2X", "montreal"),
        ("H9W", "montreal"),
        ("H7N", "laval"),
        ("H0H", None),
        ("H0M", None),
        ("G1R", None),
        ("M5V", None),
    ],
)
def test_h_is_montreal_but_for_laval_akwesasne_and_santa_claus(fsa: str, home: str | None) -> None:
    assert local_territory_of(fsa) == home


def test_the_quartier_is_a_district_that_says_it_is_approximate() -> None:
    quartier = territories()["quartier-des-spectacles"]
    assert quartier.holds("H2X")
    assert not quartier.holds("H7N")
    assert quartier.note.fr.startswith("Approximation")


def test_an_operator_may_bring_its_own_territories() -> None:
    found = territories_in('[est]\nfr="L\'Est"\nen="The East"\nprefixes=["G"]\nexceptions=["G1"]')
    assert (found["est"].holds("G5L"), found["est"].holds("G1R")) == (True, False)


@pytest.mark.parametrize("table", ["[est]\nfr='E'", "not toml", "est = 3"])
def test_a_table_of_territories_that_cannot_be_read_says_so(table: str) -> None:
    with pytest.raises(BadInput):
        territories_in(table)
