"""`publicc link --engine spark` on a real cluster of a master and two workers, as others would start it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

pytest.importorskip("pyspark", reason="Spark is an extra: make test installs it")

from tests.integration.spark.clusters import Cluster, started_cluster
from tests.integration.spark.crowd import CANARY, crowd, write_crowd

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


def publicc_link(source: Path, out: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "publicc", "link", source, "--out", out, "--json", *options],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Watch:
    """Reads each file of some folders as soon as it is there, and again when it has grown."""

    def __init__(self, *folders: Path) -> None:
        self.folders, self.read = folders, dict[Path, int]()
        self.leaked = set[str]()

    def look(self) -> None:
        for file in self.files():
            try:
                size = file.stat().st_size
                if self.read.get(file) != size:
                    self.read[file] = size
                    self.leaked |= {file.name} if CANARY.encode().lower() in file.read_bytes().lower() else set()
            except FileNotFoundError:
                continue

    def files(self) -> list[Path]:
        found = [Path(root) / name for folder in self.folders for root, _, names in os.walk(folder) for name in names]
        return [file for file in found if not file.name.startswith("link.duckdb")]  # the tables that were handed in


def test_a_cluster_links_row_for_row_as_one_machine_and_writes_no_identity_in_clear(
    cluster: Cluster, tmp_path: Path
) -> None:
    source = write_crowd(tmp_path / "clients.csv", crowd(2000, seed=7))
    here, there, private = tmp_path / "here.parquet", tmp_path / "there.parquet", tmp_path / "private"
    private.mkdir()
    options = ("--engine", "spark", "--master", cluster.master)
    with publicc_link(
        source, there, *options, PUBLICC_SPARK_SETTINGS_FILE=str(cluster.settings), TMPDIR=str(private)
    ) as linking:
        watch = Watch(cluster.folder, private)
        while linking.poll() is None:
            watch.look()
            time.sleep(0.5)
        assert linking.returncode == 0, linking.communicate()[1]
        linking.communicate()
    watch.look()
    assert [file for file in watch.read if file.name.startswith("shuffle_")], "rows moved through the workers' disks"
    assert not watch.leaked
    assert not list(private.iterdir())
    with publicc_link(source, here) as alone:
        alone.communicate()
    rows = [duckdb.execute(f"FROM '{out}'").fetchall() for out in (here, there)]
    assert len(rows[0]) >= 2000
    assert rows[0] == rows[1]


def test_a_cluster_without_a_secret_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    source = write_crowd(tmp_path / "clients.csv", crowd(10, seed=1))
    with publicc_link(source, tmp_path / "o.parquet", "--engine", "spark", "--master", cluster.master) as refused:
        said = refused.communicate()[1]
    assert refused.returncode == 2
    assert "secret" in said
