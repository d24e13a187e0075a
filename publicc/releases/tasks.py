"""Releases are built in the background: a closed season takes a minute."""

from datetime import date

from django.contrib.auth import get_user_model
from django_tasks import task

from publicc.kernel.period import Period
from publicc.releases.actions import build_candidate
from publicc.store.home import Home


@task()
def build(first_on: str, last_on: str, actor_id: int) -> None:
    """Build the candidate of one period."""
    actor = get_user_model().objects.filter(pk=actor_id).first()
    build_candidate(Home.from_environment(), Period(date.fromisoformat(first_on), date.fromisoformat(last_on)), actor)
