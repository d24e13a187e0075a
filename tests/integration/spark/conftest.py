"""One Spark session on this machine for all tests of this folder that need no cluster."""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
            for warning in SPARK_S_OWN:
                item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    of_spark = importlib.import_module("publicc.harmonise.spark.session")  # where Spark is not there, tests are skipped
    clusters = importlib.import_module("tests.integration.spark.clusters")
    folder = tmp_path_factory.mktemp("spark")
    os.environ[of_spark.SETTINGS_FILE] = str(clusters.frugal_settings(folder / "settings.conf"))
    try:
        with of_spark.spark_workers("local[2]", folder) as workers:
            yield workers.session
    finally:
        del os.environ[of_spark.SETTINGS_FILE]
