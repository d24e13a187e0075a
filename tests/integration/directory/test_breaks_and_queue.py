"""The hub's table of breaks, version after version; and what the queue of labels settles at once."""

from datetime import date
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from publicc.collective.models import Membership, Organization, TrailEntry
from publicc.directory import actions, queue
from publicc.directory.almanac import DayKind
from publicc.directory.breaks import add_break, bring_back, current_rules, remove_break
from publicc.directory.calendar import shipped_rules
from publicc.directory.common import Seen, SeenShow
from publicc.directory.models import BreaksVersion, Entry, Label
from publicc.directory.proposing import propose
from publicc.directory.queries import common_codes
from publicc.kernel.errors import BadInput, NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Discipline, UserRole
from tests.integration.directory.test_settling import Cast

pytestmark = pytest.mark.django_db

RELACHE = {
    "name": Text("Relâche", "Spring break"), "kind": "school", "area": "CSSDM",
    "first_on": date(2027, 2, 22), "last_on": date(2027, 2, 26), "source": "calendrier du CSSDM",
}  # fmt: skip


def kind_of(on: date) -> DayKind:
    """As a harmonisation would find it."""
    return common_codes().almanac.kind_of(on)


def test_a_break_that_the_hub_adds_holds_at_once_and_the_version_before_can_come_back() -> None:
    cast = Cast()
    assert kind_of(date(2027, 2, 24)) is DayKind.ORDINARY
    add_break(who=cast.hub_here, by=cast.hub, **RELACHE)
    assert kind_of(date(2027, 2, 24)) is DayKind.SCHOOL_BREAK
    assert kind_of(date(2028, 2, 24)) is DayKind.ORDINARY
    first = BreaksVersion.objects.get()
    remove_break(who=cast.hub_here, by=cast.hub, slug="relache")
    assert kind_of(date(2027, 3, 3)) is DayKind.ORDINARY
    bring_back(who=cast.hub_here, by=cast.hub, version_id=first.pk)
    assert kind_of(date(2027, 3, 3)) is DayKind.SCHOOL_BREAK
    bring_back(who=cast.hub_here, by=cast.hub, version_id=None)
    assert current_rules()[0] == shipped_rules()
    assert BreaksVersion.objects.count() == 4
    assert TrailEntry.objects.filter(action="set_breaks").count() == 4


@pytest.mark.parametrize(
    "change",
    [{"last_on": date(2027, 2, 1)}, {"last_on": date(2028, 2, 1)}, {"name": Text("Relâche", " ")}, {"kind": "x"}],
)  # fmt: skip
def test_a_break_whose_days_or_words_do_not_hold_is_refused(change: dict[str, object]) -> None:
    cast = Cast()
    with pytest.raises(BadInput):
        add_break(who=cast.hub_here, by=cast.hub, **{**RELACHE, **change})
    assert not BreaksVersion.objects.exists()


def test_only_the_hub_changes_the_table_and_what_is_not_there_is_not_found() -> None:
    cast = Cast()
    with pytest.raises(NotAllowed):
        add_break(who=cast.ada_here, by=cast.ada, **RELACHE)
    with pytest.raises(NotFound):
        remove_break(who=cast.hub_here, by=cast.hub, slug="nope")
    with pytest.raises(NotFound):
        bring_back(who=cast.hub_here, by=cast.hub, version_id=999)


def browser(role: UserRole) -> Client:
    nord, _ = Organization.objects.get_or_create(slug="nord", name="nord")
    user = get_user_model().objects.create(username=f"{role}@nord.example")
    Membership.objects.create(user=user, organization=nord, role=role.value)
    found = Client()
    found.force_login(user)
    return found


def test_the_page_of_breaks_is_read_by_all_and_changed_by_the_hub() -> None:
    hub, reader = browser(UserRole.OPERATOR), browser(UserRole.READER)
    told = {"deed": "add", "fr": "Relâche", "en": "Spring break", "kind": "school", "first": "2027-02-22",
            "last": "2027-02-26", "area": "CSSDM", "source": "CSSDM"}  # fmt: skip
    assert reader.post("/o/nord/directory/breaks/", told).status_code == 403
    assert hub.post("/o/nord/directory/breaks/", told).status_code == 302
    page = unescape(reader.get("/o/nord/directory/breaks/?year=2027").content.decode())
    assert "CSSDM" in page
    assert "Fête nationale" in page
    assert "Ajouter le congé" not in page
    wrong = hub.post("/o/nord/directory/breaks/", {**told, "last": "demain"})
    assert wrong.status_code == 400
    assert "AAAA-MM-JJ" in unescape(wrong.content.decode())
    for year in ("x", "99999", "0001", "9999"):
        assert reader.get(f"/o/nord/directory/breaks/?year={year}").status_code == 200
    version = BreaksVersion.objects.get()
    assert hub.post("/o/nord/directory/breaks/", {"deed": "remove", "slug": "ete"}).status_code == 302
    back = {"deed": "bring_back", "version": str(version.pk)}
    assert "Remettre celle-ci" in unescape(hub.get("/o/nord/directory/breaks/").content.decode())
    assert hub.post("/o/nord/directory/breaks/", back).status_code == 302


