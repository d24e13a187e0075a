"""What is known of groups that members asked for: by the member, by a release, by its pages."""

from collections.abc import Iterable

from publicc.collective.agreements import allowing
from publicc.collective.models import Organization
from publicc.collective.purposes import Purpose
from publicc.releases.catalogue import OwnGroup
from publicc.releases.grouping import AskedGroup, Grouping
from publicc.releases.groups.states import GroupState
from publicc.releases.models import PeerGroup


def grouping_today() -> Grouping:
    """Who counts as one, and the groups that are allowed, the first asked first."""
    allowed = PeerGroup.objects.filter(state=GroupState.ALLOWED.value, organization__in=allowing(Purpose.COMPARISONS))
    asked = allowed.order_by("asked_at", "id").values_list("id", "organization__slug", "members")
    return Grouping(
        legal_groups(), tuple(AskedGroup(str(one), viewer, frozenset(members)) for one, viewer, members in asked)
    )


def legal_groups() -> dict[str, str]:
    """Organization → the legal group that it belongs to, where the hub was told of one."""
    return dict(Organization.objects.exclude(legal_group="").order_by("slug").values_list("slug", "legal_group"))


def of_one_legal_group(slug: str) -> list[str]:
    """The organizations that are one asker with this one: those of its legal group, or itself alone."""
    legal = legal_groups()
    own = legal.get(slug)
    return sorted(one for one, told in legal.items() if told == own) if own else [slug]


def groups_of(slug: str) -> tuple[OwnGroup, ...]:
    """The groups that an organization asked for and may read."""
    found = PeerGroup.objects.filter(organization__slug=slug, state=GroupState.ALLOWED.value)
    return _as_read(found.order_by("name", "id"))


def _as_read(found: Iterable[PeerGroup]) -> tuple[OwnGroup, ...]:
    return tuple(OwnGroup(str(one.pk), one.name, frozenset(one.members)) for one in found)
