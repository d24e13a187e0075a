"""Pages of the privacy kit: an organization's own, and the hub's registers, retention and incidents."""

from datetime import date
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective import agreements, incidents, retention
from publicc.collective.access import MAY_READ_TRAIL, Visitor
from publicc.collective.doors import for_hub, for_roles
from publicc.collective.models import Incident, Organization, PersonRequest, RetentionRun, Seat
from publicc.collective.paper import Paper, paper_pdf, paper_text
from publicc.collective.processing import ACTIVITIES
from publicc.collective.purposes import Purpose
from publicc.collective.states import IncidentDeed
from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole
from publicc.releases.privacy.papers import pia_paper, register_paper
from publicc.store.home import Home

_HUB: Final = (UserRole.OPERATOR, UserRole.AUDITOR)


def _lang() -> Lang:
    return language(get_language())


def _said(fr: str, en: str) -> str:
    return lazy(lambda: Text(fr, en).said(_lang()), str)()


class IncidentForm(forms.ModelForm[Incident]):
    """What the regulation asks a register to hold."""

    serious = forms.TypedChoiceField(
        choices=(("1", _said("oui", "yes")), ("0", _said("non", "no"))),
        coerce=lambda given: given == "1",
        label=_said("Risque de préjudice sérieux", "Risk of serious injury"),
    )

    class Meta:
        model = Incident
        fields = (
            "data", "circumstances", "happened", "known_on", "persons", "reasoning", "serious", "measures",
            "organizations",
        )  # fmt: skip
        labels = {  # noqa: RUF012 - Django's own form of saying it
            "data": _said("Renseignements visés", "Information concerned"),
            "circumstances": _said("Circonstances", "Circumstances"),
            "happened": _said("Jour ou période de l'incident", "Day or period of the incident"),
            "known_on": _said("Connu le", "Known on"),
            "persons": _said("Personnes touchées (vide : inconnu)", "Persons affected (empty: unknown)"),
            "reasoning": _said(
                "Sensibilité, usage appréhendé, probabilité d'un préjudice",
                "Sensitivity, feared use, probability of harm",
            ),
            "measures": _said("Mesures prises", "Measures taken"),
            "organizations": _said("Organismes visés", "Organizations concerned"),
        }
        widgets = {  # noqa: RUF012 - the same
            "known_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("data", "circumstances", "reasoning", "measures")},
        }


