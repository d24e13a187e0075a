"""The page of a shared show, its chart and its tables. Grants are read anew at each request, before anything kept."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from publicc.collective.access import Visitor
from publicc.collective.doors import for_roles
from publicc.dashboards.describing import defined
from publicc.dashboards.page import DataTable, Screen
from publicc.dashboards.responses import drawing, drawn_of, lang, picture_file, table_file, tag_of
from publicc.dashboards.writing import Provenance
from publicc.directory.models import Entry
from publicc.kernel.cells import Withheld
from publicc.kernel.errors import NotAllowed, NotFound
from publicc.kernel.formats import day
from publicc.kernel.text import Text
from publicc.metrics.registry import METRICS
from publicc.sharing.access import GONE, READERS, can_take_away
from publicc.sharing.learning import learn_from
from publicc.sharing.models import ShowRequest
from publicc.sharing.openings import grants_to, heir_of, terms_of
from publicc.sharing.partner import SharedShow, shared_show
from publicc.sharing.people import STEPS_NOTE
from publicc.sharing.queries import saw_show, took_table
from publicc.sharing.screen import shared_screen
from publicc.store.home import Home

_NO_FILES: Final = Text(
    "Un des accès en vigueur ne permet pas de télécharger.", "One of the accesses in force does not allow downloads."
)


@for_roles(*READERS)
@require_safe
def shared(request: HttpRequest, who: Visitor, entry: int) -> HttpResponse:
    """A show across the presenters that opened it."""
    found, grants = _granted(who, entry)
    if found.pk != entry:
        return redirect("shared_show", who.organization.slug, found.pk)
    shown = _shown(who, found, grants)
    saw_show(who, request.user, grants)
    told = page_of(shown, shared_screen(shown))
    told |= {"entry": found, "slug": who.organization.slug, "grants": grants, "may_export": _may_export(who, shown)}
    return render(request, "sharing/show.html", told)


@for_roles(*READERS)
@require_safe
def shared_chart(request: HttpRequest, who: Visitor, entry: int, chart_id: str) -> HttpResponse:
    """The drawing of a chart of a shared show."""
    found, grants = _granted(who, entry)
    shown = _shown(who, found, grants)
    drawn = drawn_of(shared_screen(shown), chart_id)
    tag = tag_of(shown.manifest.id, chart_id, lang(), repr(drawn.table))
    return drawing(request, who.organization.slug, drawn, tag)


@for_roles(*READERS)
@require_safe
def shared_picture(request: HttpRequest, who: Visitor, *, entry: int, chart_id: str, form: str) -> HttpResponse:
    """A chart of a shared show as a picture."""
    found, grants = _granted(who, entry)
    shown = _shown(who, found, grants)
    _check_may_export(who, shown)
    took_table(who, request.user, grants, f"{chart_id}.{form}")
    return picture_file(shared_screen(shown), chart_id, form, " · ".join(one.said(lang()) for one in stamp_of(shown)))


@for_roles(*READERS)
@require_safe
def shared_table(request: HttpRequest, who: Visitor, *, entry: int, table_id: str, form: str) -> HttpResponse:
    """A table of a shared show as CSV or XLSX, with its definitions and what was withheld."""
    found, grants = _granted(who, entry)
    shown = _shown(who, found, grants)
    _check_may_export(who, shown)
    screen = shared_screen(shown)
    table = screen.table(table_id)
    if table is None:
        raise NotFound(GONE)
    answer = table_file(request, who, screen, table, provenance_of(shown, table), form)
    took_table(who, request.user, grants, f"{table_id}.{form}")
    return answer


def page_of(shown: SharedShow, screen: Screen) -> dict[str, Any]:
    """What the page of a shared show is drawn from, the partner's and the owner's preview alike."""
    columns = [column.id for table in screen.tables for column in table.columns]
    metrics = [one for one in dict.fromkeys((*screen.metrics, *columns, "sales_curve")) if one in METRICS]
    return {"screen": screen, "definitions": [defined(METRICS[one]) for one in metrics], "stamp": stamp_of(shown)}


def stamp_of(shown: SharedShow) -> tuple[Text, ...]:
    """As of when, and from which data."""
    manifest = shown.manifest
    return (
        Text(f"calculé au {day(manifest.as_of, 'fr')}", f"computed as of {day(manifest.as_of, 'en')}"),
        Text(f"version des données {manifest.id[:12]}", f"data version {manifest.id[:12]}"),
    )


def provenance_of(shown: SharedShow, table: DataTable) -> Provenance:
    """What a file of a shared show says of itself: definitions, who opened it, and how many figures were withheld."""
    lines = [
        (METRICS[one.id].label, Text(METRICS[one.id].formula.fr, METRICS[one.id].formula.en))
        for one in table.columns
        if one.id in METRICS
    ]
    if table.note is not None:
        lines.append((Text("Parts et comptes de personnes", "Shares and counts of people"), STEPS_NOTE))
    withheld = sum(isinstance(value, Withheld) for row in table.rows for value in row)
    return Provenance(
        definitions=tuple(lines),
        stamp=(
            (Text("Spectacle", "Show"), shown.title),
            (Text("Ouvert par", "Opened by"), ", ".join(one.name for one in shown.places)),
            (Text("Chiffres masqués", "Figures withheld"), str(withheld)),
            (Text("Calculé au", "Computed as of"), shown.manifest.as_of.isoformat()),
            (Text("Version des données", "Data version"), shown.manifest.id),
        ),
    )


def shown_to(who: Visitor, number: int) -> tuple[Entry, list[ShowRequest], SharedShow]:
    """A show as it is open to an organization now. Raises NotFound where nothing is."""
    found, grants = _granted(who, number)
    return found, grants, _shown(who, found, grants)


def _granted(who: Visitor, number: int) -> tuple[Entry, list[ShowRequest]]:
    """A show and the grants in force of it. Raises NotFound where none is: the address tells nothing else."""
    entry = Entry.objects.select_related("merged_into").filter(pk=number).first()
    grants = list(grants_to(who.organization, heir_of(entry))) if entry is not None else []
    if entry is None or not grants:
        raise NotFound(GONE)
    return heir_of(entry), grants


def _shown(who: Visitor, entry: Entry, grants: list[ShowRequest]) -> SharedShow:
    """As it is open now; what is shown exactly is known to the organization from here on."""
    granted = [terms_of(one) for one in grants]
    shown = shared_show(Home.from_environment(), entry.name_fr, granted, who.organization)
    learn_from(shown, who.organization.slug)
    return shown


def _may_export(who: Visitor, shown: SharedShow) -> bool:
    return shown.may_export and can_take_away(who)


def _check_may_export(who: Visitor, shown: SharedShow) -> None:
    if not _may_export(who, shown):
        raise NotAllowed(_NO_FILES, do=Text("Le demander à qui a ouvert le spectacle.", "Ask who opened the show."))
