"""The long work of a deposit, done by the worker: read, receive, undo; then the pool is rebuilt by the next task.

Every task may be killed and run again: the vault takes a deposit whole or not at all, and the state says what is left.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from publicc.collective.queries import profile_of
from publicc.intake import incoming, work
from publicc.intake.models import Deposit
from publicc.intake.progress import RecordedProgress
from publicc.intake.review import read_review, review_of, write_review
from publicc.intake.states import AT_WORK, DepositState
from publicc.kernel.errors import PublicCError
from publicc.kernel.text import Text
from publicc.store.home import Home

log = logging.getLogger("publicc.intake")


def start(job: Any, deposit: Deposit) -> None:  # noqa: ANN401 - a task of django-tasks
    """Put a job in the queue for a deposit."""
    job.enqueue(str(deposit.pk))


@task()
def read(deposit_id: str) -> None:
    """Rehearse the deposit: what the files are, what they would change, what is to be settled."""

    def job(deposit: Deposit, folder: Path) -> None:
        report = work.rehearse(
            profile_of(deposit.organization), incoming.files_in(folder), RecordedProgress(deposit_id)
        )
        write_review(folder, review_of(report))
        _move(deposit, DepositState.TO_CONFIRM)

    _run(deposit_id, DepositState.READING, job, otherwise=DepositState.REFUSED)


@task()
def receive(deposit_id: str) -> None:
    """Take the files into the vault, forget them, write the quality report, then have the pool rebuilt."""

    def job(deposit: Deposit, folder: Path) -> None:
        kept = read_review(folder)
        report = work.receive(
            profile_of(deposit.organization),
            incoming.files_in(folder),
            kept.mapping,
            RecordedProgress(deposit_id),
            replace_period=kept.replace_period,
        )
        told = report.as_json()
        told["questions"] = []
        Deposit.objects.filter(pk=deposit.pk).update(report=told, vault_deposit=report.deposit_id)
        _move(deposit, DepositState.REBUILDING)
        incoming.forget(folder)
        _rebuild(deposit_id)

    _run(deposit_id, DepositState.RECEIVING, job, otherwise=DepositState.TO_CONFIRM)


@task()
def undo(deposit_id: str) -> None:
    """Take the deposit back out of the vault, then have the pool rebuilt."""

    def job(deposit: Deposit, _folder: Path) -> None:
        work.undo(profile_of(deposit.organization), deposit.vault_deposit, RecordedProgress(deposit_id))
        Deposit.objects.filter(pk=deposit.pk).update(undoes=True)
        _move(deposit, DepositState.REBUILDING)
        _rebuild(deposit_id)

    _run(deposit_id, DepositState.UNDOING, job, otherwise=DepositState.ACCEPTED)


def finish(deposit_id: str) -> None:
    """The pool holds what the vault holds: the deposit is at its end."""
    deposit = Deposit.objects.get(pk=deposit_id)
    _move(deposit, DepositState.UNDONE if deposit.undoes else DepositState.ACCEPTED)
    Deposit.objects.filter(pk=deposit_id).update(finished_at=timezone.now())


def take_up_again() -> int:
    """Put back in the queue what a stopped worker had begun; how many. Called when a worker starts."""
    jobs = {DepositState.READING: read, DepositState.RECEIVING: receive, DepositState.UNDOING: undo}
    left = list(Deposit.objects.filter(state__in=AT_WORK))
    for deposit in left:
        if deposit.where is DepositState.REBUILDING:
            _rebuild(str(deposit.pk))
        else:
            start(jobs[deposit.where], deposit)
    return len(left)


def _rebuild(deposit_id: str) -> None:
    """Have the room above rebuild the pool. Rooms below do not know it: the setting names its task."""
    import_string(settings.AFTER_DEPOSIT_TASK).enqueue(deposit_id)


def _run(
    deposit_id: str, expected: DepositState, job: Callable[[Deposit, Path], None], *, otherwise: DepositState
) -> None:
    """Do the job if the deposit still waits for it; a known problem is told to the person, and the deposit moves on."""
    deposit = Deposit.objects.select_related("organization").get(pk=deposit_id)
    if deposit.where is not expected:
        return
    folder = incoming.folder_of(Home.from_environment(), deposit.organization.slug, deposit.pk)
    try:
        job(deposit, folder)
    except PublicCError as problem:
        _stop(deposit, otherwise, Text(problem.sentence("fr"), problem.sentence("en")))
    except Exception:
        log.exception("deposit %s failed while %s", deposit_id, expected.value)
        _stop(deposit, otherwise, _UNFORESEEN.filled(n=str(deposit.pk)[:8]))
        raise
    if otherwise is DepositState.REFUSED and Deposit.objects.get(pk=deposit_id).where is DepositState.REFUSED:
        incoming.forget(folder)


_UNFORESEEN = Text(
    "Quelque chose d'imprévu a arrêté le travail; rien n'a été changé. Réessayer, ou donner au pôle le numéro {n}.",
    "Something unforeseen stopped the work; nothing was changed. Try again, or give the hub the number {n}.",
)


def _stop(deposit: Deposit, state: DepositState, why: Text) -> None:
    told = {"fr": why.fr, "en": why.en}
    finished = timezone.now() if state is DepositState.REFUSED else None
    Deposit.objects.filter(pk=deposit.pk).update(state=state, problem=told, step={}, finished_at=finished)


def _move(deposit: Deposit, state: DepositState) -> None:
    Deposit.objects.filter(pk=deposit.pk).update(state=state, step={}, step_done=0, step_total=None, problem={})
