"""The hub's pages of the common segmentation: its versions, and one of them, from draft to publication."""

from datetime import date
from typing import Final, TypeAlias

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from publicc.collective.doors import for_hub
from publicc.collective.models import Seat
from publicc.dashboards.page import Screen
from publicc.dashboards.profiles import evidence
from publicc.dashboards.responses import GONE, drawing, drawn_of, lang, tag_of
from publicc.dashboards.wording import on_day, said
from publicc.kernel.errors import BadInput, Busy, NotAllowed, NotFound
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.segments import actions, learning_actions, tasks
from publicc.segments.drifting import SENTENCES, Verdict, read_drift
from publicc.segments.model import SegmentModel
from publicc.segments.models import SegmentVersion
from publicc.segments.queries import current_version
from publicc.segments.states import OPEN, READABLE, VersionState

Words: TypeAlias = dict[str, tuple[Text, Text]]
"""Code of a profile → its name and its card."""
_MAY_READ: Final = (UserRole.OPERATOR, UserRole.AUDITOR)
_WORDS: Final = (("name", "name_fr", "name_en"), ("card", "card_fr", "card_en"))
_NAMED: Final = Text("Les noms et les fiches sont gardés.", "Names and cards are kept.")
_UNDONE: Final = Text("Les noms et les fiches d'avant sont repris.", "The former names and cards are back.")
_PUBLISHED: Final = Text(
    "La version est publiée; les acheteurs de chaque organisme sont typés à nouveau.",
    "The version is published; the buyers of each organization are typed again.",
)


