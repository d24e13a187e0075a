"""`publicc query`: an organization's own figures, as a table on a terminal or as JSON."""

import importlib
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Annotated

import django
import duckdb
import typer

from publicc.cli import installation
from publicc.cli.app import speak
from publicc.cli.tables import drawn_table
from publicc.kernel.errors import BadUsage
from publicc.kernel.formats import cell_words
from publicc.kernel.period import parse_period
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Lang, Text
from publicc.metrics.answers import Answer, answer
from publicc.metrics.dimensions import known_dimension
from publicc.metrics.labels import labels
from publicc.metrics.questions import Question
from publicc.metrics.registry import metric
from publicc.metrics.telling import answer_as_json
from publicc.store.facts import own_facts
from publicc.store.home import Home
from publicc.store.run_folders import own_facts_of_run

app = typer.Typer()


@app.command()
def query(  # noqa: PLR0913 - one option each
    *,
    metrics: Annotated[list[str], typer.Argument(help="Metric ids; see “publicc metrics”.", metavar="METRIC…")],
    organization: Annotated[str, typer.Option("--organization", help="Slug of the organization.")],
    by: Annotated[
        list[str] | None, typer.Option("--by", help="Dimensions, commas between; see “publicc dimensions”.")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="DIM=VALUE", help="Keep these rows; may be repeated.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="2018-09-01..2019-08-31, 2018-2019, 2018 or 2018-09.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Day of computation; that of the snapshot by default.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", help="Folder that publicc run left; this home's snapshot by default.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="fr or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")] = False,
) -> None:
    """Own figures of one organization.

    Example: publicc query admission_count occupancy_rate --organization theatre-du-nord --by month --period 2018-2019
    """
    spoken = speak(lang)
    question = Question(
        metrics=tuple(metrics),
        by=tuple(one.strip() for listed in by or () for one in listed.split(",") if one.strip()),
        where=_filters(where or ()),
        period=parse_period(period) if period else None,
        as_of=_day(as_of),
    )
    scope = OwnRows(organization)
    if run is None and any("answers" in metric(one).needs for one in metrics):
        _read_answers(scope)
    with own_facts_of_run(run, scope) if run else own_facts(Home.from_environment(), scope) as facts:
        found = answer(facts, question, scope)
        if as_json:
            typer.echo(json.dumps(answer_as_json(found, spoken), ensure_ascii=False, indent=1))
        else:
            typer.echo(answer_as_table(facts, found, spoken))


def _read_answers(scope: OwnRows) -> None:
    """Have what people answered since the last time counted: surveys lie in the control database."""
    django.setup()
    installation.prepare_database()
    importlib.import_module("publicc.surveys.results.attitudes").keep_attitudes(Home.from_environment(), scope)


def _filters(written: list[str] | tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    kept: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for one in written:
        name, equal, value = one.partition("=")
        if not equal or not value:
            raise BadUsage(
                Text(f"Le filtre « {one} » ne se lit pas.", f"The filter “{one}” cannot be read."),
                do=Text("Écrire --where discipline=DANCE.", "Write --where discipline=DANCE."),
            )
        kept[name.strip()] += (value.strip(),)
    return dict(kept)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as problem:
        raise BadUsage(
            Text("La date ne se lit pas : écrire 2019-08-31.", "The date cannot be read: write 2019-08-31.")
        ) from problem


def answer_as_table(facts: duckdb.DuckDBPyConnection, found: Answer, lang: Lang) -> str:
    """A table to read: dimension values by their names, figures as the language writes them, the stamp below."""
    asked = [metric(one) for one, _ in found.stamp.metrics]
    names = {one: labels(facts, one, (row.dims[one] for row in found.rows), found.stamp.scope) for one in found.by}
    header = [*(known_dimension(one).label.said(lang) for one in found.by), *(one.label.said(lang) for one in asked)]
    lines = [
        [
            *(names[one][row.dims[one]].said(lang) for one in found.by),
            *(cell_words(row.cells[one.id], one.unit, lang, one.decimals) for one in asked),
        ]
        for row in found.rows
    ]
    said = Text(
        "Représentations du {first} au {last}, calculé au {day}.",
        "Performances from {first} to {last}, computed as of {day}.",
    ).filled(first=found.stamp.period.first_on, last=found.stamp.period.last_on, day=found.stamp.as_of)
    return f"{drawn_table(header, lines, left=len(found.by))}\n\n{said.said(lang)}"
