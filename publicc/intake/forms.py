"""The answers of the review page: a meaning for each column, what one row is, and the choices asked for."""

from collections.abc import Mapping as Dictionary

from publicc.intake.grain import Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.review import Corrections, Review

REPLACE_PERIOD = "replace_period"
_GRAINS = {grain.value for grain in Grain}
_TARGETS = {target.value for target in Target}


def read_corrections(posted: Dictionary[str, str], review: Review) -> Corrections:
    """What was posted, read against the review: a field that means nothing there is left as proposed."""
    targets: dict[tuple[int, int], Target | None] = {}
    grains: dict[int, Grain] = {}
    for at, table in enumerate(review.mapping.tables):
        given_grain = posted.get(f"grain-{at}", "")
        if given_grain in _GRAINS:
            grains[at] = Grain(given_grain)
        for place in range(len(table.columns)):
            given = posted.get(f"column-{at}-{place}")
            if given == "":
                targets[at, place] = None
            elif given in _TARGETS:
                targets[at, place] = Target(given)
    answers = {}
    for number, question in enumerate(review.questions):
        answer = posted.get(f"question-{number}", "")
        if answer in {choice.code for choice in question.choices}:
            answers[question.id] = answer
    return Corrections(targets, grains, answers, replace_period=posted.get(REPLACE_PERIOD) == "on")
