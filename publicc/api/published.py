"""The operations of the API over what the collective released, cell by cell, and over recurring reports."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from publicc.api.answering import Limit, Offset, page_of, part, spoken, tagged
from publicc.api.callers import GONE, within
from publicc.api.shapes import ReleasedOut, ReleaseOut, ScheduleOut
from publicc.dashboards.keeping import program
from publicc.kernel.cells import Cell, cell_as_json
from publicc.kernel.errors import NotFound
from publicc.releases.catalogue import Key
from publicc.releases.portrait import Figure, Portrait, portraits_of
from publicc.reports.models import Schedule
from publicc.reports.recurring.schedules import schedules_of
from publicc.store.home import Home

router = Router()


@router.get("/organizations/{slug:slug}/releases", response=list[ReleaseOut], tags=["collective"], summary="Releases")
def releases(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """The releases in force, as members read them, the newest period first."""
    within(request, slug)
    return [_told(one) for one in portraits_of(Home.from_environment(), is_public=False)]


@router.get(
    "/organizations/{slug:slug}/releases/{slug:release}/cells",
    response=ReleasedOut,
    tags=["collective"],
    summary="The cells of a release",
)
def released_cells(  # noqa: PLR0917 - one parameter each
    request: HttpRequest, slug: str, release: str, limit: Limit = 1000, offset: Offset = 0
) -> HttpResponse:
    """Every cell of a release in force: the figures that the portrait shows, and which ones are withheld."""
    within(request, slug)
    found = next((one for one in portraits_of(Home.from_environment(), is_public=False) if one.name == release), None)
    if found is None:
        raise NotFound(GONE)

    def told() -> dict[str, Any]:
        cells = [_cell(*one) for one in part(list(found.cells.items()), offset, limit)]
        return {**_told(found), "cells": cells, "page": page_of(offset, limit, len(found.cells))}

    return tagged(request, ("release", release, found.publication.on, program(), limit, offset), told)


def _cell(place: tuple[Figure, Key], cell: Cell) -> dict[str, Any]:
    (table, metric, statistic), key = place
    return {"table": table, "metric": metric, "statistic": statistic, "dims": dict(key), "cell": cell_as_json(cell)}


def _told(one: Portrait) -> dict[str, Any]:
    return {
        "release": one.name,
        "first_on": one.period.first_on.isoformat(),
        "last_on": one.period.last_on.isoformat(),
        "in_force_on": one.publication.on,
        "policy": str(one.certificate["policy"]["version"]),
        "organizations": one.organizations,
        "counts_persons": one.counts_persons,
    }


@router.get(
    "/organizations/{slug:slug}/schedules", response=list[ScheduleOut], tags=["reports"], summary="Recurring reports"
)
def schedules(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """The reports that are made and sent by themselves: which, when, to how many; never to whom."""
    return [_scheduled(one) for one in schedules_of(within(request, slug))]


def _scheduled(one: Schedule) -> dict[str, Any]:
    problem = one.problem_text
    return {
        "id": one.pk,
        "kind": one.kind,
        "show": one.show or None,
        "format": one.form,
        "lang": one.lang,
        "every": one.every,
        "over": one.over,
        "recipients": sum(who.stopped_at is None for who in one.recipients.all()),
        "next_at": one.next_at,
        "ran_at": one.ran_at,
        "paused": one.paused_at is not None,
        "problem": problem.said(spoken()) if problem else None,
    }
