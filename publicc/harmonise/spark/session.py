"""A Spark session that may be trusted with identities: authenticated, encrypted on the wire and on disk, no traces.

On one machine (`local[2]`) Spark makes itself a secret for the run. On a cluster the secret is the cluster's: it stands
in a file of Spark settings that `PUBLICC_SPARK_SETTINGS_FILE` names, readable by its owner only. Settings of that file
are taken, but for those that keep identities in: see `_GUARDS`.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark import SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from publicc import __version__
from publicc.harmonise.spark.partitions import Batches
from publicc.harmonise.spark.workers import FEW_VALUES, SparkWorkers
from publicc.kernel.errors import BadUsage, Broken
from publicc.kernel.text import Text

SETTINGS_FILE: Final = "PUBLICC_SPARK_SETTINGS_FILE"
OLDEST_JAVA: Final = 17
MASTER_SECONDS: Final = 5.0
"""How long a master may take to answer at its address."""
WORKERS_SECONDS: Final = 90.0
"""How long workers may take to join."""

_LOCAL: Final = re.compile(r"local(\[([1-9][0-9]*|\*)\])?")
_STANDALONE: Final = re.compile(r"spark://([^:/,\s]+):([0-9]+)")
_SECRET: Final = "spark.authenticate.secret"  # noqa: S105 - the setting's name
_GUARDS: Final = {
    "spark.authenticate": "true",
    "spark.network.crypto.enabled": "true",
    "spark.io.encryption.enabled": "true",
    "spark.io.encryption.keySizeBits": "256",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.eventLog.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}
"""What no settings file may undo: who talks to whom is known, nothing is readable on the way or on a disk, no page and
no log of events shows what was done."""
_USUAL: Final = {
    "spark.driver.memory": "2g",
    "spark.driver.maxResultSize": "0",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "65536",
}
_JAVA_OPTIONS: Final = ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions")
_QUIET: Final = """rootLogger.level = off
rootLogger.appenderRef.none.ref = none
appender.none.type = Null
appender.none.name = none
"""


@contextmanager
def spark_workers(
    master: str, folder: Path, *, parts: int | None = None, few_values: int = FEW_VALUES
) -> Iterator[SparkWorkers]:
    """Workers of the Spark `master` for as long as the block runs.

    `folder`: a private folder for what Spark puts on this machine's disk. `parts`, `few_values`: see `SparkWorkers`.
    Raises BadUsage when Java or the cluster is not there or not safe to use, Broken when Spark fails under way.
    """
    given = _given_settings()
    _check_java()
    _check_master(master, given)
    with _session(master, folder, given) as session:
        _check_workers(session)
        yield SparkWorkers(session, parts=parts, few_values=few_values)


def _given_settings() -> dict[str, str]:
    """Settings of the file that the environment names. Raises BadUsage when others may read it."""
    name = os.environ.get(SETTINGS_FILE)
    if not name:
        return {}
    path = Path(name)
    if not path.is_file():
        raise BadUsage(
            Text("Le fichier des réglages de Spark manque.", "The file of Spark settings is missing."),
            where=Text(f"Variable {SETTINGS_FILE}.", f"Variable {SETTINGS_FILE}."),
        )
    if path.stat().st_mode & 0o077:
        raise BadUsage(
            Text(
                "D'autres peuvent lire le fichier des réglages de Spark, qui tient un secret.",
                "Others may read the file of Spark settings, which holds a secret.",
            ),
            where=Text(f"Variable {SETTINGS_FILE}.", f"Variable {SETTINGS_FILE}."),
            do=Text(f"chmod 600 {path.name}", f"chmod 600 {path.name}"),
        )
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    told = (re.split(r"\s*=\s*|\s+", line, maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {one[0]: one[1] for one in told if len(one) == 2}


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else shutil.which("java")
    said = ""
    if java and Path(java).exists():
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    version = re.search(r"version \x22(?:1\.)?([0-9]+)", said)
    if not version or int(version[1]) < OLDEST_JAVA:
        raise BadUsage(
            Text(f"Spark demande Java {OLDEST_JAVA} ou plus récent.", f"Spark needs Java {OLDEST_JAVA} or newer."),
            found=Text(f"Trouvé : {version[1]}.", f"Found: {version[1]}.") if version else None,
            do=Text(
                "L'installer, par exemple : sudo apt-get install default-jre-headless.",
                "Install it, for example: sudo apt-get install default-jre-headless.",
            ),
        )


def _check_master(master: str, given: Mapping[str, str]) -> None:
    """Raise BadUsage when the address means nothing, when nobody answers there, or when the cluster has no secret."""
    if _LOCAL.fullmatch(master):
        return
    address = _STANDALONE.fullmatch(master)
    if not address:
        raise BadUsage(
            Text("L'adresse du maître de Spark ne se lit pas.", "The address of Spark's master cannot be read."),
            where=Text("Option --master.", "Option --master."),
            do=Text("Écrire local[2] ou spark://hôte:7077.", "Write local[2] or spark://host:7077."),
        )
    if _SECRET not in given:
        raise BadUsage(
            Text(
                "Des identités vont vers les travailleurs : la grappe doit avoir un secret.",
                "Identities travel to the workers: the cluster must have a secret.",
            ),
            do=Text(
                f"L'écrire sur une ligne {_SECRET} du fichier que nomme {SETTINGS_FILE}.",
                f"Write it on a line {_SECRET} of the file that {SETTINGS_FILE} names.",
            ),
        )
    try:
        socket.create_connection((address[1], int(address[2])), timeout=MASTER_SECONDS).close()
    except OSError:
        raise BadUsage(
            Text("Aucun maître de Spark ne répond à cette adresse.", "No Spark master answers at this address."),
            where=Text("Option --master.", "Option --master."),
            do=Text("Démarrer la grappe, ou enlever --master.", "Start the cluster, or leave --master out."),
        ) from None


@contextmanager
def _session(master: str, folder: Path, given: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session whose settings are in a private file: on a command line, others would read the secret."""
    kept = {name: os.environ.get(name) for name in ("SPARK_CONF_DIR", "PYSPARK_PYTHON", "PYSPARK_SUBMIT_ARGS")}
    os.environ["SPARK_CONF_DIR"] = str(_written(folder, _settings(master, folder, given)))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYSPARK_SUBMIT_ARGS"] = "pyspark-shell"
    try:
        session = SparkSession.builder.appName("publicc").getOrCreate()
        try:
            yield session
        finally:
            session.stop()
    except (PySparkException, Py4JError, ConnectionError) as problem:
        raise _failed(problem) from None
    finally:
        _leave_java()
        for name, value in kept.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def _settings(master: str, folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    scratch = folder / "local"
    scratch.mkdir(mode=0o700, exist_ok=True)
    address = _STANDALONE.fullmatch(master)
    alone = address is None or address[1] in {"127.0.0.1", "localhost"}
    here = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"} if alone else {}
    options = {name: f"{given.get(name, '')} -XX:-UsePerfData".strip() for name in _JAVA_OPTIONS}
    options[_JAVA_OPTIONS[0]] += f" -Djava.io.tmpdir={scratch}"
    return {
        **_USUAL,
        **here,
        **given,
        **options,
        **_GUARDS,
        "spark.master": master,
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
    }


def _written(folder: Path, settings: Mapping[str, str]) -> Path:
    """The folder of Spark's own configuration: the settings, and a log that says nothing."""
    place = folder / "conf"
    place.mkdir(mode=0o700, exist_ok=True)
    told = "".join(f"{name} {value}\n" for name, value in settings.items())
    with os.fdopen(os.open(place / "spark-defaults.conf", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(told)
    (place / "log4j2.properties").write_text(_QUIET, encoding="utf-8")
    return place


def _leave_java() -> None:
    """End the Java process: the next session starts another, with settings and a secret of its own."""
    gateway = SparkContext._gateway  # noqa: SLF001 - Spark ends it with Python only
    if gateway is not None:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001


def _versions(_: Batches) -> Batches:
    """What this worker has."""
    told = pa.table({"publicc": [__version__], "duckdb": [duckdb.__version__]})
    yield from told.to_batches()


def _check_workers(session: SparkSession) -> None:
    """Raise Broken when no worker comes, or when one has another version of ours: its values would differ."""
    context = session.sparkContext
    java = context._jsc.sc()  # noqa: SLF001 - Spark tells Python nothing of who joined
    deadline = time.monotonic() + WORKERS_SECONDS
    while not context.master.startswith("local") and java.getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > deadline:
            raise Broken(
                Text("Aucun travailleur de Spark ne s'est joint.", "No Spark worker joined."),
                do=Text(
                    "Vérifier que les travailleurs ont le même secret et de la place.",
                    "Check that the workers have the same secret, and room.",
                ),
            )
        time.sleep(0.1)
    parts = context.defaultParallelism
    found = session.range(0, parts, 1, parts).mapInArrow(_versions, "publicc string, duckdb string").toArrow()
    if set(found["publicc"].to_pylist()) != {__version__} or set(found["duckdb"].to_pylist()) != {duckdb.__version__}:
        raise _other_version()


def _other_version() -> Broken:
    wanted = f"publicc {__version__}, duckdb {duckdb.__version__}"
    return Broken(
        Text(
            "Un travailleur de Spark n'a pas la même version que nous : il ne donnerait pas les mêmes valeurs.",
            "A Spark worker has not the same version as we have: it would not give the same values.",
        ),
        do=Text(f"Y installer {wanted}.", f"Install {wanted} there."),
    )


def _failed(problem: Exception) -> Broken:
    """Spark's own message may quote a row: only its kind is told."""
    if "ModuleNotFoundError" in str(problem):
        return _other_version()
    kind = (problem.getCondition() if isinstance(problem, PySparkException) else None) or type(problem).__name__
    return Broken(
        Text("Spark n'a pas fini le travail.", "Spark did not finish the work."),
        found=Text(f"Genre d'échec : {kind}.", f"Kind of failure: {kind}."),
        do=Text(
            "Recommencer; rien n'a changé dans les données.",
            "Try again; nothing has changed in the data.",
        ),
    )
