"""The logo and colour of an organization's documents: read, changed."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from publicc.collective.access import Visitor, check_can_deposit
from publicc.collective.trail import record
from publicc.reports.letterhead import PLAIN, Letterhead, read_colour, read_logo
from publicc.reports.models import Style


def letterhead_of(slug: str) -> Letterhead:
    """What the documents of an organization look like; the plain look until it chose one."""
    style = Style.objects.filter(organization__slug=slug).first()
    return Letterhead(style.colour, bytes(style.logo)) if style else PLAIN


@transaction.atomic
def choose_style(
    *, who: Visitor, by: AbstractBaseUser | AnonymousUser, colour: str, logo: bytes | None, without_logo: bool
) -> None:
    """Change the colour, and the logo when one is given or taken away. Raises BadInput, NotAllowed."""
    check_can_deposit(who)
    chosen: dict[str, object] = {"colour": read_colour(colour)}
    if logo:
        chosen["logo"] = read_logo(logo)
    elif without_logo:
        chosen["logo"] = b""
    Style.objects.update_or_create(organization=who.organization, defaults=chosen)
    record(action="choose_report_style", actor=by, organization=who.organization)
