"""Work that is done again every day: each run asks for the next one."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

EVERY: Final = timedelta(days=1)


def ask_again(work: Task[Any, Any], *, after: timedelta = EVERY) -> None:
    """Have the task run after a while, unless it already waits. Where nothing can wait (in tests), nothing is asked."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=work.module_path)
    if work.get_backend().supports_defer and not waiting.exists():
        work.using(run_after=timezone.now() + after).enqueue()