@for_roles(*MAY_READ_TRAIL)
@require_safe
def privacy(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Everything of privacy in one place: what holds, what waits, what is done with the data and why."""
    today = timezone.localdate()
    allowed = {Purpose(one.purpose) for one in agreements.rights_of(who.organization)}
    version, kept = retention.schedule()
    told = {
        "held": agreements.holding(who.organization),
        "waiting": list(PersonRequest.objects.filter(organization=who.organization, closed_at=None)),
        "incidents": [(one, incidents.clock_of(one, today)) for one in _incidents(who.organization)],
        "last_run": RetentionRun.objects.first(),
        "activities": [one for one in ACTIVITIES if one.purpose in allowed],
        "kept": kept,
        "version": version,
        "may_answer": who.role is not UserRole.AUDITOR,
        "may_leave": who.role is UserRole.DIRECTOR,
    }
    return render(request, "releases/privacy.html", told)


@for_roles(*MAY_READ_TRAIL)
@require_safe
def processing(request: HttpRequest, who: Visitor, form: str) -> HttpResponse:
    """The processing register of the organization, on paper or as text to complete."""
    made = _written(register_paper(who.organization, _lang()), form, "registre")
    record(action="export_register", actor=request.user, organization=who.organization, object_id=form)
    return made


@for_hub(*_HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def hub_privacy(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The PIA pack, the retention schedule with what is due today, the register of incidents."""
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and seat.role == UserRole.OPERATOR and form.is_valid():
        concerned = form.cleaned_data["organizations"]
        try:
            made = incidents.record_incident(by=request.user, made=form.save(commit=False), organizations=concerned)
        except BadInput as problem:
            form.add_error(None, problem.sentence(_lang()))
        else:
            return redirect("hub_incident", made.number)
    today = timezone.localdate()
    told = {
        "form": form,
        "due": retention.preview(today),
        "version": retention.schedule()[0],
        "runs": RetentionRun.objects.all()[:10],
        "incidents": [(one, incidents.clock_of(one, today)) for one in _incidents()],
        "may_write": seat.role == UserRole.OPERATOR,
    }
    return render(request, "releases/hub_privacy.html", told, status=400 if form.errors else 200)


@for_hub(*_HUB)
@require_safe
def pia(request: HttpRequest, seat: Seat, form: str) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """The PIA pack, on paper or as text to complete."""
    made = _written(pia_paper(Home.from_environment(), _lang()), form, "efvp")
    record(action="export_register", actor=request.user, organization=None, object_id=form)
    return made


@for_hub(UserRole.OPERATOR)
@require_POST
def run_retention(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 - the same
    """Remove today what is due."""
    made = retention.run(timezone.localdate(), by=request.user)
    told = Text("Fait : {n} choses retirées.", "Done: {n} things removed.")
    messages.success(request, told.said(_lang(), n=sum(made.removed.values())))
    return redirect("hub_privacy")


@for_hub(*_HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def hub_incident(request: HttpRequest, seat: Seat, number: str) -> HttpResponse:
    """One incident: its record, what followed, the drafts of its notices."""
    incident = get_object_or_404(Incident, number=number)
    if request.method == "POST" and seat.role == UserRole.OPERATOR:
        deed = next((one for one in IncidentDeed if one.value == request.POST.get("deed")), IncidentDeed.MEASURE)
        words = request.POST.get("words", "")
        try:
            incidents.add_step(by=request.user, incident=incident, deed=deed, on=_day(request), words=words)
        except BadInput as problem:
            messages.error(request, problem.sentence(_lang()))
        return redirect("hub_incident", number)
    told = {
        "incident": incident,
        "clock": incidents.clock_of(incident, timezone.localdate()),
        "deeds": list(IncidentDeed),
        "notices": list(incidents.NOTICES),
        "today": timezone.localdate(),
        "may_write": seat.role == UserRole.OPERATOR,
    }
    return render(request, "releases/hub_incident.html", told)


@for_hub(*_HUB)
@require_safe
def incident_notice(request: HttpRequest, seat: Seat, number: str, to: str) -> HttpResponse:  # noqa: ARG001 - the same
    """The draft of a notice, in Markdown."""
    incident = get_object_or_404(Incident, number=number)
    if to not in incidents.NOTICES:
        raise NotFound(Text("Cet avis n'existe pas.", "There is no such notice."))
    record(action="export_incident", actor=request.user, organization=None, object_id=number)
    return _file(incidents.notice(incident, to, _lang()).encode(), "text/markdown; charset=utf-8", f"{number}-{to}.md")


def _incidents(organization: Organization | None = None) -> list[Incident]:
    found = Incident.objects.prefetch_related("steps", "organizations")
    return list(found.filter(organizations=organization) if organization else found)


def _day(request: HttpRequest) -> date:
    try:
        given = parse_date(request.POST.get("on", ""))
    except ValueError:
        given = None
    if given is None:
        raise BadInput(Text("Ce jour ne se lit pas.", "This day cannot be read."))
    return given


def _written(paper: Paper, form: str, name: str) -> HttpResponse:
    if form == "pdf":
        return _file(paper_pdf(paper), "application/pdf", f"{name}.pdf")
    if form == "md":
        return _file(paper_text(paper).encode(), "text/markdown; charset=utf-8", f"{name}.md")
    raise NotFound(Text("Cette forme n'existe pas.", "There is no such form."))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
