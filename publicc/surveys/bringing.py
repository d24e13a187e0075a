"""Answers of another program brought into a survey: the file waits, sealed, while its owner says how it is read."""

import hashlib
import json
import secrets
from contextlib import closing
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_survey
from publicc.collective.models import Organization
from publicc.collective.trail import record
from publicc.intake.reading import Limits, read_files
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text
from publicc.store.engine import bare_connection
from publicc.store.sealing import Seal
from publicc.surveys.actions import Actor, newest_version, survey_of
from publicc.surveys.coding import Read, read_as, remembered, target_of
from publicc.surveys.elsewhere import Brought, Said, folded
from publicc.surveys.exchange import from_surveyjs
from publicc.surveys.models import Arrival, Coding, Link, Response, Survey, Version, random_key, random_number
from publicc.surveys.states import LinkKind, ResponseState

LARGEST_BYTES: Final = 20_000_000
MOST_ROWS: Final = 20_000
MOST_REMEMBERED: Final = 2_000
_LIMITS: Final = Limits(file_bytes=LARGEST_BYTES, workbook_bytes=LARGEST_BYTES)


def receive(*, who: Visitor, by: Actor, key: str, file: Path, name: str) -> Arrival:
    """Keep a CSV or XLSX file, sealed, until its owner says how it is read.

    Raises BadInput when nothing is published, the file cannot be read or holds nobody.
    """
    survey = survey_of(who, key)
    check_can_survey(who)
    _version_of(survey)
    headers, rows = _table_of(file)
    made = random_key()
    table = Seal.of(who.organization.slug, "answers").closed({"headers": headers, "rows": rows}, made)
    with transaction.atomic():
        survey.arrivals.all().delete()
        record(action="receive_answers", actor=by, organization=who.organization, object_id=survey.key)
        return Arrival.objects.create(
            key=made, organization=who.organization, survey=survey, name=name, table=table,
            made_on=timezone.localdate(),
        )  # fmt: skip


def arrival_of(who: Visitor, key: str, code: str) -> Arrival:
    """A file that waits. Raises NotFound when it was brought, is gone, or is another organization's."""
    survey = survey_of(who, key)
    check_can_survey(who)
    found = survey.arrivals.filter(key=code).first()
    if found is None:
        raise NotFound(Text("Ce fichier n'attend plus.", "This file no longer waits."))
    return found


def opened_arrival(arrival: Arrival, said: Said | None = None) -> tuple[Read, Said]:
    """How the file is read: as said, else as was said of such columns and words before."""
    table = Seal.of(arrival.organization.slug, "answers").opened(arrival.table, arrival.key)
    definition = from_surveyjs(_version_of(arrival.survey).definition)
    if said is None:
        held = Coding.objects.filter(organization=arrival.organization).first() or Coding()
        said = Said(remembered(table["headers"], held.columns, definition), held.words)
    return read_as(table["headers"], table["rows"], definition, said), said


def headers_of(arrival: Arrival) -> list[str]:
    """The headings of the file."""
    return list(Seal.of(arrival.organization.slug, "answers").opened(arrival.table, arrival.key)["headers"])


def bring_answers(*, who: Visitor, by: Actor, arrival: Arrival, said: Said) -> Brought:
    """Add the answers of the file to the newest version of the survey; what was said is remembered.

    Raises BadInput when they were brought already, or no column answers a question.
    """
    survey, version = arrival.survey, _version_of(arrival.survey)
    read, _ = opened_arrival(arrival, said)
    told = read.told
    _check_answers(told)
    mark = _mark(told)
    if survey.links.filter(target=mark).exists():
        raise BadInput(Text("Ce fichier a déjà été apporté.", "This file was brought already."))
    with transaction.atomic():
        label = Text("Apporté : {n}", "Brought: {n}").filled(n=arrival.name).fr[:200]
        link = Link.objects.create(survey=survey, kind=LinkKind.IMPORT, target=mark, label=label)
        _keep(survey, version, link, told)
        _remember(who.organization, read, said)
        arrival.delete()
        record(action="bring_answers", actor=by, organization=who.organization, object_id=survey.key)
    return told


@transaction.atomic
def take_back(*, who: Visitor, by: Actor, key: str, code: str) -> int:
    """Remove the answers that a file brought; how many. Raises NotFound for any other link."""
    survey = survey_of(who, key)
    check_can_survey(who)
    link = survey.links.filter(code=code, kind=LinkKind.IMPORT).first()
    if link is None:
        raise NotFound(Text("Ce fichier n'existe pas.", "There is no such file."))
    removed, _ = link.responses.all().delete()
    link.delete()
    record(action="take_back_answers", actor=by, organization=who.organization, object_id=survey.key)
    return removed


def _mark(told: Brought) -> str:
    """What the same answers are known by, in whichever file they come."""
    said = json.dumps([(answers, str(day)) for answers, day in told.people], sort_keys=True)
    return f"import:{hashlib.sha256(said.encode()).hexdigest()[:40]}"


def _version_of(survey: Survey) -> Version:
    version = newest_version(survey)
    if version is None:
        raise BadInput(Text("Publier le sondage d'abord.", "Publish the survey first."))
    return version


def _table_of(file: Path) -> tuple[list[str], list[list[str | None]]]:
    with closing(bare_connection()) as scratch:
        tables = read_files([file], scratch, _LIMITS)
        table = max(tables, key=lambda one: one.row_count, default=None)
        if table is None or table.row_count == 0:
            raise BadInput(Text("Ce fichier ne contient aucune ligne.", "This file holds no row."))
        if table.row_count > MOST_ROWS:
            raise BadInput(
                Text("Ce fichier dépasse {n} lignes.", "This file is over {n} rows.").filled(n=MOST_ROWS),
                do=Text("Le couper en plusieurs.", "Cut it into several."),
            )
        columns = ", ".join(f"c{at}" for at in range(1, len(table.headers) + 1))
        rows = scratch.execute(f"SELECT {columns} FROM {table.relation} ORDER BY row_number").fetchall()
    return list(table.headers), [list(row) for row in rows]


def _check_answers(told: Brought) -> None:
    if told.people:
        return
    raise BadInput(
        Text(
            "Aucune colonne de ce fichier ne répond à une question du sondage.",
            "No column of this file answers a question of the survey.",
        ),
        do=Text("Dire ce que contient au moins une colonne.", "Say what at least one column holds."),
    )


def _remember(organization: Organization, read: Read, said: Said) -> None:
    """What a person corrected, over what was said before."""
    held, _ = Coding.objects.get_or_create(organization=organization)
    headers = {place.at: folded(place.header) for place in read.places}
    corrected = {headers[at]: target_of(one) if one else "" for at, one in said.columns.items() if headers.get(at)}
    held.columns = dict(list((held.columns | corrected).items())[-MOST_REMEMBERED:])
    held.words = held.words | {name: held.words.get(name, {}) | dict(words) for name, words in said.words.items()}
    held.save(update_fields=["columns", "words"])


def _keep(survey: Survey, version: Version, link: Link, told: Brought) -> None:
    seal, today = Seal.of(survey.organization.slug, "answers"), timezone.localdate()
    rows = []
    for said, day in told.people:
        number = random_number()
        rows.append(
            Response(
                id=number, token=secrets.token_hex(32), survey=survey, version=version, link=link,
                state=ResponseState.DONE, day=day or today, language="", answers=seal.closed(said, number),
            )
        )  # fmt: skip
    Response.objects.bulk_create(rows, batch_size=500)
