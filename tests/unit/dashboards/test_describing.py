from datetime import date

from publicc.dashboards.describing import chips, defined, staleness, without_filters
from publicc.dashboards.filters import read_filters
from publicc.dashboards.page import Screen
from publicc.dashboards.showing import Showing
from publicc.kernel.text import Text
from publicc.metrics.plain import PLAIN_WORDS
from publicc.metrics.registry import METRICS
from tests.unit.dashboards.test_filters import CHOICES


def test_a_filter_in_use_can_be_removed_and_the_others_stay() -> None:
    filters = read_filters({"season": ["2017-2018"], "discipline": ["DANCE"], "venue": ["v1"]}, CHOICES)
    by_name = {chip.name: chip for chip in chips(filters, CHOICES)}
    assert by_name["discipline"].is_set
    assert by_name["discipline"].remove == "season=2017-2018&venue=v1"
    assert by_name["discipline"].said.said("fr") == "Danse"
    assert not by_name["season"].is_set
    assert without_filters(filters, CHOICES) == "season=2017-2018"


def test_nothing_is_offered_to_remove_when_no_filter_is_in_use() -> None:
    filters = read_filters({}, CHOICES)
    assert without_filters(filters, CHOICES) == ""
    assert not any(chip.is_set for chip in chips(filters, CHOICES))


def test_a_season_of_the_address_is_the_one_the_chip_shows_even_when_nobody_played_it() -> None:
    season = chips(read_filters({"season": ["2031-2032"]}, CHOICES), CHOICES)[0]
    assert season.chosen == "2031-2032"
    assert "2031-2032" in dict(season.options)


def test_a_free_period_is_kept_while_another_filter_changes_and_leads_back_to_a_season() -> None:
    period = chips(read_filters({"period": ["2019-01"]}, CHOICES), CHOICES)[0]
    assert (period.name, period.chosen) == ("period", "2019-01-01..2019-01-31")
    assert period.is_set
    assert period.remove == "season=2018-2019"
    assert read_filters({"period": ["2017-2018"]}, CHOICES).season == 2017


def test_several_values_that_only_an_address_can_ask_for_are_one_choice() -> None:
    filters = read_filters({"discipline": ["DANCE", "THEATRE"]}, CHOICES)
    discipline = {chip.name: chip for chip in chips(filters, CHOICES)}["discipline"]
    assert discipline.chosen == "DANCE,THEATRE"
    assert discipline.said.said("fr") == "Théâtre + Danse"


def test_every_figure_is_told_in_plain_words_before_its_formula() -> None:
    assert set(PLAIN_WORDS) == set(METRICS)
    for metric_id, told in PLAIN_WORDS.items():
        for sentence in (told.fr, told.en):
            assert sentence.endswith("."), metric_id
            assert not set(sentence) & set("|÷∩Σ≥"), metric_id
    assert defined(METRICS["retention_rate"]).meaning is PLAIN_WORDS["retention_rate"]


def showing(as_of: date, data_to: date | None) -> Showing:
    text = Text("S", "S")
    return Showing(
        screen=Screen("season", text, text, text),
        filters=read_filters({}, CHOICES),
        choices=CHOICES,
        snapshot="a" * 32,
        as_of=as_of,
        data_to=data_to,
        key="k",
    )


def test_figures_that_stop_long_before_their_day_say_so() -> None:
    told = staleness(showing(date(2019, 3, 5), date(2019, 1, 31)))
    assert told is not None
    assert "31 janvier 2019, il y a 33\u00a0jours" in told.words.said("fr")
    assert staleness(showing(date(2019, 2, 10), date(2019, 1, 31))) is None
    assert staleness(showing(date(2019, 2, 10), None)) is None
