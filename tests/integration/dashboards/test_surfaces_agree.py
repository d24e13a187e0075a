"""A figure is the same wherever it is read: the page's table, its CSV, its workbook, and `publicc query --json`."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from publicc.cli.query import app
from publicc.collective.models import Membership, Organization
from publicc.kernel.vocabulary import UserRole
from publicc.metrics.dimensions import DIMENSIONS
from publicc.metrics.registry import METRICS
from publicc.metrics.rollup import rollup_tables
from publicc.store.home import Home
from publicc.store.manifest import Manifest
from publicc.store.rollups import write_rollup
from publicc.store.snapshots import publish
from publicc.store.tables import TABLES
from tests.properties.worlds import rich_book, world
from tests.spec.metrics.world import ORGANIZATION

SEASON = "2024-2025"
TABLES_READ = (
    ("season", "shows", "show"),
    ("prices", "price-groups", "price_group"),
    ("prices", "prices-paid", "price_group"),
    ("prices", "prices-by-moment", "lead_time_bucket"),
    ("audiences", "parcours", "parcours"),
)
"""Screen, table, and the dimension of its first column."""


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    """A director's browser over a random book, published as the pipeline does: Parquet, and its rollup."""
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path))
    book = rich_book(21)

    def build(folder: Path) -> Manifest:
        with world(book).connection() as facts:
            for table in TABLES:
                (folder / table).mkdir()
                rows = f"SELECT * FROM {table} WHERE organization = '{ORGANIZATION}'"
                facts.execute(f"COPY ({rows}) TO '{folder / table / ORGANIZATION}.parquet' (FORMAT parquet)")
        write_rollup(folder, ORGANIZATION, rollup_tables())
        return Manifest("c" * 32, datetime(2025, 9, 2, tzinfo=UTC), book.as_of, "test")

    publish(Home(tmp_path), build)
    organization = Organization.objects.create(slug=ORGANIZATION, name="Théâtre du Nord")
    user = get_user_model().objects.create(username="director@theatre.example")
    Membership.objects.create(user=user, organization=organization, role=UserRole.DIRECTOR.value)
    client = Client()
    client.force_login(user)
    return client


def on_page(browser: Client, screen: str, table: str) -> list[list[str]]:
    """The lines of a table as they stand on the page, header first."""
    page = browser.get(f"/o/{ORGANIZATION}/{screen}/?season={SEASON}").content.decode()
    tables = re.findall(r'<table class="table" id="table-([\w-]+)".*?</table>', page, re.DOTALL)
    name = table if table in tables else next((one for one in tables if one.endswith(f"-{table}")), table)
    found = re.search(rf'<table class="table" id="table-{name}".*?</table>', page, re.DOTALL)
    assert found, f"{screen} has no table {table}"
    lines = re.findall(r"<tr\b.*?</tr>", found[0], re.DOTALL)
    return [
        [plain(cell).split(" (Fragile")[0] for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", line, re.DOTALL)]
        for line in lines
    ]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def in_csv(browser: Client, screen: str, table: str) -> list[list[str]]:
    answer = browser.get(f"/o/{ORGANIZATION}/{screen}/tables/{table}.csv?season={SEASON}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    return rows[: rows.index([])]


def in_workbook(browser: Client, screen: str, table: str) -> list[list[Any]]:
    answer = browser.get(f"/o/{ORGANIZATION}/{screen}/tables/{table}.xlsx?season={SEASON}")
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def asked(dimension: str, metrics: list[str]) -> dict[str, dict[str, Any]]:
    words = [*metrics, "--organization", ORGANIZATION, "--by", dimension, "--period", SEASON, "--json"]
    told = json.loads(CliRunner().invoke(app, words, catch_exceptions=False).stdout)
    labels = DIMENSIONS[dimension].labels or {}
    return {labels[row[dimension]].fr if row[dimension] in labels else row[dimension]: row for row in told["rows"]}


def number(words: str) -> Decimal | None:
    """A figure as French writes it, percentages as ratios; None for words."""
    kept = re.sub(r"[^\d,\-−]", "", words.split("%", maxsplit=1)[0]).replace("−", "-").replace(",", ".")
    if not re.search(r"\d", kept):
        return None
    return Decimal(kept) / (100 if "%" in words else 1)


def step(words: str) -> Decimal:
    """Half of the last digit written."""
    decimals = len(words.split(",")[1].rstrip(" %$jkm")) if "," in words else 0
    return Decimal(1).scaleb(-decimals - (2 if "%" in words else 0)) / 2


def metrics_of(header: list[str]) -> list[str | None]:
    """The metric of each column; the first one is what the lines are about."""
    by_label = {one.label.fr: one.id for one in METRICS.values()}
    return [None, *(by_label.get(label.replace("\u00a0", " ")) for label in header[1:])]


@pytest.mark.django_db
@pytest.mark.parametrize(("screen", "table", "dimension"), TABLES_READ, ids=str)
def test_page_files_and_command_say_the_same(browser: Client, screen: str, table: str, dimension: str) -> None:
    page, file, book = (read(browser, screen, table) for read in (on_page, in_csv, in_workbook))
    ids = metrics_of(file[0])
    told = asked(dimension, [one for one in ids if one])
    assert any(ids), file[0]
    assert len(page) == len(file) == len(book) > 1
    for shown, written, sheet in zip(page[1:], file[1:], book[1:], strict=True):
        for at, metric in enumerate(ids):
            if metric is None or (figure := number(written[at])) is None:
                continue
            assert Decimal(str(sheet[at])) == figure, (metric, written[at], sheet[at])
            if shown[0] not in told:
                continue
            cell = told[shown[0]][metric]
            assert cell["state"] == "shown", (shown, metric, cell)
            assert float(figure) == pytest.approx(cell["value"], abs=0.006 if "$" in shown[at] else 1e-4), metric
            read = number(shown[at])
            assert read is not None, shown
            assert abs(read - figure) <= step(shown[at]) + Decimal("0.000001"), (metric, shown[at], written[at])
    assert sum(1 for line in page[1:] if line[0] in told) >= 2
