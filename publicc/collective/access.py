"""Who may do what, and the only place where a `Scope` is built for a person.

Permissions come in pairs: `check_can_…` raises with the reason, `can_…` answers the page.
"""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from publicc.collective.models import Membership, Organization, Seat
from publicc.kernel.errors import NotAllowed, NotFound
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

_MAY_DEPOSIT = (UserRole.STEWARD, UserRole.DIRECTOR)
_MAY_REVIEW = (UserRole.STEWARD,)
_MAY_REVIEW_ACROSS = (UserRole.OPERATOR,)
MAY_ANSWER_PERSONS = (UserRole.STEWARD, UserRole.DIRECTOR)
"""The law makes the director answerable unless they name someone: the data steward."""
_MAY_SURVEY = (UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR)
_MAY_READ_ANSWERS = (*_MAY_SURVEY, UserRole.READER)
_MAY_EXPORT = (UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR)
MAY_READ_TRAIL = (UserRole.STEWARD, UserRole.DIRECTOR, UserRole.AUDITOR)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person inside one organization: what a page needs to know to answer."""

    organization: Organization
    role: UserRole

    @property
    def scope(self) -> OwnRows:
        """The rows this person may count: their own organization's."""
        return OwnRows(self.organization.slug)


def visitor(user: AbstractBaseUser | AnonymousUser, slug: str) -> Visitor:
    """The person's place in the organization of an address. Raises NotFound when it is not theirs or does not exist."""
    person = user.pk or 0
    found = Membership.objects.select_related("organization").filter(user_id=person, organization__slug=slug).first()
    if found is None:
        raise NotFound(Text("Cette page n'existe pas.", "This page does not exist."))
    return Visitor(found.organization, UserRole(found.role))


def seated(user: AbstractBaseUser | AnonymousUser) -> Seat | None:
    """The person's place at the hub; None when they have none."""
    return Seat.objects.filter(user_id=user.pk or 0).first()


def memberships_of(user: AbstractBaseUser | AnonymousUser) -> list[Membership]:
    """A person's places, by name of the organization."""
    own = Membership.objects.filter(user_id=user.pk or 0)
    return list(own.select_related("organization").order_by("organization__name"))


def organizations_of(user: AbstractBaseUser | AnonymousUser) -> list[Organization]:
    """The organizations a person belongs to, by name."""
    return list(Organization.objects.filter(memberships__user_id=user.pk or 0))


def can_deposit(who: Visitor) -> bool:
    """Whether this person may bring files, correct mappings and undo a deposit."""
    return who.role in _MAY_DEPOSIT


def check_can_deposit(who: Visitor) -> None:
    """Raise NotAllowed unless the person is the data steward or the director."""
    if not can_deposit(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de déposer des fichiers.", "Your role does not allow depositing files."),
            do=Text(
                "Demander à la direction de vous nommer responsable des données.",
                "Ask the director to make you data steward.",
            ),
        )


def can_write_to_buyers(who: Visitor) -> bool:
    """Whether this person may take the addresses of their organization's own buyers."""
    return who.role in _MAY_DEPOSIT


def check_can_write_to_buyers(who: Visitor) -> None:
    """Raise NotAllowed unless the person is the data steward or the director."""
    if not can_write_to_buyers(who):
        raise NotAllowed(
            Text(
                "Votre rôle ne permet pas de prendre les adresses de vos acheteurs.",
                "Your role does not allow taking your buyers' addresses.",
            ),
            do=Text(
                "Le demander à la direction ou à la personne responsable des données.",
                "Ask the director or the data steward.",
            ),
        )


def can_sign(who: Visitor) -> bool:
    """Whether this person may sign, allow, withdraw and end in the organization's name, and say who works in it."""
    return who.role is UserRole.DIRECTOR


def check_can_sign(who: Visitor) -> None:
    """Raise NotAllowed unless the person is the director."""
    if not can_sign(who):
        raise NotAllowed(
            Text("Seule la direction engage l'organisme.", "Only the director commits the organization."),
            do=Text("Le lui demander.", "Ask them."),
        )


