"""Profiles of buyers and answers to surveys in a shared show: granted, protected, told once, the same for all."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import duckdb
import pytest
from django.test import Client
from django.utils import timezone

from publicc.collective.models import Organization
from publicc.dashboards.page import DataTable
from publicc.directory.models import Entry
from publicc.kernel.cells import Shown, Withheld
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.sharing.deciding import Decision, grant_request
from publicc.sharing.models import ShowRequest, Told
from publicc.sharing.openings import grants_to, terms_of
from publicc.sharing.partner import Place, shared_show
from publicc.sharing.requesting import Wish, ask
from publicc.sharing.screen import shared_screen
from publicc.sharing.states import Figures
from publicc.store.home import Home
from publicc.store.profiles import CATALOGUE, profiles_file, write_profiles
from publicc.store.sealing import Seal
from publicc.surveys.bank import assembled
from publicc.surveys.exchange import as_surveyjs
from publicc.surveys.models import Link, Response, Survey, Version, random_number
from publicc.surveys.states import LinkKind, ResponseState
from tests.integration.sharing.tour import BUYERS, draw_tour

SOON = timezone.localdate() + timedelta(days=300)
GROUPS = frozenset({Figures.AUDIENCE, Figures.SEGMENTS, Figures.SURVEY})
People = Callable[..., tuple]


def granted(person: People, tour: Entry, slug: str, *, asker: str = "compagnie", **more: object) -> ShowRequest:
    who, by = person(asker, UserRole.PARTNER if asker == "compagnie" else UserRole.DIRECTOR)
    wish = Wish(figures=frozenset(Figures), why="La prochaine tournée.", until=SOON)
    owner = Organization.objects.get(slug=slug)
    (request,) = ask(who=who, by=by, entry=tour, owners=[owner], wish=wish, form=uuid4())
    told = {"figures": GROUPS, "shows": frozenset({f"{slug}-tour"}), "expires_on": SOON} | more
    who, by = person(slug)
    return grant_request(who=who, by=by, number=request.pk, decision=Decision(**told))


def seen(home: Home, tour: Entry, slug: str = "compagnie") -> list[Place]:
    viewer = Organization.objects.get(slug=slug)
    grants = [terms_of(one) for one in grants_to(viewer, tour)]
    return list(shared_show(home, tour.name_fr, grants, viewer).places)


def score(home: Home, slug: str, shares: dict[str, int], snapshot: str = "c" * 20, name: str = "Fidèles") -> None:
    """Profiles of the buyers of the show: so many of each, the rest undetermined."""
    codes = [code for code, n in shares.items() for _ in range(n)]
    buyers = [f"{slug}:{f'tournee-{n}' if n >= 80 else f'{slug}-{n}'}" for n in range(BUYERS)]

    def write(connection: duckdb.DuckDBPyConnection) -> None:
        connection.executemany(
            f"INSERT INTO {CATALOGUE}.profiles_by_season VALUES (2022, ?, ?, ?, 0.9)",
            [[at, buyer, codes[at] if at < len(codes) else None] for at, buyer in enumerate(buyers)],
        )
        for at, code in enumerate(shares):
            words = [name if not at else code.title(), code.title()]
            connection.execute(
                f"INSERT INTO {CATALOGUE}.profile_classes VALUES (?, ?, ?, ?, '', '', '#000')", [at, code, *words]
            )

    write_profiles(profiles_file(home, snapshot, slug), write)


@pytest.fixture
def link(tour: Entry) -> Link:
    """The link of the show at *nord*, of a survey of the common core."""
    nord = Organization.objects.get(slug="nord")
    told = as_surveyjs(assembled(Text("Votre sortie", "Your visit")))
    survey = Survey.objects.create(organization=nord, name="Votre sortie", draft=told)
    Version.objects.create(survey=survey, number=1, definition=told, consent=1)
    return Link.objects.create(survey=survey, kind=LinkKind.SHOW.value, target="nord-tour", label="La tournée")


def answer(link: Link, count: int, on: date = date(2023, 2, 5), **fixed: object) -> None:
    chance, rows = random.Random(count), []
    seal, version = Seal.of("nord", "answers"), link.survey.versions.get()
    for at in range(count):
        number = random_number()
        said = {"core.overall.v1": "5" if at % 4 else "4", "core.nps.v1": (5, 8, 9, 10)[at % 4], "core.age.v1": "25-34"}
        said |= {"core.open.v1": f"Ada {chance.random()}"} | fixed
        rows.append(
            Response(
                id=number, token=str(number), survey=link.survey, version=version, link=link, day=on, language="fr",
                state=ResponseState.DONE, seconds=90, answers=seal.closed(said, number),
            )
        )  # fmt: skip
    Response.objects.bulk_create(rows)


def test_profiles_are_shares_of_the_buyers_told_and_few_people_are_withheld(
    home: Home, tour: Entry, person: People
) -> None:
    score(home, "nord", {"faithful": 60, "curious": 30, "rare": 4})
    granted(person, tour, "nord")
    [nord] = seen(home, tour)
    told = {one.name.fr: one.share for one in nord.profiles}
    assert list(told) == ["Fidèles", "Curious", "Rare", "Indéterminé"]
    assert told["Fidèles"] == Shown(0.5)
    assert isinstance(told["Rare"], Withheld)
    assert sum(isinstance(cell, Withheld) for cell in told.values()) >= 2, "the rare are not what is left over"


def test_a_presenter_where_nobody_was_scored_and_a_family_that_was_not_granted_tell_nothing(
    home: Home, tour: Entry, person: People
) -> None:
    score(home, "sud", {"faithful": 60, "curious": 60})
    granted(person, tour, "nord")
    granted(person, tour, "sud", figures=frozenset({Figures.AUDIENCE}))
    assert [one.profiles for one in seen(home, tour)] == [(), ()]


def test_profiles_are_told_once_whatever_the_model_says_later(home: Home, tour: Entry, person: People) -> None:
    score(home, "nord", {"faithful": 60, "curious": 60})
    granted(person, tour, "nord")
    before = seen(home, tour)[0].profiles
    score(home, "nord", {"faithful": 57, "curious": 63}, name="D'autres mots")
    draw_tour(home.root, "e" * 20, as_of=date(2024, 6, 2))
    score(home, "nord", {"faithful": 57, "curious": 63}, snapshot="e" * 20, name="D'autres mots")
    granted(person, tour, "nord", asker="sud")
    assert seen(home, tour)[0].profiles == seen(home, tour, "sud")[0].profiles == before


def test_a_title_told_beside_another_never_sets_a_few_people_apart(home: Home, tour: Entry, person: People) -> None:
    """One buyer of *nord* came to the old title alone: who subtracts one grant from the other would find them."""
    granted(person, tour, "nord")
    assert isinstance(seen(home, tour)[0].audience.buyers, Shown)
    request = granted(person, tour, "nord", asker="sud")
    ShowRequest.objects.filter(pk=request.pk).update(shows=["nord-old", "nord-tour"])
    assert isinstance(seen(home, tour, "sud")[0].audience.buyers, Withheld)
    ShowRequest.objects.filter(pk=request.pk).update(shows=["nord-next", "nord-tour"])
    assert seen(home, tour, "sud")[0].audience.buyers == Shown(BUYERS), "nobody separates the two"


def test_answers_are_told_in_steps_and_nothing_of_who_people_are(
    home: Home, tour: Entry, person: People, link: Link
) -> None:
    answer(link, 80)
    granted(person, tour, "nord")
    [nord] = seen(home, tour)
    assert nord.survey is not None
    assert nord.survey.respondents == Shown(80)
    assert nord.survey.recommendation == Shown(25)
    assert nord.survey.answers["core.overall.v1 5"] == Shown(0.75)
    assert not any("age" in name or "open" in name for name in nord.survey.answers)
    viewer = Organization.objects.get(slug="compagnie")
    screen = shared_screen(shared_show(home, "T", [terms_of(one) for one in grants_to(viewer, tour)], viewer))
    answers = screen.table("answers")
    assert isinstance(answers, DataTable)
    assert ("Ada" in repr(screen), "25-34" in repr(screen)) == (False, False)
    assert {row[0].fr for row in answers.rows if isinstance(row[0], Text)} >= {
        "Dans l'ensemble, comment a été votre sortie ?"
    }


def test_one_answer_more_or_less_changes_nothing_and_ten_do(
    home: Home, tour: Entry, person: People, link: Link
) -> None:
    """Was Ada among the respondents? Nothing that is read tells."""
    answer(link, 40)
    granted(person, tour, "nord")
    before = seen(home, tour)[0].survey
    answer(link, 9, date(2023, 2, 6), **{"core.overall.v1": "1"})
    assert seen(home, tour)[0].survey == before
    Response.objects.filter(day=date(2023, 2, 6)).first().delete()
    Response.objects.filter(day=date(2023, 2, 5)).first().delete()
    assert seen(home, tour)[0].survey == before
    answer(link, 30, date(2023, 2, 7))
    assert seen(home, tour)[0].survey == before, "one who left is still among those told"
    assert Told.objects.filter(kind="survey").count() == 1
    answer(link, 12, date(2023, 3, 9))
    assert seen(home, tour)[0].survey == before, "too long after the last night to be about it"


def test_a_survey_with_enough_more_answers_is_told_again(home: Home, tour: Entry, person: People, link: Link) -> None:
    answer(link, 20)
    granted(person, tour, "nord")
    assert isinstance(seen(home, tour)[0].survey.respondents, Withheld)
    answer(link, 20, date(2023, 2, 6))
    assert seen(home, tour)[0].survey.respondents == Shown(40)
    answer(link, 15, date(2023, 2, 7))
    assert seen(home, tour)[0].survey.respondents == Shown(55)


def test_the_preview_is_what_the_asker_reads_and_both_are_of_the_owner_alone(
    home: Home, tour: Entry, person: People, link: Link, browser: Callable[..., Client]
) -> None:
    score(home, "nord", {"faithful": 60, "curious": 60})
    answer(link, 80)
    request = granted(person, tour, "nord")
    ShowRequest.objects.filter(pk=request.pk).update(state="PENDING")
    preview = browser("nord").get(f"/o/nord/sharing/requests/{request.pk}/").content.decode()
    ShowRequest.objects.filter(pk=request.pk).update(state="GRANTED")
    show = f"/o/compagnie/sharing/shows/{tour.pk}/"
    page = browser("compagnie", UserRole.PARTNER).get(show).content.decode()
    for words in ("Profils d'acheteurs", "Qui a répondu au sondage", "Ce que le public répond", "Fidèles"):
        assert words in unescape(preview), words
        assert words in unescape(page), words
    told = browser("compagnie", UserRole.PARTNER).get(f"/api/v1/organizations/compagnie/sharing/shows/{tour.pk}").json()
    assert {"profiles", "respondents", "answers"} <= {one["id"] for one in told["tables"]}
    table = browser("compagnie", UserRole.PARTNER).get(f"{show}tables/answers.csv").content.decode("utf-8-sig")
    assert "Ada" not in table
    assert "masqu" in table
    assert browser("sud").get(f"/o/sud/sharing/shows/{tour.pk}/").status_code == 404
    assert browser("autre-a").get(f"/o/autre-a/sharing/shows/{tour.pk}/tables/answers.csv").status_code == 404
