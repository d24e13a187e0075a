"""Organizations as the pipeline sees them."""

from dataclasses import replace

from publicc.collective.agreements import allowing, lasting
from publicc.collective.models import Organization
from publicc.collective.profiles import OrganizationProfile, venues_of
from publicc.collective.purposes import Purpose


def profile_of(organization: Organization) -> OrganizationProfile:
    """One organization's profile."""
    return OrganizationProfile(
        slug=organization.slug,
        name=organization.name,
        time_zone=organization.time_zone,
        territory=organization.territory,
        size=organization.size,
        disciplines=tuple(organization.disciplines),
        links_across=organization.links_across,
        local_territory=organization.local_territory or None,
        venues=venues_of(organization.venues),
    )


def profiles() -> list[OrganizationProfile]:
    """The profile of every organization that allows its rows to be counted today, by slug: who is harmonised."""
    linked = {right.organization_id for right in lasting(Purpose.LINKAGE)}
    return [
        replace(profile_of(one), links_across=one.links_across and one.pk in linked)
        for one in allowing(Purpose.OWN_DASHBOARD)
    ]


def apart() -> frozenset[str]:
    """Slugs of the organizations that the hub knows and may not harmonise today: no agreement holds, or no right."""
    return frozenset(Organization.objects.values_list("slug", flat=True)) - {one.slug for one in profiles()}
