"""The page of results: what the owner sees, live, and what nobody else does."""

import html
import random
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from publicc.collective.models import Organization
from publicc.kernel.period import Period
from publicc.kernel.scope import OwnRows
from publicc.kernel.vocabulary import UserRole
from publicc.store.sealing import Seal
from publicc.surveys.answering import actions
from publicc.surveys.invitations import signed
from publicc.surveys.models import Link, Response, Survey, random_number
from publicc.surveys.results import reading, tally, views
from publicc.surveys.results.margins import Frame
from publicc.surveys.states import ResponseState

AT = "/o/theatre-du-nord/surveys/{}/results/"


def crowd(survey: Survey, count: int, seconds: int | None = None, **fixed: object) -> None:
    """Finished responses, drawn at random but alike from run to run."""
    chance = random.Random(3)
    seal, version, link = Seal.of(survey.organization.slug, "answers"), survey.versions.get(), survey.links.get()
    rows = []
    for _ in range(count):
        number = random_number()
        said = {
            "core.nps.v1": chance.choice((10, 9, 9, 8, 5)),
            "core.first.v1": chance.choice(("first", "often", "often", "often")),
            "core.place.v1": chance.choice(("H2X", "H2X", "G1R")),
            "core.motive.v1": chance.sample(("artist", "work", "place"), 2),
            "core.open.v1": f"Le décor {chance.random()} ada@exemple.ca",
        } | fixed
        rows.append(
            Response(
                id=number, token=str(number), survey=survey, version=version, link=link, state=ResponseState.DONE,
                day=date(2026, 11, 20), language="fr", seconds=seconds or chance.randint(60, 160),
                answers=seal.closed(said, number),
            )
        )  # fmt: skip
    Response.objects.bulk_create(rows, batch_size=500)


def test_under_ten_answers_nothing_is_shown(director: Client, survey: Survey) -> None:
    crowd(survey, 9)
    page = director.get(AT.format(survey.key)).content.decode()
    assert "il en faut dix" in page
    assert "ada@" not in page
    assert "décor" not in page


def test_the_owner_reads_figures_with_what_they_may_be_off_by(director: Client, survey: Survey) -> None:
    crowd(survey, 120)
    page = director.get(AT.format(survey.key)).content.decode()
    assert "120 réponses, fourchette indicative" in page
    assert "recommandation nette" in page
    assert "Sans pondération\u00a0:" in page
    assert "décor" in page
    assert "ada@exemple.ca" not in page
    table = director.get(AT.format(survey.key) + "tables.csv").content.decode("utf-8-sig")
    assert table.splitlines()[0].startswith("question;réponse;code")
    coded = director.get(AT.format(survey.key) + "answers.csv").content.decode("utf-8-sig")
    assert len(coded.splitlines()) == 121
    assert "décor" not in coded


