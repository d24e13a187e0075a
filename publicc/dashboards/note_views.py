"""The page of notes: what happened and when, written, changed, removed and put back."""

from datetime import date
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from publicc.collective.access import Visitor
from publicc.collective.doors import for_members
from publicc.dashboards.filters import FIRST_YEAR, LAST_YEAR, Choice
from publicc.dashboards.models import LONGEST_NOTE, Note
from publicc.dashboards.notes import can_note, check_can_note, note_of, notes_for, remove_note, restore_note, write_note
from publicc.dashboards.responses import lang
from publicc.dashboards.showing import choices_for
from publicc.kernel.text import Text

_KINDS: Final = {
    Note.Kind.NOTE: Text("Note", "Note"),
    Note.Kind.CAMPAIGN: Text("Campagne", "Campaign"),
}
_DAY: Final = Text(
    "Cette date ne se lit pas. L'écrire comme 2026-01-12.", "This date cannot be read. Write it as 2026-01-12."
)
_YEAR: Final = Text("Cette année est hors du calendrier.", "This year is out of the calendar.")
_EMPTY: Final = Text("Dire en quelques mots ce qui s'est passé.", "Say in a few words what happened.")
_LONG: Final = Text(f"Une note a au plus {LONGEST_NOTE} caractères.", f"A note has at most {LONGEST_NOTE} characters.")


class NoteForm(forms.Form):
    """A day, what it was, and about which show; labels and errors in the language of the page."""

    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(choices=())
    words = forms.CharField(max_length=LONGEST_NOTE, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    show = forms.ChoiceField(choices=(), required=False)

    def __init__(
        self, data: object = None, *, shows: tuple[Choice, ...], initial: dict[str, object] | None = None
    ) -> None:
        """`shows`: those that a note may be about."""
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        named = lang()
        self.fields["on"].label = Text("Date", "Date").said(named)
        self.fields["kind"].label = Text("Ce que c'est", "What it is").said(named)
        self.fields["words"].label = Text("En quelques mots", "In a few words").said(named)
        self.fields["show"].label = Text("Spectacle", "Show").said(named)
        self.fields["on"].error_messages = {"required": _DAY.said(named), "invalid": _DAY.said(named)}
        self.fields["words"].error_messages = {"required": _EMPTY.said(named), "max_length": _LONG.said(named)}
        self.fields["kind"].choices = [(kind.value, said.said(named)) for kind, said in _KINDS.items()]  # type: ignore[attr-defined]
        whole = Text("toute la maison", "the whole house").said(named)
        self.fields["show"].choices = [("", whole), *((one.value, one.label.said(named)) for one in shows)]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A year that a page may be asked for."""
        on: date = self.cleaned_data["on"]
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise forms.ValidationError(_YEAR.said(lang()))
        return on

    def clean_words(self) -> str:
        """One line, without idle spaces."""
        return " ".join(str(self.cleaned_data["words"]).split())


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The notes of the organization, and the form to add one."""
    form = NoteForm(request.POST or None, shows=_shows(who))
    if request.method == "POST":
        check_can_note(who)
        if form.is_valid():
            write_note(who=who, by=request.user, **form.cleaned_data)
            _tell(request, Text("La note est sur vos courbes.", "The note is on your curves."))
            return redirect("notes", who.organization.slug)
    return _page(request, who, form)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, who: Visitor, note_id: str) -> HttpResponse:
    """One note, to be changed."""
    check_can_note(who)
    one = note_of(who, note_id)
    now: dict[str, object] = {"on": one.on, "kind": one.kind, "words": one.words, "show": one.show}
    form = NoteForm(request.POST or None, shows=_shows(who), initial=now)
    if request.method == "POST" and form.is_valid():
        write_note(who=who, by=request.user, note=one, **form.cleaned_data)
        _tell(request, Text("La note est corrigée.", "The note is changed."))
        return redirect("notes", who.organization.slug)
    return _page(request, who, form, changed=one)


@for_members
@require_POST
def remove(request: HttpRequest, who: Visitor, note_id: str) -> HttpResponse:
    """Take a note off the curves, and offer to put it back."""
    gone = remove_note(who=who, by=request.user, note_id=note_id)
    return _page(request, who, NoteForm(shows=_shows(who)), removed=gone)


@for_members
@require_POST
def restore(request: HttpRequest, who: Visitor, note_id: str) -> HttpResponse:
    """Put a note back on the curves."""
    restore_note(who=who, by=request.user, note_id=note_id)
    _tell(request, Text("La note est de retour sur vos courbes.", "The note is back on your curves."))
    return redirect("notes", who.organization.slug)


def _shows(who: Visitor) -> tuple[Choice, ...]:
    return choices_for(who.scope).get("show", ())


def _tell(request: HttpRequest, told: Text) -> None:
    messages.success(request, told.said(lang()))


def _page(
    request: HttpRequest, who: Visitor, form: NoteForm, *, changed: Note | None = None, removed: Note | None = None
) -> HttpResponse:
    titles = {one.value: one.label for one in _shows(who)}
    told = {
        "form": form,
        "changed": changed,
        "removed": removed,
        "notes": [(one, _KINDS[Note.Kind(one.kind)], titles.get(one.show)) for one in notes_for(who)],
        "may_note": can_note(who),
        "slug": who.organization.slug,
    }
    return render(request, "dashboards/notes.html", told, status=400 if form.errors else 200)
