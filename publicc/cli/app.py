"""The `publicc` command: finds the module of a command when it is asked for, and turns errors into one sentence."""

import importlib
import os
import sys
import traceback
from contextvars import ContextVar
from typing import Any, Final, NoReturn

import typer
from typer.core import TyperGroup

from publicc import __version__
from publicc.kernel.errors import BadInput, BadUsage, NotAllowed, NotFound, PublicCError, unforeseen
from publicc.kernel.text import LANGUAGES, Lang, Text, language

COMMANDS: Final[dict[str, str]] = {
    "link": "publicc.cli.link",
    "serve": "publicc.cli.serve",
    "worker": "publicc.cli.worker",
    "account": "publicc.cli.account",
    "demo": "publicc.cli.demo",
    "query": "publicc.cli.query",
    "report": "publicc.cli.report",
    "metrics": "publicc.cli.metrics",
    "dimensions": "publicc.cli.dimensions",
    "run": "publicc.cli.run",
    "harmonise": "publicc.cli.harmonise",
    "review": "publicc.cli.review",
    "directory": "publicc.cli.directory",
    "blind": "publicc.cli.blind",
    "deposit": "publicc.cli.deposit",
    "release": "publicc.cli.release",
    "segment": "publicc.cli.segment",
    "geography": "publicc.cli.geography",
    "digests": "publicc.cli.digests",
    "doctor": "publicc.cli.doctor",
    "backup": "publicc.cli.backup",
    "restore": "publicc.cli.restore",
}
"""Command name → module that holds its typer `app`. Loaded only when asked for, so that `--help` stays fast."""

_USER_MISTAKES: Final = (BadInput, BadUsage, NotAllowed, NotFound)
_asked: ContextVar[Lang | None] = ContextVar("asked", default=None)
"""The language that the command under way was asked to speak."""


class LazyCommands(TyperGroup):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        """Every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # noqa: ANN401, ARG002
        """Import the command's module and give its typer command."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(importlib.import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=LazyCommands,
    name="publicc",
    help="Public C: deposit, harmonise, measure and compare the audiences of cultural organizations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _options(version: bool = typer.Option(False, "--version", help="Print the version and leave.")) -> None:  # noqa: FBT001, FBT003
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")
    _asked.set(None)
    if version:
        typer.echo(__version__)
        raise typer.Exit


def spoken_language() -> Lang:
    """The language of messages on a terminal: `--lang`, else `PUBLICC_LANG`, else the locale, else French."""
    told = (os.environ.get(name) for name in ("PUBLICC_LANG", "LC_ALL", "LANG"))
    return _asked.get() or language(next((code for code in told if code), None))


def speak(lang: str | None) -> Lang:
    """The language asked with `--lang`, of the command's messages and of the sentence it may end with.

    None = not asked: that of the terminal. Raises BadUsage for a language that is not offered.
    """
    if lang is None:
        return spoken_language()
    if lang.partition("-")[0].lower() not in LANGUAGES:
        raise BadUsage(
            Text("Cette langue n'est pas offerte.", "This language is not offered."),
            found=Text("--lang {lang}.", "--lang {lang}.").filled(lang=lang),
            do=Text("Écrire --lang fr ou --lang en.", "Write --lang fr or --lang en."),
        )
    _asked.set(language(lang))
    return language(lang)


def _leave(problem: PublicCError) -> NoReturn:
    sys.stderr.write(problem.sentence(spoken_language()) + "\n")
    sys.exit(2 if isinstance(problem, _USER_MISTAKES) else 1)


def main() -> None:
    """Run the command: exit 0 done, 1 failed, 2 bad usage or input; a problem is one sentence.

    One that nobody foresaw is told with the lines it went through, not with its own words: they may quote a cell.
    """
    try:
        app()
    except PublicCError as problem:
        _leave(problem)
    except Exception as fault:  # noqa: BLE001 - the last word of a command, whatever stopped it
        sys.stderr.write("".join(traceback.format_tb(fault.__traceback__)))
        _leave(unforeseen(fault))
