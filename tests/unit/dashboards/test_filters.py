from datetime import date

import pytest

from publicc.dashboards.filters import Choice, Choices, read_filters, said_as_sentence
from publicc.kernel.period import Period, season_period
from publicc.kernel.text import Text

CHOICES = Choices(
    seasons=(2019, 2018, 2017),
    as_of=date(2019, 2, 10),
    by_dimension={
        "discipline": (Choice("THEATRE", Text("Théâtre", "Theatre")), Choice("DANCE", Text("Danse", "Dance"))),
        "venue": (Choice("v1", Text("Grande salle", "Grande salle")),),
    },
)


def test_without_anything_asked_the_season_is_the_newest_that_has_begun() -> None:
    filters = read_filters({}, CHOICES)
    assert (filters.season, filters.period) == (2018, season_period(2018))


def test_an_address_gives_back_the_same_filters() -> None:
    filters = read_filters({"season": ["2017-2018"], "discipline": ["THEATRE", "DANCE"], "venue": ["v1"]}, CHOICES)
    assert filters.query_string() == "season=2017-2018&discipline=DANCE&discipline=THEATRE&venue=v1"
    assert filters.as_mapping == {"discipline": ("DANCE", "THEATRE"), "venue": ("v1",)}


def test_what_an_address_holds_in_vain_is_left_out_and_named() -> None:
    filters = read_filters({"season": ["demain"], "discipline": ["'; drop"], "venue": ["v9", "v1"]}, CHOICES)
    assert filters.season == 2018
    assert filters.as_mapping == {"venue": ("v1",)}
    assert filters.dropped == ("season", "discipline", "venue")


@pytest.mark.parametrize("asked", ["0001-0002", "0001-01-01..9999-12-31", "9998-9999"])
def test_a_year_without_neighbours_is_left_out(asked: str) -> None:
    filters = read_filters({"season": [asked]}, CHOICES)
    assert (filters.season, filters.dropped) == (2018, ("season",))


def test_several_values_of_one_filter_are_written_apart_or_together() -> None:
    apart = read_filters({"discipline": ["DANCE", "THEATRE"]}, CHOICES)
    assert read_filters({"discipline": ["THEATRE,DANCE"]}, CHOICES) == apart


def test_a_free_period_is_not_a_season() -> None:
    filters = read_filters({"period": ["2019-01-01..2019-01-31"]}, CHOICES)
    assert (filters.season, filters.period) == (None, Period(date(2019, 1, 1), date(2019, 1, 31)))
    assert filters.query_string() == "period=2019-01-01..2019-01-31"


def test_a_period_that_is_a_season_is_that_season() -> None:
    assert read_filters({"period": ["2018-09-01..2019-08-31"]}, CHOICES).season == 2018


def test_filters_read_as_a_sentence_in_both_languages() -> None:
    filters = read_filters({"discipline": ["THEATRE"]}, CHOICES)
    assert said_as_sentence(filters, CHOICES, "fr")[:3] == ("Saison 2018-2019", "Théâtre", "toutes les salles")
    assert said_as_sentence(filters, CHOICES, "en")[:2] == ("Season 2018-2019", "Theatre")
    assert said_as_sentence(read_filters({"period": ["2019-01"]}, CHOICES), CHOICES, "fr")[0] == (
        "Du 1 janvier 2019 au 31 janvier 2019"
    )


def test_opening_a_dimension_keeps_the_others() -> None:
    filters = read_filters({"discipline": ["THEATRE"], "venue": ["v1"]}, CHOICES)
    assert filters.without("venue").as_mapping == {"discipline": ("THEATRE",)}
    assert filters.for_season(2017).period == season_period(2017)


def test_an_organization_without_performances_still_has_a_page() -> None:
    filters = read_filters({}, Choices(seasons=(), as_of=date(2019, 2, 10)))
    assert (filters.season, filters.period.days) == (None, 1)
