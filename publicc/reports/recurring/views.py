"""*Envois réguliers*: the reports that make themselves again, and the archive of those that were made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publicc.collective.access import Visitor, can_deposit, can_export, check_can_export
from publicc.collective.doors import for_members
from publicc.collective.trail import record
from publicc.dashboards.responses import lang
from publicc.dashboards.showing import choices_for
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.formats import moment
from publicc.kernel.text import Text, language
from publicc.reports.custom.keeping import reports_for
from publicc.reports.downloads import as_download
from publicc.reports.kinds import KINDS
from publicc.reports.making import FORMS
from publicc.reports.models import Edition, Schedule, Sending
from publicc.reports.recurring.editions import edition_of, editions_of, file_of, is_the_first_file, make_now
from publicc.reports.recurring.forms import ScheduleForm, held_by, when_words
from publicc.reports.recurring.schedules import (
    REFUSALS,
    pause,
    remove,
    restore,
    schedule_of,
    schedules_of,
    take_up,
    write_schedule,
    zone_of,
)
from publicc.reports.recurring.sending import refused, revoke
from publicc.reports.recurring.times import Over

STATES: Final = {
    Sending.State.WAITING: Text("en attente", "waiting"),
    Sending.State.SENT: Text("parti", "sent"),
    Sending.State.REFUSED: Text("refusé par son serveur", "refused by its server"),
    Sending.State.LATE: Text("jamais parti : le courriel était en panne", "never sent: e-mail was down"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A schedule as its page tells it."""

    schedule: Schedule
    title: Text
    when: Text
    over: Text
    next_at: datetime | None
    at: str
    """The same moment as a person there reads it."""
    recipients: str
    refused: int


