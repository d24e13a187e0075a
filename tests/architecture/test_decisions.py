"""Decisions are numbered once each: a reader who is sent to one finds it."""

from collections import Counter
from pathlib import Path

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"


def test_each_decision_has_its_own_number_and_says_it() -> None:
    numbers = {path.name: int(path.name[:4]) for path in DECISIONS.glob("[0-9]*.md")}
    assert [number for number, times in Counter(numbers.values()).items() if times > 1] == []
    told = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in DECISIONS.glob("[0-9]*.md")}
    assert [name for name, line in told.items() if str(numbers[name]) not in line] == []
