"""The verbs of groups: a member asks and withdraws; the hub allows, refuses, and says who is of one legal group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor
from publicc.collective.agreements import allows
from publicc.collective.models import Organization, Seat
from publicc.collective.purposes import Purpose
from publicc.collective.row_wall import everyone
from publicc.collective.trail import record
from publicc.disclosure.custom import Verdict
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.releases.catalogue import Released
from publicc.releases.groups.judging import Judgement, judge, judge_for_hub, latest
from publicc.releases.groups.notices import tell_asker, tell_hub
from publicc.releases.groups.queries import of_one_legal_group
from publicc.releases.groups.states import GroupState
from publicc.releases.models import PeerGroup
from publicc.releases.policies import policy_in_force
from publicc.store.home import Home

Person = AbstractBaseUser | AnonymousUser
_MAY_ASK: Final = (UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR)
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: a name, a reason, and who would be compared with. Slugs."""

    name: str
    why: str
    members: frozenset[str]


def can_ask(who: Visitor) -> bool:
    """Whether this person may ask for a group in their organization's name."""
    return who.role in _MAY_ASK


def check_can_ask(who: Visitor) -> None:
    """Raise NotAllowed by role, or where the organization is not compared with others."""
    if not can_ask(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de demander un groupe.", "Your role does not allow asking for a group."),
            do=Text("Demander à la direction le rôle Analyse.", "Ask the director for the Analyst role."),
        )
    if not allows(who.organization, Purpose.COMPARISONS):
        raise NotAllowed(
            Text("Votre organisme ne se compare pas encore.", "Your organization is not compared with others yet."),
            do=Text(
                "La direction accorde la finalité « Comparatifs » sous « Entente et finalités ».",
                "The director allows the purpose “Comparisons” under “Agreement and purposes”.",
            ),
        )


@everyone()  # what one of a legal group asks for, all of them read: their year is one
def left_this_year(home: Home, organization: Organization) -> int:
    """How many more groups an organization may ask for: refusals of the policy itself cost nothing."""
    since, askers = timezone.now() - _YEAR, of_one_legal_group(organization.slug)
    asked = PeerGroup.objects.filter(organization__slug__in=askers, asked_at__gte=since)
    permitted = asked.filter(verdict=Verdict.PERMITTED.value)
    spent = permitted.exclude(state=GroupState.WITHDRAWN.value, decided_at=None).count()
    return max(0, policy_in_force(home).groups.a_year - spent)


def ask(*, home: Home, who: Visitor, by: Person, wish: Wish) -> tuple[PeerGroup, Judgement]:
    """Ask for a group: the policy answers at once; what it permits then waits for the hub.

    Raises NotAllowed by role or purpose, BadUsage before any release or beyond the year's number, BadInput for a wish
    that means nothing or asks again for the same.
    """
    check_can_ask(who)
    released = _released(home, who)
    with transaction.atomic():
        askers = of_one_legal_group(who.organization.slug)
        list(Organization.objects.select_for_update().filter(slug__in=askers).order_by("pk"))  # one of them at a time
        group, told = _asked(home, who, wish, by=by, released=released)
    if told.permits:
        tell_hub(group)
    return group, told


def _asked(home: Home, who: Visitor, wish: Wish, *, by: Person, released: Released) -> tuple[PeerGroup, Judgement]:
    members = _checked(wish, released)
    if not left_this_year(home, who.organization):
        raise BadUsage(
            Text("Vos groupes de l'année sont tous demandés.", "All your groups of the year are asked for."),
            do=Text(
                "En retirer un qui attend encore, ou revenir plus tard.", "Withdraw one that waits, or come later."
            ),
        )
    same = PeerGroup.objects.filter(organization=who.organization, state__in=(GroupState.WAITING, GroupState.ALLOWED))
    twin = next((one for one in same if frozenset(one.members) == members), None)
    if twin is not None:
        raise BadInput(
            Text("Ce groupe est déjà le vôtre : « {name} ».", "This group is yours already: “{name}”.").filled(
                name=twin.name
            )
        )
    told = judge(home, released, members)
    group = PeerGroup.objects.create(
        organization=who.organization,
        name=" ".join(wish.name.split()),
        why=" ".join(wish.why.split()),
        members=sorted(members),
        state=(GroupState.WAITING if told.permits else GroupState.REFUSED).value,
        verdict=told.verdict.value,
        asked_by_id=by.pk,
        asked_at=timezone.now(),
    )
    record(
        action="ask_group",
        actor=by,
        organization=who.organization,
        object_id=str(group.pk),
        outcome="done" if told.permits else "refused",
    )
    return group, told