SHOWS = (
    SeenShow("nord", "n1", "Le Fleuve", Discipline.THEATRE),
    SeenShow("sud", "s1", "Le Fleuve (première)"),
    SeenShow("sud", "s2", "La Marée haute"),
)


def test_what_recognition_is_sure_of_is_confirmed_at_once_and_one_undo_takes_it_back() -> None:
    cast = Cast()
    propose(Seen(SHOWS))
    assert [one.own_id for one in actions.sure_labels(cast.ben_here)] == ["s1"]
    assert actions.confirm_sure(who=cast.ben_here, by=cast.ben) == 1
    assert Label.objects.get(own_id="s1").state == "CONFIRMED"
    assert Label.objects.get(own_id="s2").state == "SUGGESTED"
    assert Entry.objects.get(name_fr="Le Fleuve").is_listed
    assert actions.confirm_sure(who=cast.ben_here, by=cast.ben) == 0
    actions.undo(who=cast.ben_here, by=cast.ben)
    assert Label.objects.get(own_id="s1").state == "SUGGESTED"
    assert not Entry.objects.get(name_fr="Le Fleuve").is_listed


def test_a_likely_discipline_is_proposed_kept_with_the_answer_and_taken_back_with_it() -> None:
    cast = Cast()
    classed = [
        SeenShow("sud", f"c{at}", f"Récital de piano numéro {at}", Discipline.CLASSICAL_MUSIC) for at in range(12)
    ]
    propose(Seen((*classed, SeenShow("sud", "s9", "Récital de piano : Chopin"))))
    label = Label.objects.get(own_id="s9")
    found = queue.suggested_discipline(label)
    assert found is not None
    assert found.discipline is Discipline.CLASSICAL_MUSIC
    assert queue.suggested_discipline(Label.objects.get(own_id="c1")) is None
    actions.confirm(who=cast.ben_here, by=cast.ben, label_id=label.pk, discipline=found.discipline.value)
    label.refresh_from_db()
    assert label.entry is not None
    assert label.entry.discipline == "CLASSICAL_MUSIC"
    actions.undo(who=cast.ben_here, by=cast.ben)
    label.entry.refresh_from_db()
    assert label.entry.discipline == ""


def test_the_entry_to_merge_into_is_found_by_words_of_its_name_its_city_or_its_code() -> None:
    gone = Entry.objects.create(kind="SHOW", name_fr="Le Fleuve", origin="PERSON")
    kept = Entry.objects.create(kind="SHOW", name_fr="Le Grand Fleuve", name_en="The River", origin="PERSON")
    Entry.objects.create(kind="VENUE", name_fr="Fleuve", origin="PERSON")
    other = Entry.objects.create(kind="SHOW", name_fr="La Marée", municipality="Rimouski", origin="PERSON")
    assert queue.entries_like(gone, "fleuve grand") == [kept]
    assert queue.entries_like(gone, "river") == [kept]
    assert queue.entries_like(gone, "rimouski") == [other]
    assert queue.entries_like(gone, other.code) == [other]
    assert queue.entries_like(gone, "absent") == []
    assert queue.entries_like(gone, "") == [other, kept]


def test_the_queue_offers_both_on_the_page() -> None:
    steward, hub = browser(UserRole.STEWARD), browser(UserRole.OPERATOR)
    Organization.objects.create(slug="sud", name="sud")
    propose(Seen(SHOWS))
    page = unescape(steward.get("/o/nord/directory/").content.decode())
    assert "Confirmer le libellé dont la reconnaissance est sûre" in page
    answer = steward.post("/o/nord/directory/sure/", follow=True)
    assert "1 libellé confirmé" in unescape(answer.content.decode()).replace("\u00a0", " ")
    entry = Entry.objects.get(name_fr="Le Fleuve")
    found = unescape(hub.get(f"/o/nord/directory/entry/{entry.pk}/?q=zzz").content.decode())
    assert "Aucune fiche ne répond à ces mots." in found
