"""How many responses there are of each kind, counted by the database in one statement: none is opened for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan

from publicc.surveys.erasing import EMPTY_BYTES
from publicc.surveys.models import Link, Survey
from publicc.surveys.pacing import MOST_A_DAY
from publicc.surveys.states import ResponseState, Suspicion


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a survey, or of one of its links; `full_days` are always the survey's."""

    finished: int
    kept_apart: int
    apart: Counter[Suspicion]
    """Doubted when they came, and looked at by nobody."""
    full_days: tuple[date, ...]
    """When the survey took all that it takes in a day."""


def tally(survey: Survey, link: Link | None = None) -> Tally:
    """Count them. A hundred thousand cost one reading of the table."""
    rows = survey.responses.filter(link=link) if link else survey.responses.all()
    says = GreaterThan(Length("answers"), EMPTY_BYTES)
    kinds = rows.order_by().annotate(says=says).values_list("state", "is_kept", "marks", "says")
    finished = kept_apart = 0
    apart: Counter[Suspicion] = Counter()
    for state, is_kept, marks, says_something, n in kinds.annotate(n=Count("pk")):
        finished += n if says_something and state == ResponseState.DONE else 0
        kept_apart += n if is_kept is False else 0
        if is_kept is None:
            apart.update(dict.fromkeys(map(Suspicion, marks), n))
    return Tally(finished, kept_apart, apart, tuple(sorted(_full_days(survey))))


def doubted_on_coming(survey: Survey) -> Iterator[tuple[int, frozenset[Suspicion]]]:
    """Number and suspicions of each response that was doubted when it came and that nobody looked at."""
    rows = survey.responses.filter(is_kept=None).exclude(marks=[])
    for number, marks in rows.values_list("pk", "marks").iterator(chunk_size=5_000):
        yield number, frozenset(Suspicion(mark) for mark in marks)


def _full_days(survey: Survey) -> list[date]:
    """Days with so many responses, those brought from elsewhere (which tell no language) left aside.

    The index counts days by itself; only those that may be full are read.
    """
    days = survey.responses.order_by().values_list("day").annotate(n=Count("pk"))
    many = [day for day, n in days if n >= MOST_A_DAY]
    begun = survey.responses.filter(day__in=many).exclude(language="").order_by().values_list("day")
    return [day for day, n in begun.annotate(n=Count("pk")) if n >= MOST_A_DAY] if many else []
