"""Which responses are set apart, and why: too fast, the same extreme answer throughout, twins, a flood. Pure.

A speeder took under a third of the median of its version (of at least twenty), or under a second an answer (of at
least eight): where most are programs, the median is theirs. A straight line gives the same extreme answer to five
statements or more. A twin repeats, the same day, at least eight answers of another to the letter. A flood is a day when
a link brings, of responses not doubted otherwise, over two hundred and over five times its usual day, once it has seven
others.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from publicc.surveys.definition import Kind, Question
from publicc.surveys.states import Suspicion

FAST_SHARE: Final = 1 / 3
FEWEST_TIMED: Final = 20
FEWEST_STATEMENTS: Final = 5
FEWEST_ALIKE: Final = 8
LEAST_SECONDS: Final = 1.0
"""For an answer, of eight or more: nobody reads so many questions and chooses in less."""
FLOOD_TIMES: Final = 5
FEWEST_FLOOD: Final = 200
FEWEST_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Answered:
    """One response, opened: what it says and what is known of how it came."""

    id: int
    answers: dict[str, Any]
    version: int
    link: int | None
    day: str
    seconds: int | None = None
    marks: tuple[str, ...] = ()
    is_kept: bool | None = None
    is_done: bool = True


def doubts(responses: Sequence[Answered], questions: Iterable[Question]) -> dict[int, frozenset[Suspicion]]:
    """The suspicions of each response, those known when it came included."""
    grids = [one for one in questions if one.kind is Kind.GRID]
    fast, twins = _fast(responses), _twins(responses)
    found = {}
    for one in responses:
        marks = {Suspicion(mark) for mark in one.marks}
        marks |= {Suspicion.FAST} if one.id in fast else set()
        marks |= {Suspicion.TWIN} if one.id in twins else set()
        marks |= {Suspicion.STRAIGHT} if _is_straight(one, grids) else set()
        found[one.id] = frozenset(marks)
    return found | {name: frozenset({Suspicion.FLOOD}) for name in _flooding(responses, found)}


def counted(responses: Sequence[Answered], suspicions: dict[int, frozenset[Suspicion]]) -> list[Answered]:
    """The responses that figures count: those without a doubt, and those the owner looked at and kept."""
    return [one for one in responses if one.is_kept or (one.is_kept is None and not suspicions[one.id])]


def _fast(responses: Sequence[Answered]) -> set[int]:
    fast = {
        one.id
        for one in responses
        if one.is_done
        and one.seconds is not None
        and len(one.answers) >= FEWEST_ALIKE
        and one.seconds < LEAST_SECONDS * len(one.answers)
    }
    for version in {one.version for one in responses}:
        timed = {
            one.id: one.seconds
            for one in responses
            if one.version == version and one.seconds is not None and one.is_done
        }
        if len(timed) >= FEWEST_TIMED:
            least = median(timed.values()) * FAST_SHARE
            fast |= {name for name, seconds in timed.items() if seconds < least}
    return fast


def _flooding(responses: Sequence[Answered], suspicions: dict[int, frozenset[Suspicion]]) -> set[int]:
    """The responses of a day like no other of its link; those brought from elsewhere bear no hour of theirs."""
    days: dict[int | None, dict[str, list[int]]] = {}
    for one in responses:
        if one.seconds is not None and not suspicions[one.id]:
            days.setdefault(one.link, {}).setdefault(one.day, []).append(one.id)
    flooding: set[int] = set()
    for every in days.values():
        for day, names in every.items():
            others = [len(held) for other, held in every.items() if other != day]
            if len(others) >= FEWEST_DAYS and len(names) > max(FEWEST_FLOOD, FLOOD_TIMES * median(others)):
                flooding.update(names)
    return flooding


def _twins(responses: Sequence[Answered]) -> set[int]:
    seen: set[str] = set()
    twins: set[int] = set()
    for one in responses:
        if len(one.answers) < FEWEST_ALIKE:
            continue
        said = f"{one.day} {json.dumps(one.answers, sort_keys=True)}"
        if said in seen:
            twins.add(one.id)
        seen.add(said)
    return twins


def _is_straight(one: Answered, grids: Sequence[Question]) -> bool:
    said = [
        (value, value in {grid.choices[0].value, grid.choices[-1].value})
        for grid in grids
        for value in (one.answers.get(grid.id) or {}).values()
    ]
    return len(said) >= FEWEST_STATEMENTS and len({value for value, _ in said}) == 1 and said[0][1]
