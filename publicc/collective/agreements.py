"""Signing, allowing, withdrawing, ending; and what an organization allows today.

Nothing is harmonised of an organization without an agreement that holds and the right to count its own rows. A
withdrawal is obeyed by the next harmonisation, and by the next request of those that ask `allows`.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from publicc.collective import row_wall
from publicc.collective.access import Visitor, check_can_sign
from publicc.collective.agreement_pdf import agreement_pdf
from publicc.collective.agreement_text import CURRENT
from publicc.collective.models import Agreement, Organization, Right
from publicc.collective.purposes import Purpose, Speed, depending_on, needed_by
from publicc.collective.trail import record
from publicc.kernel import formats
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed
from publicc.kernel.text import Lang, Text

_SOON = timedelta(days=60)
Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Signature:
    """What a person states when they sign."""

    signatory: str
    title: str
    speed: Speed
    lang: Lang
    authorized: bool
    digest: str
    """Of the words they had before their eyes."""


def holding(organization: Organization) -> Agreement | None:
    """The agreement that holds today; None when none was signed, or the last one expired or was ended."""
    return Agreement.objects.filter(_holds(timezone.localdate()), organization=organization).first()


@row_wall.everyone()
def allows(organization: Organization, purpose: Purpose) -> bool:
    """Whether an organization allows this use today: agreement and right, the right that it depends on included.

    Asked on the pages of others too: what may be asked of it, and shown to them, rests on it.
    """
    needed = {purpose, needed_by(purpose) or purpose}
    return holding(organization) is not None and needed <= {Purpose(one.purpose) for one in rights_of(organization)}


def check_allows(slug: str, purpose: Purpose) -> None:
    """Raise NotAllowed when the hub knows the organization of that slug and it does not allow this use today.

    Rows that no hub describes (a folder counted by `publicc run`) are their owner's to use.
    """
    organization = Organization.objects.filter(slug=slug).first()
    if organization is not None and not allows(organization, purpose):
        raise NotAllowed(
            Text(
                "L'entente de cet organisme ne permet pas cet usage.",
                "This organization's agreement does not allow it.",
            ),
            found=Text("Finalité : {name}.", "Purpose: {name}.").filled(name=purpose.label),
            do=Text(
                "La direction la signe ou accorde cette finalité dans Entente et finalités.",
                "The director signs it or grants this purpose in Agreement and purposes.",
            ),
        )


def allowing(purpose: Purpose) -> QuerySet[Organization]:
    """The organizations that allow this use today, by slug."""
    today = timezone.localdate()
    with row_wall.everyone():  # asked on the pages of one organization about all of them
        held = set(Agreement.objects.filter(_holds(today)).values_list("organization", flat=True))
        for one in {purpose, needed_by(purpose) or purpose}:
            given = Right.objects.filter(_lasts(today), purpose=one.value)
            held &= set(given.values_list("organization", flat=True))
    return Organization.objects.filter(pk__in=held).order_by("slug")


def rights_of(organization: Organization) -> list[Right]:
    """The purposes that an organization allows today."""
    return list(Right.objects.filter(_lasts(timezone.localdate()), organization=organization))


def lasting(purpose: Purpose) -> QuerySet[Right]:
    """The rights of this purpose that last today, whoever gave them."""
    return Right.objects.filter(_lasts(timezone.localdate()), purpose=purpose.value)


def ending_soon(today: date) -> QuerySet[Agreement]:
    """Agreements that hold and end within sixty days."""
    return Agreement.objects.filter(_holds(today), expires_on__lte=today + _SOON).order_by("expires_on")


@transaction.atomic
def sign(*, who: Visitor, by: Person, given: Signature) -> Agreement:
    """Sign today's version on line. Raises NotAllowed but for the director, BadInput for an incomplete statement."""
    check_can_sign(who)
    if not given.authorized or not given.signatory.strip() or not given.title.strip():
        raise BadInput(
            Text("La signature est incomplète.", "The signature is incomplete."),
            do=Text(
                "Écrire votre nom et votre titre, et attester que vous pouvez engager l'organisme.",
                "Write your name and title, and state that you may commit the organization.",
            ),
        )
    if given.digest != CURRENT.digest:
        raise BadUsage(
            Text(
                "Le texte de l'entente a changé depuis que la page est ouverte.",
                "The words changed since the page was opened.",
            ),
            do=Text("Recharger la page et relire.", "Reload the page and read again."),
        )
    made = _agreement(who.organization, given, timezone.now())
    made.signed_by_id = by.pk
    made.save(force_insert=True)
    record(action="sign_agreement", actor=by, organization=who.organization, object_id=str(made.pk))
    if Purpose.OWN_DASHBOARD not in {Purpose(one.purpose) for one in rights_of(who.organization)}:
        grant(who=who, by=by, purpose=Purpose.OWN_DASHBOARD)
    return made


@transaction.atomic
def end(*, who: Visitor, by: Person) -> None:
    """End the agreement that holds: nothing is harmonised after that."""
    check_can_sign(who)
    held = holding(who.organization)
    if held is None:
        raise BadUsage(Text("Aucune entente n'est en vigueur.", "No agreement is in force."))
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    record(action="end_agreement", actor=by, organization=who.organization, object_id=str(held.pk))


