"""Pages of the requests of persons, for the director and the data steward of one organization."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import MAY_ANSWER_PERSONS, Visitor
from publicc.collective.doors import for_roles
from publicc.collective.models import PersonRequest
from publicc.collective.person_rights import RECOURSE, Outcome, RequestKind, Verified
from publicc.harmonise.persons import actions
from publicc.harmonise.persons.answer import Answer, answer_csv, answer_json, answer_pdf
from publicc.harmonise.persons.forms import RegisterForm, SearchForm
from publicc.harmonise.persons.words import FIELD_WORDS
from publicc.intake.persons.finding import Found
from publicc.kernel.errors import BadInput, BadUsage, Busy, NotFound
from publicc.kernel.text import Lang, Text, language

_TELLING: Final = ("first_name", "last_name", "full_name", "address", "city", "postal_code", "phone", "email")
"""What tells one person from another in a list of records found."""
_SHOWN_CLOSED: Final = timedelta(days=730)
_TYPES: Final = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}


def _lang() -> Lang:
    return language(get_language())


@for_roles(*MAY_ANSWER_PERSONS)
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Every request and the days left, and writing a new one down."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.register(
                who=who, by=request.user, kind=RequestKind(given["kind"]), received_on=given["received_on"],
                verified=Verified(given["verified"]), asker=form.asker,
            )  # fmt: skip
        except BadInput as problem:
            form.add_error(None, problem.sentence(_lang()))
        else:
            return redirect("person_request", who.organization.slug, made.pk)
    own = PersonRequest.objects.filter(organization=who.organization)
    waiting = list(own.filter(closed_at=None))
    told = {
        "form": form,
        "waiting": waiting,
        "closed": own.filter(closed_at__gte=timezone.now() - _SHOWN_CLOSED).order_by("-closed_at"),
        "late": sum(one.clock.is_late for one in waiting),
    }
    return render(request, "harmonise/requests.html", told, status=400 if form.errors else 200)


@for_roles(*MAY_ANSWER_PERSONS)
@require_safe
def one_request(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """One request: who asks, how long is left, what was done, what comes next."""
    return _page(request, who, actions.request_of(who, number))


@for_roles(*MAY_ANSWER_PERSONS)
@require_POST
def search(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Look for the person in the organization's own vault, and show what is found."""
    one, form = actions.request_of(who, number), SearchForm(request.POST)
    try:
        found = actions.search(who=who, by=request.user, one=one, sought=form.sought) if form.is_valid() else None
    except (BadInput, BadUsage, Busy) as problem:
        form.add_error(None, problem.sentence(_lang()))
        found = None
    return _page(request, who, one, form=form, found=found, status=400 if form.errors else 200)


