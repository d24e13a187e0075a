"""Adding, changing, removing and putting back the notes of an organization: each act leaves its line in the trail."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.trail import record
from publicc.dashboards.annotating import Dated, annotated, has_curves
from publicc.dashboards.keeping import kept_under
from publicc.dashboards.models import Note
from publicc.dashboards.showing import Showing
from publicc.kernel.errors import NotAllowed, NotFound
from publicc.kernel.period import season_period
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

Person = AbstractBaseUser | AnonymousUser
_MAY_NOTE = (UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR)


def can_note(who: Visitor) -> bool:
    """Whether this person may write what happened."""
    return who.role in _MAY_NOTE


def check_can_note(who: Visitor) -> None:
    """Raise NotAllowed unless the role includes writing notes."""
    if not can_note(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas d'écrire des notes.", "Your role does not allow writing notes."),
            do=Text("Demander à la direction le rôle Analyse.", "Ask the director for the Analyst role."),
        )


def notes_for(who: Visitor) -> Sequence[Note]:
    """The notes of the organization, the latest day first."""
    return list(Note.objects.filter(organization=who.organization, removed_at=None).select_related("author"))


def drawn_notes(slug: str) -> tuple[Dated, ...]:
    """The notes of an organization as curves carry them."""
    found = Note.objects.filter(organization__slug=slug, removed_at=None).values_list("on", "words", "show", "kind")
    return tuple(Dated(on, words, show, kind == Note.Kind.CAMPAIGN) for on, words, show, kind in found)


def noted(showing: Showing, slug: str) -> Showing:
    """The same page, its curves carrying the organization's notes; its key changes with what is drawn."""
    if not has_curves(showing.screen):
        return showing
    season = showing.filters.season
    shows = showing.filters.as_mapping.get("show", ())
    screen = annotated(
        showing.screen,
        drawn_notes(slug),
        show=shows[0] if len(shows) == 1 else "",
        closes=season_period(season).last_on if season is not None else None,
        plays=showing.plays,
    )
    marks = tuple(chart.marks for chart in screen.charts)
    return replace(showing, screen=screen, key=kept_under(showing.key, marks)) if any(marks) else showing


def note_of(who: Visitor, note_id: str, *, removed: bool = False) -> Note:
    """A note of the organization. Raises NotFound for any other."""
    gone = NotFound(Text("Cette note n'existe pas.", "There is no such note."))
    try:
        asked = UUID(note_id)
    except ValueError as problem:
        raise gone from problem
    found = Note.objects.filter(organization=who.organization, pk=asked, removed_at__isnull=not removed).first()
    if found is None:
        raise gone
    return found


@transaction.atomic
def write_note(
    *, who: Visitor, by: Person, on: date, words: str, kind: str, show: str, note: Note | None = None
) -> Note:
    """Add a note, or change `note`. The words are checked by the form."""
    check_can_note(who)
    written = note or Note(organization=who.organization, author_id=by.pk)
    written.on, written.words, written.kind, written.show = on, words, kind, show
    written.save()
    record(
        action="change_note" if note else "add_note", actor=by, organization=who.organization, object_id=str(written.pk)
    )
    return written


@transaction.atomic
def remove_note(*, who: Visitor, by: Person, note_id: str) -> Note:
    """Take a note off the curves; it can be put back."""
    check_can_note(who)
    note = note_of(who, note_id)
    note.removed_at = timezone.now()
    note.save(update_fields=["removed_at"])
    record(action="remove_note", actor=by, organization=who.organization, object_id=note_id)
    return note


@transaction.atomic
def restore_note(*, who: Visitor, by: Person, note_id: str) -> Note:
    """Put a removed note back."""
    check_can_note(who)
    note = note_of(who, note_id, removed=True)
    note.removed_at = None
    note.save(update_fields=["removed_at"])
    record(action="restore_note", actor=by, organization=who.organization, object_id=note_id)
    return note
