"""A season review in each form, first time and again, then a hundred monthly reports; processor seconds.

The review is of the demonstration's largest organization: again, its drawings are kept. The monthly reports are season
reviews over one month as PDF, of every organization in turn, a month each round, nothing kept from one to the next.
`PUBLICC_BENCH_HOME`: a demonstration already built, so that it is not built again; `PUBLICC_BENCH_MONTHLY`: how many.
"""

import importlib
import os
import time
from datetime import date
from typing import Any, Final

import django

from bench.pages import biggest, demonstration
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse

BARS: Final = {"pdf": 3.0, "pptx": 3.0, "xlsx": 2.0}
"""Seconds, warm."""
SEASON: Final = {"season": ["2018-2019"]}
MONTHLY: Final = int(os.environ.get("PUBLICC_BENCH_MONTHLY", "100"))
MONTHLY_BAR: Final = 360.0
"""Seconds for a hundred, on two cores: held here on one."""


def run() -> dict[str, Any]:
    with demonstration() as home:
        os.environ |= {"PUBLICC_HOME": str(home), "PUBLICC_DEMO": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")
        django.setup()
        importlib.import_module("publicc.cli.installation").prepare_database()
        making = importlib.import_module("publicc.reports.making")
        return {"load": round(os.getloadavg()[0], 1), **measured(making), **monthly(making)}


def measured(making: Any) -> dict[str, Any]:  # noqa: ANN401
    slug = biggest()[0]
    scope = making.OwnRows(slug)
    plain = importlib.import_module("publicc.reports.letterhead").PLAIN
    document = making.document_of(scope, slug, "season", SEASON)
    charts = sum(len(chapter.charts) for chapter in document.chapters)
    told: dict[str, Any] = {"organization": slug, "charts": charts}
    making.make(scope, slug, making.Wanted("board", "pdf", "fr", SEASON), plain)  # the process itself warms up
    importlib.import_module("django.core.cache").caches["drawings"].clear()
    for form in making.FORMS:
        took = []
        for _ in range(3):
            begun = time.process_time()
            made = making.make(scope, slug, making.Wanted("season", form, "fr", SEASON), plain)
            took.append(time.process_time() - begun)
        bar = BARS.get(form)
        reached = "" if bar is None else f", bar {bar:.0f} s: {'reached' if min(took[1:]) <= bar else 'NOT reached'}"
        told[form] = f"first {took[0]:.2f} s, warm {min(took[1:]):.2f} s{reached}; {len(made.content) / 1000:.0f} KB"
    return told


def monthly(making: Any) -> dict[str, Any]:  # noqa: ANN401
    """A month's review of each organization, as a schedule makes it on the first of the next."""
    plain = importlib.import_module("publicc.reports.letterhead").PLAIN
    kept = importlib.import_module("django.core.cache").caches
    slugs = sorted(current_or_refuse(Home.from_environment()).organizations)
    begun, worked, pages = time.perf_counter(), time.process_time(), 0
    for at in range(MONTHLY):
        if at % len(slugs) == 0:
            kept["screens"].clear()
            kept["drawings"].clear()
        first_on = date(2018, 9 + at // len(slugs) % 4, 1)
        last_on = first_on.replace(day=28)
        asked = {"period": [f"{first_on}..{last_on}"]}
        slug = slugs[at % len(slugs)]
        made = making.make(making.OwnRows(slug), slug, making.Wanted("season", "pdf", "fr", asked), plain)
        pages += len(made.content)
    clock, processor = time.perf_counter() - begun, time.process_time() - worked
    hundred = 100 * processor / MONTHLY
    return {
        "monthly": f"{MONTHLY} reports of {len(slugs)} organizations: {processor:.0f} s of processor, {clock:.0f} s of"
        f" clock, {pages / 1e6:.1f} MB",
        "bar monthly": f"a hundred: {hundred:.0f} s of processor, bar {MONTHLY_BAR:.0f} s on two cores:"
        f" {'reached' if hundred <= MONTHLY_BAR else 'NOT reached'} on one",
    }
