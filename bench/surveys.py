"""Two hundred respondents answering at once, the server killed in the middle: what each waits, and what is lost.

The site is what `publicc serve` starts, with two web processes, over a home of its own. Each person opens the link,
reads, and sends page after page to the end with a few seconds on each, then another takes the seat. Half-way, every
process of the server is killed (SIGKILL) and started again: who was refused tries again, as the page does when the
network comes back. A page is acknowledged when its answer was followed by the next page; all that was acknowledged
must be in the database afterwards. The wait is that of one request. Those of the first ten seconds after its return,
when everyone who was refused comes at once to a site that has just begun, are told apart.
`PUBLICC_BENCH_PEOPLE`, `PUBLICC_BENCH_SECONDS`: how many, for how long.
"""

import hashlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from bench.pages import quantile

PEOPLE: Final = int(os.environ.get("PUBLICC_BENCH_PEOPLE", "200"))
SECONDS: Final = float(os.environ.get("PUBLICC_BENCH_SECONDS", "60"))
BAR: Final = 200.0
"""Milliseconds at the 95th percentile of requests."""
LOOKS: Final = (3.0, 9.0)
"""Seconds on a page: the core asks fourteen questions over six pages in about two minutes, so people are slower."""
FIRST_VIEW_BAR_KB: Final = 60.0
RETURN_SECONDS: Final = 10.0
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_CHOICES: Final = re.compile(r'<input type="(?:radio|checkbox)" id="[^"]+" name="([^"]+)" value="([^"]+)"')
_WORDS: Final = re.compile(r'<textarea [^>]*name="([^"]+)"')
_LINKED: Final = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@dataclass
class Measures:
    """What everyone waited, what was acknowledged, and what went wrong."""

    waits: list[tuple[float, float]] = field(default_factory=list)
    """When it was asked, by the machine's clock, and how long it took."""
    refused: int = 0
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    """Token → what the server acknowledged, by field."""
    finished: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


class Server:
    """What `publicc serve` starts, which can be killed with all its processes."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        self._environment = os.environ | {"PUBLICC_HOME": str(home), "PUBLICC_PORT": str(self.port)}
        self._running = self._begun()

    def _begun(self) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-m", "publicc", "serve", "--processes", "2", "--no-worker"]
        running = subprocess.Popen(
            words, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(480):
            if running.poll() is not None:
                raise SystemExit("the site stopped before it was ready")
            try:
                asked(self.port, "GET", "/health/")
            except OSError:
                time.sleep(0.25)
            else:
                return running
        raise SystemExit("the site is not ready after two minutes")

    def killed(self) -> None:
        """Every process at once, without a word."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()

    def again(self) -> None:
        """Another one, at the same address; back once it answers."""
        self._running = self._begun()


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        code = told_by(home, "make").strip()
        server = Server(home)
        try:
            weight = first_view(server.port, code)
            for _ in range(8):
                asked(server.port, "GET", f"/s/{code}/")
            measures, silence = crowd(server, code)
        finally:
            server.killed()
        return told(measures, weight, silence, told_by(home, "read").splitlines())


def told_by(home: Path, deed: str) -> str:
    """What `_survey_house` prints."""
    words = [sys.executable, "-m", "bench._survey_house", deed]
    environment = os.environ | {"PUBLICC_HOME": str(home), "DJANGO_SETTINGS_MODULE": "publicc.config.settings"}
    return subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE).stdout.decode()


def asked(port: int, method: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str, bytes]:
    """The status, where it leads and the body of one answer. Raises OSError when nothing listens."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, address, urlencode(form or {}) if method == "POST" else None, FORM)
        answer = line.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read()
    except http.client.HTTPException as problem:
        raise ConnectionError from problem
    finally:
        line.close()


def first_view(port: int, code: str) -> float:
    """The link's page with its style, its script and its icon, not compressed. Unit: kilobytes."""
    body = asked(port, "GET", f"/s/{code}/")[2]
    linked = [asked(port, "GET", one)[2] for one in _LINKED.findall(body.decode())]
    return sum(map(len, (body, *linked))) / 1000


def crowd(server: Server, code: str) -> tuple[Measures, tuple[float, float]]:
    """Everyone answers; the server is killed half-way. With when it was killed and when it listened again."""
    measures, until = Measures(), time.monotonic() + SECONDS
    seats = [Seat(server.port, code, random.Random(at), until, measures) for at in range(PEOPLE)]
    people = [threading.Thread(target=one.occupied) for one in seats]
    for one in people:
        one.start()
    time.sleep(SECONDS / 2)
    killed = time.perf_counter()
    server.killed()
    server.again()
    silence = (killed, time.perf_counter())
    for one in people:
        one.join()
    return measures, silence


