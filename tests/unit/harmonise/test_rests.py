"""Rests between surveys: nobody is asked twice too soon, and no file tells whether somebody else asked one person."""

from datetime import date, timedelta

import duckdb
import pytest

from publicc.harmonise.inviting import FEWEST_TOGETHER, Letter, chosen
from publicc.harmonise.rests import COMMON_DAYS, OWN_A_YEAR, OWN_DAYS, Rests, is_drawn
from publicc.kernel.blind import BlindKey

TODAY = date(2026, 11, 20)
COMMON = BlindKey(b"common".ljust(32))
CROWD = [f"person{n}@poste.ca" for n in range(1_000)]


@pytest.fixture
def file() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE asked (mark VARCHAR NOT NULL, asked_on DATE NOT NULL)")
    return connection


def rests_of(file: duckdb.DuckDBPyConnection, name: str, *, is_common: bool = True) -> Rests:
    return Rests(file, BlindKey(name.encode().ljust(32)), COMMON if is_common else None)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_an_organization_leaves_its_own_public_alone_for_a_month(file: duckdb.DuckDBPyConnection) -> None:
    alone = rests_of(file, "opera", is_common=False)
    alone.ask(["ada@poste.ca"], TODAY)
    assert alone.awake(["ada@poste.ca", "ben@poste.ca"], after(OWN_DAYS - 1)) == {"ben@poste.ca"}
    assert alone.awake(["ada@poste.ca"], after(OWN_DAYS)) == {"ada@poste.ca"}


def test_nobody_is_asked_more_than_four_times_a_year(file: duckdb.DuckDBPyConnection) -> None:
    alone = rests_of(file, "opera", is_common=False)
    for turn in range(OWN_A_YEAR):
        assert alone.awake(["ada@poste.ca"], after(turn * OWN_DAYS)) == {"ada@poste.ca"}
        alone.ask(["ada@poste.ca"], after(turn * OWN_DAYS))
    assert not alone.awake(["ada@poste.ca"], after(OWN_A_YEAR * OWN_DAYS))
    assert alone.awake(["ada@poste.ca"], after(365))


def test_nobody_is_asked_twice_in_two_weeks_by_organizations_that_share_their_rests(
    file: duckdb.DuckDBPyConnection,
) -> None:
    opera, theatre = rests_of(file, "opera"), rests_of(file, "theatre")
    first = opera.awake(CROWD, TODAY)
    opera.ask(sorted(first), TODAY)
    for days in (0, 1, COMMON_DAYS - 1):
        assert not theatre.awake(CROWD, after(days)) & first


def test_an_organization_outside_shares_nothing_and_learns_nothing(file: duckdb.DuckDBPyConnection) -> None:
    opera, outside = rests_of(file, "opera"), rests_of(file, "musee", is_common=False)
    opera.ask(CROWD, TODAY)
    assert outside.awake(CROWD, TODAY) == set(CROWD)


def test_what_is_kept_tells_neither_who_asked_nor_whom(file: duckdb.DuckDBPyConnection) -> None:
    rests_of(file, "opera").ask(["ada@poste.ca"], TODAY)
    kept = file.execute("SELECT * FROM asked").fetchall()
    assert len(kept) == 2
    assert "ada" not in str(kept)
    assert "opera" not in str(kept)
    assert {name for (name, *_) in file.execute("DESCRIBE asked").fetchall()} == {"mark", "asked_on"}


def test_being_left_out_at_most_doubles_the_odds_that_another_one_asked(file: duckdb.DuckDBPyConnection) -> None:
    opera, curious = rests_of(file, "opera"), rests_of(file, "curious")
    asked = opera.awake(CROWD[:200], TODAY)
    opera.ask(sorted(asked), TODAY)
    left_out = set(CROWD) - curious.awake(CROWD, after(1))
    assert asked < left_out
    prior = len(asked) / (len(CROWD) - len(asked))
    told = len(asked) / len(left_out - asked)
    assert told / prior < 2.2


@pytest.mark.parametrize("probe", [1, 7, 49])
def test_asking_again_in_short_lists_or_among_invented_people_tells_no_more(
    file: duckdb.DuckDBPyConnection, probe: int
) -> None:
    curious, accomplice = rests_of(file, "curious"), rests_of(file, "accomplice")
    whole = curious.awake(CROWD[:12], TODAY)
    for one in CROWD[:12]:
        invented = [f"nobody{probe}-{n}@poste.ca" for n in range(probe)]
        for rests, days in ((curious, 0), (curious, 3), (accomplice, 1)):
            assert rests.awake([*invented, one], after(days)) & {one} == whole & {one}


def test_the_half_that_is_drawn_changes_with_the_round() -> None:
    now = {one for one in CROWD if is_drawn(COMMON, one, TODAY)}
    assert abs(len(now) / len(CROWD) - 0.5) < 0.06
    then = {one for one in CROWD if is_drawn(COMMON, one, after(28))}
    assert abs(len(now & then) / len(now) - 0.5) < 0.06


def test_a_list_of_one_is_given_no_file(file: duckdb.DuckDBPyConnection) -> None:
    everyone = [Letter(str(n), one, (one,)) for n, one in enumerate(CROWD)]
    opera = rests_of(file, "opera")
    assert chosen(everyone[: FEWEST_TOGETHER - 1], opera, today=TODAY) is None
    assert not file.execute("SELECT * FROM asked").fetchall()
    asked = chosen(everyone[:FEWEST_TOGETHER], opera, today=TODAY)
    assert asked
    assert len(asked) < FEWEST_TOGETHER
