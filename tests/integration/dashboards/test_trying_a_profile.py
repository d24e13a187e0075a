"""Anybody tries the common model: no account, nothing kept, and « indéterminé » when it cannot tell."""

from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from publicc.segments.model import SegmentModel
from publicc.segments.models import SegmentVersion
from publicc.segments.states import VersionState
from tests.unit.segments.made_up import made_up_model

PAGE = "/profiles/"


def published(model: SegmentModel) -> SegmentModel:
    SegmentVersion.objects.create(
        version=model.version, state=VersionState.PUBLISHED.value, file=model.as_json(), sha256=model.sha256
    )
    return model


def surest(model: SegmentModel, code: str) -> dict[str, str]:
    """The answers that speak most for a profile."""
    place = model.codes.index(code)
    levels = {one.id: model.tables[one.id][place] for one in model.features if one.id in model.golden}
    return {name: model.feature(name).levels[row.index(max(row))].code for name, row in levels.items()}


@pytest.fixture
def model(db: None) -> SegmentModel:
    every = made_up_model()
    evidence = tuple(replace(one, features=frozenset(every.golden)) for one in every.evidence[:1])
    return published(replace(every, evidence=evidence, priors=(0.4, 0.3, 0.3), assign=0.5))


@pytest.mark.django_db
def test_before_a_model_is_published_the_page_says_so(client: Client) -> None:
    assert "Aucun profil" in client.get(PAGE, headers={"Accept-Language": "fr"}).content.decode()


def test_answers_give_a_profile_its_certainty_and_reasons_and_are_not_kept(client: Client, model: SegmentModel) -> None:
    asked = client.get(PAGE).content.decode()
    assert asked.count("<fieldset") == len(model.golden)
    answer = client.post(PAGE, surest(model, "P1"), headers={"Accept-Language": "fr"})
    told = answer.content.decode()
    assert "Nom 1, avec une certitude de" in told
    assert 1 <= told.split("Ce qui le dit le plus")[1].split("</ol>")[0].count("<li>") <= 3
    assert "no-store" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies
    assert not Session.objects.exists()


def test_too_few_answers_or_none_are_said_to_be_so(client: Client, model: SegmentModel) -> None:
    french = {"Accept-Language": "fr"}
    one = dict(list(surest(model, "P1").items())[:1])
    assert "trop peu de réponses" in client.post(PAGE, one, headers=french).content.decode()
    assert "en choisir au moins une" in client.post(PAGE, {}, headers=french).content.decode()


def test_answers_that_are_none_of_the_question_are_left_out(client: Client, model: SegmentModel) -> None:
    strange = dict.fromkeys(model.golden, "' OR 1=1 --\x00")
    answer = client.post(PAGE, strange)
    assert answer.status_code == 200
    assert "OR 1=1" not in answer.content.decode()
