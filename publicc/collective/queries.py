"""Organizations as the pipeline sees them."""

from publicc.collective.models import Organization
from publicc.collective.profiles import OrganizationProfile, venues_of


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
    """Every organization's profile, by slug."""
    return [profile_of(organization) for organization in Organization.objects.order_by("slug")]
