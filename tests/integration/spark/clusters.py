"""A standalone cluster of a master and two workers on the loopback, for as long as a block runs."""

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
READY_SECONDS = 90.0
FRUGAL = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java that starts soon rather than runs fast."""
UNCOMPRESSED = "".join(
    f"spark.{what} false\n"
    for what in ("shuffle.compress", "shuffle.spill.compress", "rdd.compress", "broadcast.compress")
)
"""So that what is not encrypted on a disk would be read there."""


@dataclass(frozen=True)
class Cluster:
    master: str
    settings: Path
    """File for `PUBLICC_SPARK_SETTINGS_FILE`."""
    folder: Path
    """Where master and workers put all that they write."""


def frugal_settings(path: Path, secret: str = "") -> Path:
    """A file of Spark settings for small work, with the cluster's secret."""
    told = (
        f"spark.driver.extraJavaOptions {FRUGAL}\nspark.executor.extraJavaOptions {FRUGAL}\n"
        f"spark.sql.codegen.wholeStage false\nspark.driver.memory 1g\n{UNCOMPRESSED}"
    )
    path.write_text(told + (f"spark.authenticate.secret {secret}\n" if secret else ""), encoding="utf-8")
    path.chmod(0o600)
    return path


@contextmanager
def started_cluster(folder: Path) -> Iterator[Cluster]:
    secret = secrets.token_hex(16)
    conf = folder / "conf"
    conf.mkdir()
    (conf / "spark-defaults.conf").write_text(
        f"spark.authenticate true\nspark.authenticate.secret {secret}\nspark.network.crypto.enabled true\n"
    )
    address = f"spark://127.0.0.1:{_free_port()}"
    processes: list[subprocess.Popen[bytes]] = []
    try:
        host, port = address.removeprefix("spark://").split(":")
        processes.append(_started(folder, "master", "Master", "--host", host, "--port", port))
        _wait_for(folder / "master.log", "elected leader")
        for name in ("worker-1", "worker-2"):
            work = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / name))
            processes.append(_started(folder, name, "Worker", "--host", host, *work, address))
        for name in ("worker-1", "worker-2"):
            _wait_for(folder / f"{name}.log", "Successfully registered")
        yield Cluster(address, frugal_settings(folder / "settings.conf", secret), folder)
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait()


def _started(folder: Path, name: str, role: str, *arguments: str) -> subprocess.Popen[bytes]:
    local = folder / f"{name}-local"
    local.mkdir()
    environment = os.environ | {
        "SPARK_CONF_DIR": str(folder / "conf"),
        "SPARK_LOCAL_DIRS": str(local),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": f"{FRUGAL} -Dspark.master.rest.enabled=false -Djava.io.tmpdir={local}",
        "TMPDIR": str(local),
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [SPARK_CLASS, f"org.apache.spark.deploy.{role.lower()}.{role}", "--webui-port", "0", *arguments],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait_for(log: Path, said: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while said not in log.read_text(encoding="utf-8", errors="replace"):
        if time.monotonic() > deadline:
            raise TimeoutError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
