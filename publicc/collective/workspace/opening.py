"""The hub opens a project, says who takes part, closes it; and keeps where it stands with each organization."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from publicc.collective.models import Accompaniment, Organization, Participation, Project, Seat
from publicc.collective.trail import record
from publicc.collective.workspace.desk import Desk
from publicc.kernel.errors import BadInput, BadUsage
from publicc.kernel.text import Text


@transaction.atomic
def open_project(*, seat: Seat, name: str, slugs: Sequence[str]) -> Project:
    """Open a project with those who take part. Raises BadInput without a name of its own."""
    told = " ".join(name.split())
    if not 0 < len(told) <= 120:
        raise BadInput(Text("Nommer le projet, en 120 caractères au plus.", "Name the project, in 120 characters."))
    try:
        with transaction.atomic():
            made = Project.objects.create(name=told, opened_at=timezone.now())
    except IntegrityError as problem:
        raise BadInput(
            Text("Un projet porte déjà ce nom.", "A project already has this name."),
            do=Text("En choisir un autre.", "Choose another one."),
        ) from problem
    record(action="open_project", actor=seat.user, organization=None, object_id=str(made.pk))
    set_partners(project=made, seat=seat, slugs=slugs)
    return made


@transaction.atomic
def set_partners(*, project: Project, seat: Seat, slugs: Sequence[str]) -> None:
    """Say who takes part, from now on. What was written and approved stays."""
    wanted = set(Organization.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    held = set(Participation.objects.filter(project=project).values_list("organization", flat=True))
    for one in Organization.objects.filter(pk__in=wanted ^ held):
        comes = one.pk in wanted
        if comes:
            Participation.objects.create(project=project, organization=one)
        else:
            Participation.objects.filter(project=project, organization=one).delete()
        record(
            action="join_project" if comes else "leave_project",
            actor=seat.user,
            organization=one,
            object_id=str(project.pk),
        )


@transaction.atomic
def close_project(*, desk: Desk) -> None:
    """Close a project: it is read, and written no more. Raises BadUsage the second time."""
    found = Project.objects.select_for_update().get(pk=desk.project.pk)
    if found.closed_at is not None:
        raise BadUsage(Text("Ce projet est clos.", "This project is closed."))
    found.closed_at = timezone.now()
    found.save(update_fields=["closed_at"])
    record(action="close_project", actor=desk.person, organization=None, object_id=str(found.pk))


@transaction.atomic
def accompany(*, seat: Seat, organization: Organization, told: dict[str, str]) -> Accompaniment:
    """Keep the need reworded, the issues targeted, the state of integration and the next step of an organization."""
    kept, _ = Accompaniment.objects.update_or_create(
        organization=organization, defaults={**told, "by_id": seat.user_id, "at": timezone.now()}
    )
    record(action="accompany", actor=seat.user, organization=organization, object_id=organization.slug)
    return kept
