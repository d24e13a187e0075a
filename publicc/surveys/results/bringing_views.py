"""The page where answers of another program are brought, and taken back."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from publicc.collective.access import Visitor, check_can_survey
from publicc.collective.doors import for_members
from publicc.kernel.errors import BadInput
from publicc.kernel.formats import number
from publicc.kernel.text import Text
from publicc.surveys import actions, bringing
from publicc.surveys.elsewhere import Brought
from publicc.surveys.states import LinkKind
from publicc.surveys.views import lang


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def bring_answers(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """A file of answers; then what was understood of it, and what was not."""
    survey = actions.survey_of(who, survey_key)
    check_can_survey(who)
    told, problem = None, ""
    if request.method == "POST":
        try:
            told = _brought(request, who, survey_key)
        except BadInput as wrong:
            problem = wrong.sentence(lang())
    page = {
        "survey": survey,
        "brought": survey.links.filter(kind=LinkKind.IMPORT),
        "told": told,
        "problem": problem,
        "understood": _understood(told) if told else [],
        "may_write": True,
    }
    return render(request, "surveys/bring.html", page, status=400 if problem else 200)


@for_members
@require_POST
def take_back(request: HttpRequest, who: Visitor, survey_key: str, code: str) -> HttpResponse:
    """Remove what a file brought."""
    removed = bringing.take_back(who=who, by=request.user, key=survey_key, code=code)
    told = Text("{n} réponses retirées.", "{n} answers removed.").said(lang(), n=number(removed, lang()))
    messages.success(request, told)
    return redirect("bring_answers", who.organization.slug, survey_key)


def _brought(request: HttpRequest, who: Visitor, survey_key: str) -> Brought:
    given = request.FILES.get("file")
    if given is None:
        raise BadInput(Text("Choisir un fichier.", "Choose a file."))
    if (given.size or 0) > bringing.LARGEST_BYTES:
        raise BadInput(Text("Ce fichier dépasse 20 Mo.", "This file is over 20 MB."))
    name = Path(given.name or "").name[:120]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"answers{Path(name).suffix.lower()[:6]}"
        file.write_bytes(given.read())
        return bringing.bring_answers(who=who, by=request.user, key=survey_key, file=file, name=name)


def _understood(told: Brought) -> list[tuple[str, int, bool]]:
    """Each question found: its words, the cells that were not understood, whether codes were read in order."""
    questions = {column.question.id: column.question for column in told.columns}
    return [
        (one.title.said(lang()), told.misunderstood.get(name, 0), name in told.by_order)
        for name, one in questions.items()
    ]
