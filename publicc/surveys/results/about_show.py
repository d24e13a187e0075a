"""Which answers are about a show: those that came by a link of it, or of one of its performances, and that count."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet

from publicc.collective.models import Organization
from publicc.surveys.models import Link, Response, Survey
from publicc.surveys.results.doubts import Answered, counted, doubts
from publicc.surveys.results.reading import definitions, opened, questions_of
from publicc.surveys.states import LinkKind, ResponseState


def answers_about(owner: Organization, targets: Collection[str], until: date) -> list[Answered]:
    """The responses to the owner's surveys by links of these shows and performances, to that day, those in doubt aside.

    `targets`: their ids in the pool. Doubts are judged over the whole survey, as on its own page.
    """
    links = set(_links(owner, targets).values_list("pk", flat=True))
    found: list[Answered] = []
    for survey in Survey.objects.filter(links__in=links).distinct().order_by("pk"):
        responses = opened(survey)
        people = counted(responses, doubts(responses, questions_of(definitions(survey))))
        found += [one for one in people if one.link in links and one.day <= until.isoformat()]
    return found


def stands_on(owner: Organization, targets: Collection[str]) -> tuple[tuple[object, ...], ...]:
    """Changes whenever a response to these links' surveys comes, goes or is decided upon; empty when none is there."""
    surveys = Survey.objects.filter(organization=owner, links__in=_links(owner, targets)).distinct()
    rows = Response.objects.filter(survey__in=surveys).order_by("survey_id")
    told = rows.values_list("survey_id").annotate(
        held=Count("pk"), top=Max("pk"), low=Min("pk"), on=Count("pk", filter=Q(is_kept=True)),
        off=Count("pk", filter=Q(is_kept=False)), done=Count("pk", filter=Q(state=ResponseState.DONE.value)),
    )  # fmt: skip
    return tuple(tuple(row) for row in told)


def _links(owner: Organization, targets: Collection[str]) -> QuerySet[Link]:
    kinds = [LinkKind.SHOW.value, LinkKind.PERFORMANCE.value]
    return Link.objects.filter(survey__organization=owner, kind__in=kinds, target__in=targets)
