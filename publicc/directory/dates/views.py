"""The pages of one's own planned dates: the list, one date, a file, what others may know, iCalendar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor, can_plan, check_can_export, check_can_plan
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.directory.dates import actions
from publicc.directory.dates.forms import PlanForm
from publicc.directory.dates.openness import Openness
from publicc.directory.dates.queries import usual_rooms
from publicc.directory.dates.reading import MOST_BYTES
from publicc.directory.dates.writing import to_calendar
from publicc.directory.models import PlannedDate
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Lang, Text, count_form, language
from publicc.kernel.vocabulary import Discipline


def _lang() -> Lang:
    return language(get_language())


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Own planned dates, and the form of one more."""
    form = PlanForm(request.POST or None, lang=_lang())
    if request.method == "POST":
        check_can_plan(who)
        if form.is_valid():
            actions.enter(who=who, by=request.user, plans=[form.planned()])
            _say(request, Text("La date est enregistrée.", "The date is saved."))
            return redirect("plans", who.organization.slug)
    return _drawn(request, who, form, status=400 if form.errors else 200)


@for_members
@require_POST
def take(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Take the dates of a file, or say which lines cannot be."""
    given = request.FILES.get("file")
    content = given.read(MOST_BYTES + 1) if given else b""
    try:
        taken = actions.take_file(who=who, by=request.user, content=content, openness=_openness(request))
    except BadInput as problem:
        return _drawn(request, who, PlanForm(lang=_lang()), problem=problem.sentence(_lang()), status=400)
    _say(request, _told(taken))
    return redirect("plans", who.organization.slug)


@for_members
@require_POST
def change(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Open the ticked dates to others, close them, or remove them."""
    ids = [int(one) for one in request.POST.getlist("plans") if one.isdecimal() and len(one) < 19]
    if not ids:
        messages.info(request, Text("Aucune date n'est cochée.", "No date is ticked.").said(_lang()))
    elif request.POST.get("deed") == "remove":
        n = actions.remove(who=who, by=request.user, ids=ids)
        _say(request, _count(n, Text("date retirée.", "date removed."), Text("dates retirées.", "dates removed.")))
    else:
        n = actions.open_to(who=who, by=request.user, ids=ids, openness=_openness(request))
        _say(request, _count(n, Text("date changée.", "date changed."), Text("dates changées.", "dates changed.")))
    return redirect("plans", who.organization.slug)


@for_members
@require_POST
def undo(request: HttpRequest, who: Visitor) -> HttpResponseRedirect:
    """Take back the last change."""
    try:
        actions.undo(who=who, by=request.user)
    except BadUsage as problem:
        messages.info(request, problem.sentence(_lang()))
    else:
        _say(request, Text("Le dernier changement est annulé.", "The last change is undone."))
    return redirect("plans", who.organization.slug)


@for_members
@require_safe
def calendar_file(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Own planned dates as iCalendar."""
    check_can_export(who)
    house = who.organization
    record(action="export_dates", actor=request.user, organization=house, object_id="plans.ics")
    told = [actions.planned_of(row) for row in actions.plans_for(who)]
    return HttpResponse(
        to_calendar(told, name=house.name, zone=house.time_zone, lang=_lang()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="dates.ics"'},
    )


def _drawn(request: HttpRequest, who: Visitor, form: PlanForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    told = {
        "form": form,
        "problem": problem,
        "plans": [_line(row) for row in actions.plans_for(who)],
        "rooms": usual_rooms(who.organization),
        "choices": [(one.value, one.label) for one in Openness],
        "may_plan": can_plan(who),
        "can_undo": can_plan(who) and actions.can_undo(who),
    }
    return render(request, "directory/plans.html", told, status=status)


def _line(row: PlannedDate) -> dict[str, object]:
    return {
        "row": row,
        "discipline": Discipline(row.discipline).label,
        "openness": Openness(row.openness).label,
        "is_open": row.openness != Openness.HELD.value,
    }


def _openness(request: HttpRequest) -> Openness:
    told = request.POST.get("openness", "")
    return Openness(told) if told in Openness.__members__ else Openness.HELD


def _told(taken: actions.Taken) -> Text:
    return Text(
        "Dates ajoutées : {made}; mises à jour : {changed}; déjà connues : {same}.",
        "Dates added: {made}; brought up to date: {changed}; already known: {same}.",
    ).filled(made=taken.made, changed=taken.changed, same=taken.same)


def _count(n: int, one: Text, many: Text) -> Text:
    return Text(f"{n} {count_form(n, 'fr', one.fr, many.fr)}", f"{n} {count_form(n, 'en', one.en, many.en)}")


def _say(request: HttpRequest, text: Text) -> None:
    messages.success(request, text.said(_lang()))
