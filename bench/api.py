"""Server time of every reading operation of the API, on the demonstration: first call of each address, then warm.

Through the real WSGI application, with a token, for the organizations with most and least tickets. Warm: the same
address again, whole, then as a program that holds its ETag. Reports as files have a bench of their own (`reports`).
`PUBLICC_BENCH_HOME`: a demonstration already built.
"""

import importlib
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import django
from django.core.cache import caches

from bench.pages import Browser, Took, biggest, demonstration, quantile, said

BAR: Final = 60.0
"""Milliseconds at the 95th percentile, warm: issue of the API."""
ROUNDS: Final = int(os.environ.get("PUBLICC_BENCH_ROUNDS", "8"))
SEASONS: Final = ("2018-09-01..2019-08-31", "2025-09-01..2026-02-15")
QUESTIONS: Final = (
    "metric=admission_count",
    "metric=admission_count&metric=ticket_revenue&metric=average_price_paid&by=month",
    "metric=buyer_count&metric=new_buyer_share&by=discipline",
    "metric=occupancy_rate&metric=performance_count&by=show",
    "metric=lead_time_median&by=price_group",
)
"""As programs ask: a figure alone, several by month, figures of buyers, a row a show, a median."""


def run() -> dict[str, Any]:
    with demonstration() as home:
        os.environ |= {"PUBLICC_HOME": str(home), "PUBLICC_DEMO": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")
        django.setup()
        importlib.import_module("publicc.cli.installation").prepare()
        application = importlib.import_module("publicc.config.wsgi").application
        return {"load": round(os.getloadavg()[0], 1), **measured(application)}


def measured(application: Any) -> dict[str, Any]:  # noqa: ANN401
    """Times by operation and temperature, p50, p95 and max in ms."""
    times: defaultdict[str, list[Took]] = defaultdict(list)
    slowest: dict[str, tuple[Took, str]] = {}
    for slug, role in (*((one, "DIRECTOR") for one in biggest()), *partners()):
        caller = Browser(application)
        caller.also["HTTP_AUTHORIZATION"] = f"Bearer {secret_for(slug, role)}"
        caller.get("/api/v1/organizations")  # the process itself warms up
        for name, address in addresses(slug) if role == "DIRECTOR" else shared(caller, slug):
            for temperature in ("first", *("warm",) * ROUNDS):
                caches["pace"].clear()
                took, _ = caller.timed(f"/api/v1/{address}")
                times[f"{name} {temperature}"].append(took)
                times[temperature].append(took)
                slowest[temperature] = max(slowest.get(temperature, (took, "")), (took, address))
    told = {key: said(took) for key, took in sorted(times.items())}
    p95 = quantile([one.clock for one in times["warm"]], 0.95)
    worked = quantile([one.processor for one in times["warm"]], 0.95)
    told["bar"] = (
        f"p95 warm {p95:.0f} ms ({worked:.0f} of processor), bar {BAR:.0f}: {'' if p95 <= BAR else 'NOT '}reached"
    )
    for temperature, (worst, address) in slowest.items():
        told[f"slowest {temperature}"] = f"{worst.clock:.0f} ms {address}"
    return told


def addresses(slug: str) -> Iterator[tuple[str, str]]:
    """Every operation that reads, with what programs ask of it."""
    own = f"organizations/{slug}"
    for question in QUESTIONS:
        for period in SEASONS:
            yield "query", f"{own}/query?{question}&period={period}"
    for name in ("quality", "deposits", "reports", "releases", "schedules", "sharing/requests", "sharing/shows"):
        yield name, f"{own}/{name}"
    for name in ("organizations", "metrics", "metrics/admission_count", "dimensions"):
        yield name, name
    yield "directory", "directory?kind=show&limit=100"
    yield "directory", "directory?kind=venue&limit=100"


def partners() -> Iterator[tuple[str, str]]:
    """Organizations without data that shows were opened to."""
    models = importlib.import_module("publicc.collective.models")
    for one in models.Membership.objects.select_related("organization").filter(role="PARTNER").order_by("pk"):
        yield one.organization.slug, "PARTNER"


def shared(caller: Browser, slug: str) -> Iterator[tuple[str, str]]:
    """The shows that are open to a partner, whole: every table, protected figures too."""
    own = f"organizations/{slug}/sharing/shows"
    yield "sharing/shows", own
    for one in json.loads(caller.get(f"/api/v1/{own}")[1]):
        yield "sharing/shows/{show}", f"{own}/{one['show']}"


def secret_for(slug: str, role: str) -> str:
    """A token of someone of the organization."""
    models, access = (importlib.import_module(f"publicc.collective.{name}") for name in ("models", "access"))
    tokens = importlib.import_module("publicc.api.tokens")
    held = models.Membership.objects.select_related("user", "organization").filter(organization__slug=slug, role=role)
    one = held.order_by("pk")[0]
    who = access.Visitor(one.organization, access.UserRole(role))
    _, secret = tokens.make_token(who=who, by=one.user, name="bench", scopes=["READ"], days=30)
    return str(secret)
