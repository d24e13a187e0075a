"""Requests at random, as everyone, at everything: what is another organization's is nowhere.

`PUBLICC_TENANCY` (600): how many; `make fuzz-tenancy` sends tens of thousands, in as many processes as there are cores.
"""

import json
import logging
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from django.core import mail
from django.core.cache import caches
from django.urls import get_resolver

from publicc.collective.access import Visitor
from publicc.collective.models import Organization
from publicc.kernel.vocabulary import UserRole
from publicc.store.home import Home
from tests.tenancy.asking import Asked, Chance, routes
from tests.tenancy.canaries import HOUSES, Canary, canaries_in, phone, planted, text_of
from tests.tenancy.judging import Judge, Listener
from tests.tenancy.world import World, draw_houses, keys_by_owner, live_in, people_the_world

REQUESTS = int(os.environ.get("PUBLICC_TENANCY", "600"))
LONG = REQUESTS > 1000
SEED = int(os.environ.get("PUBLICC_TENANCY_SEED", "1"))
REPORT = os.environ.get("PUBLICC_TENANCY_REPORT")
"""Where a long run leaves its counts."""
EVERY = routes(get_resolver())
THEATRE, OPERA = HOUSES


@pytest.fixture
def world(one_connection: None, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    for name in ("screens", "drawings", "pace"):
        caches[name].clear()
    lived_in = list(HOUSES) if LONG else [THEATRE]
    draw_houses(Home.from_environment(), lived_in, rolled_up=LONG)
    made = World()
    people_the_world(made)
    for slug in lived_in:
        starts = [f"/{route.replace('<slug:slug>', slug)}" for route in EVERY if route.count("<") == 1]
        live_in(made, slug, [one for one in starts if slug in one], each=4 if LONG else 1)
    keys_by_owner(made)
    mail.outbox.clear()
    yield made
    for name in ("screens", "drawings", "pace"):
        caches[name].clear()


def test_what_is_another_organizations_is_nowhere(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(world)
    listener, root = Listener(judge), logging.getLogger()
    root.addHandler(listener)
    chance = Chance(world, EVERY, SEED)
    while judge.tally["requests"] < REQUESTS:
        caches["pace"].clear()
        judge.send(chance.asked(), pair=chance.chance.random() < 0.2)
    root.removeHandler(listener)
    if REPORT:
        Path(f"{REPORT}-{SEED}.json").write_text(json.dumps(judge.tally, indent=1, sort_keys=True), encoding="utf-8")
    assert not judge.findings, "\n".join(judge.findings)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and told_of_persons(path)] == []
    assert found_by(judge, monkeypatch) == {"another organization answers", f"tells of {THEATRE} (pr)"}


def found_by(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What is found where a door is left open to everyone: the judge can find."""
    host = Visitor(Organization.objects.get(slug=THEATRE), UserRole.DIRECTOR)
    monkeypatch.setattr("publicc.collective.doors.visitor", lambda *_: host)
    stranger = next(one for one in judge.world.people if one.slug == OPERA and one.role is UserRole.READER)
    judge.send(Asked(stranger, "GET", f"/o/{THEATRE}/notes/"))
    return {one.partition(" · ")[0] for one in judge.findings}


def told_of_persons(path: Path) -> bool:
    """Whether a file of the installation tells in clear of a person: only one just brought in does."""
    return "deposits" not in path.parts and b"xqid" in path.read_bytes().lower()


@pytest.mark.parametrize("written", ["{}", "?show={}%20", "l'{}.", '{{"a": "{}"}}'])
def test_what_was_planted_is_found_however_it_is_written(written: str) -> None:
    assert canaries_in(written.format(planted("pr", OPERA).upper())) == {Canary("pr", OPERA)}
    assert canaries_in(written.format(phone(THEATRE).replace(" ", "%20"))) == {Canary("id", THEATRE)}
    assert canaries_in(written.format("819 555-1234")) == set()


def test_what_was_planted_is_found_in_a_workbook_and_in_a_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<t>{planted('id', THEATRE)}</t>" * 20)
    told = typst.compile(f"= {planted('pr', OPERA)}".encode(), format="pdf")
    assert canaries_in(text_of((tmp_path / "book.xlsx").read_bytes())) == {Canary("id", THEATRE)}
    assert canaries_in(text_of(told)) == {Canary("pr", OPERA)}
