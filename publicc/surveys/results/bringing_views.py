"""The pages where answers of another program are brought: the file, how it is read, and taking back."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
from publicc.surveys.coding import Read, Unknown, column_of, targets_of
from publicc.surveys.definition import Definition, Kind
from publicc.surveys.elsewhere import Said, folded
from publicc.surveys.exchange import from_surveyjs
from publicc.surveys.models import Arrival
from publicc.surveys.states import LinkKind
from publicc.surveys.views import lang

_NOT_COUNTED: Final = Text("Ne pas compter", "Do not count")
_OTHER: Final = Text("Autre, avec ces mots", "Other, with these words")


@dataclass(frozen=True, slots=True)
class Asked:
    """Unknown words as the page asks them: the field's name, and the choices with the one that is taken."""

    name: str
    words: str
    count: int
    left: str
    """What becomes of them when nothing is chosen."""
    choices: tuple[tuple[str, str, bool], ...]


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def bring_answers(request: HttpRequest, who: Visitor, survey_key: str) -> HttpResponse:
    """A file of answers, to be read on the next page."""
    survey = actions.survey_of(who, survey_key)
    check_can_survey(who)
    problem = ""
    if request.method == "POST":
        try:
            arrival = _received(request, who, survey_key)
        except BadInput as wrong:
            problem = wrong.sentence(lang())
        else:
            return redirect("read_answers", who.organization.slug, survey_key, arrival.key)
    page = {
        "survey": survey,
        "brought": survey.links.filter(kind=LinkKind.IMPORT),
        "problem": problem,
        "may_write": True,
    }
    return render(request, "surveys/bring.html", page, status=400 if problem else 200)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def read_answers(request: HttpRequest, who: Visitor, survey_key: str, code: str) -> HttpResponse:
    """What each column is taken for and which words are not understood; correct, read again, then bring."""
    arrival = bringing.arrival_of(who, survey_key, code)
    if request.method != "POST":
        return _page(request, arrival)
    if request.POST.get("do") == "drop":
        arrival.delete()
        return redirect("bring_answers", who.organization.slug, survey_key)
    said = _said(request, arrival)
    if request.POST.get("do") != "bring":
        return _page(request, arrival, said)
    try:
        told = bringing.bring_answers(who=who, by=request.user, arrival=arrival, said=said)
    except BadInput as problem:
        return _page(request, arrival, said, problem.sentence(lang()))
    brought = Text("{n} réponses apportées.", "{n} answers brought.").said(lang(), n=number(len(told.people), lang()))
    messages.success(request, brought)
    return redirect("survey_results", who.organization.slug, survey_key)


@for_members
@require_POST
def take_back(request: HttpRequest, who: Visitor, survey_key: str, code: str) -> HttpResponse:
    """Remove what a file brought."""
    removed = bringing.take_back(who=who, by=request.user, key=survey_key, code=code)
    told = Text("{n} réponses retirées.", "{n} answers removed.").said(lang(), n=number(removed, lang()))
    messages.success(request, told)
    return redirect("bring_answers", who.organization.slug, survey_key)


def _received(request: HttpRequest, who: Visitor, survey_key: str) -> Arrival:
    given = request.FILES.get("file")
    if given is None:
        raise BadInput(Text("Choisir un fichier.", "Choose a file."))
    if (given.size or 0) > bringing.LARGEST_BYTES:
        raise BadInput(Text("Ce fichier dépasse 20 Mo.", "This file is over 20 MB."))
    name = Path(given.name or "").name[:120]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"answers{Path(name).suffix.lower()[:6]}"
        file.write_bytes(given.read())
        return bringing.receive(who=who, by=request.user, key=survey_key, file=file, name=name)


def _asked(arrival: Arrival) -> Definition:
    version = actions.newest_version(arrival.survey)
    return from_surveyjs(version.definition) if version else Definition(Text("", ""), ())


def _said(request: HttpRequest, arrival: Arrival) -> Said:
    """What the form says, else what was said of such a file before; unknown names are read over."""
    if not any(str(one).startswith("column:") for one in request.POST):
        return bringing.opened_arrival(arrival)[1]
    definition = _asked(arrival)
    columns = {}
    words: dict[str, dict[str, str]] = {}
    for field, value in request.POST.items():
        kind, _, rest = str(field).partition(":")
        if kind == "column" and rest.isascii() and rest.isdigit() and len(rest) <= 4:
            columns[int(rest)] = column_of(int(rest), str(value), definition)
        elif kind == "words" and value:
            name, _, said = rest.partition(":")
            question = definition.question(name)
            if question and any(one.value == value for one in question.every_choice):
                words.setdefault(name, {})[folded(said)] = str(value)
    headers = bringing.headers_of(arrival)
    return Said({at: one for at, one in columns.items() if at < len(headers)}, words)


def _page(request: HttpRequest, arrival: Arrival, said: Said | None = None, problem: str = "") -> HttpResponse:
    read, _ = bringing.opened_arrival(arrival, said)
    definition = _asked(arrival)
    page = {
        "survey": arrival.survey,
        "arrival": arrival,
        "problem": problem,
        "places": read.places,
        "people": len(read.told.people),
        "kept": len({column.question.id for column in read.told.columns}),
        "groups": [
            (question.title.said(lang()), [(one.key, one.label.said(lang())) for one in targets])
            for question, targets in targets_of(definition)
        ],
        "unknown": list(_questions(read)),
        "may_write": True,
    }
    return render(request, "surveys/read_answers.html", page, status=400 if problem else 200)


def _questions(read: Read) -> Iterator[tuple[str, list[Asked]]]:
    held: dict[str, list[Unknown]] = {}
    for one in read.unknown:
        held.setdefault(one.question.id, []).append(one)
    for found in held.values():
        yield found[0].question.title.said(lang()), [_one(each) for each in found]


def _one(unknown: Unknown) -> Asked:
    choices = tuple(
        (one.value, one.label.said(lang()), one.value == unknown.value) for one in unknown.question.every_choice
    )
    question = unknown.question
    left = _OTHER if question.other and question.kind is Kind.MULTIPLE else _NOT_COUNTED
    name = f"words:{question.id}:{folded(unknown.words)}"
    return Asked(name, unknown.words[:60], unknown.count, left.said(lang()), choices)
