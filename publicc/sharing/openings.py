"""What is open to an organization today, read from requests at each call: nothing here is ever kept.

A grant opens while it lasts, while its owner is a member whose agreement allows sharing by show, and while the show
behind it is the same or the one it was merged into.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from publicc.collective.agreements import allowing, allows
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.directory.models import Entry
from publicc.sharing.models import ShowRequest
from publicc.sharing.states import Figures, RequestState
from publicc.sharing.terms import Terms

Person = AbstractBaseUser | AnonymousUser


def heir_of(entry: Entry) -> Entry:
    """The entry that stands for this one today: itself, unless it was merged away."""
    seen = {entry.pk}
    while entry.merged_into is not None and entry.merged_into_id not in seen:
        entry = entry.merged_into
        seen.add(entry.pk)
    return entry


def family_of(entry: Entry) -> list[int]:
    """The numbers of an entry and of every one that was merged into it."""
    found, new = {entry.pk}, {entry.pk}
    while new:
        new = set(Entry.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found
        found |= new
    return sorted(found)


def in_force(today: date) -> Q:
    """Grants that last: of an owner that is still there, neither expired nor revoked."""
    return Q(state=RequestState.GRANTED.value, expires_on__gte=today, owner__isnull=False, asker__isnull=False)


def grants_to(asker: Organization, entry: Entry | None = None) -> QuerySet[ShowRequest]:
    """Grants in force that an organization holds today, of one show or of all."""
    willing = allowing(Purpose.SHOW_SHARING).values("pk")
    found = ShowRequest.objects.filter(in_force(timezone.localdate()), asker=asker, owner__in=willing)
    kept = found if entry is None else found.filter(entry__in=family_of(entry))
    return kept.select_related("owner", "asker", "entry", "entry__merged_into").order_by("owner__name", "decided_at")


def state_of(request: ShowRequest) -> RequestState:
    """Where a request stands today: a grant whose day has passed, or whose owner or asker left, has expired."""
    state = RequestState(request.state)
    if state is not RequestState.GRANTED:
        return state
    over = request.expires_on is not None and request.expires_on < timezone.localdate()
    gone = request.owner is None or request.asker is None
    return RequestState.EXPIRED if over or gone else state


def is_open(request: ShowRequest) -> bool:
    """Whether a grant opens something at this very moment, the owner's agreement included."""
    granted = state_of(request) is RequestState.GRANTED and request.owner is not None
    return granted and request.owner is not None and allows(request.owner, Purpose.SHOW_SHARING)


def terms_of(request: ShowRequest) -> Terms:
    """What a grant says."""
    return Terms(
        owner=request.owner.slug if request.owner else "",
        shows=tuple(request.shows),
        figures=figures_of(request.granted),
        first_on=request.granted_first_on,
        last_on=request.granted_last_on,
        left_out=frozenset(request.left_out),
        delay_days=request.delay_days,
        may_export=request.may_export,
    )


def figures_of(names: Iterable[str]) -> frozenset[Figures]:
    """Families by name; what is none is left out."""
    return frozenset(Figures(name) for name in names if name in Figures._value2member_map_)
