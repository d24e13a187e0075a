"""The API against its own OpenAPI file: whatever is sent, no fault, no untold status, no answer of another shape.

`PUBLICC_API_EXAMPLES` (8): cases an operation; `make api` sends many more.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from zlib import crc32

import pytest
import schemathesis
from django.core.cache import caches
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode

from publicc.api.models import Token
from publicc.collective.models import Organization
from publicc.config.wsgi import application

EXAMPLES = int(os.environ.get("PUBLICC_API_EXAMPLES", "8"))
MANY = 100
"""From so many on, chance is drawn anew each time (`--hypothesis-seed`), and what was answered is told."""
KINDS = ("board", "quality", "funder", "survey", "nothing")


@pytest.fixture
def schema(
    one_connection: None, theatre: Organization, secret_of: Callable[..., tuple[Token, str]]
) -> schemathesis.BaseSchema:
    _, secret = secret_of(theatre, scopes=("READ", "REPORT", "DEPOSIT"))
    headers = {"Authorization": f"Bearer {secret}", "Host": "localhost"}
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers=headers)


def test_no_call_breaks_what_the_openapi_file_says(
    schema: schemathesis.BaseSchema, capsys: pytest.CaptureFixture[str]
) -> None:
    answers: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            send_many(operation.as_strategy(generation_mode=mode), answers)
    if EXAMPLES >= MANY:
        with capsys.disabled():
            told = ", ".join(f"{n} × {status}" for status, n in sorted(answers.items()))
            sys.stdout.write(f"\n{answers.total()} requests: {told}\n")


def send_many(cases: SearchStrategy[schemathesis.Case], answers: Counter[int]) -> None:
    """Send cases of one operation; each answer is held to the file and counted by its status."""

    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES < MANY,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def send(case: schemathesis.Case) -> None:
        caches["pace"].clear()
        steer(case)
        answers[case.call_and_validate().status_code] += 1

    send()


def steer(case: schemathesis.Case) -> None:
    """Three times in four towards what is there, so that more than refusals is seen."""
    chance = crc32(repr((case.query, case.path_parameters)).encode())
    if chance % 4 and "slug" in (case.path_parameters or {}):
        case.path_parameters["slug"] = "theatre"
    if chance % 4 and "kind" in (case.path_parameters or {}):
        case.path_parameters["kind"] = KINDS[chance % len(KINDS)]
