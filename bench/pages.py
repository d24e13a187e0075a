"""Server time and weight of the demonstration's pages: every screen, two languages, many filters, cold then warm.

Through the real WSGI application, signed in as a member. Cold: the first request of a combination of filters, nothing
of it kept. Warm: the same address again, in the other language too. `PUBLICC_BENCH_HOME`: a demonstration already
built, so that it is not built again.
"""

import gzip
import importlib
import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from itertools import product
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import django
import threadpoolctl
from django.conf import settings
from django.core.cache import caches

from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse

BARS: Final = {"cold": 150.0, "warm": 150.0}
"""Milliseconds at the 95th percentile: issue of the demonstration's pages."""
WEIGHT_BAR_KB: Final = 400.0
COMBINATIONS: Final = int(os.environ.get("PUBLICC_BENCH_COMBINATIONS", "16"))
ORGANIZATIONS: Final = int(os.environ.get("PUBLICC_BENCH_ORGANIZATIONS", "3"))
QUALITY: Final = "quality"
"""The screen that has no filters, beside those of `dashboards.showing`."""
LANGUAGES: Final = ("fr-ca", "en-ca")


@dataclass(frozen=True, slots=True, order=True)
class Took:
    """Milliseconds of one answer: on the clock, and of the processor (which other programs do not lengthen)."""

    clock: float
    processor: float


