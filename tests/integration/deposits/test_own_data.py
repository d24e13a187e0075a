"""An organization takes everything back: each row it brought, in three forms, for those who answer for its data."""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from django.test import Client

from publicc.collective.models import TrailEntry
from publicc.intake.own_data import FORMS, TABLES, PassedOn, write_archive
from publicc.intake.states import DepositState
from publicc.kernel.vocabulary import UserRole
from tests.integration.deposits.test_deposit_on_the_site import PAGE, brought

pytestmark = pytest.mark.django_db(transaction=True)
RISKY = "=HYPERLINK(1)"


def archive_of(client: Client, form: str) -> zipfile.ZipFile:
    answer = client.post(f"{PAGE}own-data/", {"form": form})
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def rows_of(archive: zipfile.ZipFile, table: str, form: str) -> list[dict[str, object]]:
    content = archive.read(f"{table}.{form}")
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    if form == "json":
        found: list[dict[str, object]] = json.loads(content)
        return found
    rows: list[dict[str, object]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return rows


def test_every_row_comes_back_in_every_form(signed_in: Callable[..., Client], own_home: Path) -> None:
    client = signed_in()
    deposit = brought(client)
    client.post(f"{PAGE}{deposit.pk}/confirm/")
    deposit.refresh_from_db()
    assert deposit.where is DepositState.ACCEPTED
    told = {}
    for form in FORMS:
        archive = archive_of(client, form)
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(TABLES) + 1
        told[form] = {table: rows_of(archive, table, form) for table in TABLES}
    for table in TABLES:
        codes = [sorted(str(row["row_number"]) for row in told[form][table]) for form in FORMS]
        assert codes[0] == codes[1] == codes[2]
    assert told["json"]["customers"]
    assert TrailEntry.objects.filter(action="export_own_data").count() == len(FORMS)
    assert "own-data" in client.get(PAGE).content.decode()


def test_a_text_that_a_spreadsheet_would_run_is_words_in_csv_and_itself_elsewhere() -> None:
    with duckdb.connect() as vault:
        for table in TABLES:
            vault.execute(f"CREATE VIEW current_{table} AS SELECT '{RISKY}' AS name, 12.5::DECIMAL(9, 2) AS price")
        for form, expected in (("csv", f"'{RISKY}"), ("json", RISKY), ("parquet", RISKY)):
            out = io.BytesIO()
            write_archive(vault, form, out)
            assert rows_of(zipfile.ZipFile(out), "customers", form)[0]["name"] == expected


def test_nothing_to_take_yet_is_said(signed_in: Callable[..., Client]) -> None:
    assert signed_in().post(f"{PAGE}own-data/", {"form": "csv"}).status_code == 400


@pytest.mark.parametrize("role", [UserRole.READER, UserRole.ANALYST])
def test_who_may_only_read_takes_nothing(signed_in: Callable[..., Client], role: UserRole) -> None:
    reader = signed_in(role)
    assert reader.post(f"{PAGE}own-data/", {"form": "csv"}).status_code == 403
    assert reader.get(f"{PAGE}own-data/").status_code == 405
    assert not TrailEntry.objects.filter(action="export_own_data").exists()


def test_a_form_that_is_none_is_not_found(signed_in: Callable[..., Client]) -> None:
    assert signed_in().post(f"{PAGE}own-data/", {"form": "exe"}).status_code == 404


def test_someone_who_goes_away_before_the_first_byte_leaves_no_reader_behind() -> None:
    reader = subprocess.Popen(["/bin/sleep", "60"], stdout=subprocess.PIPE)
    archive = PassedOn(reader, b"PK")
    archive.close()
    assert reader.returncode is not None
    assert list(archive) == []
