"""What a person does with a deposit: bring, confirm, abandon, undo. Permission first, the trail last."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_deposit
from publicc.collective.agreements import allows
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.collective.trail import record
from publicc.intake import incoming, tasks
from publicc.intake.incoming import Arrived
from publicc.intake.models import Deposit
from publicc.intake.own_data import own_data as everything
from publicc.intake.refused_rows import refused_rows as rows_refused
from publicc.intake.review import Corrections, Review, corrected, read_review, write_review
from publicc.intake.states import AT_WORK, DepositState, may_become
from publicc.kernel.errors import BadInput, BadUsage, Busy, NotAllowed, NotFound
from publicc.kernel.text import Lang, Text
from publicc.store.home import Home

DEPOSITS_A_DAY = 20

Person = AbstractBaseUser | AnonymousUser


def bring_files(*, who: Visitor, by: Person, files: Sequence[Arrived], octets: int) -> Deposit:
    """Keep the files that came in, and ask for them to be read. A deposit left to confirm before this one is abandoned.

    Raises NotAllowed, also without an agreement that holds; BadInput without a file or beyond twenty deposits a day;
    Busy while another deposit is at work.
    """
    check_can_deposit(who)
    _check_agreed(who.organization)
    if not files:
        raise BadInput(Text("Aucun fichier n'a été choisi.", "No file was chosen."))
    _check_pace(who)
    for left in Deposit.objects.filter(organization=who.organization, state=DepositState.TO_CONFIRM):
        abandon(who=who, by=by, deposit=left)
    try:
        with transaction.atomic():
            deposit = Deposit.objects.create(
                organization=who.organization,
                depositor_id=by.pk,
                state=DepositState.READING,
                file_names=[incoming.clean_name(file.name) for file in files],
                octets=octets,
            )
            incoming.keep_files(_folder(deposit), files)
            _trail("bring_files", by, deposit)
            transaction.on_commit(lambda: tasks.start(tasks.read, deposit))
    except IntegrityError as problem:
        raise _one_at_a_time() from problem
    return deposit


def check_may_bring(slug: str) -> None:
    """Raise NotAllowed when an organization of this installation has no agreement in force for its own figures.

    One that the installation does not know is its operator's to answer for: nothing of it is harmonised until it signs.
    """
    known = Organization.objects.filter(slug=slug).first()
    if known is not None:
        _check_agreed(known)


def _check_agreed(organization: Organization) -> None:
    if not allows(organization, Purpose.OWN_DASHBOARD):
        raise NotAllowed(
            Text(
                "Aucune entente en vigueur ne permet de prendre vos fichiers.",
                "No agreement in force allows taking your files.",
            ),
            do=Text(
                "La direction la signe, ou accorde la finalité, à la page Entente et finalités.",
                "The director signs it, or grants the purpose, on the page Agreement and purposes.",
            ),
        )


def _check_pace(who: Visitor) -> None:
    own = Deposit.objects.filter(organization=who.organization)
    if own.filter(state__in=AT_WORK).exists():
        raise _one_at_a_time()
    if own.filter(brought_at__gte=timezone.now() - timedelta(days=1)).count() >= DEPOSITS_A_DAY:
        raise BadInput(
            Text("Vingt dépôts ont déjà été faits aujourd'hui.", "Twenty deposits were already made today."),
            do=Text(
                "Revenir demain, ou déposer plusieurs fichiers à la fois.",
                "Come back tomorrow, or deposit several files at once.",
            ),
        )


def _one_at_a_time() -> Busy:
    return Busy(
        Text("Un dépôt de votre organisme est déjà en cours.", "A deposit of your organization is already under way."),
        do=Text("Attendre qu'il finisse : sa page dit où il en est.", "Wait until it ends: its page says where it is."),
    )


def review(*, who: Visitor, deposit: Deposit) -> Review:
    """What was understood of the files, with a few of their cells: for those who may deposit only."""
    check_can_deposit(who)
    _check_is(deposit, DepositState.TO_CONFIRM)
    return _review_of(deposit)


def _review_of(deposit: Deposit) -> Review:
    """The review that waits beside the files. Raises BadInput when they are no longer there."""
    try:
        return read_review(_folder(deposit))
    except FileNotFoundError as gone:
        raise BadInput(
            Text("Les fichiers de ce dépôt ne sont plus là.", "The files of this deposit are no longer there."),
            do=Text("Les déposer de nouveau.", "Deposit them again."),
        ) from gone


def confirm(*, who: Visitor, by: Person, deposit: Deposit, given: Corrections) -> None:
    """Settle the mapping, and ask for the files to be received."""
    check_can_deposit(who)
    kept = _review_of(deposit)
    settled = replace(kept, mapping=corrected(kept.mapping, given), replace_period=given.replace_period)
    write_review(_folder(deposit), settled)
    _go(deposit, DepositState.RECEIVING)
    _trail("confirm_deposit", by, deposit)
    tasks.start(tasks.receive, deposit)


def abandon(*, who: Visitor, by: Person, deposit: Deposit) -> None:
    """Forget the files; nothing of them was kept."""
    check_can_deposit(who)
    _go(deposit, DepositState.ABANDONED)
    incoming.forget(_folder(deposit))
    _trail("abandon_deposit", by, deposit)


def undo(*, who: Visitor, by: Person, deposit: Deposit) -> None:
    """Ask for the last deposit to be taken back; what it replaced becomes current again."""
    check_can_deposit(who)
    if last_accepted(who) != deposit:
        raise BadUsage(
            Text("Seul le dernier dépôt peut être annulé.", "Only the last deposit can be undone."),
            do=Text("Annuler d'abord les plus récents.", "Undo the more recent ones first."),
        )
    _go(deposit, DepositState.UNDOING)
    _trail("undo_deposit", by, deposit)
    tasks.start(tasks.undo, deposit)


def refused_rows(*, who: Visitor, by: Person, deposit: Deposit, lang: Lang) -> bytes:
    """The refused rows of a deposit, as CSV; told in the trail before the first byte leaves."""
    check_can_deposit(who)
    if deposit.vault_deposit is None or deposit.where is DepositState.UNDONE:
        raise NotFound(Text("Ce dépôt n'a pas de lignes refusées.", "This deposit has no refused rows."))
    _trail("export_refused_rows", by, deposit)
    return rows_refused(deposit.organization.slug, deposit.vault_deposit, lang)


def own_data(*, who: Visitor, by: Person, form: str) -> Iterator[bytes]:
    """Everything the organization brought, as a ZIP; told in the trail before the first byte leaves.

    For the data steward and the director; needs no agreement in force: whoever leaves takes their data along.
    """
    check_can_deposit(who)
    content = everything(who.organization.slug, form)
    actor = by if isinstance(by, AbstractBaseUser) else None
    record(action="export_own_data", actor=actor, organization=who.organization, object_id=form)
    return content


def last_accepted(who: Visitor) -> Deposit | None:
    """The deposit that an undo would take back: the newest accepted one that changed something."""
    own = Deposit.objects.filter(organization=who.organization, state=DepositState.ACCEPTED)
    return own.exclude(vault_deposit=None).order_by("-vault_deposit").first()


def _go(deposit: Deposit, wanted: DepositState) -> None:
    """Move the deposit, if it may and nobody moved it meanwhile."""
    before = deposit.where
    if not may_become(before, wanted):
        raise _moved_on()
    try:
        moved = Deposit.objects.filter(pk=deposit.pk, state=before).update(state=wanted, problem={}, step={})
    except IntegrityError as problem:
        raise _one_at_a_time() from problem
    if not moved:
        raise _moved_on()
    deposit.refresh_from_db()


def _check_is(deposit: Deposit, wanted: DepositState) -> None:
    if deposit.where is not wanted:
        raise _moved_on()


def _moved_on() -> BadUsage:
    return BadUsage(
        Text("Ce dépôt n'en est plus là.", "This deposit has moved on."),
        do=Text("Recharger sa page pour voir où il en est.", "Reload its page to see where it is."),
    )


def _trail(action: str, by: Person, deposit: Deposit) -> None:
    actor = by if isinstance(by, AbstractBaseUser) else None
    record(action=action, actor=actor, organization=deposit.organization, object_id=str(deposit.pk))


def _folder(deposit: Deposit) -> Path:
    return incoming.folder_of(Home.from_environment(), deposit.organization.slug, deposit.pk)
