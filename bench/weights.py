"""What a screen weighs on the reader's line: its first view with every file it asks for, and a change of filter.

On the demonstration, in French, its largest organization. The first view counts the page, its style sheet and scripts,
the data of its charts and the shapes of its map, each as it is sent: pages by the site, static files as they were
collected. A change of filter counts what is repainted and the data of its charts. `PUBLICC_BENCH_HOME`: a demonstration
already built.
"""

import importlib
import os
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any, Final

import django
from django.conf import settings

from bench.pages import Browser, biggest, demonstration

BARS: Final = {"first view": 400.0, "change of filter": 40.0}
"""KB."""
PAGES: Final = ("answers", "questions/last-season", "explore", "calendar", "quality", "alerts", "reports", "deposit")
"""Pages weighed beside the screens."""
COMPRESSED: Final = {"HTTP_ACCEPT_ENCODING": "gzip, br"}
A_CHANGE: Final = {"HTTP_HX_REQUEST": "true"}


def run() -> dict[str, Any]:
    with demonstration() as home:
        os.environ |= {"PUBLICC_HOME": str(home), "PUBLICC_DEMO": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")
        django.setup()
        importlib.import_module("publicc.cli.installation").prepare()
        application = importlib.import_module("publicc.config.wsgi").application
        questions = importlib.import_module("publicc.dashboards.questions").QUESTIONS
        return weighed(Browser(application), biggest()[0], [*PAGES, *questions])


def weighed(browser: Browser, slug: str, pages: Iterable[str]) -> dict[str, Any]:
    """Page → KB of its first view and of a change of filter; then the heaviest against the bars."""
    browser.sign_in(f"direction@{slug}.example")
    told: dict[str, Any] = {}
    heaviest: dict[str, tuple[float, str]] = dict.fromkeys(BARS, (0.0, ""))
    for page in pages:
        address = f"/o/{slug}/{page}/"
        weights = {"first view": first_view(browser, address), "change of filter": change(browser, address)}
        told[page] = " · ".join(f"{name} {octets / 1000:.0f} KB" for name, octets in weights.items())
        for name, octets in weights.items():
            heaviest[name] = max(heaviest[name], (octets / 1000, page))
    for name, bar in BARS.items():
        kilobytes, page = heaviest[name]
        told[f"bar {name}"] = (
            f"{kilobytes:.0f} KB ({page}), bar {bar:.0f}: {'reached' if kilobytes < bar else 'NOT reached'}"
        )
    return told


def first_view(browser: Browser, address: str) -> int:
    """Octets of the page and of all that it makes the browser ask for, nothing held yet."""
    browser.also = {}
    page = browser.get(address)[1].decode()
    charts = charts_of(page)
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    for chart in charts:
        files |= set(re.findall(r'"url": "(/static/[^"]+)"', browser.get(chart)[1].decode()))
    return sent(browser, address, *charts) + sum(size_of(file) for file in files)


def change(browser: Browser, address: str) -> int:
    """Octets of what a change of filter repaints, the data of its charts included."""
    browser.also = A_CHANGE
    part = browser.get(address)[1].decode()
    repainted = sent(browser, address, also=A_CHANGE)
    return repainted + sent(browser, *charts_of(part))


def charts_of(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'data-chart="([^"]+)"', page)]


def sent(browser: Browser, *addresses: str, also: dict[str, str] | None = None) -> int:
    """Octets that the site sends to a browser which reads what is compressed."""
    browser.also = COMPRESSED | (also or {})
    return sum(len(browser.get(one)[1]) for one in addresses)


def size_of(file: str) -> int:
    """Octets of a static file as collected: the best of its forms."""
    path = Path(settings.STATIC_ROOT) / file.removeprefix(settings.STATIC_URL)
    forms = [path, *(form for end in (".br", ".gz") if (form := path.with_name(path.name + end)).is_file())]
    return min(form.stat().st_size for form in forms)
