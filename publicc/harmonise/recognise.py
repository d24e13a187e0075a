"""Who is who, at one harmonisation: inside each organization, then across those that granted it.

Answers of people bind both linkages and teach both; what stays doubtful becomes their next questions; how the headline
figures would move with the threshold is measured while the scored pairs are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from publicc.harmonise import people
from publicc.harmonise.blind import BlindKey
from publicc.harmonise.linkage import LinkScope, LinkSettings, link
from publicc.harmonise.linkage.canada import CANADA
from publicc.harmonise.linkage.pairs import HERE, Workers
from publicc.harmonise.people import CIRCLE, Member
from publicc.harmonise.review import rounds, sensitivity
from publicc.harmonise.review.learning import Card
from publicc.harmonise.review.sensitivity import Trial
from publicc.harmonise.tokens.keeping import gather_tokens, join_across, join_inside
from publicc.kernel.progress import SILENT, Progress


@dataclass(slots=True)
class Recognised:
    """What was learned and measured. `cards`: `inside`, `across`; `trials`: each organization, and the circle."""

    cards: dict[str, Card] = field(default_factory=dict)
    trials: dict[str, tuple[Trial, ...]] = field(default_factory=dict)


def recognise(
    connection: duckdb.DuckDBPyConnection,
    members: Sequence[Member],
    circle: Sequence[str],
    circle_key: BlindKey,
    *,
    progress: Progress = SILENT,
    workers: Workers = HERE,
) -> Recognised:
    """Make `own_groups` and, where there is a circle, `circle_groups`, with the questions that each leaves."""
    found = Recognised()
    people.gather_records(connection, members)
    rounds.bind_answers(connection, members)
    sensitivity.gather_visits(connection, members)
    teacher = rounds.teacher(connection)
    settings = LinkSettings(constraints=rounds.INSIDE, scorer=teacher, workers=workers)
    inside = link(
        connection, "records", scope=LinkScope.ORGANIZATION, settings=settings, into="own_groups", progress=progress
    )
    found.cards["inside"] = teacher.card
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
        settings = LinkSettings(constraints=rounds.ACROSS, scorer=teacher, workers=workers)
        across = link(
            connection, "circle", scope=LinkScope.POOL, settings=settings, into="circle_groups", progress=progress
        )
        found.cards["across"] = teacher.card
        rounds.ask_across(connection, across, CANADA, circle_key)
        found.trials[CIRCLE] = sensitivity.trials_across(connection, across, settings)
        if encoded:
            join_across(connection, "circle_groups", tuple(circle))
    return found
