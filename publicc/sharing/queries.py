"""What the pages of sharing list: what waits, what was given, what was opened, who saw it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.models import Organization, TrailEntry
from publicc.collective.trail import record
from publicc.collective.trail_words import told
from publicc.directory.models import Entry
from publicc.kernel.text import Text
from publicc.sharing.models import ShowRequest
from publicc.sharing.openings import Person, grants_to, heir_of, state_of
from publicc.sharing.states import RequestState

SOON: Final = timedelta(days=30)
SAW: Final = "see_shared_show"
TOOK: Final = "export_shared_show"
_DEEDS: Final = (
    "ask_show",
    "grant_show",
    "grant_show_by_standing",
    "decline_show",
    "withdraw_show_request",
    "remind_show_request",
    "revoke_show",
    SAW,
    TOOK,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list. `days_left`: of a grant in force."""

    request: ShowRequest
    state: RequestState
    days_left: int | None

    @property
    def ends_soon(self) -> bool:
        """Whether a grant in force ends within a month."""
        return self.days_left is not None and self.days_left <= SOON.days


@dataclass(frozen=True, slots=True)
class OpenShow:
    """A show that some owner opened to an organization."""

    entry: Entry
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done about a request."""

    at: datetime
    words: Text
    by: str


def received(who: Visitor) -> list[Line]:
    """What others asked of the organization, the newest first; what was taken back before an answer is not shown."""
    asked = ShowRequest.objects.filter(owner=who.organization).select_related("asker", "owner", "entry")
    return [line for line in _lines(asked) if line.state is not RequestState.WITHDRAWN]


def sent(who: Visitor) -> list[Line]:
    """What the organization asked of others, the newest first."""
    return _lines(ShowRequest.objects.filter(asker=who.organization).select_related("asker", "owner", "entry"))


def open_shows(who: Visitor) -> list[OpenShow]:
    """Shows that are open to the organization at this moment, by name."""
    found: defaultdict[Entry, list[str]] = defaultdict(list)
    for grant in grants_to(who.organization):
        if grant.entry is not None and grant.owner is not None:
            found[heir_of(grant.entry)].append(grant.owner.name)
    shows = (OpenShow(entry, tuple(sorted(set(owners)))) for entry, owners in found.items())
    return sorted(shows, key=lambda one: one.entry.name_fr)


def pending_count(organization: Organization) -> int:
    """Requests that await the organization's answer."""
    return ShowRequest.objects.filter(owner=organization, state=RequestState.PENDING.value).count()


def saw_show(who: Visitor, by: Person, grants: Iterable[ShowRequest]) -> None:
    """Tell each owner, once a day and a person, that its part of the show was opened."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for grant in grants:
        seen = TrailEntry.objects.filter(action=SAW, object_id=str(grant.pk), at__gte=today, actor_id=by.pk)
        if not seen.exists():
            record(
                action=SAW, actor=by, organization=grant.owner, object_id=str(grant.pk), purpose=who.organization.name
            )


def took_table(who: Visitor, by: Person, grants: Iterable[ShowRequest], table: str) -> None:
    """Tell each owner that a table with its part was downloaded."""
    for grant in grants:
        record(
            action=TOOK, actor=by, organization=grant.owner, object_id=str(grant.pk),
            purpose=f"{who.organization.name} · {table}",
        )  # fmt: skip


def log_of(request: ShowRequest, who: Visitor) -> list[Deed]:
    """Everything that was done about a request, by whom; what the other side's people are called stays theirs."""
    entries: QuerySet[TrailEntry] = TrailEntry.objects.filter(object_id=str(request.pk), action__in=_DEEDS)
    asker, owner = request.asker_name, request.owner_name
    side = {"ask_show": asker, "withdraw_show_request": asker, "remind_show_request": asker, SAW: asker, TOOK: asker}
    kept = entries if request.owner_id == who.organization.pk else entries.exclude(action__in=[SAW, TOOK])
    return [Deed(one.at, told(one.action).words, side.get(one.action, owner)) for one in kept.order_by("id")]


def _lines(requests: Iterable[ShowRequest]) -> list[Line]:
    today = timezone.localdate()
    return [Line(one, state := state_of(one), _days_left(one, state, today)) for one in requests]


def _days_left(request: ShowRequest, state: RequestState, today: date) -> int | None:
    granted = state is RequestState.GRANTED and request.expires_on is not None
    return (request.expires_on - today).days if granted and request.expires_on is not None else None
