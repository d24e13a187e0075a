"""Dates, waits, sizes and scopes as people read them; where an installation lives; faults that nobody foresaw."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from publicc.kernel import environment
from publicc.kernel.cells import Withheld, WithheldReason, cell_as_json
from publicc.kernel.errors import unforeseen
from publicc.kernel.formats import (
    Unit,
    cell_words,
    clock,
    file_size,
    moment,
    period_words,
    quoted,
    short_month,
    signed,
    wait,
)
from publicc.kernel.period import Period, season_period
from publicc.kernel.progress import SILENT
from publicc.kernel.scope import OwnRows, WholePool
from publicc.kernel.text import Text


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_withheld_cell_says_its_family_and_the_wider_group_when_there_is_one() -> None:
    assert cell_as_json(Withheld(WithheldReason.PERSONS)) == {"state": "withheld", "reason": "persons"}
    assert cell_as_json(Withheld(WithheldReason.GROUP, "06"))["wider"] == "06"


def test_what_is_no_cell_is_never_written() -> None:
    with pytest.raises(AssertionError):
        cell_as_json(12)  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        cell_words(12, Unit.COUNT, "fr")  # type: ignore[arg-type]


def test_a_difference_has_its_sign_and_nothing_has_none() -> None:
    assert [plain(signed(n, "en")) for n in (12, 0)] == ["+12", "0"]
    assert signed(-640, "fr")[0] in "−-"


def test_hours_and_instants_follow_the_language() -> None:
    assert [plain(clock(time(19, minute), "fr")) for minute in (30, 0)] == ["19 h 30", "19 h"]
    assert plain(clock(time(19, 30), "en")).startswith("7:30")
    at = datetime(2019, 2, 10, 19, 30, tzinfo=UTC)
    assert plain(moment(at, "fr")) == "10 févr. 2019 à 19 h 30"
    assert plain(moment(at, "en")).startswith("Feb. 10, 2019 at 7:30") or "2019 at 7:30" in plain(moment(at, "en"))
    assert short_month(date(2019, 2, 1), "fr") == "févr."


def test_a_season_is_called_by_its_name_and_any_other_period_by_its_days() -> None:
    assert plain(period_words(season_period(2018), "fr")) == "saison 2018-2019"
    assert plain(period_words(Period(date(2018, 9, 1), date(2018, 9, 2)), "en")).count("2018") == 2


@pytest.mark.parametrize(("octets", "words"), [(820, "820 octets"), (1_468_006, "1,4 Mo"), (262_144_000, "250 Mo")])
def test_sizes_are_read_in_the_largest_unit_that_fits(octets: int, words: str) -> None:
    assert plain(file_size(octets, "fr")) == words
    assert plain(file_size(820, "en")) == "820 bytes"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "a few seconds"), (33, "about 40 seconds"), (80, "about a minute"), (200, "about 3 minutes")],
)
def test_waits_are_said_as_one_says_them(seconds: float, words: str) -> None:
    assert plain(wait(seconds, "en")) == words


def test_names_stand_between_the_marks_of_the_language() -> None:
    assert (plain(quoted("Hall", "fr")), quoted("Hall", "en")) == ("« Hall »", "“Hall”")


def test_what_is_counted_one_by_one_is_a_count() -> None:
    assert Unit.PERSONS.is_count
    assert not Unit.RATIO.is_count


def test_data_lives_where_the_person_said_else_in_the_checkout_else_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert environment.home_folder({"PUBLICC_HOME": str(tmp_path)}) == tmp_path
    assert environment.home_folder({}).name == "var"
    monkeypatch.setattr(environment, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    assert environment.home_folder({"HOME": str(tmp_path)}) == tmp_path / ".local" / "share" / "publicc"


def test_an_unforeseen_fault_is_told_by_its_kind_and_line_never_by_its_words() -> None:
    try:
        season_period("secret")  # type: ignore[arg-type]
    except TypeError as fault:
        told = unforeseen(fault)
    assert "TypeError" in told.sentence("en")
    assert "period.py" in told.sentence("en")
    assert "secret" not in told.sentence("en")
    assert "?" in unforeseen(ValueError("x")).sentence("en")


def test_scopes_and_silence_hold_nothing_but_what_they_are() -> None:
    assert OwnRows("theatre").organization == "theatre"
    assert WholePool("release").purpose == "release"
    SILENT.step(Text("Lecture", "Reading"), 1, 2)


def test_texts_within_texts_are_filled_in_both_languages() -> None:
    outer = Text("dit {what}", "says {what}").filled(what=Text("oui", "yes"))
    assert (outer.fr, outer.en) == ("dit oui", "says yes")