def test_ticketing_weighs_answers_when_it_can(
    director: Client, survey: Survey, theatre: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(survey, 400)
    buyers = Frame(Period(date(2026, 9, 1), date(2026, 11, 20)), 1_000, 500, (600, 100, 100, 100, 100), (45.51, -73.56))
    monkeypatch.setattr(reading, "frame_of", lambda *_: buyers)
    told = reading.report(OwnRows(theatre.slug), survey)
    first = next(one for one in told.results if one.question == "core.first.v1").rows[0]
    assert first.plain < 0.3
    assert first.share.value == pytest.approx(0.5, abs=1e-5)
    assert set(told.weights.margins) == {"visit", "distance"}
    page = director.get(AT.format(survey.key)).content.decode()
    assert "Pondéré pour ressembler aux 1\u00a0000 acheteurs" in page


def test_doubtful_answers_wait_for_the_owner(director: Client, survey: Survey) -> None:
    crowd(survey, 30)
    crowd(survey, 1, **{"core.nps.v1": 0})
    Response.objects.filter(pk=Response.objects.order_by("pk").values("pk")[:1]).update(marks=["TRAP"])
    at = AT.format(survey.key)
    assert "A rempli le champ" in director.get(at).content.decode()
    director.post(f"{at}decide/", {"why": "TRAP", "do": "count"})
    assert Response.objects.filter(is_kept=True).count() == 1
    assert "A rempli le champ" not in director.get(at).content.decode()
    assert director.post(f"{at}decide/", {"why": "MOOD"}).status_code == 400


def test_readers_see_totals_and_no_comment_and_the_hub_nothing(
    theatre: Organization, survey: Survey, member_of: Callable[..., Client]
) -> None:
    crowd(survey, 40)
    at = AT.format(survey.key)
    reader = member_of(theatre, UserRole.READER)
    page = reader.get(at).content.decode()
    assert "décor" in page
    assert "Lire" not in page
    assert reader.get(f"{at}answers.csv").status_code == 403
    assert reader.post(f"{at}decide/", {"why": "TRAP"}).status_code == 403
    assert member_of(theatre, UserRole.OPERATOR).get(at).status_code == 404


def test_another_organization_finds_no_result(
    opera: Organization, survey: Survey, member_of: Callable[..., Client]
) -> None:
    for page in ("", "tables.csv", "answers.csv"):
        assert member_of(opera).get(f"/o/{opera.slug}/surveys/{survey.key}/results/{page}").status_code == 404


def test_results_of_one_link_count_its_answers_alone(director: Client, survey: Survey) -> None:
    crowd(survey, 20)
    other = Link.objects.create(survey=survey, kind="SHOW", target="x", label="Le Cid")
    page = director.get(AT.format(survey.key) + f"?link={other.code}").content.decode()
    assert "il en faut dix" in page
    assert director.get(AT.format(survey.key) + "?link=nowhere").status_code == 404


def test_each_of_two_thousand_answers_is_counted(theatre: Organization, survey: Survey) -> None:
    crowd(survey, 2_000)
    assert reading.report(OwnRows(theatre.slug), survey).counted == 2_000


def test_programs_that_answer_are_told_and_left_out_and_people_stay(
    director: Client, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_AT_ONCE", 70)
    crowd(survey, 40)
    crowd(survey, 300, seconds=1)
    Response.objects.filter(seconds=1).update(marks=["BURST"])
    base = AT.format(survey.key)
    page = director.get(base).content.decode()
    assert "40 réponses, fourchette indicative" in page
    assert "300 réponses" in page
    director.post(f"{base}decide/", {"why": "BURST", "do": "leave"})
    after = director.get(base).content.decode()
    assert "300 laissées de côté" in after
    assert "40 réponses, fourchette indicative" in after


def test_a_survey_takes_so_many_answers_a_day_and_says_so(
    client: Client, director: Client, survey: Survey, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (actions, tally):
        monkeypatch.setattr(place, "MOST_A_DAY", 3)
    for _ in range(3):
        assert client.post(f"/s/{link.code}/?lang=fr").status_code == 302
    refused = client.post(f"/s/{link.code}/?lang=fr")
    assert refused.status_code == 429
    assert "Revenez demain" in refused.content.decode()
    (invitation,) = signed(survey, range(1, 2))
    assert client.post(f"/s/{link.code}/?lang=fr&i={invitation}").status_code == 302
    assert "toutes les réponses qu'il prend" in html.unescape(director.get(AT.format(survey.key)).content.decode())


def test_responses_are_tallied_in_one_statement_as_counting_them_one_by_one_does(survey: Survey) -> None:
    crowd(survey, 24)
    for at, one in enumerate(Response.objects.order_by("pk")):
        one.marks = [[], ["BURST"], ["TRAP", "BURST"]][at % 3]
        one.is_kept = [None, None, False, True][at % 4]
        one.state = (ResponseState.DONE, ResponseState.BEGUN)[at % 5 == 0]
        one.save()
    every = list(Response.objects.all())
    told = tally.tally(survey)
    assert told.finished == sum(one.state == ResponseState.DONE for one in every)
    assert told.kept_apart == sum(one.is_kept is False for one in every)
    waiting = [mark for one in every if one.is_kept is None for mark in one.marks]
    assert {mark.value: n for mark, n in told.apart.items()} == {mark: waiting.count(mark) for mark in set(waiting)}
    elsewhere = Link.objects.create(survey=survey, kind="SHOW", target="x", label="Le Cid")
    assert tally.tally(survey, elsewhere).finished == 0
