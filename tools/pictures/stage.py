"""A copy of the demonstration with what a visit never shows at once: an empty organization, deposits in every state."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Page

CHECKOUT = Path(__file__).parents[2]
FULL, EMPTY, BUSY = "theatre-du-grand-hunier", "compagnie-des-premiers-pas", "opera-du-levant"
DIRECTOR = f"direction@{FULL}.example"
READER = f"lecture@{FULL}.example"
PASSWORD = "demonstration"  # noqa: S105 - of the demonstration, printed on its sign-in page
WORKER_BEGINS = 5
_ROWS = """\
from publicc.collective.actions import give_role
from publicc.collective.models import Organization
from publicc.kernel.vocabulary import UserRole
Organization.objects.get_or_create(slug="{empty}", defaults=dict(name="Compagnie des premiers pas", is_demo=True))
for slug in ("{empty}", "{busy}"):
    give_role(slug, "{director}", UserRole.DIRECTOR, password="")
"""
_BUSY = """\
from django.utils import timezone
from publicc.collective.models import Organization
from publicc.intake.models import Deposit
busy = Organization.objects.get(slug="{busy}")
Deposit.objects.create(
    organization=busy, state="RECEIVING", octets=48_300_000, file_names=["ventes_2018-2019.csv", "clients.csv"],
    step={{"fr": "Écriture des billets au coffre", "en": "Writing tickets to the vault"}},
    step_done=184_000, step_total=312_500, step_began_at=timezone.now(),
)
"""
"""A deposit under way, written once the worker has begun: it takes up again what it finds unfinished."""


@dataclass(frozen=True)
class Stage:
    """A site that runs on a copy, so that nothing done to it is ever seen again."""

    address: str
    home: Path
    log: Path


@contextmanager
def stage(home: Path) -> Iterator[Stage]:
    """Serve a copy of `home`, a demonstration already installed; remove it afterwards."""
    if not (home / "control.sqlite3").is_file():
        raise SystemExit(f"no demonstration in {home}: run make demo once, or give --home")
    with tempfile.TemporaryDirectory(prefix="publicc-stage-") as kept:
        copy = Path(kept) / "home"
        shutil.copytree(home, copy, ignore=shutil.ignore_patterns("demonstration", "prepared", "static", "screens"))
        port = _free_port()
        environment = os.environ | {
            "PUBLICC_HOME": str(copy),
            "PUBLICC_DEMO": "1",
            "PUBLICC_PORT": str(port),
            "PYTHONPATH": str(CHECKOUT),
            "DJANGO_SETTINGS_MODULE": "publicc.config.settings",
        }
        _django(environment, "migrate", "--verbosity", "0")
        _django(environment, "shell", "--verbosity", "0", "-c", _ROWS.format(empty=EMPTY, busy=BUSY, director=DIRECTOR))
        log = Path(kept) / "server.log"
        with log.open("wb") as written:
            server = subprocess.Popen([sys.executable, "-m", "publicc", "serve"], env=environment, stderr=written)
        try:
            site = Stage(f"http://127.0.0.1:{port}", copy, log)
            _wait(site.address, server)
            time.sleep(WORKER_BEGINS)
            _django(environment, "shell", "--verbosity", "0", "-c", _BUSY.format(busy=BUSY))
            yield site
        finally:
            server.terminate()
            server.wait(30)


def _django(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "django", *arguments], env=environment, check=True)


def break_facts(site: Stage) -> None:
    """Make the next figure fail, to see what a reader is told then."""
    for kept in (site.home / "cache" / "screens").glob("*"):
        kept.unlink()
    for manifest in (site.home / "pool").rglob("snapshot.json"):
        manifest.write_text("broken")


def bring(page: Page, site: Stage, name: str, content: bytes) -> str:
    """Deposit one file and wait until it has been read; the address of the deposit."""
    page.goto(f"{site.address}/o/{FULL}/deposit/")
    page.set_input_files("#files", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("form.drop button[type=submit]").click()
    page.wait_for_url("**/deposit/*-*/")
    page.wait_for_selector("[hx-get*=progress]", state="detached", timeout=120_000)
    return page.url


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise SystemExit("the site stopped before it was ready")
        try:
            with closing(HTTPConnection(address.removeprefix("http://"), timeout=5)) as connection:
                connection.request("GET", "/health/")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the site is not ready after two minutes")
