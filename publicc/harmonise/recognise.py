"""Who is who, at one harmonisation: inside each organization, then across those that granted it.

Answers of people bind both linkages and teach both; what stays doubtful becomes their next questions; how the headline
figures would move with the threshold is measured while the scored pairs are there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import duckdb

from publicc.harmonise import people
from publicc.harmonise.continued import depends_on, link_or_continue
from publicc.harmonise.linkage import LinkScope, LinkSettings
from publicc.harmonise.linkage.block import Capped
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.pairs import HERE, Workers
from publicc.harmonise.people import CIRCLE, Member
from publicc.harmonise.review import rounds, sensitivity
from publicc.harmonise.review.learning import Card
from publicc.harmonise.review.sensitivity import Trial
from publicc.harmonise.tokens.keeping import gather_tokens, join_across, join_inside
from publicc.kernel.blind import BlindKey
from publicc.kernel.progress import SILENT, Progress

INSIDE: Final = "inside"
ACROSS: Final = "across"
"""The two linkages: inside each organization, and across the circle. Names of what each leaves aside."""


def settings_of(linkage: str, workers: Workers = HERE) -> LinkSettings:
    """How each of the two is linked."""
    return LinkSettings(constraints=rounds.INSIDE if linkage == INSIDE else rounds.ACROSS, workers=workers)


def asides_wanted(slugs: Sequence[str], circle: Sequence[str]) -> dict[str, str]:
    """Which linkages are to be found aside, and what each depends on but its rows."""
    wanted = {INSIDE: slugs, ACROSS: circle}
    return {name: depends_on(members, settings_of(name)) for name, members in wanted.items() if members}


@dataclass(slots=True)
class Recognised:
    """What was learned and measured. `cards`, `capped`: `inside`, `across`; `trials`: each organization, the circle."""

    cards: dict[str, Card] = field(default_factory=dict)
    capped: dict[str, tuple[Capped, ...]] = field(default_factory=dict)
    trials: dict[str, tuple[Trial, ...]] = field(default_factory=dict)


def recognise(
    connection: duckdb.DuckDBPyConnection,
    members: Sequence[Member],
    circle: Sequence[str],
    circle_key: BlindKey,
    *,
    progress: Progress = SILENT,
    workers: Workers = HERE,
    asides: Collection[str] = (),
) -> Recognised:
    """Make `own_groups` and, where there is a circle, `circle_groups`, with the questions that each leaves.

    `asides`: which of `INSIDE` and `ACROSS` are attached, to continue the linkages that were left there.
    """
    found = Recognised()
    people.gather_records(connection, members)
    rounds.bind_answers(connection, members)
    sensitivity.gather_visits(connection, members)
    teacher = rounds.teacher(connection)
    settings = settings_of(INSIDE, workers)
    inside = link_or_continue(
        connection,
        "records",
        scope=LinkScope.ORGANIZATION,
        settings=settings,
        teacher=teacher,
        aside=INSIDE if INSIDE in asides else None,
        into="own_groups",
        progress=progress,
    )
    found.cards[INSIDE], found.capped[INSIDE] = teacher.card, inside.capped
    rounds.ask_inside(connection, inside, CANADA, members)
    found.trials |= sensitivity.trials_inside(connection, inside, settings)
    encoded = gather_tokens(connection, {one.slug: one.schema for one in members})
    if encoded:
        join_inside(connection, "own_groups")
    if circle:
        connection.execute(
            "CREATE OR REPLACE TEMP VIEW circle AS SELECT * FROM records WHERE organization IN "
            f"({', '.join(repr(slug) for slug in circle)})"
        )
        teacher = rounds.teacher(connection)
        settings = settings_of(ACROSS, workers)
        across = link_or_continue(
            connection,
            "circle",
            scope=LinkScope.POOL,
            settings=settings,
            teacher=teacher,
            aside=ACROSS if ACROSS in asides else None,
            into="circle_groups",
            progress=progress,
        )
        found.cards[ACROSS], found.capped[ACROSS] = teacher.card, across.capped
        rounds.ask_across(connection, across, CANADA, circle_key)
        found.trials[CIRCLE] = sensitivity.trials_across(connection, across, settings)
        if encoded:
            join_across(connection, "circle_groups", tuple(circle))
    return found
