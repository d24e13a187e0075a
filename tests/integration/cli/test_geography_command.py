"""`publicc geography`: bring official files in, see what is there, go back."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from publicc.cli.geography import app
from publicc.directory.official.layers import Layer
from publicc.kernel.errors import BadInput
from publicc.store.home import Home
from publicc.store.shelf import Shelf
from tests.integration.run.test_run import publicc_run, write_exports
from tests.unit.directory.test_official_files import WHOLE, collection, profile, square, written

RUN = CliRunner()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    return Home.from_environment()


def test_files_are_recognised_whatever_their_name_and_listed_with_their_line(home: Home, tmp_path: Path) -> None:
    census = written(tmp_path, profile(WHOLE), "a.txt")
    limits = written(tmp_path, collection(square("H2X", -73.6), square("H2W", -73.7)), "b.txt")
    done = RUN.invoke(app, ["import", str(census), str(limits), "--json"])
    assert done.exit_code == 0
    told = {one["layer"]: one for one in json.loads(done.stdout)["imported"]}
    assert told["census"]["rows"] == 3
    assert told["fsa_limits"]["vintage"] == "2021"
    listed = RUN.invoke(app, ["list", "--lang", "en"]).stdout
    assert "a.txt" in listed
    assert "Statistics Canada Open Licence" in listed
    assert "GeoNames" in listed
    assert "to be imported" in listed


def test_when_one_file_cannot_be_used_none_is_and_what_was_there_stays(home: Home, tmp_path: Path) -> None:
    census = written(tmp_path, profile(WHOLE), "census.csv")
    RUN.invoke(app, ["import", str(census)])
    before = Shelf.of(home).version_of()
    newer = written(tmp_path, collection(square("H2X", -73.6)), "limits.json")
    wrong = written(tmp_path, profile(WHOLE, year="2016"), "old.csv")
    done = RUN.invoke(app, ["import", str(newer), str(wrong)])
    assert isinstance(done.exception, BadInput)
    assert Shelf.of(home).version_of() == before


def test_a_layer_can_be_left_again(home: Home, tmp_path: Path) -> None:
    RUN.invoke(app, ["import", str(written(tmp_path, profile(WHOLE)))])
    assert RUN.invoke(app, ["remove", "census", "--lang", "fr"]).stdout.startswith("Profil du recensement")
    assert Layer.CENSUS not in Shelf.of(home).imported()
    told = json.loads(RUN.invoke(app, ["list", "--json"]).stdout)["layers"]
    assert [one["version"] for one in told] == [""] * len(Layer)


def test_a_run_reads_the_census_of_the_installation_and_leaves_it_there(home: Home, tmp_path: Path) -> None:
    RUN.invoke(app, ["import", str(written(tmp_path, profile(WHOLE, mark="DEMOA0011")))])
    write_exports(tmp_path / "source" / "ballet")
    assert publicc_run(home.root, tmp_path / "source", tmp_path / "out").returncode == 0
    told = json.loads((tmp_path / "out" / "dashboards" / "ballet.json").read_text(encoding="utf-8"))
    (screen,) = {name: one["non-publics"] for name, one in told["seasons"].items()}.popitem()[1:]
    assert "Recensement inventé" in " ".join(notice["words"]["fr"] for notice in screen["notices"])
    assert Layer.CENSUS in Shelf.of(home).imported()
