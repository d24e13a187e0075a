"""Carrying a departure out: destroy, make the pool again, count what is left, sign, close. Run again, it finishes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from publicc.collective.actions import close_organization
from publicc.collective.departures import asked_by
from publicc.collective.models import Departure, Organization
from publicc.collective.profiles import OrganizationProfile
from publicc.collective.queries import apart, profiles
from publicc.collective.states import DepartureState
from publicc.collective.trail import record
from publicc.directory.queries import common_codes
from publicc.disclosure.seal import sealed
from publicc.harmonise.leaving import Certificate, leave_pool
from publicc.kernel.errors import BadUsage, NotFound
from publicc.kernel.text import Text
from publicc.releases.departing.proof import backups_told, exported_at
from publicc.releases.departing.remains import empty_caches, remains_of
from publicc.releases.models import Release
from publicc.releases.publication import ReleaseState
from publicc.releases.signing import signer_of
from publicc.store.held import vault_file
from publicc.store.home import Home
from publicc.store.keys import KeyRing
from publicc.store.snapshots import current


def start(departure: Departure, *, by: Any) -> None:  # noqa: ANN401 - whoever is signed in
    """Have the worker carry out a departure that was asked for. Raises BadUsage for any other."""
    moved = Departure.objects.filter(pk=departure.pk, state=DepartureState.ASKED).update(
        state=DepartureState.CARRIED_OUT, carried_out_by_id=by.pk
    )
    if not moved:
        raise BadUsage(Text("Ce départ n'attend plus.", "This exit is no longer waiting."))
    record(action="carry_out_departure", actor=by, organization=departure.organization, object_id=str(departure.pk))
    transaction.on_commit(lambda: carry_out.enqueue(str(departure.pk)))


@task()
def carry_out(number: str) -> None:
    """The work of a departure, in the background."""
    departure = Departure.objects.filter(pk=number, state=DepartureState.CARRIED_OUT).first()
    if departure is not None:
        depart(departure)
        import_string(settings.AFTER_REBUILD_TASK).enqueue()


def depart(departure: Departure) -> Certificate:
    """Destroy everything of the organization, then write and sign the proof of what is left: nothing."""
    home = Home.from_environment()
    ring, slug, at = KeyRing.open(home), departure.slug, timezone.now()
    held, exported = departure.proof.get("held") or _held(home, slug), exported_at(departure)
    Departure.objects.filter(pk=departure.pk).update(proof={"held": held})
    itself = [OrganizationProfile(slug, departure.name)] if Organization.objects.filter(slug=slug).exists() else []
    certificate = leave_pool(
        home, ring, slug, [*profiles(), *itself],
        at=at, tables=import_string(settings.ROLLUP_TABLES)(), common=common_codes(), apart=apart() - {slug},
    )  # fmt: skip
    empty_caches()
    _prove(departure, home, ring, certificate, {"held": held, "exported_at": _told(exported)})
    return certificate


def depart_now(slug: str) -> Certificate:
    """Carry a departure out at once, from the hub's command; the one that was asked for, when there is one.

    Raises NotFound for a name that nothing here is called by.
    """
    organization = Organization.objects.filter(slug=slug).first()
    found = asked_by(organization) if organization else None
    name = organization.name if organization else slug
    departure = found or Departure.objects.create(
        organization=organization, name=name, slug=slug, asked_at=timezone.now(), state=DepartureState.CARRIED_OUT
    )
    try:
        return depart(departure)
    except NotFound:
        departure.delete()
        raise


@transaction.atomic
def _prove(  # noqa: PLR0917
    departure: Departure, home: Home, ring: KeyRing, certificate: Certificate, known: dict[str, Any]
) -> None:
    organization = Organization.objects.filter(slug=departure.slug).first()
    record(action="prove_departure", actor=None, organization=organization, object_id=str(departure.pk))
    close_organization(departure.slug)
    done = timezone.now()
    told = {
        "proof": str(departure.pk),
        "organization": departure.name,
        "slug": departure.slug,
        "asked_at": _told(departure.asked_at),
        "done_at": _told(done),
        **known,
        "left": remains_of(home, ring, departure.slug),
        "snapshots_removed": list(certificate.snapshots_removed),
        "backups": backups_told(home, done),
        "figures": {
            "snapshot": certificate.snapshot_now,
            "releases": Release.objects.filter(state=ReleaseState.PUBLISHED.value).count(),
        },
    }
    departure.refresh_from_db()
    departure.proof = sealed(told, signer_of(home))
    departure.state, departure.done_at = DepartureState.DONE.value, done
    departure.save(update_fields=["proof", "state", "done_at"])


def _held(home: Home, slug: str) -> dict[str, int]:
    found, file = current(home), vault_file(home, slug)
    counted = found.organizations.get(slug) if found else None
    names = ("customers", "persons", "tickets", "performances")
    told = {name: int(getattr(counted, name)) if counted else 0 for name in names}
    return told | {"octets": file.stat().st_size if file.is_file() else 0}


def _told(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
