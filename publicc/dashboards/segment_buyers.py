"""Writing to the buyers of a segment: who they are is read from own rows, their e-mails from the vault by consent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from publicc.collective.access import Visitor, check_can_write_to_buyers
from publicc.collective.trail import record
from publicc.dashboards.known import own_source
from publicc.harmonise.own_buyers import COUNT_ONLY, OwnBuyers, own_buyers
from publicc.kernel.errors import NotFound
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import Parcours
from publicc.metrics.labels import labels
from publicc.metrics.members import buyers_in, segment_sizes
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse

PARCOURS, PROFILE = "parcours", "profile"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of an axis, and how many buyers it has on the day of the data."""

    axis: str
    code: str
    label: Text
    buyers: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.axis}:{self.code}"


@dataclass(frozen=True, slots=True)
class Axis:
    """One way of telling buyers apart, with its segments that have anyone in them."""

    label: Text
    segments: tuple[Segment, ...]


def axes_of(who: Visitor) -> tuple[Axis, ...]:
    """Every axis with its segments. Raises NoSnapshot before the first harmonisation."""
    home = Home.from_environment()
    manifest = current_or_refuse(home)
    with own_source(home, who.scope, manifest.id, manifest.as_of) as (source, _):
        sizes = {axis: segment_sizes(source, who.scope, axis, manifest.as_of) for axis in (PARCOURS, PROFILE)}
        codes = list(sizes[PROFILE])
        profiles = dict(sorted(labels(source.connection, PROFILE, codes, who.scope).items())) if codes else {}
    told = (
        Axis(Text("Parcours", "Parcours"), _segments(PARCOURS, _LABELS, sizes[PARCOURS])),
        Axis(Text("Profils", "Profiles"), _segments(PROFILE, profiles, sizes[PROFILE])),
    )
    return tuple(axis for axis in told if axis.segments)


_LABELS: Final[Mapping[str, Text]] = {one.value: one.label for one in Parcours}


def _segments(axis: str, labels: Mapping[str, Text], sizes: Mapping[str, int]) -> tuple[Segment, ...]:
    return tuple(Segment(axis, code, label, sizes[code]) for code, label in labels.items() if sizes.get(code))


def segment_of(axes: tuple[Axis, ...], key: str) -> Segment:
    """The segment that a form names. Raises NotFound."""
    for axis in axes:
        for one in axis.segments:
            if one.key == key:
                return one
    raise NotFound(
        Text("Ce segment n'existe pas, ou n'a personne.", "There is no such segment, or nobody is in it."),
        do=Text("Choisir dans la liste.", "Choose in the list."),
    )


def standing_with_emails(*, who: Visitor, segment: Segment) -> OwnBuyers:
    """How many of a segment accept e-mails, and why the others are left out. Raises NotAllowed, Broken."""
    check_can_write_to_buyers(who)
    return own_buyers(who.organization.slug, _ids(who, segment), form=COUNT_ONLY, lang="fr")


def emails_of(
    *, who: Visitor, by: AbstractBaseUser | AnonymousUser, segment: Segment, form: str, lang: Lang
) -> OwnBuyers:
    """The file of those who accept e-mails; told in the trail, with how many, before it leaves.

    Raises NotAllowed, NotFound for no such form, Broken.
    """
    check_can_write_to_buyers(who)
    found = own_buyers(who.organization.slug, _ids(who, segment), form=form, lang=lang)
    record(
        action="export_segment_buyers",
        actor=by if isinstance(by, AbstractBaseUser) else None,
        organization=who.organization,
        object_id=f"{segment.key}.{form}",
        outcome=f"{found.standing.addresses}/{segment.buyers}",
    )
    return found


def _ids(who: Visitor, segment: Segment) -> list[str]:
    home = Home.from_environment()
    manifest = current_or_refuse(home)
    with own_source(home, who.scope, manifest.id, manifest.as_of) as (source, _):
        return buyers_in(source.connection, who.scope, axis=segment.axis, code=segment.code, as_of=manifest.as_of)
