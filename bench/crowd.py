"""Fifty people clicking at once through the demonstration's screens: what each waits, beside one person alone.

The site is what `publicc serve` starts, with two web processes. Each person signs in, then goes from screen to screen
and season to season, reading a page and, as a browser does, the data of its charts; between clicks they look at the
page for two to eight seconds. What is measured is the wait for the page and for all of its charts. An answer that is
not a page stops nothing and is counted. `PUBLICC_BENCH_HOME`: a demonstration already built;
`PUBLICC_BENCH_PEOPLE` and `PUBLICC_BENCH_SECONDS`: how many, for how long.
"""

import gzip
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bench.pages import demonstration, quantile
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse

PEOPLE: Final = int(os.environ.get("PUBLICC_BENCH_PEOPLE", "50"))
SECONDS: Final = float(os.environ.get("PUBLICC_BENCH_SECONDS", "60"))
BAR: Final = 500.0
"""Milliseconds at the 95th percentile of pages."""
LOOKS: Final = (2.0, 8.0)
"""Seconds between a page and the next click."""
SCREENS: Final = (
    "answers", "season", "pace", "audiences", "segments", "habits", "territories", "non-publics", "prices", "show",
    "supply",
    "benchmarks", "questions/trends", "questions/last-season", "explore", "quality", "alerts", "deposit",
)  # fmt: skip
SEASONS: Final = ("", "?season=2018-2019", "?season=2019-2020", "?season=2025-2026")
PASSWORD: Final = "demonstration"  # noqa: S105 - of the demonstration, printed on its sign-in page


@dataclass
class Waits:
    """Milliseconds waited by everyone, and what went wrong."""

    pages: list[float] = field(default_factory=list)
    charts: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Browser:
    """A reader of an organization in a browser of their own: keeps cookies, reads what is compressed."""

    def __init__(self, address: str, slug: str) -> None:
        self.address, self.slug = address, slug
        self.opener = build_opener(HTTPCookieProcessor())

    def sign_in(self) -> None:
        """By the form, as a person does."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.read("/account/login/"))
        form = {"login": f"lecture@{self.slug}.example", "password": PASSWORD}
        form["csrfmiddlewaretoken"] = token[1] if token else ""
        page = self.read("/account/login/", urlencode(form).encode())
        if f'href="/o/{self.slug}/' not in page:
            raise SystemExit(f"sign-in at {self.slug} refused")

    def read(self, address: str, form: bytes | None = None) -> str:
        """The body of an answer. Raises URLError for none, HTTPError for one that is not a page."""
        said = {"Accept-Language": "fr", "Accept-Encoding": "gzip", "Referer": f"{self.address}/account/login/"}
        asked = Request(f"{self.address}{address}", data=form, headers=said)  # noqa: S310 - the site of this bench
        with self.opener.open(asked, timeout=60) as answer:
            body: bytes = answer.read()
            packed = answer.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(body) if packed else body).decode()


def run() -> dict[str, Any]:
    with demonstration() as home, served(home) as address:
        slugs = sorted(current_or_refuse(Home(home)).organizations)
        people = [Browser(address, slugs[at % len(slugs)]) for at in range(PEOPLE)]
        for browser in people:
            browser.sign_in()
        for browser in {one.slug: one for one in people}.values():
            look_once(browser)
        alone, together = clicking(people[:1], SECONDS / 2), clicking(people, SECONDS)
    return told(alone, together)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of the site of that home folder, until the end of the measure."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    environment = os.environ | {"PUBLICC_HOME": str(home), "PUBLICC_DEMO": "1", "PUBLICC_PORT": str(port)}
    words = [sys.executable, "-m", "publicc", "serve", "--processes", "2", "--no-worker"]
    server = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        ready(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def ready(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise SystemExit("the site stopped before it was ready")
        try:
            Browser(address, "").read("/health/")
        except URLError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the site is not ready after two minutes")


def look_once(browser: Browser) -> None:
    """Each screen once, before anything is measured: the site has run for a while when fifty people come."""
    for screen in SCREENS:
        browser.read(f"/o/{browser.slug}/{screen}/")


def clicking(people: Sequence[Browser], seconds: float) -> Waits:
    """Everyone clicks for that long."""
    waits, until = Waits(), time.monotonic() + seconds
    everyone = [
        threading.Thread(target=visit, args=(browser, at / len(people), until, waits))
        for at, browser in enumerate(people)
    ]
    for one in everyone:
        one.start()
    for one in everyone:
        one.join()
    return waits


def visit(browser: Browser, place: float, until: float, waits: Waits) -> None:
    """One person's clicks. `place`: 0 to 1, among those who arrive one after the other."""
    chance = random.Random(place)
    time.sleep(place * LOOKS[1])
    while time.monotonic() < until:
        page = asked(
            browser, f"/o/{browser.slug}/{chance.choice(SCREENS)}/{chance.choice(SEASONS)}", waits.pages, waits
        )
        for chart in re.findall(r'data-chart="([^"]+)"', page):
            asked(browser, unescape(chart), waits.charts, waits)
        time.sleep(chance.uniform(*LOOKS))


def asked(browser: Browser, address: str, took: list[float], waits: Waits) -> str:
    """The body of an answer; its wait is kept, or what is wrong with it."""
    begun = time.perf_counter()
    try:
        body = browser.read(address)
    except HTTPError as problem:
        waits.errors.append(f"{address}: {problem.code}")
        return ""
    except OSError as problem:
        waits.errors.append(f"{address}: {type(problem).__name__}")
        return ""
    took.append((time.perf_counter() - begun) * 1000)
    return body


def told(alone: Waits, together: Waits) -> dict[str, Any]:
    if not (alone.pages and together.pages):
        raise SystemExit("nobody had the time to read a page: give a longer PUBLICC_BENCH_SECONDS")
    p95, p95_alone = quantile(together.pages, 0.95), quantile(alone.pages, 0.95)
    reached = p95 < BAR and not together.errors
    return {
        "people": PEOPLE,
        "load": round(os.getloadavg()[0], 1),
        "pages, one person": said(alone.pages),
        "pages, everyone": said(together.pages),
        "charts, everyone": said(together.charts),
        "pages a second": round(len(together.pages) / SECONDS, 1),
        "errors": len(together.errors),
        **({"first errors": "; ".join(together.errors[:3])} if together.errors else {}),
        "ratio of p95": f"{p95 / p95_alone:.1f} times one person's",
        "bar": f"p95 {p95:.0f} ms, bar {BAR:.0f}, no error: {'reached' if reached else 'NOT reached'}",
    }


def said(waits: list[float]) -> str:
    if not waits:
        return "none"
    p50, p95 = quantile(waits, 0.5), quantile(waits, 0.95)
    return f"p50 {p50:.0f} · p95 {p95:.0f} · max {max(waits):.0f} ms, n {len(waits)}"
