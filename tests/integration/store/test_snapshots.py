import dataclasses
import importlib.util
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from publicc.kernel.errors import Broken, Busy
from publicc.kernel.scope import OwnRows, WholePool
from publicc.store.facts import another, open_own_facts, own_facts, pool_facts
from publicc.store.home import Home
from publicc.store.manifest import Manifest, OrganizationCounts
from publicc.store.snapshots import (
    NoSnapshot,
    current,
    current_or_refuse,
    publish,
    rollup_file,
    snapshot,
    snapshot_folder,
    snapshots_kept,
)
from publicc.store.tables import TABLES

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def manifest(number: int = 1) -> Manifest:
    opera = OrganizationCounts(tickets=number, first_order_on=date(2019, 1, 2), last_order_on=date(2019, 3, 4))
    return Manifest(
        id=f"snapshot{number:04}",
        made_at=MADE_AT + timedelta(days=number),
        as_of=date(2026, 1, 1),
        code_version="1",
        pool=dataclasses.replace(opera, first_performance_on=date(2018, 9, 1)),
        organizations={"opera": opera},
        quality={"opera": {"postal_coverage": 0.5}},
    )


def writing(number: int = 1, organizations: tuple[str, ...] = ("opera", "ballet")):  # noqa: ANN201
    def build(folder: Path) -> Manifest:
        for table, columns in TABLES.items():
            (folder / table).mkdir()
            for slug in organizations:
                values = ", ".join(
                    f"'{slug}' AS organization" if name == "organization" else f"NULL::{kind} AS {name}"
                    for name, kind in columns.items()
                )
                duckdb.execute(f"COPY (SELECT {values}) TO '{folder}/{table}/{slug}.parquet'")
        (folder / "rollups").mkdir()
        for slug in organizations:
            with duckdb.connect(str(folder / "rollups" / f"{slug}.duckdb")) as rollup:
                rollup.execute(f"CREATE TABLE purchases AS SELECT '{slug}' AS organization")
        return manifest(number)

    return build


def test_a_new_home_has_no_snapshot(home: Home) -> None:
    assert current(home) is None
    with pytest.raises(NoSnapshot, match="No data"):
        current_or_refuse(home)


def test_what_was_published_is_current_and_tells_of_itself(home: Home) -> None:
    made = publish(home, writing())
    assert made == manifest() == current(home) == current_or_refuse(home)
    assert made.data_to == date(2019, 3, 4)
    assert made.history_from == date(2018, 9, 1)


def test_a_build_that_fails_leaves_the_last_good_snapshot(home: Home) -> None:
    publish(home, writing(1))

    def broken(folder: Path) -> Manifest:
        writing(2)(folder)
        raise ValueError("killed")

    with pytest.raises(ValueError, match="killed"):
        publish(home, broken)
    assert current_or_refuse(home).id == "snapshot0001"
    assert sorted(path.name for path in home.pool.iterdir() if path.is_dir()) == ["snapshot0001"]


def test_the_same_id_again_keeps_the_files_that_are_there(home: Home) -> None:
    publish(home, writing(1))
    before = snapshot_folder(home, "snapshot0001").stat().st_mtime_ns
    publish(home, writing(1))
    assert snapshot_folder(home, "snapshot0001").stat().st_mtime_ns == before


def test_the_last_ones_are_kept_with_their_rollups_and_the_older_go(home: Home) -> None:
    for number in range(1, 6):
        publish(home, writing(number), keep=2)
    assert [one.id for one in snapshots_kept(home)] == ["snapshot0005", "snapshot0004"]
    assert sorted(path.name for path in home.rollups.iterdir()) == ["snapshot0004", "snapshot0005"]


def test_going_back_to_an_older_content_makes_it_current_again(home: Home) -> None:
    for number in (1, 2, 1):
        publish(home, writing(number))
    assert current_or_refuse(home).id == "snapshot0001"


def test_leftovers_of_a_killed_publication_go_with_the_next(home: Home) -> None:
    publish(home, writing(1))
    (home.pool / ".building-left").mkdir()
    (home.rollups / "snapshot0009").mkdir()
    publish(home, writing(2))
    assert not (home.pool / ".building-left").exists()
    assert not (home.rollups / "snapshot0009").exists()


