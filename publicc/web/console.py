"""The hub's console: whether the installation is fit, what it keeps, what was deposited, what waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from publicc.collective.checkup import check_site
from publicc.collective.doors import for_hub
from publicc.collective.models import Seat
from publicc.intake.models import Deposit
from publicc.kernel.checkup import Checked, State
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.store.checkup import check_backup_age, check_disk, check_engine, check_snapshot, check_worker
from publicc.store.home import Home

_DEPOSITS: Final = 15
_WAITING: Final = (
    (TaskResultStatus.READY, Text("En attente", "Waiting")),
    (TaskResultStatus.RUNNING, Text("En cours", "Under way")),
    (TaskResultStatus.FAILED, Text("Échoués", "Failed")),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one part of the home takes on the disk."""

    label: Text
    octets: int


@for_hub(UserRole.OPERATOR)
@require_safe
def console(request: HttpRequest, seat: Seat) -> HttpResponse:  # noqa: ARG001 - the door hands it
    """The state of the installation on one page. Opens no vault, and tells no figure of a member."""
    home = Home.from_environment()
    checks = list(_checks(home))
    told = {
        "checks": checks,
        "to_mend": sum(one.state is State.BAD for one in checks),
        "to_see": sum(one.state is State.CAUTION for one in checks),
        "storage": list(_storage(home)),
        "deposits": Deposit.objects.select_related("organization").order_by("-brought_at")[:_DEPOSITS],
        "queue": [(label, DBTaskResult.objects.filter(status=status).count()) for status, label in _WAITING],
    }
    return render(request, "web/console.html", told)


def _checks(home: Home) -> Iterator[Checked]:
    now = timezone.now()
    yield check_snapshot(home)
    yield check_worker(home)
    yield check_backup_age(home, now=now)
    yield check_disk(home.root)
    yield check_engine()
    yield from check_site(now=now)


def _storage(home: Home) -> Iterator[Kept]:
    parts = (
        (Text("Coffres", "Vaults"), home.vaults),
        (Text("Portraits des données", "Data snapshots"), home.pool),
        (Text("Tableaux prêts à lire", "Tables ready to read"), home.rollups),
        (Text("Fichiers en attente", "Files waiting"), home.deposits),
        (Text("Diffusions", "Releases"), home.root / "releases"),
    )
    for label, folder in parts:
        yield Kept(label, _octets(folder))


def _octets(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
