"""The demonstration's tour: a producer without data, three presenters of one show, one access granted in part."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.demonstration import PASSWORD, check_only_demonstrations
from publicc.collective.models import Membership, Organization
from publicc.directory.actions import confirm
from publicc.directory.models import Entry, Label
from publicc.directory.states import EntryKind
from publicc.kernel.vocabulary import UserRole
from publicc.sharing.deciding import Decision, grant_request, own_shows, usual_expiry
from publicc.sharing.models import ShowRequest
from publicc.sharing.requesting import Wish, ask
from publicc.sharing.states import Figures

PRODUCER: Final = ("compagnie-du-chasse-neige", "Compagnie du Chasse-neige")
TITLE: Final = "La Grande Déneigeuse"
GRANTS: Final = "diffusion-cap-au-nord"
_FORM: Final = UUID("5b0a0c1e-7d0a-4f3a-9a55-1d2f4a6b8c01")


@transaction.atomic
def share_touring_show() -> None:
    """A request granted in part, and two pending, of the show that the demonstration's presenters share.

    Done once; nothing where the show is not found. Raises NotAllowed beside a real organization.
    """
    check_only_demonstrations()
    entry = _entry()
    if entry is None or ShowRequest.objects.filter(form=_FORM).exists():
        return
    producer, _ = Organization.objects.get_or_create(slug=PRODUCER[0], defaults={"name": PRODUCER[1], "is_demo": True})
    person = _person(f"production@{producer.slug}.example")
    Membership.objects.get_or_create(user=person, organization=producer, defaults={"role": UserRole.PARTNER.value})
    labels = Label.objects.filter(entry=entry).select_related("organization")
    owners = sorted({label.organization for label in labels}, key=lambda one: one.slug)
    for label in labels:
        director = _director(label.organization)
        if director is not None:
            confirm(who=Visitor(label.organization, UserRole.DIRECTOR), by=director.user, label_id=label.pk)
    today = timezone.localdate()
    wish = Wish(
        frozenset(Figures),
        "Préparer la prochaine tournée : où revenir, et avec quel accompagnement des publics.",
        today + timedelta(days=700),
    )
    asked = ask(
        who=Visitor(producer, UserRole.PARTNER),
        by=person,
        entry=entry,
        owners=owners,
        wish=wish,
        form=_FORM,
        write=False,
    )
    for one in asked:
        if one.owner is not None and one.owner.slug == GRANTS:
            _grant_part(one, one.owner)


def _grant_part(request: ShowRequest, owner: Organization) -> None:
    """All but the money."""
    director = _director(owner)
    if director is None:
        return
    shows = frozenset(one.id for one in own_shows(owner, request.entry))
    figures = frozenset(Figures) - {Figures.REVENUE, Figures.PRICES}
    decision = Decision(figures, shows, usual_expiry(timezone.localdate()))
    who = Visitor(owner, UserRole.DIRECTOR)
    grant_request(who=who, by=director.user, number=request.pk, decision=decision, write=False)


def _entry() -> Entry | None:
    """The touring show, listed under its own name."""
    found = Entry.objects.filter(
        kind=EntryKind.SHOW.value, merged_into=None, labels__organization__slug=GRANTS, name_fr__icontains="neigeuse"
    ).first()
    if found is not None:
        found.name_fr, found.is_listed = TITLE, True
        found.save(update_fields=["name_fr", "is_listed"])
    return found


def _director(organization: Organization) -> Membership | None:
    held = Membership.objects.filter(organization=organization, role=UserRole.DIRECTOR.value)
    return held.select_related("user").order_by("pk").first()


def _person(email: str) -> Any:  # noqa: ANN401 - the user model of the settings
    users = get_user_model()
    return users.objects.get_or_create(username=email, defaults={"email": email, "password": make_password(PASSWORD)})[
        0
    ]