@dataclass
class Seat:
    """Where respondents answer one after the other, until the end of the measure."""

    port: int
    code: str
    chance: random.Random
    until: float
    measures: Measures

    def occupied(self) -> None:
        """People one after the other; the first one comes within some seconds."""
        time.sleep(self.chance.uniform(0, LOOKS[1]))
        while time.monotonic() < self.until:
            self.respond()

    def respond(self) -> None:
        """One person, from the link to the end, or to the end of the measure."""
        self.waited("GET", f"/s/{self.code}/")
        self.look()
        _, address, _ = self.waited("POST", f"/s/{self.code}/?lang=fr")
        if not address:
            return
        digest = hashlib.sha256(address.split("/")[3].encode()).hexdigest()
        while "/end/" not in address and time.monotonic() < self.until:
            page = self.waited("GET", address)[2].decode()
            self.look()
            form = answers(page, self.chance)
            status, following, _ = self.waited("POST", address, form)
            if status != 302:
                return
            self.measures.kept.setdefault(digest, {}).update(form)
            address = following
        if "/end/" in address:
            self.measures.finished.add(digest)
            self.waited("GET", address)

    def look(self) -> None:
        """Read the page."""
        time.sleep(self.chance.uniform(*LOOKS))

    def waited(self, method: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        """An answer, asked again each second while nothing listens; its wait is kept when it came the first time."""
        for attempt in range(120):
            begun = time.perf_counter()
            try:
                found = asked(self.port, method, address, form)
            except OSError:
                self.measures.refused += 1
                time.sleep(1)
                continue
            if not attempt:
                self.measures.waits.append((begun, (time.perf_counter() - begun) * 1000))
            if found[0] >= 400:
                self.measures.errors.append(f"{method} {address}: {found[0]}")
            return found
        raise SystemExit("nothing listens any more")


def answers(page: str, chance: random.Random) -> dict[str, str]:
    """One choice for each question of a page, and some words."""
    offered: dict[str, list[str]] = {}
    for name, value in _CHOICES.findall(page):
        offered.setdefault(name, []).append(value)
    form = {name: chance.choice(values) for name, values in offered.items()}
    return form | {name: f"Très beau 🎭 {chance.random()}" for name in _WORDS.findall(page)}


def lost(measures: Measures, lines: list[str]) -> tuple[int, bool]:
    """How many acknowledged answers are not in the database, and whether it is sound."""
    sound, *rows = (json.loads(one) for one in lines)
    held = {one["token"]: one for one in rows}
    missing = sum(
        not holds(held.get(token, {"answers": {}})["answers"], name, value)
        for token, form in measures.kept.items()
        for name, value in form.items()
    )
    missing += sum(held.get(token, {"state": ""})["state"] != "DONE" for token in measures.finished)
    return missing, sound["sound"] == "ok"


def holds(stored: dict[str, Any], name: str, value: str) -> bool:
    """Whether a field of a form is among the answers that are stored."""
    question, _, row = name.partition("/")
    said = stored.get(question)
    said = said.get(row) if isinstance(said, dict) else said
    return value in said if isinstance(said, list) else str(said) == value


def said(waits: list[float]) -> str:
    p50, p95 = quantile(waits, 0.5), quantile(waits, 0.95)
    return f"p50 {p50:.0f} · p95 {p95:.0f} · max {max(waits):.0f} ms, n {len(waits)}"


def told(measures: Measures, weight: float, silence: tuple[float, float], lines: list[str]) -> dict[str, Any]:
    missing, sound = lost(measures, lines)
    killed, back = silence
    steady = [wait for when, wait in measures.waits if not killed - wait / 1000 <= when <= back + RETURN_SECONDS]
    returning = [wait for when, wait in measures.waits if killed <= when <= back + RETURN_SECONDS]
    p95 = quantile(steady, 0.95)
    acknowledged = sum(map(len, measures.kept.values()))
    reached = p95 < BAR and weight < FIRST_VIEW_BAR_KB and not missing and sound and not measures.errors
    return {
        "people at once": PEOPLE,
        "load": round(os.getloadavg()[0], 1),
        "requests": f"{len(measures.waits)}, {len(measures.waits) / SECONDS:.0f} a second",
        "wait": said(steady),
        "wait, on its return": said(returning) if returning else "none",
        "first view": f"{weight:.1f} KB, not compressed",
        "killed": f"once (SIGKILL), ready again after {back - killed:.1f} s, {measures.refused} requests tried again",
        "answers acknowledged": f"{acknowledged}, by {len(measures.kept)} people, {len(measures.finished)} finished",
        "answers lost": missing,
        "database sound": sound,
        "errors": len(measures.errors),
        **({"first errors": "; ".join(measures.errors[:3])} if measures.errors else {}),
        "bar": f"p95 {p95:.0f} ms of {BAR:.0f}, {weight:.0f} KB of {FIRST_VIEW_BAR_KB:.0f}, none lost: "
        f"{'reached' if reached else 'NOT reached'}",
    }
