"""At whose desk a project is read: an organization that takes part, or the hub; and what may be done there."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from publicc.collective.access import Visitor
from publicc.collective.models import Membership, Organization, Project
from publicc.collective.row_wall import everyone
from publicc.kernel.errors import BadUsage, NotAllowed, NotFound
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole

Person = AbstractBaseUser | AnonymousUser
HUB: Final = "Pôle"
_WRITES: Final = (UserRole.ANALYST, UserRole.STEWARD, UserRole.DIRECTOR)
_GONE: Final = Text("Ce projet n'existe pas.", "This project does not exist.")


@dataclass(frozen=True, slots=True)
class Desk:
    """A project, who sits before it, and in whose name: `organization` None is the hub."""

    project: Project
    person: Person
    organization: Organization | None
    role: UserRole

    @property
    def name(self) -> str:
        """In whose name things are written."""
        return self.organization.name if self.organization else HUB

    @property
    def home(self) -> str:
        """The address of the project here; its parts and files lie under it."""
        if self.organization:
            return reverse("project", args=[self.organization.slug, self.project.pk])
        return reverse("hub_project", args=[self.project.pk])

    @property
    def may_write(self) -> bool:
        """Whether this person writes parts and brings files."""
        return self.project.closed_at is None and (self.is_hub or self.role in _WRITES)

    @property
    def may_approve(self) -> bool:
        """Whether this person commits their organization."""
        return self.project.closed_at is None and self.organization is not None and self.role is UserRole.DIRECTOR

    @property
    def is_hub(self) -> bool:
        """Whether the hub sits here: it gathers the document and says who takes part."""
        return self.organization is None

    def colleagues(self) -> frozenset[int]:
        """Those of one's own organization, whose addresses may be read here; of all others, only the organization."""
        if self.organization is None:
            return frozenset()
        return frozenset(Membership.objects.filter(organization=self.organization).values_list("user_id", flat=True))

    def check_may_write(self) -> None:
        """Raise BadUsage when the project is closed, NotAllowed by role."""
        if self.project.closed_at is not None:
            raise BadUsage(Text("Ce projet est clos.", "This project is closed."))
        if not self.may_write:
            raise NotAllowed(
                Text("Votre rôle permet de lire ce projet, non d'y écrire.", "Your role reads this project only."),
                do=Text("Demander à la direction le rôle Analyse.", "Ask the director for the Analyst role."),
            )


def members_desk(who: Visitor, person: Person, number: UUID) -> Desk:
    """The project as an organization that takes part. Raises NotFound when it does not, or there is none."""
    found = Project.objects.filter(pk=number, participations__organization=who.organization).first()
    if found is None:
        raise NotFound(_GONE)
    return Desk(found, person, who.organization, who.role)


def hubs_desk(person: Person, number: UUID) -> Desk:
    """The project as the hub. Raises NotFound when there is none."""
    found = Project.objects.filter(pk=number).first()
    if found is None:
        raise NotFound(_GONE)
    return Desk(found, person, None, UserRole.OPERATOR)


@everyone()  # who takes part in a project is told to those who take part
def partners(project: Project) -> list[Organization]:
    """The organizations that take part, by name."""
    return list(Organization.objects.filter(participations__project=project).order_by("name"))