@for_members
@require_safe
def schedules(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Every schedule, and the archive."""
    return _page(request, who)


def _page(request: HttpRequest, who: Visitor, *, removed: Schedule | None = None) -> HttpResponse:
    lines = [_line(one) for one in schedules_of(who)]
    active = [one for one in lines if one.schedule.paused_at is None]
    coming = sorted((one.next_at, one.at) for one in active if one.next_at is not None)
    page = {
        "lines": lines,
        "active": len(active),
        "soonest": coming[0][1] if coming else "",
        "editions": [(one, _told_of(one)) for one in editions_of(who)],
        "removed": removed,
        "removed_title": title_of(removed) if removed else None,
        "may": can_export(who),
        "slug": who.organization.slug,
    }
    return render(request, "reports/schedules.html", page)


def _line(schedule: Schedule) -> Line:
    at = schedule.next_at.astimezone(zone_of(schedule.organization)) if schedule.next_at else None
    return Line(
        schedule=schedule,
        title=title_of(schedule),
        when=when_words(schedule.rule),
        over=Over(schedule.over).label,
        next_at=None if schedule.paused_at else at,
        at=moment(at, lang()) if at else "",
        recipients=", ".join(one.email for one in schedule.recipients.all()),
        refused=len(list(refused(schedule))),
    )


def title_of(schedule: Schedule) -> Text:
    """What the report of a schedule is called."""
    if schedule.custom is not None:
        return Text(schedule.custom.name, schedule.custom.name)
    return KINDS[schedule.kind].title


def _told_of(edition: Edition) -> dict[str, int]:
    """How many messages left, were opened, were refused."""
    sendings = list(edition.sendings.all())
    return {
        "sent": sum(one.state == Sending.State.SENT for one in sendings),
        "opened": sum(one.opened_at is not None for one in sendings),
        "refused": sum(one.state == Sending.State.REFUSED for one in sendings),
    }


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def new_schedule(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Ask for a report to be made again."""
    check_can_export(who)
    initial: dict[str, object] = {
        "kind": request.GET.get("kind", "season"),
        "language": lang(),
        "emails": getattr(request.user, "email", ""),
    }
    return _written(request, who, None, initial)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def one_schedule(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """One schedule, to be changed."""
    check_can_export(who)
    schedule = schedule_of(who, number)
    return _written(request, who, schedule, held_by(schedule))


def _written(request: HttpRequest, who: Visitor, schedule: Schedule | None, initial: dict[str, object]) -> HttpResponse:
    shows = choices_for(who.scope).get("show", ())
    form = ScheduleForm(
        request.POST or None,
        shows=shows,
        links=can_deposit(who),
        reports=reports_for(who, request.user),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = write_schedule(who=who, by=request.user, asked=form.asked(), schedule=schedule)
        except (BadInput, BadUsage) as problem:
            form.add_error(None, problem.sentence(lang()))
        else:
            _tell(
                request,
                Text("L'envoi est gardé : {when}.", "The schedule is kept: {when}."),
                when=when_words(kept.rule),
            )
            return redirect("report_schedules", who.organization.slug)
    page = {
        "form": form,
        "schedule": schedule,
        "refused": [one.email for one in refused(schedule)] if schedule else [],
        "stopped": [one.email for one in schedule.recipients.all() if one.stopped_at] if schedule else [],
        "times": REFUSALS,
        "slug": who.organization.slug,
    }
    return render(request, "reports/schedule.html", page, status=400 if form.errors else 200)


@for_members
@require_POST
def pause_schedule(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Make nothing for now."""
    pause(who=who, by=request.user, number=number)
    _tell(request, Text("L'envoi est en pause.", "The schedule is paused."))
    return redirect("report_schedules", who.organization.slug)


@for_members
@require_POST
def resume_schedule(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Make it again from now on."""
    take_up(who=who, by=request.user, number=number)
    _tell(request, Text("L'envoi reprend.", "The schedule resumes."))
    return redirect("report_schedules", who.organization.slug)


@for_members
@require_POST
def remove_schedule(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Take a schedule away, and offer to put it back."""
    return _page(request, who, removed=remove(who=who, by=request.user, number=number))


@for_members
@require_POST
def restore_schedule(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Put a schedule back."""
    restore(who=who, by=request.user, number=number)
    _tell(request, Text("L'envoi est de retour.", "The schedule is back."))
    return redirect("report_schedules", who.organization.slug)


@for_members
@require_POST
def run_schedule(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Make an edition now; the worker tells its recipients within minutes."""
    edition = make_now(who=who, schedule=schedule_of(who, number))
    _tell(
        request,
        Text(
            "Le rapport est fait; les courriels partent d'ici une heure.",
            "The report is made; e-mails leave within the hour.",
        ),
    )
    return redirect("report_edition", who.organization.slug, edition.pk)


@for_members
@require_safe
def edition(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """One report of the archive: what it is, whom it was sent to, its files."""
    one = edition_of(who, number)
    now = timezone.now()
    sendings = [(each, STATES[Sending.State(each.state)], each.is_open(now)) for each in one.sendings.all()]
    page = {
        "edition": one,
        "sendings": sendings,
        "open_links": sum(is_open for _, _, is_open in sendings),
        "forms": FORMS.items(),
        "may": can_export(who),
        "slug": who.organization.slug,
    }
    return render(request, "reports/edition.html", page)


@for_members
@require_safe
def edition_file(request: HttpRequest, who: Visitor, number: UUID, form: str) -> HttpResponse:
    """A report of the archive as a file, made again from what was kept, and whether it is the very bytes of then."""
    one = edition_of(who, number)
    if form != one.form:
        check_can_export(who)
    made = file_of(one, form, language(one.lang))
    record(
        action="make_report", actor=request.user, organization=who.organization, object_id=f"{form} {str(one.pk)[:36]}"
    )
    answer = as_download(made)
    if form == one.form:
        answer["X-Same-Bytes"] = "yes" if is_the_first_file(one, made.content) else "no"
    return answer


@for_members
@require_POST
def revoke_links(request: HttpRequest, who: Visitor, number: UUID) -> HttpResponse:
    """Close the links of an edition."""
    one = edition_of(who, number)
    revoke(who=who, by=request.user, edition=one)
    _tell(request, Text("Les liens de ce rapport sont fermés.", "The links of this report are closed."))
    return redirect("report_edition", who.organization.slug, number)


def _tell(request: HttpRequest, told: Text, **fields: object) -> None:
    messages.success(request, told.said(lang(), **fields))
