"""Inviting one's own buyers: who came to what the link is about, who accepts e-mails, whom nobody asked lately.

The file goes to the organization, which writes to its buyers itself. Whose each invitation is stays sealed, and is read
only for a person who asks that their answer be tied to their purchases (`tying`).
"""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_survey, check_can_write_to_buyers
from publicc.collective.agreements import allows, check_allows
from publicc.collective.purposes import Purpose
from publicc.collective.trail import record
from publicc.harmonise.inviting import Invited, invited
from publicc.harmonise.own_buyers import COUNT_ONLY, Standing, own_buyers
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Lang, Text
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse
from publicc.surveys.actions import Actor
from publicc.surveys.invitations import MOST_AT_ONCE, signed
from publicc.surveys.models import Link
from publicc.surveys.states import LinkKind, SurveyState
from publicc.surveys.tying import keep_invitees

SINCE_DAYS: Final = (30, 90, 365)
"""How far back a link about the whole organization may look for its buyers, from the last day of the data."""
_SMALLEST: Final = 100_000_000
"""Numbers of buyers' invitations are drawn above those that are handed out in order."""
_BUYERS: Final = """
    SELECT DISTINCT purchases.buyer_id FROM purchases JOIN persons USING (buyer_id)
    WHERE purchases.ticket_status = 'VALID' AND persons.buyer_kind = 'INDIVIDUAL'
      AND purchases.starts_on BETWEEN $first AND $last
      AND ($target = '' OR purchases.show_id = $target OR purchases.performance_id = $target)
    ORDER BY 1
"""


def shares_rests(who: Visitor) -> bool:
    """Whether the organization's rests between surveys are common: it takes part in the recognition of people."""
    return allows(who.organization, Purpose.LINKAGE)


def buyers_of(who: Visitor, link: Link, since_days: int) -> list[str]:
    """The ids of those who came to what the link is about. Raises NoSnapshot before the first harmonisation."""
    home = Home.from_environment()
    as_of = current_or_refuse(home).as_of
    first = date.min if link.target else as_of - timedelta(days=since_days)
    with own_facts(home, who.scope) as facts:
        found = facts.execute(_BUYERS, {"first": first, "last": as_of, "target": link.target})
        return [str(buyer) for (buyer,) in found.fetchall()]


def standing_of(*, who: Visitor, link: Link, since_days: int) -> tuple[int, Standing]:
    """How many came, and how they stand with e-mails; nothing of who rests. Raises NotAllowed, Broken."""
    _check(who)
    buyers = buyers_of(who, link, since_days)
    return len(buyers), own_buyers(who.organization.slug, buyers, form=COUNT_ONLY, lang="fr").standing


def invite_buyers(
    *, who: Visitor, by: Actor, link: Link, since_days: int, address: Callable[[str], str], lang: Lang
) -> Invited:
    """The file of this round: a personal address for each buyer who may be asked today, marked as asked.

    `address`: from an invitation to what a person clicks. Raises NotAllowed, BadInput for a closed survey, too few
    buyers or nobody to ask today, Broken.
    """
    _check(who)
    if link.survey.state != SurveyState.OPEN or link.kind == LinkKind.IMPORT or link.is_kiosk:
        raise BadInput(
            Text("Ce lien ne prend pas d'invitations.", "This link takes no invitation."),
            do=Text("Ouvrir le sondage, choisir un lien à partager.", "Open the survey, choose a link to share."),
        )
    buyers = buyers_of(who, link, since_days)
    chosen = secrets.SystemRandom().sample(buyers, min(len(buyers), MOST_AT_ONCE))
    numbers = _numbers(len(chosen))
    addresses = {buyer: address(one) for buyer, one in zip(chosen, signed(link.survey, numbers), strict=True)}
    found = invited(who.organization.slug, addresses, together=shares_rests(who), today=timezone.localdate(), lang=lang)
    given = dict(zip(chosen, numbers, strict=True))
    with transaction.atomic():
        keep_invitees(link.survey, [(given[buyer], buyer) for buyer in found.buyers], timezone.localdate())
        record(
            action="invite_buyers", actor=by, organization=who.organization, object_id=link.survey.key,
            outcome=str(len(found.buyers)),
        )  # fmt: skip
    if not found.buyers:
        raise BadInput(
            Text("Personne ne peut être invité aujourd'hui.", "Nobody may be invited today."),
            do=Text("Revenir dans quelques semaines.", "Come back in a few weeks."),
        )
    return found


def _numbers(count: int) -> list[int]:
    """As many numbers, each once, in no order."""
    drawn: dict[int, None] = {}
    while len(drawn) < count:
        drawn[_SMALLEST + secrets.randbelow(9 * _SMALLEST)] = None
    return list(drawn)


def _check(who: Visitor) -> None:
    check_can_survey(who)
    check_can_write_to_buyers(who)
    check_allows(who.organization.slug, Purpose.SURVEYS)
