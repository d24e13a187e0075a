"""A real installation: `publicc serve` with its worker, on a port of its own, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

CHECKOUT = Path(__file__).parents[2]
PASSWORD = "une phrase longue pour les essais"  # noqa: S105 - of an installation that lives a minute
SLUG = "theatre-du-nord"


@dataclass(frozen=True)
class Site:
    """A running installation, begun with one organization and its director."""

    address: str
    home: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "publicc", *arguments], env=self.environment, check=True, capture_output=True
        )

    def open_house(self, name: str, slug: str) -> str:
        """Another organization with its director: what one test leaves behind, another never sees."""
        self.run("account", "organization", name, "--territory", "montreal")
        self.run("account", "member", slug, director_of(slug), "--role", "DIRECTOR", "--password", PASSWORD)
        signed = ("--signatory", "Ana Roy", "--title", "Directrice", "--on", "2026-09-01")
        self.run("account", "agreement", slug, *signed)
        return slug


def director_of(slug: str) -> str:
    return f"direction@{slug}.example"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home, port = tmp_path_factory.mktemp("site"), free_port()
    kept = {name: value for name, value in os.environ.items() if name not in {"PUBLICC_TESTING", "DATABASE_URL"}}
    environment = kept | {
        "PUBLICC_HOME": str(home),
        "PUBLICC_PORT": str(port),
        "PUBLICC_LANG": "fr",
        "PYTHONPATH": str(CHECKOUT),
    }
    made = Site(f"http://127.0.0.1:{port}", home, environment)
    made.open_house("Théâtre du Nord", SLUG)
    server = subprocess.Popen([sys.executable, "-m", "publicc", "serve"], env=environment)
    try:
        wait_until_ready(made.address, server)
        yield made
    finally:
        server.terminate()
        server.wait(30)


def wait_until_ready(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError("the site stopped before it was ready")
        try:
            with closing(HTTPConnection(address.removeprefix("http://"), timeout=5)) as connection:
                connection.request("GET", "/health/")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the site is not ready after two minutes")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file: while it is open its event loop stands in the way of what else the process would do."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("BROWSER NOT TESTED: no program named chromium (make system)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@dataclass
class Visit:
    """A person's browser: the page, and everything it complained about."""

    page: Page
    complaints: list[str]

    def expect_pair(self, selector: str) -> None:
        """The next pair stands there and answers to keys: what listens to them is loaded after it is painted."""
        expect(self.page.locator(selector)).to_be_visible()
        self.page.wait_for_load_state()

    def check_everywhere(self, *rooms: tuple[str, int]) -> None:
        """The page as it stands in each theme and width given, its charts drawn."""
        for theme, width in rooms:
            self.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.locator("[data-chart]:not([data-drawn])").first.wait_for(state="detached")
            self.check_accessible()

    def check_accessible(self) -> None:
        """axe finds nothing, nothing is wider than the window, and the browser has no complaint."""
        found = Axe().run(self.page).response["violations"]
        told = [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]
        assert told == [], self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), self.page.url
        assert self.complaints == [], self.page.url


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    opened: list[BrowserContext] = []

    def begin(lang: str = "fr", theme: str = "light", width: int = 1280) -> Visit:
        context = browser.new_context(
            locale=f"{lang}-CA",
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",  # colours that still glide to the other theme would be judged half-way
        )
        opened.append(context)
        page = context.new_page()
        visit = Visit(page, [])

        def hear(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                visit.complaints.append(message.text)

        page.on("console", hear)
        page.on("pageerror", lambda problem: visit.complaints.append(str(problem)))
        return visit

    yield begin
    for context in opened:
        context.close()


@pytest.fixture
def signed_in(site: Site, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """The browser of an organization's director, on the first page after sign-in."""

    def begin(lang: str = "fr", slug: str = SLUG) -> Visit:
        person = visit(lang)
        person.page.goto(f"{site.address}/account/login/")
        person.page.fill("#id_login", director_of(slug))
        person.page.fill("#id_password", PASSWORD)
        person.page.click("main button[type=submit]")
        person.page.wait_for_url(f"{site.address}/o/{slug}/**")
        return person

    return begin
