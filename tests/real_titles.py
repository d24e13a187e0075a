"""Real titles of shows and screenings, each with the show it was judged to be of, by a person who read them all.

What was judged, and how:
- the show is the title, whoever presents it and under whatever series: `SPOTLIGHT: X`, `Company presents X`, `X`;
- a film and a stage show of one title are two; a version of a film (restored, subtitled) is the same film;
- a year, a part or an edition that differs makes two shows; a year in brackets behind a film is only its age;
- an artist alone, and that artist with the title of a show, are two; a guest or a subtitle on one side is not;
- a meal, a talk or a workshop about a show is not the show.
Titles that cannot be judged by reading (two evenings of one festival, test events) were left out.
"""

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publicc.directory.names import words
from publicc.directory.recognition.shows import Label
from publicc.kernel.vocabulary import Discipline
from tests.shared_data import SHARED

LABELS = Path(__file__).with_suffix(".txt")
TICKETING = SHARED / "ticketing"


@dataclass(frozen=True)
class Judged:
    """A title as its file writes it, and the number of its show."""

    label: Label
    show: int


@cache
def every_title() -> tuple[Label, ...]:
    """Each title of each file once, with its house; a cinema's are screenings, all others are given on a stage."""
    return tuple(dict.fromkeys([*_stage(), *_screen()]))


def judged_titles() -> list[Judged]:
    """One label for each judged fingerprint."""
    shows = dict(_labels())
    found: dict[str, Judged] = {}
    for label in every_title():
        mark = fingerprint(label)
        if mark in shows:
            found.setdefault(mark, Judged(label, shows[mark]))
    return list(found.values())


def fingerprint(label: Label) -> str:
    where = "screen" if label.discipline is Discipline.CINEMA else "stage"
    return hashlib.sha256(f"{where}:{words(label.title)}".encode()).hexdigest()[:14]


def _labels() -> Iterator[tuple[str, int]]:
    for line in LABELS.read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            mark, _, show = line.partition(" ")
            yield mark, int(show)


def _stage() -> Iterator[Label]:
    for file in sorted((TICKETING / "spektrix_ca").glob("*.json")):
        house = file.stem.partition("_")[0]
        for row in json.loads(file.read_text(encoding="utf-8")):
            yield _on_stage(row["name"], house)
    for row in json.loads((TICKETING / "footlight_qc" / "events.json").read_text(encoding="utf-8"))["data"]:
        for title in row["name"].values():
            yield _on_stage(title or "", "footlight")
    with (TICKETING / "arenametrics" / "sample.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines, delimiter=";"):
            yield _on_stage(line["Spectacle"], "arena")
    with gzip.open(TICKETING / "broadway" / "broadway.csv.gz", "rt", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            yield _on_stage(line["name"], "broadway")


def _screen() -> Iterator[Label]:
    with (TICKETING / "arttheater" / "ticket_sales_by_showing.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            for title in (line["EventName"], line["InternalEventName"]):
                if not title.startswith("Deleted"):
                    yield Label(title.strip(), "arttheater", Discipline.CINEMA)


def _on_stage(title: str, house: str) -> Label:
    return Label(title.strip(), house, Discipline.VARIETY)
