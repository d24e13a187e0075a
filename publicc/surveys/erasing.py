"""Words that respondents wrote: erased twelve months after the day of the answer, as the consent says. Choices stay."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Length
from django.utils import timezone
from django_tasks import task

from publicc.collective.daily import ask_again
from publicc.collective.models import Organization
from publicc.collective.trail import record
from publicc.kernel.period import months_before
from publicc.store.sealing import Seal
from publicc.surveys.definition import COMMENT_SUFFIX, Definition
from publicc.surveys.exchange import from_surveyjs
from publicc.surveys.models import Response, Survey
from publicc.surveys.states import ResponseState

KEPT_MONTHS: Final = 12
EMPTY_BYTES: Final = 30
"""What nothing takes, sealed: a nonce, two braces, a tag."""


def erase_comments(today: date) -> int:
    """Erase the words of every response that old, in every organization; of how many responses."""
    old = Response.objects.filter(day__lte=months_before(today, KEPT_MONTHS), words_erased=False)
    surveys = Survey.objects.filter(pk__in=old.values("survey")).select_related("organization")
    erased = 0
    for survey in surveys.order_by("pk"):
        with transaction.atomic():
            erased += _erase(survey, list(old.filter(survey=survey).select_for_update().order_by("pk")))
    return erased


def erase_empty(today: date) -> int:
    """Remove the responses that were begun before today and hold no answer at all; how many."""
    empty = Response.objects.filter(state=ResponseState.BEGUN, day__lt=today).annotate(held=Length("answers"))
    removed, _ = empty.filter(held__lte=EMPTY_BYTES).delete()
    return removed


def without_words(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that were chosen, without those that were written."""
    written = {one.id for one in definition.questions if one.is_open}
    return {name: value for name, value in answers.items() if name not in written and not name.endswith(COMMENT_SUFFIX)}


def _erase(survey: Survey, rows: list[Response]) -> int:
    organization: Organization = survey.organization
    seal = Seal.of(organization.slug, "answers")
    asked = {one.pk: from_surveyjs(one.definition) for one in survey.versions.all()}
    for row in rows:
        row.answers = seal.closed(without_words(asked[row.version_id], seal.opened(row.answers, row.pk)), row.pk)
        row.words_erased = True
    Response.objects.bulk_update(rows, ["answers", "words_erased"], batch_size=500)
    record(action="erase_comments", actor=None, organization=organization, object_id=survey.key)
    return len(rows)


@task()
def erase_daily() -> None:
    """Erase what is due now, and again tomorrow."""
    start_erasing()


def start_erasing() -> None:
    """Erase what is due; the next time is asked for. Called when a worker starts."""
    erase_comments(timezone.localdate())
    erase_empty(timezone.localdate())
    ask_again(erase_daily)
