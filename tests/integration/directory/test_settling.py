"""The common directory: suggestions, what people settle, what the hub merges and splits, and what is undone."""

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from publicc.collective.access import Visitor
from publicc.collective.models import Organization, TrailEntry
from publicc.directory import actions
from publicc.directory.common import Seen, SeenShow, SeenVenue
from publicc.directory.models import Change, Entry, Label
from publicc.directory.proposing import propose
from publicc.directory.queries import common_codes
from publicc.directory.states import LabelState
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed, NotFound
from publicc.kernel.vocabulary import Discipline, UserRole

pytestmark = pytest.mark.django_db

SHOWS = (
    SeenShow("nord", "n1", "LE FLEUVE – supplémentaire", Discipline.THEATRE),
    SeenShow("sud", "s1", "Le Fleuve (première)", Discipline.UNKNOWN),
    SeenShow("sud", "s2", "La Marée"),
    SeenShow("sud", "s3", "Secret", is_public=False),
)
VENUES = (SeenVenue("nord", "v1", "Théâtre Granada", "Sherbrooke"), SeenVenue("sud", "v2", "Granada", "Rimouski"))
SEEN = Seen(SHOWS, VENUES)


class Cast:
    """Two organizations, their data stewards, and the hub's analyst."""

    def __init__(self) -> None:
        users = get_user_model().objects
        self.nord, self.sud = (Organization.objects.create(slug=slug, name=slug) for slug in ("nord", "sud"))
        self.ada, self.ben, self.hub = (users.create(username=name) for name in ("ada", "ben", "hub"))
        self.ada_here = Visitor(self.nord, UserRole.STEWARD)
        self.ben_here = Visitor(self.sud, UserRole.STEWARD)
        self.hub_here = Visitor(self.nord, UserRole.OPERATOR)


@pytest.fixture
def cast() -> Cast:
    made = Cast()
    propose(SEEN)
    return made


def label(own_id: str) -> Label:
    return Label.objects.select_related("entry").get(own_id=own_id)


def entry_of(own_id: str) -> Entry:
    found = label(own_id).entry
    assert found is not None
    return found


def test_two_houses_are_suggested_one_entry_and_nothing_is_listed(cast: Cast) -> None:
    assert entry_of("n1") == entry_of("s1")
    assert (entry_of("n1").name_fr, entry_of("n1").discipline) == ("Le Fleuve", "THEATRE")
    assert entry_of("s2") != entry_of("s1")
    assert entry_of("v1") != entry_of("v2")
    assert not Entry.objects.filter(is_listed=True).exists()


def test_a_show_that_was_not_announced_leads_nobody_anywhere(cast: Cast) -> None:
    assert label("s3").entry is None
    assert not Entry.objects.filter(name_fr="Secret").exists()
    with pytest.raises(NotFound):
        actions.refuse(who=cast.hub_here, by=cast.hub, label_id=label("s3").pk)


def test_an_organization_that_only_has_a_vault_has_no_labels(cast: Cast) -> None:
    propose(Seen((*SHOWS, SeenShow("unknown", "u1", "Le Fleuve")), VENUES))
    assert not Label.objects.filter(own_id="u1").exists()


def test_the_same_labels_change_nothing(cast: Cast) -> None:
    before = (list(Entry.objects.values_list("pk", "name_fr")), list(Label.objects.values_list("own_id", "entry")))
    propose(SEEN)
    assert before == (
        list(Entry.objects.values_list("pk", "name_fr")),
        list(Label.objects.values_list("own_id", "entry")),
    )


def test_only_what_two_houses_say_or_a_person_confirmed_reaches_the_pool(cast: Cast) -> None:
    code = entry_of("n1").code
    assert dict(common_codes().shows) == {("nord", "n1"): code, ("sud", "s1"): code}
    actions.confirm(who=cast.ben_here, by=cast.ben, label_id=label("s2").pk)
    assert common_codes().shows["sud", "s2"] == entry_of("s2").code
    assert entry_of("s2").is_listed
    actions.refuse(who=cast.ben_here, by=cast.ben, label_id=label("s1").pk)
    assert ("sud", "s1") not in common_codes().shows
    assert common_codes().told("sud") == f"s2={entry_of('s2').code}"


def test_what_a_person_settled_stays_through_new_snapshots(cast: Cast) -> None:
    actions.refuse(who=cast.ben_here, by=cast.ben, label_id=label("s1").pk)
    actions.correct(who=cast.ada_here, by=cast.ada, label_id=label("n1").pk, name="Le  Fleuve de nuit")
    propose(SEEN)
    assert (label("s1").state, label("s1").entry) == (LabelState.REFUSED, None)
    assert (label("n1").state, entry_of("n1").name_fr) == (LabelState.CORRECTED, "Le Fleuve de nuit")
    assert label("n1").author == cast.ada


