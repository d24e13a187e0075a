"""The trail: written in the same transaction as the action it tells of."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from publicc.collective.models import Organization, TrailEntry


def record(
    *,
    action: str,
    actor: AbstractBaseUser | AnonymousUser | None,
    organization: Organization | None,
    object_id: str = "",
    outcome: str = "done",
) -> None:
    """Add one entry. `action` is a verb and a thing (`receive_deposit`); no value, no identity, no file name."""
    TrailEntry.objects.create(
        action=action,
        actor_id=actor.pk if actor else None,
        organization=organization,
        object_id=object_id,
        outcome=outcome,
    )
