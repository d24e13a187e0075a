"""Which members have deposited something, and which the current snapshot holds: what the page of members asks."""

from publicc.intake.models import Deposit
from publicc.intake.states import DepositState
from publicc.kernel.errors import Broken
from publicc.store.home import Home
from publicc.store.snapshots import current


def members_progress() -> tuple[set[str], set[str]]:
    """Slugs of the organizations with an accepted deposit, and of those that the current snapshot holds."""
    accepted = Deposit.objects.filter(state=DepositState.ACCEPTED).order_by().distinct()
    try:
        held = current(Home.from_environment())
    except Broken:
        held = None
    return set(accepted.values_list("organization__slug", flat=True)), set(held.organizations) if held else set()