def run() -> dict[str, Any]:
    with demonstration() as home:
        os.environ |= {"PUBLICC_HOME": str(home), "PUBLICC_DEMO": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")
        threadpoolctl.threadpool_limits(limits=1, user_api="blas")  # as the web server
        django.setup()
        importlib.import_module("publicc.cli.installation").prepare()
        application = importlib.import_module("publicc.config.wsgi").application
        return {"load": round(os.getloadavg()[0], 1), **measured(application)}


@contextmanager
def demonstration() -> Iterator[Path]:
    """The home folder of a demonstration: one that is there, or a new one for the time of the measure."""
    given = os.environ.get("PUBLICC_BENCH_HOME")
    if given:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        exports = home / "demonstration"
        environment = os.environ | {"PUBLICC_HOME": str(home), "PUBLICC_DEMO": "1"}
        for words in (("build", "--customers", "24000", "--out", str(exports)), ("install", "--from", str(exports))):
            subprocess.run(
                [sys.executable, "-m", "publicc", "demo", *words],
                check=True,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        yield home


def measured(application: Any) -> dict[str, Any]:  # noqa: ANN401
    """Times by screen and temperature, p50, p95 and max in ms; weight of the heaviest page, compressed."""
    times: defaultdict[str, list[Took]] = defaultdict(list)
    weights: defaultdict[str, list[float]] = defaultdict(list)
    slowest: dict[str, tuple[Took, str]] = {}
    for slug in biggest():
        browser = Browser(application)
        browser.sign_in(f"direction@{slug}.example")
        caches["screens"].clear()
        for screen in (*screens(), QUALITY):
            browser.get(f"/o/{slug}/{screen}/")  # the process itself warms up: templates, choices of the filters
        caches["screens"].clear()
        for place, (screen, query) in enumerate(asked(browser, slug)):
            address = f"/o/{slug}/{screen}/{query}"
            for temperature, language in zip(("cold", "warm", "warm"), (place, place, place + 1), strict=True):
                browser.language = LANGUAGES[language % 2]
                took, page = browser.timed(address)
                key = f"{screen} {temperature}"
                times[key].append(took)
                times[temperature].append(took)
                slowest[temperature] = max(slowest.get(temperature, (took, "")), (took, address))
            weights[screen].append(len(gzip.compress(page, 6)) / 1000)
    told = {key: said(took) for key, took in sorted(times.items())}
    for temperature, bar in BARS.items():
        p95 = quantile([one.clock for one in times[temperature]], 0.95)
        worst, address = slowest[temperature]
        told[f"bar {temperature}"] = f"p95 {p95:.0f} ms, bar {bar:.0f}: {'reached' if p95 <= bar else 'NOT reached'}"
        told[f"slowest {temperature}"] = f"{worst.clock:.0f} ms {address}"
    for screen, kilobytes in weights.items():
        told[f"{screen} page"] = f"at most {max(kilobytes):.0f} KB compressed, bar {WEIGHT_BAR_KB:.0f} with its files"
    return told


def said(took: list[Took]) -> str:
    """Median, 95th percentile and greatest, in ms; the processor's beside them."""
    clock, processor = [one.clock for one in took], [one.processor for one in took]
    return (
        f"p50 {quantile(clock, 0.5):.0f} · p95 {quantile(clock, 0.95):.0f} · max {max(clock):.0f} ms, n {len(took)}"
        f" (processor p50 {quantile(processor, 0.5):.0f} · p95 {quantile(processor, 0.95):.0f})"
    )


def quantile(values: list[float], share: float) -> float:
    """The value under which that share lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def screens() -> list[str]:
    """Every screen that takes filters."""
    return list(importlib.import_module("publicc.dashboards.showing").SCREENS)


def biggest() -> list[str]:
    """Organizations with most tickets, the least last."""
    counts = current_or_refuse(Home.from_environment()).organizations
    ordered = sorted(counts, key=lambda slug: -counts[slug].tickets)
    return [*ordered[: ORGANIZATIONS - 1], ordered[-1]]


def asked(browser: "Browser", slug: str) -> Iterator[tuple[str, str]]:
    """Screens and the queries of their filters: each filter alone, then pairs, spread over the seasons."""
    page = browser.get(f"/o/{slug}/season/")[1].decode()
    options = {
        unescape(name): [unescape(value) for value in re.findall(r'<option value="([^"]+)"', body)]
        for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    }
    seasons = options.pop("season", [])
    alone = [{name: value} for name, values in options.items() for value in values]
    pairs = [one | other for one, other in product(alone, alone) if next(iter(one)) < next(iter(other))]
    every = [{}, *alone[:: max(1, len(alone) // 6)], *pairs[:: max(1, len(pairs) // 8)]]
    for place, filters in enumerate(every[:COMBINATIONS]):
        query = {"season": seasons[place % len(seasons)]} | filters if seasons else filters
        for screen in screens():
            yield screen, f"?{urlencode(query)}"
    yield QUALITY, ""


class Browser:
    """A person who signed in: keeps cookies, times answers."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application
        self.cookies: dict[str, str] = {}
        self.language = LANGUAGES[0]
        self.also: dict[str, str] = {}
        """More of what the browser says of itself, as WSGI names it."""

    def sign_in(self, email: str) -> None:
        """Sign in as a member of the demonstration would, by the form."""
        page = self.get("/account/login/")[1].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"login": email, "password": "demonstration", "csrfmiddlewaretoken": token[1] if token else ""}
        status, _ = self.ask("POST", "/account/login/", urlencode(form).encode())
        if not status.startswith("302"):
            raise SystemExit(f"sign-in of {email} refused: {status}")

    def get(self, address: str) -> tuple[str, bytes]:
        """Status and body."""
        return self.ask("GET", address)

    def timed(self, address: str) -> "tuple[Took, bytes]":
        """Milliseconds from the request to the last byte, and the body. Anything but a page stops the measure."""
        begun, worked = time.perf_counter(), time.process_time()
        status, body = self.get(address)
        took = Took((time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000)
        if not status.startswith("200"):
            raise SystemExit(f"{address}: {status}")
        return took, body

    def ask(self, method: str, address: str, form: bytes = b"") -> tuple[str, bytes]:
        """One request through the application."""
        path, _, query = address.partition("?")
        said: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            said["status"] = status
            for name, value in headers:
                if name.lower() == "set-cookie":
                    self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}

        cookies = self.cookies | {settings.LANGUAGE_COOKIE_NAME: self.language}
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(form)),
            "wsgi.input": io.BytesIO(form),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **self.also,
        }
        answered = self.application(environ, start)
        try:
            body = b"".join(answered)
        finally:
            answered.close()
        return said["status"], body
