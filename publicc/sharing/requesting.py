"""The verbs of those who ask: ask, remind, withdraw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.models import Organization
from publicc.collective.trail import record
from publicc.directory.models import Entry, Label
from publicc.directory.states import EntryKind
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Text
from publicc.sharing.access import GONE, check_can_ask, request_sent
from publicc.sharing.models import LONGEST_WHY, ShowRequest
from publicc.sharing.notices import ASKED, REMINDED, tell_owner
from publicc.sharing.openings import Person, heir_of
from publicc.sharing.standing import grant_by_standing
from publicc.sharing.states import Figures, RequestState

REMIND_AFTER: Final = timedelta(days=7)
MOST_PRESENTERS: Final = 20
LONGEST_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, of each presenter alike."""

    figures: frozenset[Figures]
    why: str
    until: date
    first_on: date | None = None
    last_on: date | None = None


def shows_to_ask(who: Visitor, sought: str = "", most: int = 30) -> list[Entry]:
    """Shows of the common directory that may be asked for: those listed, and those of the organization's own titles."""
    own = Label.objects.filter(organization=who.organization, kind=EntryKind.SHOW.value).values("entry")
    found = Entry.objects.filter(Q(is_listed=True) | Q(pk__in=own), kind=EntryKind.SHOW.value, merged_into=None)
    for word in sought.split():
        found = found.filter(Q(name_fr__icontains=word) | Q(name_en__icontains=word))
    return list(found.order_by("name_fr")[:most])


def show_behind(who: Visitor, own_show: str) -> Entry | None:
    """The common show behind one of the organization's own; None when there is none yet."""
    own = Label.objects.filter(organization=who.organization, kind=EntryKind.SHOW.value, own_id=own_show)
    label = own.select_related("entry", "entry__merged_into").first()
    return heir_of(label.entry) if label is not None and label.entry is not None else None


def show_of(who: Visitor, number: int) -> Entry:
    """A show that may be asked for; the one it was merged into, when it was. Raises NotFound for any other."""
    entry = Entry.objects.select_related("merged_into").filter(pk=number, kind=EntryKind.SHOW.value).first()
    heir = heir_of(entry) if entry is not None else None
    own = Label.objects.filter(organization=who.organization, entry=number)
    if entry is None or heir is None or not (entry.is_listed or heir.is_listed or own.exists()):
        raise NotFound(GONE)
    return heir


def presenters(who: Visitor) -> QuerySet[Organization]:
    """Who may be asked: every other organization of the collective, whatever it holds. Who is a member is public."""
    return Organization.objects.exclude(pk=who.organization.pk).order_by("name")


def ask(
    *,
    who: Visitor,
    by: Person,
    entry: Entry,
    owners: Sequence[Organization],
    wish: Wish,
    form: UUID,
    write: bool = True,
) -> list[ShowRequest]:
    """Ask each of the organizations, and write to them. The same form sent again asks nothing again.

    Raises NotAllowed by role, BadInput for a wish that means nothing, BadUsage where a request already waits.
    """
    check_can_ask(who)
    before = list(ShowRequest.objects.filter(form=form, asker=who.organization))
    if before:
        return before
    _check_wish(wish, owners)
    heir = heir_of(entry)
    waiting = ShowRequest.objects.filter(asker=who.organization, entry=heir, state=RequestState.PENDING.value)
    twice = [one.owner_name for one in waiting if one.owner_id in {owner.pk for owner in owners}]
    if twice:
        raise BadUsage(
            Text("Une demande attend déjà : {names}.", "A request already waits: {names}.").filled(
                names=", ".join(twice)
            ),
            do=Text("La retirer, ou attendre la réponse.", "Withdraw it, or wait for the answer."),
        )
    try:
        with transaction.atomic():
            made = [_asked(who, by, heir, owner, wish, form) for owner in owners]
    except IntegrityError:
        return list(ShowRequest.objects.filter(form=form, asker=who.organization))
    for one in made if write else ():
        tell_owner(one, ASKED)
    return made


def remind(*, who: Visitor, by: Person, number: UUID) -> ShowRequest:
    """Write to the owner again. Raises BadUsage within seven days of the request or of the last reminder."""
    check_can_ask(who)
    request = _waiting(who, number)
    last = request.reminded_at or request.asked_at
    if timezone.now() - last < REMIND_AFTER:
        raise BadUsage(
            Text("Un rappel se fait au plus tôt après sept jours.", "A reminder waits for seven days."),
            do=Text("Revenir plus tard.", "Come back later."),
        )
    with transaction.atomic():
        request.reminded_at = timezone.now()
        request.save(update_fields=["reminded_at"])
        record(action="remind_show_request", actor=by, organization=who.organization, object_id=str(request.pk))
    tell_owner(request, REMINDED)
    return request


@transaction.atomic
def withdraw_request(*, who: Visitor, by: Person, number: UUID) -> ShowRequest:
    """Take a request back before it is answered."""
    check_can_ask(who)
    request = _waiting(who, number)
    request.state = RequestState.WITHDRAWN.value
    request.save(update_fields=["state"])
    record(action="withdraw_show_request", actor=by, organization=who.organization, object_id=str(request.pk))
    return request


def _waiting(who: Visitor, number: UUID) -> ShowRequest:
    request = request_sent(who, number)
    if request.state != RequestState.PENDING:
        raise BadUsage(Text("Cette demande n'attend plus de réponse.", "This request no longer awaits an answer."))
    return request


def _check_wish(wish: Wish, owners: Iterable[Organization]) -> None:
    count, today = len(list(owners)), timezone.localdate()
    if not 0 < count <= MOST_PRESENTERS:
        raise BadInput(
            Text("Choisir de un à vingt diffuseurs.", "Choose from one to twenty presenters."),
        )
    if not wish.figures:
        raise BadInput(Text("Choisir au moins une famille de chiffres.", "Choose at least one family of figures."))
    if not wish.why.strip() or len(wish.why) > LONGEST_WHY:
        raise BadInput(
            Text("Dire pourquoi, en quelques phrases.", "Say why, in a few sentences."),
            found=Text("{n} caractères; au plus 600.", "{n} characters; 600 at most.").filled(n=len(wish.why)),
        )
    if wish.until <= today:
        raise BadInput(Text("La date de fin est passée.", "The end date is past."))
    if wish.until > date(today.year + LONGEST_YEARS, today.month, 1):
        raise BadInput(Text("Un accès dure cinq ans au plus.", "An access lasts five years at most."))
    if wish.first_on and wish.last_on and wish.last_on < wish.first_on:
        raise BadInput(Text("La période finit avant de commencer.", "The period ends before it begins."))


def _asked(who: Visitor, by: Person, entry: Entry, owner: Organization, wish: Wish, form: UUID) -> ShowRequest:  # noqa: PLR0917 - who asks whom for what
    made = ShowRequest.objects.create(
        asker=who.organization,
        asker_name=who.organization.name,
        owner=owner,
        owner_name=owner.name,
        entry=entry,
        title=entry.name_fr,
        form=form,
        asked_by_id=by.pk,
        asked_at=timezone.now(),
        figures=sorted(one.value for one in wish.figures),
        first_on=wish.first_on,
        last_on=wish.last_on,
        why=" ".join(wish.why.split()),
        until=wish.until,
    )
    record(action="ask_show", actor=by, organization=who.organization, object_id=str(made.pk))
    record(action="receive_show_request", actor=None, organization=owner, object_id=str(made.pk))
    grant_by_standing(made)
    return made
