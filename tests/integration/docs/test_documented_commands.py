"""Every command that the documentation shows exists, takes the options shown, and the short ones truly run."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from publicc.cli.app import COMMANDS, app
from tests.integration.run.test_run import write_exports

ROOT = Path(__file__).parents[3]

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SPAN = re.compile(r"`((?:publicc|make) [^`\n]+)`")
README_RUNS = ("run", "link", "metrics", "query")


def shown_in(page: Path) -> Iterator[str]:
    """Commands of a page: lines of fenced blocks, and spans of code, that begin with `publicc` or `make`."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            command = line.removeprefix("$ ").split("  #")[0].strip()
            if command.startswith(("publicc ", "make ")):
                yield command
    yield from SPAN.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))


SHOWN = sorted({(page.relative_to(ROOT).as_posix(), command) for page in PAGES for command in shown_in(page)})
PUBLICC = sorted({(page, command) for page, command in SHOWN if command.startswith("publicc ")})
MAKE = sorted({(page, command) for page, command in SHOWN if command.startswith("make ")})


def click_command(words: list[str]) -> tuple[Any, list[str]]:
    """The command that the first words name, and the words left."""
    command: Any = typer.main.get_command(app)
    left = list(words)
    while left and hasattr(command, "get_command"):
        inner = command.get_command(typer.Context(command), re.split(r"[|]", left[0])[0])
        if inner is None:
            break
        command, left = inner, left[1:]
    return command, left


def options_of(command: Any) -> set[str]:  # noqa: ANN401 - click's own types, through typer
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


def check_command(written: str) -> None:
    words = shlex.split(written.replace("[", " ").replace("]", " ").replace("…", " "))[1:]
    command, left = click_command(words)
    assert len(left) < len(words), f"{written}: no such command"
    inner = left[0] if left and hasattr(command, "get_command") and not left[0].startswith("-") else None
    assert inner is None, f"{written}: no command {inner} in it"
    unknown = {word.split("=")[0] for word in left if word.startswith("--")} - options_of(command)
    assert not unknown, f"{written}: {unknown}"


def subcommands(group: str) -> list[str]:
    command, _ = click_command([group])
    return list(getattr(command, "commands", {}))


def test_the_documentation_shows_commands() -> None:
    assert {"README.md"} < {page for page, _ in PUBLICC}
    assert {command.split()[1] for _, command in MAKE} >= {"demo", "test"}


@pytest.mark.parametrize(("page", "command"), PUBLICC)
def test_a_command_shown_exists_with_its_options(page: str, command: str) -> None:
    assert page
    check_command(command)


@pytest.mark.parametrize(("page", "command"), MAKE)
def test_a_target_shown_is_in_the_makefile(page: str, command: str) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"[a-z-]+", command.split()[1])) <= {*targets}, page


def test_the_help_names_every_command() -> None:
    told = CliRunner().invoke(app, ["--help"], terminal_width=200).output
    assert [name for name in COMMANDS if not re.search(rf"│ {name} ", told)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_helps_with_an_example_that_it_takes(name: str) -> None:
    paths = [[name, inner] for inner in subcommands(name)] or [[name]]
    for path in paths:
        told = CliRunner().invoke(app, [*path, "--help"], terminal_width=200)
        assert told.exit_code == 0, told.output
        command, _ = click_command(path)
        example = re.search(r"Examples?:\s+(publicc .*)", command.help or "")
        assert example, path
        check_command(example.group(1).strip())


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of exports as the README supposes it, and a home where the organization has its snapshot."""
    room = tmp_path_factory.mktemp("readme")
    write_exports(room / "exports" / "theatre-du-nord")
    (room / "clients.csv").write_bytes((room / "exports" / "theatre-du-nord" / "clients.csv").read_bytes())
    for command in ("publicc deposit theatre-du-nord exports/theatre-du-nord", "publicc harmonise --as-of 2019-06-01"):
        assert run_in(room, command) == ""
    return room


def run_in(room: Path, command: str) -> str:
    """Run a command as it is written; what it says when it fails."""
    environment = {"PUBLICC_HOME": str(room / "home"), "PATH": "", "PYTHONPATH": str(ROOT), "PUBLICC_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=room,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr or f"exit {done.returncode}" if done.returncode else ""


@pytest.mark.parametrize("name", README_RUNS)
def test_the_commands_of_the_readme_truly_run(room: Path, name: str) -> None:
    commands = [one for one in shown_in(ROOT / "README.md") if one.split()[1] == name]
    assert commands
    for command in commands:
        assert run_in(room, command) == "", command
