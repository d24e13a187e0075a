"""Documents that the program and other documents send to are there, and those written from a registry up to date."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from publicc.intake.checks import guide

CHECKOUT = Path(__file__).parents[2]
NAMED = re.compile(r"docs/[\w/-]+(?:\.\w\w)?\.md")
LINKED = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")


def files(*patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(CHECKOUT.glob(pattern))


def test_every_document_that_the_program_names_is_there() -> None:
    named = {
        (str(file.relative_to(CHECKOUT)), name)
        for file in files("publicc/**/*.py", "tests/**/*.py", "bench/*.py", "tools/**/*.py", "pyproject.toml")
        for name in NAMED.findall(file.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert [one for one in sorted(named) if not (CHECKOUT / one[1]).is_file()] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    links = [
        (str(file.relative_to(CHECKOUT)), link)
        for file in files("*.md", "docs/**/*.md")
        for link in LINKED.findall(file.read_text(encoding="utf-8"))
    ]
    assert len(links) > 10
    assert [(name, link) for name, link in links if not (CHECKOUT / name).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize(("name", "content"), tuple(guide.pages()))
def test_the_pages_of_quality_checks_are_those_of_the_catalogue(name: str, content: str) -> None:
    assert (CHECKOUT / "docs" / "reference" / name).read_text(encoding="utf-8") == content, "run tools/metric-pages"


def test_a_member_is_called_organisme_in_french() -> None:
    """As the sector says in Québec; `organisation` is the English word."""
    french = re.compile(r"""Text\(\s*f?(["'])(?:(?!\1).)*\borganisations?\b""", re.DOTALL)
    said = [
        f"{file.relative_to(CHECKOUT)}: {found[0]}"
        for file in files("publicc/**/*.py")
        for found in french.finditer(file.read_text(encoding="utf-8"))
    ]
    assert said == []


def test_no_semicolon_has_a_space_before_it() -> None:
    """Québec's typography: a space before `:`, `%`, `$` and inside « », none before `;`; nor in English."""
    spaced = re.compile(r"\S[ \u00a0\u202f];")
    written = files(
        "*.md", "docs/**/*.md", "publicc/**/*.py", "publicc/**/*.html", "publicc/**/*.toml", "publicc/**/*.typ"
    )
    found = [
        f"{file.relative_to(CHECKOUT)}:{n}"
        for file in written
        for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if spaced.search(line)
    ]
    assert found == []
