"""Comments are erased twelve months after the day of the answer, once; what was chosen stays."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from publicc.collective.models import TrailEntry
from publicc.surveys.erasing import erase_comments, erase_empty
from publicc.surveys.models import Link, Response, Survey
from publicc.surveys.results.reading import opened
from tests.integration.surveys.test_answering import begin
from tests.integration.surveys.test_results_page import crowd

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("today", "erased"), [(date(2027, 11, 19), 0), (date(2027, 11, 20), 3)])
def test_words_go_on_the_day_that_the_consent_says(survey: Survey, today: date, erased: int) -> None:
    crowd(survey, 3, **{"core.motive.v1-Comment": "écrire à ada@exemple.ca"})
    chosen = [
        {k: v for k, v in one.answers.items() if "open" not in k and "Comment" not in k} for one in opened(survey)
    ]
    assert erase_comments(today) == erased
    found = [one.answers for one in opened(survey)]
    if erased:
        assert found == chosen
        assert TrailEntry.objects.filter(action="erase_comments", object_id=survey.key, actor=None).count() == 1
        assert erase_comments(today) == 0, "done once"
    else:
        assert all("core.open.v1" in one for one in found)
    assert Response.objects.filter(words_erased=True).count() == erased


def test_what_was_begun_and_never_answered_goes_the_next_day(client: Client, survey: Survey, link: Link) -> None:
    begin(client, link)
    client.post(begin(client, link), {"core.nps.v1": "9"})
    today = timezone.localdate()
    assert erase_empty(today) == 0
    assert erase_empty(today + timedelta(days=1)) == 1
    assert [one.answers["core.nps.v1"] for one in opened(survey)] == [9]
