"""The rail folds by groups: the page one reads is never hidden, a letter goes to one page only."""

from collections import Counter

import pytest

from publicc.kernel.vocabulary import UserRole
from publicc.web.navigation import Fold, Reader, rail, unfolded_in
from publicc.web.rail import HUB_RAIL, RAIL, Group

DIRECTOR = UserRole.DIRECTOR


@pytest.mark.parametrize("groups", [RAIL, HUB_RAIL], ids=["members", "hub"])
def test_no_two_pages_of_a_rail_answer_to_one_letter(groups: tuple[Group, ...]) -> None:
    letters = Counter(entry.key for group in groups for entry in group.entries if entry.key)
    assert [letter for letter, pages in letters.items() if pages > 1] == []


@pytest.mark.parametrize("groups", [RAIL, HUB_RAIL], ids=["members", "hub"])
def test_each_group_and_each_page_stands_once_in_its_rail(groups: tuple[Group, ...]) -> None:
    keys = [group.key for group in groups]
    routes = [entry.route for group in groups for entry in group.entries]
    assert len(set(keys)) == len(keys)
    assert len(set(routes)) == len(routes)
    assert all(group.key.isalnum() for group in groups), "a name in a cookie"


@pytest.mark.parametrize("groups", [RAIL, HUB_RAIL], ids=["members", "hub"])
def test_the_bar_of_a_phone_holds_four_pages_at_most(groups: tuple[Group, ...]) -> None:
    assert sum(1 for group in groups for entry in group.entries if entry.short) <= 4


def open_groups(folds: list[Fold]) -> set[str]:
    return {fold.key for fold in folds if fold.open}


def test_a_reader_who_folded_nothing_finds_what_is_asked_every_week_open() -> None:
    folds = rail("theatre", Reader("/o/theatre/answers/", "fr", DIRECTOR))
    assert open_groups(folds) == {"start", "shows"}
    assert [link.name for fold in folds for link in fold.links if link.here] == ["En bref"]


def test_what_a_reader_folded_stays_folded_but_for_the_group_of_the_page_they_read() -> None:
    folds = rail("theatre", Reader("/o/theatre/deposit/", "en", DIRECTOR, unfolded_in("house")))
    assert open_groups(folds) == {"data", "house"}
    assert {fold.key for fold in folds if fold.kept} == {"house"}


@pytest.mark.parametrize("cookie", ["", "nothing.like.it", "<script>", "." * 4000])
def test_a_strange_cookie_folds_everything_and_breaks_nothing(cookie: str) -> None:
    assert open_groups(rail("theatre", Reader("/o/theatre/glossary/", "fr", DIRECTOR, unfolded_in(cookie)))) == {
        "exploring"
    }


def test_a_page_under_another_page_is_the_one_where_the_reader_is() -> None:
    folds = rail("theatre", Reader("/o/theatre/questions/price/", "fr", DIRECTOR))
    assert [link.name for fold in folds for link in fold.links if link.here] == ["Sept questions"]


def test_a_role_finds_its_own_pages_only() -> None:
    names = {link.name for fold in rail("theatre", Reader("", "fr", UserRole.READER)) for link in fold.links}
    assert "Personnes et rôles" not in names
    assert "Ma saison" in names