KILLED = """
import sys, time; from datetime import UTC, date, datetime; from pathlib import Path
from publicc.store.home import Home; from publicc.store.manifest import Manifest
from publicc.store.snapshots import publish
def build(number):
    def one(folder):
        (folder / "rollups").mkdir()
        for name in ("a", "b", "rollups/c"): (folder / name).write_text(str(number))
        return Manifest(f"number{number:06}", datetime.now(UTC), date(2026, 1, 1), "1")
    return one
for number in range(100_000):
    publish(Home(Path(sys.argv[1])), build(number)); print(number, flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.003, 0.011, 0.023])
def test_a_process_killed_while_publishing_leaves_a_whole_snapshot(home: Home, delay: float) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(home.root)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(3):
            child.stdout.readline()
        time.sleep(delay)
        child.kill()
    left = current_or_refuse(home)
    folder = snapshot_folder(home, left.id)
    assert {path.read_text() for path in (folder / "a", folder / "b", home.rollups / left.id / "c")} == {
        str(int(left.id.removeprefix("number")))
    }
    publish(home, writing(1))
    assert current_or_refuse(home).id == "snapshot0001"


def test_two_publications_at_once_do_not_mix(home: Home) -> None:
    publish(home, writing(1))
    with FileLock(home.pool / ".publishing"), pytest.raises(Busy, match="already under way"):
        publish(home, writing(2), wait_seconds=0.05)


@pytest.mark.parametrize("content", [b"", b"../../etc\n", b"snapshot0002\n", b"\xff\xff"])
def test_a_damaged_pointer_is_said_plainly(home: Home, content: bytes) -> None:
    publish(home, writing(1))
    (home.pool / "current").write_bytes(content)
    with pytest.raises(Broken, match="damaged"):
        current(home)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"id": 3}'])
def test_a_damaged_manifest_is_said_plainly(home: Home, content: str) -> None:
    publish(home, writing(1))
    (snapshot_folder(home, "snapshot0001") / "snapshot.json").write_text(content)
    with pytest.raises(Broken, match="damaged"):
        snapshot(home, "snapshot0001")


def test_an_organization_reads_its_own_rows_and_no_other(home: Home) -> None:
    publish(home, writing(1))
    with own_facts(home, OwnRows("opera")) as facts:
        assert facts.execute("SELECT organization FROM purchases").fetchall() == [("opera",)]
        ballet = rollup_file(home, "snapshot0001", "ballet")
        with pytest.raises(duckdb.Error):
            facts.execute(f"ATTACH '{ballet}'")
        with pytest.raises(duckdb.Error):
            facts.execute(f"SELECT * FROM read_parquet('{home.pool}/*/purchases/*.parquet')")
        with pytest.raises(duckdb.Error, match="read-only"):
            facts.execute("DELETE FROM purchases")


def test_another_connection_to_the_same_rows_is_as_closed_as_the_first(home: Home) -> None:
    publish(home, writing(1))
    with closing(open_own_facts(home, OwnRows("opera"))) as first, closing(another(first)) as second:
        assert second.execute("SELECT organization FROM purchases").fetchall() == [("opera",)]
        with pytest.raises(duckdb.Error):
            second.execute(f"ATTACH '{rollup_file(home, 'snapshot0001', 'ballet')}'")
        with pytest.raises(duckdb.Error, match="read-only"):
            second.execute("DELETE FROM purchases")


@pytest.mark.parametrize("slug", ["unknown", "../snapshot0001/ballet", ""])
def test_an_organization_without_rows_is_told_so(home: Home, slug: str) -> None:
    publish(home, writing(1))
    with pytest.raises(NoSnapshot, match="no data yet"), own_facts(home, OwnRows(slug)):
        pass


def test_a_damaged_rollup_is_said_plainly(home: Home) -> None:
    publish(home, writing(1))
    rollup_file(home, "snapshot0001", "opera").write_bytes(b"x" * 5000)
    with pytest.raises(Broken, match="damaged"), own_facts(home, OwnRows("opera")):
        pass


def test_the_pool_has_every_table_and_every_organization(home: Home) -> None:
    publish(home, writing(1))
    with pool_facts(home, WholePool("test")) as facts:
        for table in TABLES:
            assert facts.execute(f"SELECT organization FROM {table}").fetchall() == [("ballet",), ("opera",)]
        with pytest.raises(duckdb.Error):
            facts.execute("SELECT * FROM read_text('/etc/hostname')")


def test_values_given_to_the_engine_start_no_search_for_an_absent_package(home: Home) -> None:
    publish(home, writing(1))
    with own_facts(home, OwnRows("opera")) as facts:
        assert facts.execute("SELECT $day::DATE", {"day": date(2019, 1, 2)}).fetchall() == [(date(2019, 1, 2),)]
    assert "pandas" in sys.modules or importlib.util.find_spec("pandas") is not None


def test_columns_of_text_are_still_made_after_the_engine_was_opened() -> None:
    program = "import publicc.store.engine as e; e.bare_connection(); import pyarrow as pa; print(len(pa.array(['é'])))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
