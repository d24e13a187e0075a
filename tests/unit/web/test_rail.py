"""A letter goes to one page only."""

from collections import Counter

import pytest

from publicc.web.navigation import HUB_RAIL, RAIL, Group


@pytest.mark.parametrize("rail", [RAIL, HUB_RAIL], ids=["members", "hub"])
def test_no_two_pages_of_a_rail_answer_to_one_letter(rail: tuple[Group, ...]) -> None:
    letters = Counter(entry.key for group in rail for entry in group.entries if entry.key)
    assert [letter for letter, pages in letters.items() if pages > 1] == []
