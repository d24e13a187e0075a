"""`publicc directory`: what is written is read again; what cannot be read is one sentence and exit 2."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publicc.cli.directory import app
from publicc.directory.exchange import Row
from publicc.directory.keeping import take_rows
from publicc.kernel.errors import BadInput, NotFound

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["repertoire.csv", "repertoire.jsonld"])
def test_the_directory_goes_out_and_comes_in_again(tmp_path: Path, name: str) -> None:
    take_rows([Row(kind="SHOW", name_fr="Le Fleuve", name_en="The River")])
    file = tmp_path / name
    assert CliRunner().invoke(app, ["export", str(file)]).exit_code == 0
    assert "Le Fleuve" in file.read_text(encoding="utf-8")
    again = CliRunner().invoke(app, ["import", str(file), "--json"])
    assert json.loads(again.stdout) == {"made": 0, "changed": 0}


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes("kind,name_fr\nSHOW,Été\n".encode("latin-1"))
    assert isinstance(CliRunner().invoke(app, ["import", str(wrong)]).exception, BadInput)
    assert isinstance(CliRunner().invoke(app, ["import", str(tmp_path / "none.csv")]).exception, NotFound)
    assert isinstance(CliRunner().invoke(app, ["import", str(wrong), "--as", "odcaf"]).exception, BadInput)
    assert isinstance(CliRunner().invoke(app, ["export", str(tmp_path / "no" / "x.csv")]).exception, BadInput)
