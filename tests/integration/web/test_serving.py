"""The site begins where it may, says why it does not, and is not begun again in vain."""

import subprocess
import sys

import pytest

from publicc.cli.processes import REFUSED
from publicc.collective.models import Organization
from publicc.config import server

pytestmark = pytest.mark.django_db
_REFUSING = f"""
from publicc.cli.processes import Child, keep_running
told = Child("web", ["-c", "import sys; sys.exit({REFUSED})"])
print(keep_running([told]), told.falls)
"""


@pytest.fixture(autouse=True)
def _no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hook closes connections before the server forks; the test keeps its own."""
    monkeypatch.setattr(server.connections, "close_all", lambda: None)


def test_a_demonstration_never_opens_beside_a_real_organization(
    settings: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    monkeypatch.setenv("PUBLICC_LANG", "en")
    Organization.objects.create(slug="theatre-du-nord", name="Théâtre du Nord", is_demo=False)
    with pytest.raises(SystemExit) as left:
        server.on_starting(None)
    assert left.value.code == REFUSED
    assert "Demonstration mode is refused" in capsys.readouterr().err


def test_a_demonstration_tells_its_password(settings: object, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    Organization.objects.create(slug="maison-inventee", name="Maison inventée", is_demo=True)
    server.on_starting(None)
    assert "demonstration" in capsys.readouterr().err


def test_what_refuses_to_begin_is_not_begun_again() -> None:
    done = subprocess.run([sys.executable, "-c", _REFUSING], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "1 []\n"
