"""The queue of the common directory as its pages draw it: the owner's own labels, the hub's view, what each may do."""

from collections.abc import Callable

import pytest
from django.test import Client

from publicc.collective.models import Organization
from publicc.directory.common import Seen, SeenShow, SeenVenue
from publicc.directory.models import Entry, Label
from publicc.directory.proposing import propose
from publicc.kernel.vocabulary import Discipline, UserRole

NORD = "theatre-du-nord"
QUEUE = f"/o/{NORD}/directory/"
HIDDEN = "Projet confidentiel"


@pytest.fixture
def steward(theatre: Organization, opera: Organization, member_of: Callable[..., Client]) -> Client:
    propose(
        Seen(
            (
                SeenShow(NORD, "n1", "LE FLEUVE – extra", Discipline.THEATRE),
                SeenShow(NORD, "n2", HIDDEN, is_public=False),
                SeenShow(opera.slug, "o1", "Le Fleuve <i>(première)</i>"),
                SeenShow(opera.slug, "o2", "Titre de l'opéra"),
            ),
            (SeenVenue(NORD, "v1", "Salle Granada", "Sherbrooke"),),
        )
    )
    return member_of(theatre, UserRole.STEWARD)


def text(client: Client, address: str = QUEUE) -> str:
    answer = client.get(address, headers={"accept-language": "fr"})
    assert answer.status_code == 200
    return answer.content.decode()


def say(client: Client, own_id: str, answer: str, **more: str) -> int:
    label = Label.objects.get(own_id=own_id).pk
    return client.post(f"{QUEUE}label/{label}/answer/", {"answer": answer, **more}).status_code


def test_an_owner_sees_its_own_labels_and_no_one_else_s(steward: Client) -> None:
    drawn = text(steward)
    assert "LE FLEUVE" in drawn
    assert "Est-ce ce spectacle" in drawn
    assert HIDDEN in drawn  # to be mapped, shown to its owner
    assert "Titre de l" not in drawn
    assert "1 à classer" in drawn


def test_the_hub_sees_announced_labels_only(
    steward: Client, opera: Organization, member_of: Callable[..., Client]
) -> None:
    hub = member_of(opera, UserRole.OPERATOR)
    pages = [text(hub, f"/o/{opera.slug}/directory/?skip={n}") for n in range(4)]
    assert any("LE FLEUVE" in page for page in pages)
    assert not any(HIDDEN in page for page in pages)


def test_answers_are_kept_and_undone(steward: Client) -> None:
    assert say(steward, "n1", "confirm") == 302
    assert Label.objects.get(own_id="n1").state == "CONFIRMED"
    assert steward.post(f"{QUEUE}undo/").status_code == 302
    assert Label.objects.get(own_id="n1").state == "SUGGESTED"
    assert say(steward, "n1", "refuse") == 302
    assert "LE FLEUVE" in text(steward).split("À classer")[-1]


def test_a_correction_takes_the_entry_of_that_name_or_makes_it(steward: Client) -> None:
    say(steward, "n1", "confirm")
    fleuve = Label.objects.get(own_id="n1").entry
    say(steward, "n2", "correct", name="le fleuve")
    assert Label.objects.get(own_id="n2").entry == fleuve
    say(steward, "n2", "correct", name="Autre chose")
    assert Entry.objects.get(name_fr="Autre chose").is_listed is False


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_that_does_not_exist_is_refused(steward: Client, answer: str) -> None:
    assert say(steward, "n1", answer) == 400


def test_a_label_of_another_organization_is_not_found(steward: Client) -> None:
    assert say(steward, "o2", "confirm") == 404


def test_who_only_reads_is_told_why_not(
    theatre: Organization, steward: Client, member_of: Callable[..., Client]
) -> None:
    assert member_of(theatre, UserRole.READER).get(QUEUE).status_code == 403


def test_the_hub_merges_and_splits_entries(
    steward: Client, opera: Organization, member_of: Callable[..., Client]
) -> None:
    hub = member_of(opera, UserRole.OPERATOR)
    fleuve, other = (Label.objects.select_related("entry").get(own_id=own_id) for own_id in ("n1", "o2"))
    assert fleuve.entry is not None
    assert other.entry is not None
    page = f"/o/{opera.slug}/directory/entry/{fleuve.entry.pk}/"
    assert "LE FLEUVE" in text(hub, page)
    assert steward.get(f"{QUEUE}entry/{fleuve.entry.pk}/").status_code == 403
    hub.post(f"{page}settle/", {"deed": "split", "labels": [str(fleuve.pk)], "name": "Le Fleuve, le film"})
    split = Entry.objects.get(name_fr="Le Fleuve, le film")
    assert Label.objects.get(own_id="n1").entry == split
    settle = f"/o/{opera.slug}/directory/entry/{other.entry.pk}/settle/"
    assert hub.post(settle, {"deed": "merge", "into": str(split.pk)}).status_code == 302
    assert Label.objects.get(own_id="o2").entry == split
    followed = hub.get(f"/o/{opera.slug}/directory/entry/{other.entry.pk}/")
    assert (followed.status_code, followed["Location"]) == (302, f"/o/{opera.slug}/directory/entry/{split.pk}/")
    assert hub.post(f"/o/{opera.slug}/directory/undo/").status_code == 302
    assert Label.objects.get(own_id="o2").entry == other.entry