@for_hub(*_MAY_READ)
@require_safe
def versions(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Every version with its state, the newest first."""
    told = {
        "versions": [(one, VersionState(one.state).label) for one in SegmentVersion.objects.all()],
        "may_train": seat.role == UserRole.OPERATOR,
        "training": SegmentVersion.objects.filter(state=VersionState.TRAINING.value).first(),
        "drift": _drift_words(current_version()),
    }
    return render(request, "dashboards/profiles/versions.html", told)


@for_hub(UserRole.OPERATOR)
@require_POST
def train_version(request: HttpRequest, seat: Seat) -> HttpResponseBase:  # noqa: ARG001 - the door hands it
    """Begin a new version; the worker trains it, and its page says how far it is."""
    try:
        begun = learning_actions.begin(actor=request.user)
    except Busy as problem:
        messages.info(request, problem.sentence(lang()))
        return redirect("hub_segments")
    tasks.train_version.enqueue(begun.pk)
    return redirect("hub_segment_version", begun.version)


@for_hub(*_MAY_READ)
@require_safe
def version(request: HttpRequest, seat: Seat, version: str) -> HttpResponse:
    """One version: how training advances, or its evidence, its profiles, and what may be done."""
    return _page(request, _version(version), seat)


def _page(
    request: HttpRequest, found: SegmentVersion, seat: Seat, *, typed: Words | None = None, problem: str = ""
) -> HttpResponse:
    """The page of a version; with the words that were typed and what is wrong with them, when something is."""
    told: dict[str, object] = {
        "version": found,
        "label": VersionState(found.state).label,
        "training": found.state == VersionState.TRAINING,
        "step": Text(**found.step) if found.step else Text("En attente du travail de fond", "Waiting for the worker"),
        "stopped": Text(**found.problem) if found.problem else None,
        "problem": problem,
        "confirming": request.GET.get("confirm") == "yes",
    }
    if found.state in READABLE:
        told |= _readable(found, seat, found.model.named(typed) if typed else found.model)
    return render(request, "dashboards/profiles/version.html", told, status=400 if problem else 200)


def _readable(found: SegmentVersion, seat: Seat, model: SegmentModel) -> dict[str, object]:
    former = _former(model)
    kept = model.migration.get("kept")
    operates = seat.role == UserRole.OPERATOR
    return {
        "model": model,
        "screen": _screen(model),
        "tables": [
            one
            for one in (
                evidence.tried_table(model),
                evidence.moves_table(model, former),
                evidence.drift_table(model, read_drift(found.drift)),
            )
            if one is not None
        ],
        "cards": evidence.cards_of(model),
        "kept": kept,
        "kept_words": said(kept, Unit.RATIO, 0) if kept is not None else "",
        "breaks": kept is not None and kept < actions.LEAST_KEPT,
        "former": former,
        "gone": [one.name for one in former.classes if one.code in model.migration.get("gone", ())] if former else [],
        "in_force": current_version(),
        "may_name": operates and found.state in OPEN,
        "may_publish": operates and found.state == VersionState.NAMED,
        "longest_name": actions.LONGEST_NAME,
        "longest_card": actions.LONGEST_CARD,
    }


@for_hub(*_MAY_READ)
@require_safe
def version_chart(request: HttpRequest, seat: Seat, version: str, chart_id: str) -> HttpResponse:  # noqa: ARG001
    """The drawing of one piece of evidence."""
    found = _version(version)
    if found.state not in READABLE:
        raise NotFound(GONE)
    drawn = drawn_of(_screen(found.model), chart_id)
    return drawing(request, "", drawn, tag_of("segments", found.sha256, chart_id, lang()))


@for_hub(UserRole.OPERATOR)
@require_POST
def change_version(request: HttpRequest, seat: Seat, version: str) -> HttpResponseBase:
    """Name the profiles, take the former words back, or publish. What was typed is never lost."""
    found = _version(version)
    try:
        told = _done(request, found)
    except (BadInput, NotAllowed) as problem:
        naming = request.POST.get("do") == "name" and found.state in OPEN
        typed = _words(request, found.model) if naming else None
        return _page(request, found, seat, typed=typed, problem=problem.sentence(lang()))
    messages.success(request, told.said(lang()))
    return redirect("hub_segment_version", found.version)


def _done(request: HttpRequest, found: SegmentVersion) -> Text:
    match request.POST.get("do", ""):
        case "name":
            actions.rename(found, _words(request, found.model), actor=request.user)
            return _NAMED
        case "undo":
            actions.undo_words(found, actor=request.user)
            return _UNDONE
        case "publish":
            actions.publish(found, actor=request.user, vote=request.POST.get("vote", ""))
            return _PUBLISHED
    raise NotFound(GONE)


def _words(request: HttpRequest, model: SegmentModel) -> Words:
    """Name and card of each profile as they were typed, in both languages."""
    told = {}
    for code in model.codes:
        pairs = [[request.POST.get(f"{code}-{one}", "").strip() for one in names] for _, *names in _WORDS]
        told[code] = (Text(*pairs[0]), Text(*pairs[1]))
    return told


def _former(model: SegmentModel) -> SegmentModel | None:
    found = SegmentVersion.objects.filter(version=model.previous).first() if model.previous else None
    return found.model if found is not None and found.state in READABLE else None


def _drift_words(found: SegmentVersion | None) -> dict[str, object] | None:
    """What the version in force asks for, in a sentence with the day and the undetermined; None until measured."""
    drift = read_drift(found.drift) if found is not None else None
    if drift is None:
        return None
    told = Text(
        "{sentence} Indéterminés : {then} à l'apprentissage, {now} au {day}.",
        "{sentence} Undetermined: {then} at training, {now} on {day}.",
    ).filled(
        sentence=SENTENCES[drift.verdict],
        then=said(drift.undetermined_then, Unit.RATIO, 0),
        now=said(drift.undetermined_now, Unit.RATIO, 0),
        day=on_day(date.fromisoformat(drift.on)),
    )
    return {"text": told, "kind": "info" if drift.verdict == Verdict.STEADY else "warning"}


def _screen(model: SegmentModel) -> Screen:
    words = Text("Segmentation", "Segmentation")
    return Screen("hub-segments", words, words, words, charts=evidence.charts_of(model))


def _version(number: str) -> SegmentVersion:
    found = SegmentVersion.objects.filter(version=number).first()
    if found is None:
        raise NotFound(GONE)
    return found
