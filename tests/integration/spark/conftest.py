"""One Spark session on this machine for all tests of this folder that need no cluster."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyspark", reason="Spark is an extra: make test installs it")

from publicc.harmonise.spark.session import SETTINGS_FILE, spark_workers
from tests.integration.spark.clusters import frugal_settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HERE = Path(__file__).parent
SPARK_S_OWN = (
    "ignore:unclosed <socket:ResourceWarning",
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
)
"""PySpark leaves the sockets through which it hands rows to Java for Python to close by itself."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("spark"))
            for warning in SPARK_S_OWN:
                item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    folder = tmp_path_factory.mktemp("spark")
    os.environ[SETTINGS_FILE] = str(frugal_settings(folder / "settings.conf"))
    try:
        with spark_workers("local[2]", folder) as workers:
            yield workers.session
    finally:
        del os.environ[SETTINGS_FILE]
