"""The trail as a page shows it: filtered, newest first, a hundred entries at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Count
from django.utils import timezone

from publicc.collective.models import Organization, Seat, TrailEntry
from publicc.collective.trail_words import WORDS, Deed, told
from publicc.kernel.text import Text

AT_ONCE: Final = 100
_SPANS: Final = {
    "30": Text("30 derniers jours", "Last 30 days"),
    "365": Text("12 derniers mois", "Last 12 months"),
    "all": Text("Depuis 24 mois", "Over 24 months"),
}
_HUB: Final = "hub"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as read."""

    at: datetime
    who: str | Text
    is_hub: bool
    what: Text
    deed: Deed
    object_id: str
    """What it was done to; the route of a page when one was seen."""
    purpose: str
    organization: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the page, for the filters' component."""

    name: str
    label: Text
    options: Sequence[tuple[str, Text | str]]
    chosen: str
    remove: str

    @property
    def is_set(self) -> bool:
        """Whether it narrows what is shown."""
        return self.chosen != self.options[0][0]

    @property
    def said(self) -> Text | str:
        """The choice in words."""
        return dict(self.options)[self.chosen]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """What the page shows. `counts`: entries of the span, by kind; `by_hub`: those of people of the hub."""

    lines: Sequence[Line]
    filters: Sequence[Filter]
    counts: Mapping[str, int]
    by_hub: int
    older: str
    """Query of the page that continues this one; empty at the end."""


def trail_page(asked: Mapping[str, str], organization: Organization | None = None) -> TrailPage:
    """The trail of one organization, or the whole trail for the hub's auditor; an unknown choice counts as none."""
    filters = _filters(asked, organization)
    entries = TrailEntry.objects.all() if organization is None else TrailEntry.objects.filter(organization=organization)
    chosen = {one.name: one.chosen for one in filters}
    if chosen["span"] != "all":
        entries = entries.filter(at__gte=timezone.now() - timedelta(days=int(chosen["span"])))
    by_action = dict(entries.order_by().values_list("action").annotate(n=Count("id")))
    hub = set(Seat.objects.values_list("user_id", flat=True))
    by_hub = entries.filter(actor_id__in=hub).count()
    if chosen["deed"]:
        entries = entries.filter(action__in=[a for a, one in WORDS.items() if one.deed.value == chosen["deed"]])
    if chosen["who"] == _HUB:
        entries = entries.filter(actor_id__in=hub)
    elif chosen["who"]:
        entries = entries.filter(actor_id=int(chosen["who"]))
    if chosen.get("organization"):
        entries = entries.filter(organization__slug=chosen["organization"])
    before = asked.get("before", "")
    if before.isdecimal() and len(before) < 19:
        entries = entries.filter(pk__lt=int(before))
    found = list(entries[: AT_ONCE + 1])
    shown = found[:AT_ONCE]
    kept = {name: value for name, value in asked.items() if name in chosen}
    return TrailPage(
        lines=_lines(shown, hub),
        filters=filters,
        counts={d.value: sum(n for action, n in by_action.items() if told(action).deed is d) for d in Deed},
        by_hub=by_hub,
        older=urlencode({**kept, "before": shown[-1].pk}) if len(found) > AT_ONCE else "",
    )


def _lines(entries: Sequence[TrailEntry], hub: set[int]) -> list[Line]:
    people = _names({entry.actor_id for entry in entries if entry.actor_id})
    places = dict(Organization.objects.values_list("id", "name"))
    gone = Text("Compte retiré", "Account removed")
    system = Text("Travail de fond ou commande du pôle", "Background work or command of the hub")
    return [
        Line(
            at=entry.at,
            who=people.get(entry.actor_id, gone) if entry.actor_id else system,
            is_hub=entry.actor_id in hub,
            what=told(entry.action).words,
            deed=told(entry.action).deed,
            object_id=entry.object_id,
            purpose=entry.purpose,
            organization=places.get(entry.organization_id, "") if entry.organization_id else "",
        )
        for entry in entries
    ]


def _names(numbers: set[int]) -> dict[int, str]:
    return dict(get_user_model().objects.filter(pk__in=numbers).values_list("pk", "email"))


def _filters(asked: Mapping[str, str], organization: Organization | None) -> list[Filter]:
    anything = ("", Text("Toutes les actions", "Every action"))
    deeds = [anything, *((deed.value, deed.label) for deed in Deed)]
    found = [
        _filter(asked, "span", Text("Période", "Period"), list(_SPANS.items())),
        _filter(asked, "deed", Text("Action", "Action"), deeds),
        _filter(asked, "who", Text("Personne", "Person"), _people(organization)),
    ]
    if organization is None:
        everyone = ("", Text("Tous les organismes", "Every organization"))
        places: list[tuple[str, Text | str]] = [everyone, *Organization.objects.values_list("slug", "name")]
        found.append(_filter(asked, "organization", Text("Organisme", "Organization"), places))
    return found


def _people(organization: Organization | None) -> list[tuple[str, Text | str]]:
    users = get_user_model().objects.filter(is_active=True)
    if organization is not None:
        users = users.filter(memberships__organization=organization)
    named: list[tuple[str, Text | str]] = [(str(pk), email) for pk, email in users.values_list("pk", "email")]
    return [("", Text("Tout le monde", "Everyone")), (_HUB, Text("Le pôle", "The hub")), *sorted(named, key=str)]


def _filter(asked: Mapping[str, str], name: str, label: Text, options: Sequence[tuple[str, Text | str]]) -> Filter:
    wanted = asked.get(name, "")
    known = wanted if wanted in dict(options) else options[0][0]
    others = {key: value for key, value in asked.items() if key not in {name, "before"}}
    return Filter(name, label, options, known, urlencode(others))
