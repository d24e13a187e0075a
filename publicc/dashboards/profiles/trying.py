"""The page where anybody sees which profile they resemble: no account, nothing kept, no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publicc.dashboards.wording import said
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.segments.model import Feature, SegmentClass, SegmentModel
from publicc.segments.queries import current
from publicc.segments.scoring import Typing, places_of, typed


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page holds it: the answer that was given, if it is one of its own."""

    feature: Feature
    answer: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the answers give. `profile` is None for « indéterminé »; `nearest` are then the two likeliest."""

    profile: SegmentClass | None
    certainty: Text
    reasons: tuple[tuple[Text, Text], ...]
    nearest: tuple[tuple[Text, Text], ...]
    is_too_little: bool
    """Whether too few answers were given for any profile to be trusted."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def try_profile(request: HttpRequest) -> HttpResponse:
    """The golden questions, and what the answers give. Nothing is changed nor kept, so that no token is asked for."""
    model = current()
    if model is None:
        return render(request, "dashboards/profiles/try.html", {"model": None})
    asked = _asked(model, request.POST)
    answers = {one.feature.id: one.answer for one in asked if one.answer}
    told = {
        "model": model,
        "asked": asked,
        "told": told_of(model, answers) if answers else None,
        "is_empty": request.method == "POST" and not answers,
    }
    answer = render(request, "dashboards/profiles/try.html", told)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _asked(model: SegmentModel, given: Mapping[str, str]) -> Sequence[Asked]:
    """The golden questions in their order; every question of a model without any."""
    features = [model.feature(one) for one in model.golden] or list(model.features)
    answers = [given.get(one.id, "") for one in features]
    return [
        Asked(one, answer if one.place(answer) is not None else "")
        for one, answer in zip(features, answers, strict=True)
    ]


def told_of(model: SegmentModel, answers: Mapping[str, str]) -> Told:
    """The profile with its certainty and reasons in words, or « indéterminé » with why."""
    found = typed(model, answers)
    ranked = sorted(found.posterior, key=lambda code: (-found.posterior[code], code))
    return Told(
        profile=model.segment(found.code) if found.code is not None else None,
        certainty=_share(found, ranked[0]),
        reasons=tuple((one.feature.label, one.level.label) for one in found.reasons),
        nearest=tuple((model.segment(code).name, _share(found, code)) for code in ranked[:2]),
        is_too_little=not model.is_enough(frozenset(places_of(model, answers))),
    )


def _share(found: Typing, code: str) -> Text:
    return said(found.posterior[code], Unit.RATIO, 0)
