"""A season review of the demonstration in each form: first time, then again with its drawings kept; processor seconds.

`PUBLICC_BENCH_HOME`: a demonstration already built, so that it is not built again.
"""

import importlib
import os
import time
from typing import Any, Final

import django

from bench.pages import biggest, demonstration

BARS: Final = {"pdf": 3.0, "pptx": 3.0, "xlsx": 2.0}
"""Seconds, warm."""
SEASON: Final = {"season": ["2018-2019"]}


def run() -> dict[str, Any]:
    with demonstration() as home:
        os.environ |= {"PUBLICC_HOME": str(home), "PUBLICC_DEMO": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")
        django.setup()
        importlib.import_module("publicc.cli.installation").prepare_database()
        return {"load": round(os.getloadavg()[0], 1), **measured(importlib.import_module("publicc.reports.making"))}


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