@transaction.atomic
def grant(*, who: Visitor, by: Person, purpose: Purpose, until: date | None = None) -> None:
    """Allow one purpose, until a day or as long as the agreement. Raises BadUsage where another must come first."""
    check_can_sign(who)
    held = holding(who.organization)
    if held is None:
        raise BadUsage(
            Text("Aucune entente n'est en vigueur.", "No agreement is in force."),
            do=Text("La signer d'abord.", "Sign it first."),
        )
    if until is not None and until < timezone.localdate():
        raise BadInput(Text("Cette date est passée.", "This date is past."))
    _check_order(who.organization, held, purpose)
    _withdraw(who.organization, [purpose])
    Right.objects.create(organization=who.organization, purpose=purpose.value, granted_by_id=by.pk, until=until)
    _mirror(who.organization)
    record(action="grant_right", actor=by, organization=who.organization, object_id=purpose.value)


@transaction.atomic
def withdraw(*, who: Visitor, by: Person, purpose: Purpose) -> None:
    """Withdraw one purpose, and those that mean nothing without it."""
    check_can_sign(who)
    fallen = [purpose, *depending_on(purpose)]
    if not _withdraw(who.organization, fallen):
        raise BadUsage(Text("Ce droit n'était pas accordé.", "This right was not granted."))
    _mirror(who.organization)
    record(action="withdraw_right", actor=by, organization=who.organization, object_id=purpose.value)


@transaction.atomic
def record_paper(organization: Organization, *, signatory: str, title: str, on: date, purposes: list[Purpose]) -> None:
    """Enter an agreement that was signed on paper, or a demonstration's, with the purposes it allows."""
    given = Signature(signatory, title, Speed.BUYERS, "fr", authorized=True, digest=CURRENT.digest)
    at = timezone.make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001 - made aware at once
    made = _agreement(organization, given, at)
    made.save(force_insert=True)
    _withdraw(organization, purposes)
    Right.objects.bulk_create(Right(organization=organization, purpose=one.value) for one in purposes)
    _mirror(organization)
    record(action="sign_agreement", actor=None, organization=organization, object_id=str(made.pk))


@transaction.atomic
def set_linking(organization: Organization, *, granted: bool) -> None:
    """Grant or withdraw linkage in an organization's name, from the hub's command; the next harmonisation obeys."""
    _withdraw(organization, [Purpose.LINKAGE])
    if granted:
        Right.objects.create(organization=organization, purpose=Purpose.LINKAGE.value)
    _mirror(organization)
    action = "grant_linking" if granted else "withdraw_linking"
    record(action=action, actor=None, organization=organization)


def _check_order(organization: Organization, held: Agreement, purpose: Purpose) -> None:
    needed = needed_by(purpose)
    if needed is not None and not allows(organization, needed):
        raise BadUsage(
            Text("Ce droit en suppose un autre.", "This right supposes another one."),
            do=Text("Accorder d'abord : {name}.", "Grant first: {name}.").filled(name=needed.label),
        )
    if purpose is Purpose.LINKAGE and Speed(held.speed) is not Speed.BUYERS:
        raise BadUsage(
            Text("Le jumelage suppose des acheteurs banalisés.", "Linkage supposes blinded buyers."),
            do=Text("Signer de nouveau à cette vitesse.", "Sign again at that speed."),
        )


def _withdraw(organization: Organization, purposes: list[Purpose]) -> int:
    current = Right.objects.filter(organization=organization, withdrawn_at=None)
    return current.filter(purpose__in=[one.value for one in purposes]).update(withdrawn_at=timezone.now())


def _mirror(organization: Organization) -> None:
    """Have the organization's profile say what its rights say of linkage."""
    linked = Right.objects.filter(
        _lasts(timezone.localdate()), organization=organization, purpose=Purpose.LINKAGE.value
    )
    organization.links_across = linked.exists()
    organization.save(update_fields=["links_across"])


def _agreement(organization: Organization, given: Signature, at: datetime) -> Agreement:
    expires = date(at.year + CURRENT.years, at.month, min(at.day, 28))
    said = [
        (Text("Organisme", "Organization"), organization.name),
        (Text("Signé par", "Signed by"), f"{given.signatory.strip()}, {given.title.strip()}"),
        (Text("Le", "On"), formats.moment(timezone.localtime(at), given.lang)),
        (Text("Vitesse", "Speed"), given.speed.label.said(given.lang)),
        (Text("Jusqu'au", "Until"), formats.day(expires, given.lang)),
        (Text("Empreinte du texte", "Digest of the words"), CURRENT.digest),
    ]
    pdf = agreement_pdf(CURRENT, organization.name, said, given.lang)
    return Agreement(
        organization=organization,
        organization_name=organization.name,
        version=CURRENT.version,
        digest=CURRENT.digest,
        lang=given.lang,
        speed=given.speed.value,
        signed_at=at,
        signatory=given.signatory.strip()[:120],
        title=given.title.strip()[:120],
        expires_on=expires,
        pdf=pdf,
        pdf_digest=hashlib.sha256(pdf).hexdigest(),
    )


def _holds(today: date) -> Q:
    return Q(ended_at=None, expires_on__gte=today)


def _lasts(today: date) -> Q:
    return Q(withdrawn_at=None) & (Q(until=None) | Q(until__gte=today))
