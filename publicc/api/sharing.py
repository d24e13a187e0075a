"""The operations of the API over what is shared by show: requests on either side, and the cells of a granted show."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from publicc.api.answering import spoken, tagged
from publicc.api.callers import caller_of, within
from publicc.api.shapes import SharedShowOut, ShowOpenOut, ShowRequestOut
from publicc.collective.access import Visitor
from publicc.dashboards.keeping import program
from publicc.dashboards.page import DataTable, Value
from publicc.kernel.cells import Shown, Unknown, Withheld, cell_as_json
from publicc.kernel.text import Text
from publicc.sharing.access import READERS, can_see_inbox, request_seen
from publicc.sharing.models import ShowRequest
from publicc.sharing.openings import state_of, terms_of
from publicc.sharing.queries import open_shows, received, saw_show, sent
from publicc.sharing.screen import shared_screen
from publicc.sharing.show_views import shown_to

router = Router(tags=["sharing"])


@router.get("/organizations/{slug:slug}/sharing/requests", response=list[ShowRequestOut], summary="Requests for shows")
def requests(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """What the organization asked of others and, for its director and data steward, what others asked of it."""
    who = _reader(request, slug)
    inbox = received(who) if can_see_inbox(who) else []
    return [_told(one.request, who) for one in (*sent(who), *inbox)]


@router.get("/organizations/{slug:slug}/sharing/requests/{uuid:number}", response=ShowRequestOut, summary="One request")
def one_request(request: HttpRequest, slug: str, number: UUID) -> dict[str, Any]:
    """One request and, once it was granted, its terms."""
    who = _reader(request, slug)
    return _told(request_seen(who, number), who)


@router.get("/organizations/{slug:slug}/sharing/shows", response=list[ShowOpenOut], summary="Shows open to the caller")
def shows(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """The shows that some presenter opened, at this moment."""
    who = _reader(request, slug)
    return [
        {"show": one.entry.pk, "code": one.entry.code, "title": one.entry.name_fr, "opened_by": list(one.owners)}
        for one in open_shows(who)
    ]


@router.get("/organizations/{slug:slug}/sharing/shows/{int:show}", response=SharedShowOut, summary="A granted show")
def one_show(request: HttpRequest, slug: str, show: int) -> HttpResponse:
    """The cells of a show as they are granted now: the same tables, figures and withheld cells as its page."""
    who = _reader(request, slug)
    entry, grants, shown = shown_to(who, show)
    saw_show(who, caller_of(request).person, grants)
    screen = shared_screen(shown)

    def told() -> dict[str, Any]:
        return {
            "show": entry.pk,
            "code": entry.code,
            "title": entry.name_fr,
            "snapshot": shown.manifest.id,
            "as_of": shown.manifest.as_of.isoformat(),
            "tables": [_table(table) for table in screen.tables],
        }

    stands_on = ("shared", slug, program(), shown.manifest.id, repr([terms_of(one) for one in grants]), repr(screen))
    return tagged(request, stands_on, told)


def _reader(request: HttpRequest, slug: str) -> Visitor:
    """The caller's place, when its role reads what is shared: partners too. NotFound for the hub's and the funders'."""
    return within(request, slug, roles=READERS)


def _told(one: ShowRequest, who: Visitor) -> dict[str, Any]:
    return {
        "id": one.pk,
        "side": "received" if one.owner_id == who.organization.pk else "sent",
        "show": one.entry_id,
        "title": one.title,
        "asker": one.asker_name,
        "owner": one.owner_name,
        "state": state_of(one).value,
        "asked_at": one.asked_at,
        "figures": one.figures,
        "first_on": one.first_on,
        "last_on": one.last_on,
        "why": one.why,
        "until": one.until,
        "granted": one.granted,
        "delay_days": one.delay_days if one.granted else None,
        "expires_on": one.expires_on,
        "may_export": one.may_export if one.granted else None,
        "reason": one.reason or None,
        "word": one.word or None,
    }


def _table(table: DataTable) -> dict[str, Any]:
    rows = (*table.rows, table.total) if table.total is not None else table.rows
    return {
        "id": table.id,
        "title": table.title.said(spoken()),
        "columns": [
            {"id": one.id, "label": one.label.said(spoken()), "unit": one.unit.value if one.unit else None}
            for one in table.columns
        ],
        "rows": [{column.id: _value(value) for column, value in zip(table.columns, row, strict=True)} for row in rows],
    }


def _value(value: Value) -> object:
    """A figure with its state; words and days as text."""
    match value:
        case Shown() | Withheld() | Unknown():
            return cell_as_json(value)
        case Text():
            return value.said(spoken())
        case str():
            return value
        case _:
            return value.isoformat()
