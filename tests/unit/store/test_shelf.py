"""The shelf of imported geography: whole or not at all, the same content under the same version."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from publicc.directory.official.layers import Layer, Prepared
from publicc.directory.places import Official, register
from publicc.kernel.errors import Broken, NotFound
from publicc.store.shelf import Shelf

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def prepared(content: bytes = b"one", layer: Layer = Layer.CENSUS) -> Prepared:
    return Prepared(layer, "2021", 3, {"census.parquet": content}, ("QC",))


def test_what_is_put_is_found_with_its_source_and_its_line(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "geography")
    assert shelf.imported() == {}
    assert shelf.version_of() == ""
    one = shelf.put(prepared(), file_name="profil.zip", at=NOW)
    assert shelf.imported() == {Layer.CENSUS: one}
    assert "Statistics Canada" in one.attribution.en
    assert "2021" in one.attribution.fr
    file = shelf.file(Layer.CENSUS, "census.parquet")
    assert file is not None
    assert file.read_bytes() == b"one"
    assert shelf.file(Layer.FSA_LIMITS, "fsa_areas_qc.topojson") is None


def test_the_same_content_has_the_same_version_and_another_takes_its_place(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first = shelf.put(prepared(), file_name="a.zip", at=NOW)
    whole = shelf.version_of()
    assert shelf.put(prepared(), file_name="b.zip", at=NOW).version == first.version
    assert shelf.version_of(Layer.CENSUS) == whole
    shelf.put(prepared(b"two"), file_name="c.zip", at=NOW)
    assert shelf.version_of() != whole
    assert shelf.version_of(Layer.MUNICIPALITIES) == ""
    assert len([folder for folder in tmp_path.iterdir() if folder.is_dir()]) == 1


def test_what_is_removed_is_gone_and_cannot_be_removed_twice(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(prepared(), file_name="a.zip", at=NOW)
    shelf.remove(Layer.CENSUS)
    assert shelf.imported() == {}
    assert [folder for folder in tmp_path.iterdir() if folder.is_dir()] == []
    with pytest.raises(NotFound):
        shelf.remove(Layer.CENSUS)


def test_a_list_that_cannot_be_read_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "imported.json").write_text("[{", encoding="utf-8")
    with pytest.raises(Broken):
        Shelf(tmp_path).imported()


def test_an_invented_census_is_never_attributed_to_statistics_canada(tmp_path: Path) -> None:
    made = Prepared(Layer.CENSUS, "2021", 1, {"census.parquet": b""}, invented=True)
    one = Shelf(tmp_path).put(made, file_name="demo.zip", at=NOW)
    assert "Statist" not in one.attribution.en
    assert "inventé" in one.attribution.fr


def test_an_imported_register_settles_the_region_of_a_town_that_only_one_place_is_called(tmp_path: Path) -> None:
    table = pa.table({"name": ["Granby", "Hatley", "Hatley"], "admin_region": ["12", "05", "12"]})
    file = tmp_path / "municipalities.parquet"
    pq.write_table(table, file)
    with duckdb.connect() as connection:
        register(connection)
        query = (
            "SELECT DISTINCT municipality, admin_region FROM postal_codes WHERE municipality IN ('Granby', 'Hatley')"
        )
        assert ("Granby", "05") in connection.execute(query).fetchall()
        hatley = {pair for pair in connection.execute(query).fetchall() if pair[0] == "Hatley"}
        register(connection, Official(municipalities=file))
        assert set(connection.execute(query).fetchall()) == {("Granby", "12")} | hatley