@transaction.atomic
def withdraw(*, who: Visitor, by: Person, number: UUID) -> PeerGroup:
    """Give a group up: it is read no more, and enters no further release. What was read stays known."""
    check_can_ask(who)
    group = PeerGroup.objects.select_for_update().filter(pk=number, organization=who.organization).first()
    if group is None:
        raise NotFound(Text("Ce groupe n'existe pas.", "This group does not exist."))
    if group.where not in {GroupState.WAITING, GroupState.ALLOWED}:
        raise BadUsage(Text("Ce groupe n'est plus en cours.", "This group is no longer in play."))
    group.state = GroupState.WITHDRAWN.value
    group.save(update_fields=["state"])
    record(action="withdraw_group", actor=by, organization=who.organization, object_id=str(group.pk))
    return group


def decide(*, home: Home, seat: Seat, number: UUID, allowed: bool, word: str = "") -> PeerGroup:
    """The hub's answer. Raises NotAllowed for all but the hub's analyst, BadUsage when the policy forbids it."""
    _check_operator(seat)
    with transaction.atomic():
        group = PeerGroup.objects.select_for_update(of=("self",)).filter(pk=number).first()
        if group is None:
            raise NotFound(Text("Ce groupe n'existe pas.", "This group does not exist."))
        if group.where is not GroupState.WAITING:
            raise BadUsage(Text("Ce groupe n'attend plus de réponse.", "This group no longer awaits an answer."))
        if allowed:
            _check_permitted(home, group)
        group.state = (GroupState.ALLOWED if allowed else GroupState.REFUSED).value
        group.word, group.decided_by_id, group.decided_at = " ".join(word.split())[:300], seat.user_id, timezone.now()
        group.save()
        action = "allow_group" if allowed else "refuse_group"
        record(action=action, actor=seat.user, organization=group.organization, object_id=str(group.pk))
    tell_asker(group)
    return group


@transaction.atomic
def join_legally(*, seat: Seat, slugs: Sequence[str], name: str) -> int:
    """Say that organizations are of one legal group; an empty name sets each apart again. Gives how many changed."""
    _check_operator(seat)
    told, changed = " ".join(name.split())[:120], 0
    for one in Organization.objects.select_for_update().filter(slug__in=slugs).exclude(legal_group=told):
        one.legal_group = told
        one.save(update_fields=["legal_group"])
        record(action="set_legal_group", actor=seat.user, organization=one, object_id=one.slug)
        changed += 1
    if not slugs:
        raise BadInput(Text("Choisir au moins un organisme.", "Choose at least one organization."))
    return changed


def _released(home: Home, who: Visitor) -> Released:
    released = latest(home, who.organization.slug)
    if released is None:
        raise BadUsage(
            Text("Le collectif n'a encore rien publié.", "The collective has released nothing yet."),
            do=Text("Revenir après la première publication.", "Come back after the first release."),
        )
    return released


def _checked(wish: Wish, released: Released) -> frozenset[str]:
    """The members asked for, the asker and the unknown left out."""
    if not wish.name.strip() or not wish.why.strip():
        raise BadInput(Text("Nommer le groupe et dire pourquoi.", "Name the group and say why."))
    members = frozenset(wish.members) & frozenset(released.membership) - {released.viewer}
    if not members:
        raise BadInput(
            Text("Aucun autre organisme ne répond à ce choix.", "No other organization fits this choice."),
            do=Text("Élargir le choix.", "Widen the choice."),
        )
    return members


def _check_permitted(home: Home, group: PeerGroup) -> None:
    released = latest(home, group.organization.slug)
    told = judge_for_hub(home, released, group) if released is not None else None
    if told is None or not told.permits:
        raise BadUsage(
            Text("La politique ne permet pas ce groupe.", "The policy does not permit this group."),
            found=told.why if told else None,
            do=Text("Le refuser : la personne lira pourquoi.", "Refuse it: the person will read why."),
        )


def _check_operator(seat: Seat) -> None:
    if UserRole(seat.role) is not UserRole.OPERATOR:
        raise NotAllowed(Text("Seul le pôle règle les groupes.", "Only the hub settles groups."))
