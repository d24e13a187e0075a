"""The operations of the API over deposits: files brought by a machine, and where each deposit is."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Status

from publicc.api.answering import Limit, Offset, page_of, spoken
from publicc.api.callers import caller_of, within
from publicc.api.scopes import TokenScope
from publicc.api.shapes import BroughtOut, DepositOut, DepositsOut
from publicc.intake.actions import bring_files
from publicc.intake.models import Deposit
from publicc.intake.queries import deposit_of
from publicc.intake.uploads import left_out

router = Router(tags=["deposits"])
_FILES: Final = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "format": "binary"},
                        "description": "Exports in any form that the site takes: CSV, XLSX, ZIP, JSON, Parquet.",
                    }
                },
            }
        }
    },
}


@router.get("/organizations/{slug:slug}/deposits", response=DepositsOut, summary="Deposits, newest first")
def deposits(request: HttpRequest, slug: str, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """What was brought, by the site or by machine."""
    who = within(request, slug)
    found = Deposit.objects.filter(organization=who.organization)
    items = [_told(one, slug) for one in found[offset : offset + limit]]
    return {"items": items, "page": page_of(offset, limit, found.count())}


@router.get("/organizations/{slug:slug}/deposits/{uuid:deposit_id}", response=DepositOut, summary="One deposit")
def one_deposit(request: HttpRequest, slug: str, deposit_id: UUID) -> dict[str, Any]:
    """Where a deposit is on its way."""
    return _told(deposit_of(within(request, slug), deposit_id), slug)


@router.post(
    "/organizations/{slug:slug}/deposits",
    response={202: BroughtOut},
    summary="Bring files",
    openapi_extra={"requestBody": _FILES},
)
def bring(request: HttpRequest, slug: str) -> Status[dict[str, Any]]:
    """Files to be read in the background. What is understood of them is confirmed on the deposit's page."""
    who = within(request, slug, TokenScope.DEPOSIT)
    files = request.FILES.getlist("files")
    octets = sum(one.size or 0 for one in files)
    deposit = bring_files(who=who, by=caller_of(request).person, files=files, octets=octets)
    not_taken = [{"file": name, "why": why.said(spoken())} for name, why in left_out(request)]
    return Status(202, {"deposit": _told(deposit, slug), "left_out": not_taken})


def _told(deposit: Deposit, slug: str) -> dict[str, Any]:
    said = deposit.problem_text
    return {
        "id": deposit.pk,
        "state": deposit.state,
        "brought_at": deposit.brought_at,
        "finished_at": deposit.finished_at,
        "file_names": list(deposit.file_names),
        "octets": deposit.octets,
        "problem": said.said(spoken()) if said else "",
        "page": reverse("deposit", args=[slug, deposit.pk]),
    }