def test_what_was_settled_is_suggested_to_the_next_house(cast: Cast) -> None:
    actions.confirm(who=cast.ben_here, by=cast.ben, label_id=label("s2").pk)
    Organization.objects.create(slug="est", name="est")
    propose(Seen((*SHOWS, SeenShow("est", "e1", "LA MARÉE - complet")), VENUES))
    assert entry_of("e1") == entry_of("s2")


def test_labels_and_entries_that_are_gone_are_forgotten_unless_settled(cast: Cast) -> None:
    actions.confirm(who=cast.ada_here, by=cast.ada, label_id=label("n1").pk)
    propose(Seen((), VENUES))
    assert set(Label.objects.filter(kind="SHOW").values_list("own_id", flat=True)) == {"n1"}
    assert set(Entry.objects.filter(kind="SHOW").values_list("name_fr", flat=True)) == {"Le Fleuve"}


def test_an_owner_settles_its_own_labels_and_no_other(cast: Cast) -> None:
    with pytest.raises(NotFound):
        actions.confirm(who=cast.ada_here, by=cast.ada, label_id=label("s1").pk)
    with pytest.raises(NotAllowed):
        actions.confirm(who=Visitor(cast.nord, UserRole.READER), by=cast.ada, label_id=label("n1").pk)
    with pytest.raises(NotAllowed):
        actions.merge(who=cast.ada_here, by=cast.ada, entry_id=entry_of("n1").pk, into_id=entry_of("s2").pk)


def test_a_label_without_a_name_or_with_a_foreign_entry_is_not_corrected(cast: Cast) -> None:
    with pytest.raises(BadInput):
        actions.correct(who=cast.ada_here, by=cast.ada, label_id=label("n1").pk, name="  ")
    with pytest.raises(NotFound):
        actions.correct(who=cast.ada_here, by=cast.ada, label_id=label("n1").pk, entry_id=entry_of("v1").pk)
    with pytest.raises(BadUsage):
        actions.confirm(who=cast.ben_here, by=cast.ben, label_id=label("s3").pk)


def test_deeds_are_undone_from_the_last_to_the_first(cast: Cast) -> None:
    first = label("s1").entry
    actions.confirm(who=cast.ben_here, by=cast.ben, label_id=label("s1").pk)
    actions.refuse(who=cast.ben_here, by=cast.ben, label_id=label("s1").pk)
    actions.undo(who=cast.ben_here, by=cast.ben)
    assert (label("s1").state, label("s1").entry) == (LabelState.CONFIRMED, first)
    actions.undo(who=cast.ben_here, by=cast.ben)
    assert (label("s1").state, label("s1").entry, label("s1").author) == (LabelState.SUGGESTED, first, None)
    assert not entry_of("s1").is_listed
    with pytest.raises(BadUsage):
        actions.undo(who=cast.ben_here, by=cast.ben)
    assert Change.objects.count() == 2


def test_the_hub_merges_two_entries_and_may_undo_it(cast: Cast) -> None:
    gone, kept = entry_of("s2"), entry_of("n1")
    actions.confirm(who=cast.ben_here, by=cast.ben, label_id=label("s2").pk)
    actions.merge(who=cast.hub_here, by=cast.hub, entry_id=gone.pk, into_id=kept.pk)
    assert entry_of("s2") == kept
    assert entry_of("n1").is_listed
    propose(SEEN)
    assert entry_of("s2") == kept
    actions.undo(who=cast.hub_here, by=cast.hub)
    assert entry_of("s2") == gone
    assert Entry.objects.get(pk=gone.pk).merged_into is None
    with pytest.raises(BadInput):
        actions.merge(who=cast.hub_here, by=cast.hub, entry_id=kept.pk, into_id=kept.pk)


def test_the_hub_splits_an_entry_and_may_undo_it(cast: Cast) -> None:
    before = entry_of("s1")
    made = actions.split(who=cast.hub_here, by=cast.hub, label_ids=[label("s1").pk], name="Le Fleuve, le film")
    assert (entry_of("s1"), entry_of("n1")) == (made, before)
    propose(SEEN)
    assert entry_of("s1") == made
    actions.undo(who=cast.hub_here, by=cast.hub)
    assert entry_of("s1") == before
    with pytest.raises(BadInput):
        actions.split(who=cast.hub_here, by=cast.hub, label_ids=[label("s1").pk, label("s2").pk], name="x")


def test_every_deed_is_in_the_trail_of_whom_it_touches(cast: Cast) -> None:
    actions.confirm(who=cast.hub_here, by=cast.hub, label_id=label("s1").pk)
    actions.merge(who=cast.hub_here, by=cast.hub, entry_id=entry_of("s2").pk, into_id=entry_of("s1").pk)
    told = TrailEntry.objects.filter(organization=cast.sud).values_list("action", flat=True)
    assert set(told) == {"confirm_label", "merge_entries"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "PLANET"},
        {"kind": "ROOM"},
        {"discipline": "COOKING"},
        {"latitude": 45.5},
        {"origin": "RUMOUR"},
        {"audience": "EVERYBODY"},
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**{"kind": "SHOW", "name_fr": "x", "origin": "PERSON"} | wrong)
