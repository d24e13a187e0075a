"""Asking to join, judging the two criteria, selecting into an onboarding round, declining; and who is where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from publicc.collective.invitations import open_invitation
from publicc.collective.models import (
    Accompaniment,
    Application,
    Invitation,
    Membership,
    Organization,
    Right,
    Round,
    Seat,
)
from publicc.collective.profiles import slug_of
from publicc.collective.states import ApplicationState
from publicc.collective.trail import record
from publicc.collective.workspace.words import Integration
from publicc.kernel.errors import BadInput, BadUsage, Busy, NotAllowed
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

A_DAY: Final = 50
"""Applications that an installation takes in one day: more is not organizations."""
SEASONS_ASKED: Final = 2
"""Full seasons of history that the sector asked for in 2021."""
Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the hub found of each criterion, with why."""

    policy_holds: bool
    policy_note: str
    data_holds: bool
    data_note: str


@transaction.atomic
def apply(application: Application) -> None:
    """Keep an application. Raises Busy beyond what an installation takes in one day."""
    today = Application.objects.filter(received_at__gte=timezone.now() - timedelta(days=1))
    if today.count() >= A_DAY:
        raise Busy(
            Text("Trop de demandes sont arrivées aujourd'hui.", "Too many applications came in today."),
            do=Text("Revenir demain, ou écrire au pôle.", "Come back tomorrow, or write to the hub."),
        )
    application.state = ApplicationState.RECEIVED.value
    application.save(force_insert=True)
    record(action="apply", actor=None, organization=None, object_id=str(application.pk))


@transaction.atomic
def judge(*, seat: Seat, by: Person, application: Application, found: Judgement) -> None:
    """Write down what was found of the two criteria."""
    _check_operator(seat)
    _check_open(application)
    application.policy_holds, application.policy_note = found.policy_holds, found.policy_note[:400]
    application.data_holds, application.data_note = found.data_holds, found.data_note[:400]
    application.save()
    record(action="judge_application", actor=by, organization=None, object_id=str(application.pk))


@transaction.atomic
def select(*, seat: Seat, by: Person, application: Application, into: Round | None) -> Invitation:
    """Select into a round: the organization is opened, and its contact invited as its director.

    Raises BadUsage unless both criteria hold and the round has a place left.
    """
    _check_operator(seat)
    _check_open(application)
    if not (application.policy_holds and application.data_holds):
        raise BadUsage(
            Text("Les deux critères ne sont pas remplis.", "The two criteria are not met."),
            do=Text("Juger chacun, sur pièces, d'abord.", "Judge each of them, on evidence, first."),
        )
    if into is None:
        raise BadInput(Text("Choisir une cohorte.", "Choose a round."))
    if into.applications.filter(state=ApplicationState.SELECTED).count() >= into.places:
        raise BadUsage(
            Text("Cette cohorte est complète.", "This round is full."),
            do=Text("En ouvrir une autre.", "Open another one."),
        )
    organization = Organization.objects.create(
        slug=_free_slug(application.name), name=application.name, territory=application.territory
    )
    application.state, application.round, application.organization = ApplicationState.SELECTED, into, organization
    application.save()
    record(action="select_application", actor=by, organization=organization, object_id=str(application.pk))
    return open_invitation(organization, by=by, email=application.email, role=UserRole.DIRECTOR)


@transaction.atomic
def decline(*, seat: Seat, by: Person, application: Application) -> None:
    """Decline an application; it stays, with what was found."""
    _check_operator(seat)
    _check_open(application)
    application.state = ApplicationState.DECLINED
    application.save()
    record(action="decline_application", actor=by, organization=None, object_id=str(application.pk))


@transaction.atomic
def open_round(*, seat: Seat, by: Person, made: Round) -> None:
    """Open an onboarding round."""
    _check_operator(seat)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as problem:
        raise BadInput(
            Text("Une cohorte porte déjà ce nom.", "A round already has this name."),
            do=Text("En choisir un autre.", "Choose another one."),
        ) from problem
    record(action="open_round", actor=by, organization=None, object_id=str(made.pk))


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a member is on the way, and what comes next, for whom."""

    organization: Organization
    round: str
    done: int
    of: int
    next: Text | None
    """None once all is done."""
    agreement_until: object | None
    rights: int
    integration: Integration = Integration.UNKNOWN
    agreed_step: str = ""
    """What was agreed with the organization, beside what the software sees."""
    need: str = ""
    issues: str = ""


def stages(deposits: Iterable[str], harmonised: Iterable[str]) -> list[Stage]:
    """Every organization's stage, the least advanced first. `deposits`, `harmonised`: slugs of those that have some."""
    deposited, shown, today = set(deposits), set(harmonised), timezone.localdate()
    people = dict(Membership.objects.values_list("organization").annotate(n=Count("id")))
    rights = dict(
        Right.objects.filter(withdrawn_at=None).values_list("organization").annotate(n=Count("id")).order_by()
    )
    rounds = dict(Application.objects.exclude(organization=None).values_list("organization", "round__name"))
    kept = {one.organization_id: one for one in Accompaniment.objects.all()}
    found = []
    for one in Organization.objects.prefetch_related("agreements"):
        noted = kept.get(one.pk, _NOT_NOTED)
        held = next((a for a in one.agreements.all() if a.ended_at is None and a.expires_on >= today), None)
        steps = [one.pk in people, held is not None, one.slug in deposited, one.slug in shown]
        done = next((n for n, step in enumerate(steps) if not step), len(steps))
        found.append(
            Stage(
                organization=one,
                round=rounds.get(one.pk) or "",
                done=done,
                of=len(steps),
                next=_NEXT[done] if done < len(steps) else None,
                agreement_until=held.expires_on if held else None,
                rights=rights.get(one.pk, 0),
                integration=Integration(noted.integration),
                agreed_step=noted.next_step,
                need=noted.need,
                issues=noted.issues,
            )
        )
    return sorted(found, key=lambda one: (one.done, one.organization.name))


_NOT_NOTED: Final = Accompaniment()
_NEXT: Final = (
    Text(
        "Personne n'a encore accepté l'invitation : l'envoyer de nouveau.",
        "Nobody accepted the invitation yet: send it again.",
    ),
    Text("La direction signe l'entente.", "The director signs the agreement."),
    Text("La ou le responsable des données dépose un premier export.", "The data steward deposits a first export."),
    Text("Le pôle harmonise.", "The hub harmonises."),
)


def _free_slug(name: str) -> str:
    wanted = slug_of(name)
    taken = set(Organization.objects.filter(slug__startswith=wanted[:50]).values_list("slug", flat=True))
    return next(s for s in (wanted, *(f"{wanted[:50]}-{n}" for n in range(2, 1000))) if s not in taken)


def _check_operator(seat: Seat) -> None:
    if UserRole(seat.role) is not UserRole.OPERATOR:
        raise NotAllowed(Text("Seul le pôle juge des demandes.", "Only the hub judges applications."))


def _check_open(application: Application) -> None:
    if application.where is not ApplicationState.RECEIVED:
        raise BadUsage(Text("Cette demande est déjà réglée.", "This application is already settled."))
