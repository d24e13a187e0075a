"""Comments are erased twelve months after the day of the answer, once; what was chosen stays."""

from datetime import date

import pytest

from publicc.collective.models import TrailEntry
from publicc.surveys.erasing import erase_comments
from publicc.surveys.models import Response, Survey
from publicc.surveys.results.reading import opened
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