def can_export(who: Visitor) -> bool:
    """Whether this person may download tables of own figures."""
    return who.role in _MAY_EXPORT


def check_can_export(who: Visitor) -> None:
    """Raise NotAllowed unless the role includes own exports."""
    if not can_export(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de télécharger.", "Your role does not allow downloads."),
            do=Text("Demander à la direction le rôle Analyse.", "Ask the director for the Analyst role."),
        )


def can_review(who: Visitor) -> bool:
    """Whether this person may answer for doubtful pairs of their own organization, and see both records."""
    return who.role in _MAY_REVIEW


def can_review_across(who: Visitor) -> bool:
    """Whether this person answers, by the evidence alone, for pairs of two organizations of the linking circle."""
    return who.role in _MAY_REVIEW_ACROSS


def check_can_review(who: Visitor) -> None:
    """Raise NotAllowed unless the person is the organization's data steward or the hub's analyst."""
    if not can_review(who) and not can_review_across(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de réviser les fiches.", "Your role does not allow reviewing records."),
            do=Text(
                "Demander à la direction de vous nommer responsable des données.",
                "Ask the director to make you data steward.",
            ),
        )


def can_settle_labels(who: Visitor) -> bool:
    """Whether this person may say what their organization's labels mean in the common directory."""
    return who.role in {UserRole.STEWARD, UserRole.DIRECTOR}


def can_plan(who: Visitor) -> bool:
    """Whether this person may enter, open to others and remove their organization's planned dates."""
    return who.role in _MAY_DEPOSIT


def check_can_plan(who: Visitor) -> None:
    """Raise NotAllowed unless the person is the data steward or the director."""
    if not can_plan(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de changer les dates prévues.", "Your role does not allow changing plans."),
            do=Text(
                "Demander à la direction de vous nommer responsable des données.",
                "Ask the director to make you data steward.",
            ),
        )


def can_settle_directory(who: Visitor) -> bool:
    """Whether this person settles the common entries themselves, for every organization: the hub's analyst."""
    return who.role is UserRole.OPERATOR


def check_can_settle(who: Visitor) -> None:
    """Raise NotAllowed unless the person settles their organization's labels or the common entries."""
    if not can_settle_labels(who) and not can_settle_directory(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de classer.", "Your role does not allow classing."),
            do=Text(
                "Demander à la direction de vous nommer responsable des données.",
                "Ask the director to make you data steward.",
            ),
        )


def check_can_settle_directory(who: Visitor) -> None:
    """Raise NotAllowed unless the person is the hub's analyst."""
    if not can_settle_directory(who):
        raise NotAllowed(
            Text("Seul le pôle règle les fiches communes.", "Only the hub settles common entries."),
            do=Text("Le demander au pôle.", "Ask the hub."),
        )


def can_survey(who: Visitor) -> bool:
    """Whether this person may write and publish surveys, read open answers and take coded answers away."""
    return who.role in _MAY_SURVEY


def check_can_survey(who: Visitor) -> None:
    """Raise NotAllowed unless the person's role includes surveys."""
    if not can_survey(who):
        raise NotAllowed(
            Text("Votre rôle ne permet pas de préparer des sondages.", "Your role does not allow preparing surveys."),
            do=Text("Demander à la direction le rôle Analyse.", "Ask the director for the Analyst role."),
        )


def can_read_survey_results(who: Visitor) -> bool:
    """Whether this person may read what the organization's surveys say, as totals."""
    return who.role in _MAY_READ_ANSWERS


def check_can_read_survey_results(who: Visitor) -> None:
    """Raise NotAllowed for the hub: what an organization asked its publics is its own."""
    if not can_read_survey_results(who):
        raise NotAllowed(
            Text(
                "Les résultats de sondage sont à l'organisme seul.", "Survey results belong to the organization alone."
            ),
            do=Text("Les lui demander.", "Ask the organization."),
        )
