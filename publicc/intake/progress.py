"""Progress of a deposit, written where the page reads it; not more often than an eye can follow."""

import time
from typing import Final

from django.utils import timezone

from publicc.intake.models import Deposit
from publicc.kernel.text import Text

_SECONDS_BETWEEN: Final = 0.4
_SURE_AFTER_SECONDS: Final = 2


class RecordedProgress:
    """Hears each step and records it on the deposit."""

    def __init__(self, deposit_id: str) -> None:
        self._id = deposit_id
        self._what: Text | None = None
        self._written = 0.0

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:
        """Record the step: at once when it is a new one, else a few times a second."""
        now = time.monotonic()
        fresh = what != self._what
        if not fresh and now - self._written < _SECONDS_BETWEEN and done != total:
            return
        told: dict[str, object] = {"step_done": done, "step_total": total}
        if fresh:
            told |= {"step": {"fr": what.fr, "en": what.en}, "step_began_at": timezone.now()}
        Deposit.objects.filter(pk=self._id).update(**told)
        self._what, self._written = what, now


def seconds_left(deposit: Deposit) -> float | None:
    """How long the step still takes at the pace it has had; None while that cannot be said."""
    if not deposit.step_total or not deposit.step_done or deposit.step_began_at is None:
        return None
    spent = (timezone.now() - deposit.step_began_at).total_seconds()
    if spent < _SURE_AFTER_SECONDS:
        return None
    return spent * (deposit.step_total - deposit.step_done) / deposit.step_done
