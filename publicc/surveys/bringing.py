"""Answers of another program brought into a survey, all or nothing; taken back the same way."""

import hashlib
import json
import secrets
from contextlib import closing
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from publicc.collective.access import Visitor, check_can_survey
from publicc.collective.trail import record
from publicc.intake.reading import Limits, read_files
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.text import Text
from publicc.store.engine import bare_connection
from publicc.store.sealing import Seal
from publicc.surveys.actions import Actor, newest_version, survey_of
from publicc.surveys.elsewhere import Brought, brought
from publicc.surveys.exchange import from_surveyjs
from publicc.surveys.models import Link, Response, Survey, Version, random_number
from publicc.surveys.states import LinkKind, ResponseState

LARGEST_BYTES: Final = 20_000_000
MOST_ROWS: Final = 20_000
_LIMITS: Final = Limits(file_bytes=LARGEST_BYTES, workbook_bytes=LARGEST_BYTES)


def bring_answers(*, who: Visitor, by: Actor, key: str, file: Path, name: str) -> Brought:
    """Add the answers of a CSV or XLSX file to the newest version of the survey.

    Raises BadInput when nothing is published, the file was brought already, cannot be read, or answers no question.
    """
    survey = survey_of(who, key)
    check_can_survey(who)
    version = newest_version(survey)
    if version is None:
        raise BadInput(Text("Publier le sondage d'abord.", "Publish the survey first."))
    told = _read(file, version)
    mark = _mark(told)
    if survey.links.filter(target=mark).exists():
        raise BadInput(Text("Ce fichier a déjà été apporté.", "This file was brought already."))
    with transaction.atomic():
        label = Text("Apporté : {n}", "Brought: {n}").filled(n=name).fr[:200]
        link = Link.objects.create(survey=survey, kind=LinkKind.IMPORT, target=mark, label=label)
        _keep(survey, version, link, told)
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


def _read(file: Path, version: Version) -> Brought:
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
    told = brought(table.headers, rows, from_surveyjs(version.definition))
    if not told.people:
        raise BadInput(
            Text(
                "Aucune colonne de ce fichier n'est une question du sondage.",
                "No column of this file is a question of the survey.",
            ),
            found=Text("Colonnes : {c}.", "Columns: {c}.").filled(c=", ".join(told.left_out[:12])),
            do=Text(
                "Donner aux colonnes les mots de la question ou son nom, par exemple core.nps.v1.",
                "Give columns the words of the question or its name, for instance core.nps.v1.",
            ),
        )
    return told


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
