"""The life of a release: close a period, approve by two, withdraw. Each step is in the trail of the hub."""

import itertools
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from publicc.collective.models import Seat
from publicc.collective.trail import record
from publicc.disclosure.policy import ReleaseRefused
from publicc.kernel.period import Period, months_before, season_period, seasons_between
from publicc.kernel.text import Text
from publicc.releases import publication
from publicc.releases.agreed import consent_today
from publicc.releases.brought import brought_within
from publicc.releases.build import build_release, is_closed
from publicc.releases.facts import granted_within
from publicc.releases.files import read_release
from publicc.releases.groups.queries import grouping_today
from publicc.releases.models import Approval, Release
from publicc.releases.policies import policy_in_force
from publicc.releases.profiled import profiling_in_force
from publicc.releases.publication import ReleaseState, folder_of, publish, read_history
from publicc.releases.signing import signer_of
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse, snapshot_folder


def closed_periods(first_on: date, last_on: date, today: date, lag_months: int) -> list[Period]:
    """Seasons and quarters of the data that ended long enough ago, the newest first."""
    until = months_before(today, lag_months)
    seasons = [season_period(year) for year in seasons_between(first_on, last_on)]
    found = [one for season in seasons for one in (season, *_quarters(season))]
    kept = [one for one in found if one.last_on <= until and one.last_on >= first_on and one.first_on <= last_on]
    return sorted(kept, key=lambda one: (one.last_on, one.days), reverse=True)


def waiting_periods(home: Home) -> list[Period]:
    """Closed periods of the current snapshot that nobody has built a release of. Raises NoSnapshot before the first."""
    manifest = current_or_refuse(home)
    first, last = manifest.pool.first_performance_on, manifest.pool.last_performance_on
    if first is None or last is None:
        return []
    lag = policy_in_force(home).money.lag_months
    built = {one.period for one in Release.objects.all()}
    return [one for one in closed_periods(first, last, manifest.as_of, lag) if one not in built]


def build_candidate(home: Home, period: Period, actor: Any = None) -> Release:  # noqa: ANN401 - the user model of the settings
    """Close a period: build, protect with all that was read, attack, sign. A candidate is built again, never once read.

    Raises ReleaseRefused when the policy is too lax, the period is not closed or was read, or an attack succeeds.
    """
    manifest = current_or_refuse(home)
    policy = policy_in_force(home)
    if not is_closed(period, manifest.as_of, policy):
        raise ReleaseRefused(
            Text("Cette période n'est pas close.", "This period is not closed."),
            do=Text("Attendre qu'elle le soit.", "Wait until it is."),
        )
    consent = consent_today(manifest.organizations)
    told = build_release(
        snapshot_folder(home, manifest.id),
        folder_of(home, period),
        policy=policy,
        period=period,
        as_of=manifest.as_of,
        signer=signer_of(home),
        history=read_history(home),
        consent=consent,
        granted=granted_within(period),
        grouping=grouping_today(),
        brought=brought_within(filter(consent.lets_compare, manifest.organizations), period),
        profiling=profiling_in_force(),
    )
    with transaction.atomic():
        release, _ = Release.objects.update_or_create(
            first_on=period.first_on,
            last_on=period.last_on,
            defaults={
                "state": ReleaseState.CANDIDATE.value,
                "certificate": told["release"],
                "shown": told["cells"]["shown"],
                "withheld": told["cells"]["withheld"],
                "attacks": told["audit"]["attacks"],
                "built_by": actor,
            },
        )
        release.approvals.all().delete()
        record(action="build_release", actor=actor, organization=None, object_id=release.certificate)
    return release


def approve(home: Home, release: Release, seat: Seat) -> Release:
    """One person's approval; the second, by somebody else, puts the release in force.

    Raises ReleaseRefused for whoever built it, for a second approval by the same person, or when it no longer waits.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release.pk)
        if release.state != ReleaseState.CANDIDATE:
            raise ReleaseRefused(
                Text("Cette publication n'est plus à approuver.", "This release no longer awaits approval.")
            )
        if not may_approve(release, seat):
            raise ReleaseRefused(
                Text("Vous avez construit cette publication.", "You built this release."),
                do=Text("Deux autres personnes l'approuvent.", "Two other people approve it."),
            )
        try:
            with transaction.atomic():
                Approval.objects.create(release=release, person=seat.user, role=seat.role)
        except IntegrityError as problem:
            raise ReleaseRefused(
                Text("Vous avez déjà approuvé cette publication.", "You have approved this release already."),
                do=Text("Une autre personne doit le faire aussi.", "Another person must do so too."),
            ) from problem
        record(action="approve_release", actor=seat.user, organization=None, object_id=release.certificate)
        given = list(release.approvals.select_related("person"))
        if len(given) >= 2:
            told = [
                publication.Approval(one.person.get_username(), one.role, one.at.date().isoformat()) for one in given
            ]
            publish(folder_of(home, release.period), told, signer=signer_of(home), on=timezone.localdate())
            release.state = ReleaseState.PUBLISHED.value
            release.save(update_fields=["state"])
            record(action="publish_release", actor=seat.user, organization=None, object_id=release.certificate)
    return release


def may_approve(release: Release, seat: Seat) -> bool:
    """Whoever asked for a release never answers for it."""
    return release.built_by_id is None or release.built_by_id != seat.user_id


def withdraw(home: Home, release: Release, seat: Seat, reason: str) -> Release:
    """Stop serving a release, with a reason. Raises ReleaseRefused when it is not in force or no reason is given."""
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release.pk)
        told = publication.withdraw(
            folder_of(home, release.period), reason[:300], signer=signer_of(home), on=timezone.localdate()
        )
        release.state, release.reason = ReleaseState.WITHDRAWN.value, told.reason
        release.save(update_fields=["state", "reason"])
        record(
            action="withdraw_release",
            actor=seat.user,
            organization=None,
            object_id=release.certificate,
            purpose=told.reason,
        )
    return release


def certificate_of(home: Home, release: Release, *, for_hub: bool = False) -> dict[str, Any]:
    """The register's entry of a release: its certificate, and in which seats people put it in force; for the hub, who.

    Raises ReleaseRefused if it was altered.
    """
    stored = read_release(folder_of(home, release.period), public_key=signer_of(home).public_key())
    told = publication.publication_of(stored)
    return {
        **stored.certificate,
        "publication": {
            "state": told.state.value,
            "on": told.on,
            "next_review_on": told.next_review_on,
            "reason": told.reason,
            "approvals": [
                ({"person": one.person} if for_hub else {}) | {"role": one.role, "on": one.on} for one in told.approvals
            ],
        },
    }


def _quarters(season: Period) -> list[Period]:
    year = season.first_on.year
    firsts = [date(year, 9, 1), date(year, 12, 1), date(year + 1, 3, 1), date(year + 1, 6, 1), date(year + 1, 9, 1)]
    return [Period(first, date.fromordinal(after.toordinal() - 1)) for first, after in itertools.pairwise(firsts)]
