"""*Calendrier et pression*: the page, and its tables as files."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from publicc.collective.access import Visitor, can_export, can_plan, check_can_export
from publicc.collective.doors import for_members
from publicc.dashboards.asking import Asker
from publicc.dashboards.calendar.address import MOST_DATES, Asked, read_address
from publicc.dashboards.calendar.days import CalendarDay, calendar_days
from publicc.dashboards.calendar.standing import (
    known_territories,
    standing_of,
    usual_question,
    year_around,
)
from publicc.dashboards.calendar.telling import (
    DEFINITIONS,
    CalendarPage,
    answer_of,
    chips_of,
    days_table,
    given_table,
    month_words,
    notices_of,
    weeks_of,
)
from publicc.dashboards.days import current_almanac
from publicc.dashboards.filters import read_filters
from publicc.dashboards.known import own_source
from publicc.dashboards.page import Screen
from publicc.dashboards.responses import GONE, table_file
from publicc.dashboards.screens.supply_grids import SHORT_DAYS
from publicc.dashboards.welcome import empty_page
from publicc.dashboards.writing import Provenance
from publicc.directory.dates.queries import plans_seen_by
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.shelf import Shelf
from publicc.store.snapshots import NoSnapshot, current_or_refuse
from publicc.store.supply import PublicSupply

_BY_DAY = Text("Jour par jour, {month}", "Day by day, {month}")
TITLE = Text("Calendrier et pression", "Calendar and pressure")


@for_members
@require_safe
def calendar(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The month, the open day, the dates compared."""
    try:
        page = _page(request, who)
    except NoSnapshot:
        return empty_page(request, who)
    told = cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]
    layout = "web/part.html" if told and not told.history_restore_request else "web/base.html"
    return render(
        request,
        "dashboards/calendar.html",
        {
            "layout": layout,
            "page": page,
            "weekdays": SHORT_DAYS,
            "weeks": [[_cell(page.asked, day) for day in week] for week in page.weeks],
            "compared": [*(one.isoformat() for one in page.asked.dates), *([""] * MOST_DATES)][:MOST_DATES],
            "month": month_words(page.asked.month),
            "query": page.asked.query_string(),
            "slug": who.organization.slug,
            "may_export": can_export(who),
            "may_plan": can_plan(who),
        },
    )


@for_members
@require_safe
def calendar_table(request: HttpRequest, who: Visitor, *, table_id: str, form: str) -> HttpResponse:
    """One table of the calendar as CSV or XLSX."""
    check_can_export(who)
    page = _page(request, who)
    found = page.tables.get(table_id)
    if found is None:
        raise NotFound(GONE)
    screen = Screen(id="calendar", title=TITLE, purpose=TITLE, answer=page.answer)
    return table_file(request, who, screen, found, _provenance(page.asked), form)


def _page(request: HttpRequest, who: Visitor) -> CalendarPage:
    home = Home.from_environment()
    manifest = current_or_refuse(home)
    told = cast("Mapping[str, Sequence[str]]", dict(request.GET.lists()))
    supply = PublicSupply.of(home, who.scope, manifest.id)
    with own_source(home, who.scope, manifest.id, manifest.as_of) as (source, known):
        filters = read_filters({}, known.choices(source))
        asker = Asker(
            source, who.scope, filters, manifest.as_of, known, supply=supply, almanac=current_almanac(Shelf.of(home))
        )
        around = year_around(asker)
        territories = known_territories(around)
        asked = read_address(told, usual=usual_question(asker, around, who.organization), territories=territories)
        standing = standing_of(asker, who.organization)
    month = [asked.month.replace(day=at) for at in range(1, asked.last_on.day + 1)]
    plans = plans_seen_by(who.organization, min(*month, *asked.dates), max(*month, *asked.dates))
    days, compared = (
        calendar_days(
            asked, wanted, supply=supply, plans=plans, standing=standing, almanac=asker.almanac, as_of=asker.as_of
        )
        for wanted in (month, asked.dates)
    )
    opened = next((day for day in days if day.on == asked.day), None)
    tables = {"month": days_table("month", _BY_DAY.filled(month=month_words(asked.month)), days, asked)}
    if compared:
        tables["compared"] = days_table("compared", Text("Dates comparées", "Dates compared"), compared, asked)
    if opened:
        tables["day"] = given_table(opened)
    houses = supply.houses(asked.territory, min(month), max(month)) if supply.file else 0
    return CalendarPage(
        asked=asked,
        answer=answer_of(asked, days, compared),
        weeks=weeks_of(days),
        open_day=opened,
        chips=chips_of(asked, territories, asker.as_of),
        tables=tables,
        notices=notices_of(houses, days, has_supply=supply.file is not None, has_place=standing.latitude is not None),
        source=asker.almanac.attribution,
        definitions=DEFINITIONS,
    )


def _cell(asked: Asked, day: CalendarDay | None) -> dict[str, object]:
    """A box of the month: the day, and the address that opens it."""
    return {"day": day, "link": asked.on(day.on).query_string()} if day else {}


def _provenance(asked: Asked) -> Provenance:
    return Provenance(
        definitions=tuple((one.title, one.lines[2][1]) for one in DEFINITIONS),
        stamp=((Text("Question", "Question"), asked.query_string()),),
    )
