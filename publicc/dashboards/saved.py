"""Keeping a view under a name, finding it again, forgetting it: each act leaves its line in the trail."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from publicc.collective.access import Visitor
from publicc.collective.trail import record
from publicc.dashboards.exploration import ARGUMENTS
from publicc.dashboards.filters import DIMENSIONS
from publicc.dashboards.models import LONGEST_NAME, LONGEST_QUERY, PinnedView, SavedView
from publicc.dashboards.showing import EXPLORER, PAGES
from publicc.kernel.errors import BadInput, NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

Person = AbstractBaseUser | AnonymousUser
MOST_PINS = 8
"""Views on one page: beyond, nobody reads them all."""
_FILTERS = {"season", "period", *DIMENSIONS, *ARGUMENTS}


def views_for(who: Visitor, by: Person) -> Sequence[SavedView]:
    """A person's own views in this organization and those shared with everyone there, by name."""
    found = SavedView.objects.filter(organization=who.organization).filter(Q(author_id=by.pk) | Q(is_shared=True))
    return list(found.select_related("author"))


def may_forget(view: SavedView, who: Visitor, by: Person) -> bool:
    """Its author may, and the director for a shared one."""
    return view.author_id == by.pk or (view.is_shared and who.role is UserRole.DIRECTOR)


@transaction.atomic
def keep_view(*, who: Visitor, by: Person, name: str, screen: str, query: str, shared: bool) -> SavedView:
    """Keep a screen and its filters under a name; a view of the same name by the same person takes the new place."""
    name = " ".join(name.split())
    if screen not in PAGES and screen != EXPLORER:
        raise BadInput(Text("Cette page ne se garde pas.", "This page cannot be kept."))
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput(
            Text(
                f"Le nom d'une vue a de 1 à {LONGEST_NAME} caractères.",
                f"A view's name has 1 to {LONGEST_NAME} letters.",
            ),
            do=Text(
                "Donner un nom court, comme « Théâtre en semaine ».", "Give a short name, such as “Theatre, weekdays”."
            ),
        )
    filters = urlencode([pair for pair in parse_qsl(query) if pair[0] in _FILTERS])
    if len(filters) > LONGEST_QUERY:
        raise BadInput(
            Text("Cette vue a trop de filtres pour être gardée.", "This view has too many filters to be kept."),
            do=Text("Retirer des filtres.", "Remove some filters."),
        )
    kept, _ = SavedView.objects.update_or_create(
        organization=who.organization,
        author_id=by.pk,
        name=name,
        defaults={"screen": screen, "query": filters, "is_shared": shared},
    )
    record(action="keep_view", actor=by, organization=who.organization, object_id=str(kept.pk))
    return kept


def pinned_by(who: Visitor, by: Person) -> Sequence[SavedView]:
    """The views on a person's own page in this organization that they may still see, first pinned first."""
    pins = PinnedView.objects.filter(person_id=by.pk, view__organization=who.organization).select_related("view")
    return [pin.view for pin in pins if pin.view.is_shared or pin.view.author_id == by.pk]


@transaction.atomic
def pin_view(*, who: Visitor, by: Person, view_id: str) -> SavedView:
    """Put a view on one's own page. Raises NotFound for one that the person cannot see, BadInput when it is full."""
    view = _seen(who, by, view_id)
    held = PinnedView.objects.filter(person_id=by.pk, view__organization=who.organization)
    if held.count() >= MOST_PINS and not held.filter(view=view).exists():
        raise BadInput(
            Text(f"Votre page a déjà {MOST_PINS} vues.", f"Your page already has {MOST_PINS} views."),
            do=Text("En retirer une d'abord.", "Remove one first."),
        )
    PinnedView.objects.get_or_create(view=view, person_id=by.pk)
    return view


@transaction.atomic
def unpin_view(*, who: Visitor, by: Person, view_id: str) -> SavedView:
    """Take a view off one's own page; the view itself stays."""
    view = _seen(who, by, view_id)
    PinnedView.objects.filter(view=view, person_id=by.pk).delete()
    return view


def _seen(who: Visitor, by: Person, view_id: str) -> SavedView:
    gone = NotFound(Text("Cette vue n'existe pas.", "There is no such view."))
    try:
        asked = UUID(view_id)
    except ValueError as problem:
        raise gone from problem
    view = next((one for one in views_for(who, by) if one.pk == asked), None)
    if view is None:
        raise gone
    return view


@transaction.atomic
def forget_view(*, who: Visitor, by: Person, view_id: str) -> None:
    """Forget a view. Raises NotFound for one that the person cannot see, NotAllowed for another's shared one."""
    view = _seen(who, by, view_id)
    if not may_forget(view, who, by):
        raise NotAllowed(
            Text("Cette vue a été partagée par une autre personne.", "This view was shared by someone else."),
            do=Text("Demander à la personne ou à la direction.", "Ask that person or the director."),
        )
    view.delete()
    record(action="forget_view", actor=by, organization=who.organization, object_id=view_id)