@for_roles(*MAY_ANSWER_PERSONS)
@require_POST
def choose(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Say which records are the person's."""
    one = actions.request_of(who, number)
    return _did(
        request,
        one,
        _CHOSEN,
        lambda: actions.choose(who=who, by=request.user, one=one, marks=request.POST.getlist("mark")),
    )


@for_roles(*MAY_ANSWER_PERSONS)
@require_POST
def chosen(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """The records chosen, in clear, to be corrected or looked at again."""
    one = actions.request_of(who, number)
    try:
        held = actions.records(who=who, by=request.user, one=one)
    except (BadInput, Busy) as problem:
        messages.error(request, problem.sentence(_lang()))
        return _back(one)
    return _page(request, who, one, held=held)


@for_roles(*MAY_ANSWER_PERSONS)
@require_safe
def answer(request: HttpRequest, who: Visitor, number: UUID, form: str) -> HttpResponse:
    """Everything held of the person, to be given to them."""
    one = actions.request_of(who, number)
    if form not in _TYPES:
        raise NotFound(Text("Cette forme n'existe pas.", "There is no such form."))
    try:
        made = actions.answer(who=who, by=request.user, one=one)
    except (BadInput, Busy) as problem:
        messages.error(request, problem.sentence(_lang()))
        return _back(one)
    name = f"{Text('demande', 'request').said(_lang())}-{one.number}.{form}"
    return HttpResponse(
        _written(made, form),
        content_type=_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@for_roles(*MAY_ANSWER_PERSONS)
@require_POST
def settle(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Erase, keep out of the pool, or correct."""
    one = actions.request_of(who, number)
    changes: dict[str, dict[str, str]] = {}
    for key, value in request.POST.items():
        mark, _, field = key.partition(":")
        before = request.POST.get(f"was-{key}")
        if mark in one.marks and field in FIELD_WORDS and before is not None and str(value) != before:
            changes.setdefault(mark, {})[field] = str(value)[:400]
    return _did(
        request, one, _SETTLED[one.asked], lambda: actions.settle(who=who, by=request.user, one=one, changes=changes)
    )


@for_roles(*MAY_ANSWER_PERSONS)
@require_POST
def close(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """End the request."""
    one = actions.request_of(who, number)
    outcome = next((each for each in Outcome if each.value == request.POST.get("outcome")), Outcome.ANSWERED)
    motive = request.POST.get("motive", "")
    return _did(
        request, one, _CLOSED, lambda: actions.close(who=who, by=request.user, one=one, outcome=outcome, motive=motive)
    )


def _written(made: Answer, form: str) -> bytes:
    if form == "json":
        return answer_json(made)
    return answer_pdf(made, _lang()) if form == "pdf" else answer_csv(made, _lang())


def _did(request: HttpRequest, one: PersonRequest, said: Text, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except (BadInput, BadUsage, Busy) as problem:
        messages.error(request, problem.sentence(_lang()))
    else:
        messages.success(request, said.said(_lang()))
    return _back(one)


def _back(one: PersonRequest) -> HttpResponse:
    return redirect("person_request", one.organization.slug, one.pk)


def _page(
    request: HttpRequest,
    who: Visitor,
    one: PersonRequest,
    *,
    form: SearchForm | None = None,
    found: Sequence[Found] | None = None,
    held: Sequence[Found] | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {
        "one": one,
        "asker": actions.asker_of(who, one),
        "verified": Verified(one.verified).label,
        "form": form or SearchForm(),
        "searched": form is not None,
        "found": [_drawn(each, chosen=each.mark in one.marks) for each in found] if found is not None else None,
        "held": [_drawn(each, every=True) for each in held] if held is not None else None,
        "outcomes": list(Outcome),
        "recourse": RECOURSE,
    }
    return render(request, "harmonise/request.html", told, status=status)


def _drawn(one: Found, *, every: bool = False, chosen: bool = False) -> dict[str, object]:
    shown = FIELD_WORDS if every else _TELLING
    fields = [(name, FIELD_WORDS[name], one.fields[name]) for name in shown if one.fields[name] or every]
    return {"mark": one.mark, "code": one.code, "fields": fields, "purchases": one.purchases, "chosen": chosen}


_CHOSEN: Final = Text("Les fiches sont retenues.", "The records are chosen.")
_CLOSED: Final = Text("La demande est fermée.", "The request is closed.")
_SETTLED: Final = {
    RequestKind.DELETION: Text(
        "C'est effacé du coffre. Un nouveau portrait se prépare, sans cette personne.",
        "It is erased from the vault. A new snapshot is being prepared, without this person.",
    ),
    RequestKind.WITHDRAWAL: Text(
        "C'est noté. Un nouveau portrait se prépare, sans cette personne.",
        "It is noted. A new snapshot is being prepared, without this person.",
    ),
    RequestKind.RECTIFICATION: Text(
        "C'est corrigé. Corrigez aussi votre billetterie.", "It is corrected. Correct your box office too."
    ),
    RequestKind.ACCESS: Text("Rien n'a changé.", "Nothing changed."),
}
