"""The page of holidays and breaks: what holds, every version of it; the hub's analyst changes the table."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from publicc.collective.access import Visitor, can_settle_directory, check_can_settle_directory
from publicc.collective.doors import MEMBERS, for_roles
from publicc.directory.breaks import KINDS, add_break, bring_back, current_rules, remove_break
from publicc.directory.calendar import HolidayKind, Rule, breaks_in, holidays_of
from publicc.directory.models import BreaksVersion
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Lang, Text, language
from publicc.kernel.vocabulary import UserRole

_HOLIDAYS: Final = {
    HolidayKind.PUBLIC: Text("férié", "public"),
    HolidayKind.OPTIONAL: Text("au choix de l'employeur", "the employer's choice"),
    HolidayKind.FEDERAL: Text("fédéral", "federal"),
}
_CHANGED: Final = Text(
    "La table est changée. Le calendrier la suit déjà; les chiffres par période du calendrier la suivront à la"
    " prochaine préparation des données.",
    "The table is changed. The calendar follows it already; figures by calendar period will follow it the next time"
    " the data are prepared.",
)
FIRST_YEAR, LAST_YEAR = 2000, 2098


@for_roles(*MEMBERS, UserRole.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def breaks(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The holidays and breaks of a year; a change of the table makes a new version."""
    problem = ""
    if request.method == "POST":
        check_can_settle_directory(who)
        try:
            _change(request, who)
        except BadInput as fault:
            problem = fault.sentence(_lang())
        else:
            messages.success(request, _CHANGED.said(_lang()))
            return redirect("breaks", who.organization.slug)
    return render(request, "directory/breaks.html", _told(request, who, problem), status=400 if problem else 200)


def _change(request: HttpRequest, who: Visitor) -> None:
    told = request.POST
    if told.get("deed") == "remove":
        remove_break(who=who, by=request.user, slug=told.get("slug", ""))
    elif told.get("deed") == "bring_back":
        version = told.get("version", "")
        bring_back(who=who, by=request.user, version_id=int(version) if version.isdecimal() else None)
    else:
        add_break(
            who=who, by=request.user, name=Text(told.get("fr", ""), told.get("en", "")), kind=told.get("kind", ""),
            area=told.get("area", ""), first_on=_day(told.get("first", "")), last_on=_day(told.get("last", "")),
            source=told.get("source", ""),
        )  # fmt: skip


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as problem:
        raise BadInput(
            Text("Un jour du congé ne se lit pas.", "A day of the break cannot be read."),
            do=Text("L'écrire AAAA-MM-JJ.", "Write it YYYY-MM-DD."),
        ) from problem


def _told(request: HttpRequest, who: Visitor, problem: str) -> dict[str, object]:
    rules, version = current_rules()
    written = request.GET.get("year", "")
    asked = int(written) if written.isdecimal() and len(written) == 4 else timezone.localdate().year
    year = min(max(asked, FIRST_YEAR), LAST_YEAR)
    return {
        "problem": problem,
        "given": request.POST if problem else {},
        "year": year,
        "holidays": [(one, _HOLIDAYS[one.kind]) for one in holidays_of(year)],
        "breaks": [(one, KINDS[one.kind]) for one in breaks_in(rules, year)],
        "rules": [_line(rule) for rule in rules],
        "kinds": list(KINDS.items()),
        "versions": BreaksVersion.objects.select_related("author")[:30],
        "version": version,
        "may_change": can_settle_directory(who),
    }


def _line(rule: Rule) -> Mapping[str, object]:
    return {"slug": rule["slug"], "name": Text(rule["fr"], rule["en"]), "area": rule["area"], "source": rule["source"]}


def _lang() -> Lang:
    return language(get_language())
