"""`publicc review list|show|decide|undo|export|sensitivity`: doubtful pairs, by their evidence alone.

No identity is ever printed: whoever runs the hub answers by the degrees of agreement. An organization's own data
steward sees both records on the page *Fiches à réviser*.
"""

import csv
import importlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final

import django
import typer
from rich.console import Console
from rich.table import Table

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.harmonise.people import CIRCLE
from publicc.harmonise.review import desk, words
from publicc.harmonise.review.book import Answer, Answered, Counts, Pair
from publicc.harmonise.review.sensitivity import read_sensitivity
from publicc.harmonise.review.sensitivity_page import sensitivity_page
from publicc.kernel.errors import BadInput, BadUsage, NotFound
from publicc.kernel.text import Text
from publicc.store.home import Home
from publicc.store.keys import KeyRing

app = typer.Typer(no_args_is_help=True, help="Doubtful pairs of records: same person, different persons, not sure.")

BY: Final = "terminal"
Organization = Annotated[str, typer.Option(help="Short name of the organization whose pairs these are.")]
Across = Annotated[bool, typer.Option("--across", help="Pairs of two organizations of the linking circle.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON alone on stdout.")]


@app.command("list")
def list_pairs(
    *,
    organization: Organization = "",
    across: Across = False,
    most: Annotated[int, typer.Option(min=1, help="How many pairs.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the pairs that wait for an answer, those where an answer changes most first.

    Example: publicc review list --organization theatre-du-nord
    """
    counts, pairs = desk.queue(*_place(organization, across=across), most=most)
    if as_json:
        _print_json({"counts": _counts_json(counts), "pairs": [_pair_json(one) for one in pairs]})
        return
    installation.say(_counted(counts))
    table = Table(*(text.said(spoken_language()) for text in _COLUMNS))
    for one in pairs:
        table.add_row(one.id, one.reason, f"{one.chance:.2f}", f"{one.weight:.2f}", _told(one))
    Console().print(table)


@app.command()
def show(
    pair_id: Annotated[str, typer.Argument(help="The pair, as listed.", metavar="PAIR")],
    *,
    organization: Organization = "",
    across: Across = False,
    as_json: AsJson = False,
) -> None:
    """Show what speaks for and against one pair.

    Example: publicc review show 4f0c… --organization theatre-du-nord
    """
    actions = _actions()
    _, pair = desk.pair(*_place(organization, across=across), pair_id)
    actions.told("view_evidence", pair, by=None)
    if as_json:
        _print_json(_pair_json(pair))
        return
    lang = spoken_language()
    typer.echo(words.done_words(pair).said(lang))
    for one in pair.evidence:
        said = [words.field_words(one), words.level_words(one), words.strength_words(one)]
        parts = [*(text.said(lang) for text in said), words.rarity_words(one, lang), f"{one.weight:+.1f}"]
        typer.echo(" · ".join(part for part in parts if part))


@app.command()
def decide(
    pair_id: Annotated[str, typer.Argument(help="The pair, as listed.", metavar="PAIR")],
    said: Annotated[Answer, typer.Argument(help="What they are.", metavar="ANSWER", case_sensitive=False)],
    *,
    organization: Organization = "",
    across: Across = False,
    as_json: AsJson = False,
) -> None:
    """Answer a pair: same, different, household or unsure. The next harmonisation obeys, and all later ones.

    Example: publicc review decide 4f0c… same --organization theatre-du-nord
    """
    actions = _actions()
    place = _place(organization, across=across)
    _, pair = desk.pair(*place, pair_id)
    desk.answer(*place, pair_id, said, by=BY)
    actions.told("answer_pair", pair, by=None, outcome=said.value.lower())
    _say_done(as_json, {"pair": pair_id, "answer": said.value}, Text("Réponse notée.", "Answer kept."))


@app.command()
def undo(
    pair_id: Annotated[str, typer.Argument(help="The pair; the last answer when left out.", metavar="PAIR")] = "",
    *,
    organization: Organization = "",
    across: Across = False,
    as_json: AsJson = False,
) -> None:
    """Take back the answer on a pair, or the last answer given at the terminal.

    Example: publicc review undo --organization theatre-du-nord
    """
    actions = _actions()
    place = _place(organization, across=across)
    undone = desk.undo(*place, pair_id=pair_id or None, by=None if pair_id else BY)
    _, pair = desk.pair(*place, undone)
    actions.told("undo_answer", pair, by=None)
    _say_done(as_json, {"pair": undone, "answer": None}, Text("Réponse annulée.", "Answer undone."))


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="CSV file to write.", metavar="FILE")],
    *,
    organization: Organization = "",
    across: Across = False,
) -> None:
    """Write the answers that stand, with the evidence they were given on: no code, no name.

    Example: publicc review export reponses.csv --organization theatre-du-nord
    """
    given = desk.answers(*_place(organization, across=across))
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(_export_rows(given))
    except OSError as problem:
        raise BadInput(
            Text("Le fichier de sortie ne s'écrit pas.", "The output file cannot be written."),
            where=Text(f"Fichier {out.name}.", f"File {out.name}."),
            do=Text("Choisir un dossier qui existe.", "Choose a folder that exists."),
        ) from problem
    installation.say(Text("{n} réponses écrites.", "{n} answers written.").filled(n=len(given)))


@app.command()
def sensitivity(*, organization: Organization = "", across: Across = False, as_json: AsJson = False) -> None:
    """Tell how buyers, loyal buyers and persons who cross move with the threshold, as of the last harmonisation.

    Example: publicc review sensitivity --organization theatre-du-nord --json
    """
    home, _, holder = _place(organization, across=across)
    found = read_sensitivity(home, holder)
    if found is None:
        raise NotFound(
            Text("La sensibilité n'a pas encore été mesurée.", "Sensitivity was not measured yet."),
            do=Text("Lancer publicc harmonise.", "Run publicc harmonise."),
        )
    if as_json:
        _print_json(found)
        return
    lang = spoken_language()
    page = sensitivity_page(found, lang)
    installation.say(Text(page.answer, page.answer))
    table = Table(*page.headers)
    for row in page.rows:
        table.add_row(*row)
    Console().print(table)


_COLUMNS: Final = (
    Text("Paire", "Pair"),
    Text("Motif", "Reason"),
    Text("Probabilité", "Chance"),
    Text("Poids", "Weight"),
    Text("Indices", "Evidence"),
)


def _export_rows(given: Iterable[Answered]) -> Iterable[list[str]]:
    yield ["pair", "answer", "answered_at", "reason", "chance", "field", "degree", "level", "weight"]
    for one in given:
        for field in one.pair.evidence:
            yield [
                one.pair.id,
                one.answer.value,
                one.at.isoformat(timespec="seconds"),
                one.pair.reason,
                f"{one.pair.chance:.4f}",
                field.field,
                field.degree.value,
                field.level,
                f"{field.weight:.2f}",
            ]


def _place(organization: str, *, across: bool) -> tuple[Home, KeyRing, str]:
    if bool(organization) == across:
        raise BadUsage(
            Text("On ne sait pas de qui sont ces paires.", "It is not said whose pairs these are."),
            do=Text("Donner --organization ou --across.", "Give --organization or --across."),
        )
    home = Home.from_environment()
    return home, KeyRing.open(home), CIRCLE if across else organization


def _actions() -> Any:  # noqa: ANN401 - a module that may be imported only once Django is set up
    django.setup()
    installation.prepare_database()
    return importlib.import_module("publicc.harmonise.review.actions")


def _counted(counts: Counts) -> Text:
    return Text(
        "{waiting} paires à réviser, {answered} réponses données.",
        "{waiting} pairs to review, {answered} answers given.",
    ).filled(waiting=counts.waiting, answered=counts.answered)


def _told(pair: Pair) -> str:
    lang = spoken_language()
    return ", ".join(f"{words.field_words(e).said(lang)} {words.DEGREES[e.degree].said(lang)}" for e in pair.evidence)


def _counts_json(counts: Counts) -> dict[str, int]:
    return {
        "waiting": counts.waiting,
        "same": counts.same,
        "different": counts.different,
        "household": counts.household,
        "unsure": counts.unsure,
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    return {
        "pair": pair.id,
        "reason": pair.reason,
        "joined": pair.joined,
        "chance": pair.chance,
        "weight": pair.weight,
        "evidence": [one.as_json() for one in pair.evidence],
    }


def _say_done(as_json: bool, told: dict[str, Any], words_said: Text) -> None:  # noqa: FBT001 - the command's own option
    if as_json:
        _print_json(told)
    else:
        installation.say(words_said)


def _print_json(told: object) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
