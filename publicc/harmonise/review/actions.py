"""What a person does at the review: look at a pair, answer, undo. Permission first, the trail last.

The data steward of an organization answers for its own pairs and sees what was deposited of both records. The hub's
analyst (role *Pôle*) answers for pairs of two organizations of the linking circle by the evidence alone: no value of an
organization is shown to anyone else. Both organizations find each look and each answer in their trail.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from publicc.collective.access import Visitor, can_review, can_review_across, check_can_review
from publicc.collective.models import Organization
from publicc.collective.trail import record
from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review import desk
from publicc.harmonise.review.book import Answer, Counts, Pair
from publicc.harmonise.review.identities import Identity
from publicc.kernel.errors import NotFound
from publicc.store.home import Home
from publicc.store.keys import KeyRing

Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Question:
    """What is put before a person: a pair, and the two records when they may be seen. `place`: 0 = the heaviest."""

    counts: Counts
    pair: Pair | None
    identities: tuple[Identity, Identity] | None
    place: int


def question(*, who: Visitor, by: Person, skipped: int = 0, pair_id: str | None = None) -> Question:
    """The pair asked for, else the next one that waits after those skipped; told in the trail before it is shown."""
    check_can_review(who)
    home, ring, holder = Home.from_environment(), KeyRing.open(Home.from_environment()), holder_of(who)
    try:
        if pair_id is None:
            counts, found = desk.queue(home, ring, holder, skipped=skipped)
        else:
            counts, one = desk.pair(home, ring, holder, pair_id)
            found = [one]
    except NotFound:
        if pair_id is not None:
            raise
        return Question(Counts(0, 0, 0, 0, 0), None, None, 0)
    if not found:
        return Question(counts, None, None, skipped)
    shown = can_review(who)
    told("view_identities" if shown else "view_evidence", found[0], by=by)
    identities = desk.identities(home, ring, holder, found[0]) if shown else None
    return Question(counts, found[0], identities, skipped)


def answer(*, who: Visitor, by: Person, pair_id: str, said: Answer) -> None:
    """Write down what the person decided."""
    check_can_review(who)
    home, ring, holder = Home.from_environment(), KeyRing.open(Home.from_environment()), holder_of(who)
    _, pair = desk.pair(home, ring, holder, pair_id)
    desk.answer(home, ring, holder, pair_id, said, by=str(by.pk))
    told("answer_pair", pair, by=by, outcome=said.value.lower())


def undo(*, who: Visitor, by: Person) -> str:
    """Take back this person's last answer; say on which pair."""
    check_can_review(who)
    home, ring, holder = Home.from_environment(), KeyRing.open(Home.from_environment()), holder_of(who)
    pair_id = desk.undo(home, ring, holder, by=str(by.pk))
    _, pair = desk.pair(home, ring, holder, pair_id)
    told("undo_answer", pair, by=by)
    return pair_id


def holder_of(who: Visitor) -> str:
    """Whose pairs this person answers for."""
    return CIRCLE if can_review_across(who) else who.organization.slug


def told(action: str, pair: Pair, *, by: Person | None, outcome: str = "done") -> None:
    """One line in the trail of each organization whose record the pair holds."""
    actor = by if isinstance(by, AbstractBaseUser) else None
    for organization in _organizations({pair.left.organization, pair.right.organization}):
        record(action=action, actor=actor, organization=organization, object_id=pair.id, outcome=outcome)


def _organizations(slugs: Iterable[str]) -> Iterable[Organization]:
    return Organization.objects.filter(slug__in=sorted(slugs))
