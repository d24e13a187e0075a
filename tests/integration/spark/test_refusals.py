"""What is missing or unsafe is said in a sentence, before Spark is started."""

import re
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="Spark is an extra: make test installs it")

from publicc.harmonise.spark.session import SETTINGS_FILE, spark_workers
from publicc.kernel.errors import BadUsage


def refused(master: str, folder: Path) -> str:
    with pytest.raises(BadUsage) as found, spark_workers(master, folder):
        pass
    return found.value.sentence("en")


def settings(folder: Path, told: str, mode: int = 0o600) -> str:
    file = folder / "spark.conf"
    file.write_text(told, encoding="utf-8")
    file.chmod(mode)
    return str(file)


@pytest.mark.parametrize("master", ["yarn", "spark://", "local[0]", "http://10.0.0.1:7077", "spark://a:1,b:2"])
def test_an_address_that_means_nothing(master: str, tmp_path: Path) -> None:
    assert "Write local[2] or spark://host:7077" in refused(master, tmp_path)


def test_a_master_that_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS_FILE, settings(tmp_path, "spark.authenticate.secret abc\n"))
    assert "No Spark master answers" in refused("spark://127.0.0.1:1", tmp_path)


def test_a_cluster_to_which_no_secret_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS_FILE, settings(tmp_path, "# spark.authenticate.secret abc\nspark.cores.max = 4\n"))
    assert "must have a secret" in refused("spark://127.0.0.1:1", tmp_path)


def test_a_file_of_settings_that_others_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS_FILE, settings(tmp_path, "", mode=0o644))
    assert "chmod 600 spark.conf" in refused("local[2]", tmp_path)


def test_a_file_of_settings_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTINGS_FILE, str(tmp_path / "nowhere"))
    assert "is missing" in refused("local[2]", tmp_path)


@pytest.mark.parametrize("version", [None, 'openjdk version "11.0.2"', 'java version "1.8.0_281"'])
def test_java_that_is_absent_or_too_old(version: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "bin" / "java"
    if version:
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho '{version}' >&2\n", encoding="utf-8")
        java.chmod(0o700)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    said = refused("local[2]", tmp_path)
    assert "Spark needs Java 17 or newer" in said
    assert bool(re.search(r"Found: (11|8)\.", said)) is bool(version)
