"""Options `--engine` and `--master`: where the linkage's heavy work is done."""

import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from publicc.harmonise.linkage.pairs import HERE, Workers
from publicc.kernel.errors import BadUsage
from publicc.kernel.text import Text

LOCAL: Final = "local[2]"
"""Spark on this machine, with two cores."""


class Engine(StrEnum):
    """Where the work is done."""

    DUCKDB = "duckdb"
    SPARK = "spark"


EngineOption = Annotated[Engine, typer.Option(help="Where the work is done: this process, or Apache Spark.")]
MasterOption = Annotated[
    str | None,
    typer.Option(metavar="URL", help=f"With --engine spark: spark://host:7077, or {LOCAL} (the default)."),
]


@contextmanager
def workers_of(engine: Engine, master: str | None, folder: Path) -> Iterator[Workers]:
    """Who does the heavy work, for as long as the block runs. `folder`: a private one, for Spark's files here.

    Raises BadUsage when Spark is asked for and not installed, or `master` is told to another engine.
    """
    if engine is Engine.DUCKDB:
        if master is not None:
            raise BadUsage(
                Text("--master ne sert qu'avec --engine spark.", "--master is for --engine spark only."),
                do=Text("Ajouter --engine spark, ou enlever --master.", "Add --engine spark, or leave --master out."),
            )
        yield HERE
        return
    if importlib.util.find_spec("pyspark") is None:
        raise BadUsage(
            Text("Spark n'est pas installé.", "Spark is not installed."),
            do=Text("L'installer : pip install publicc[spark].", "Install it: pip install publicc[spark]."),
        )
    session = importlib.import_module("publicc.harmonise.spark.session")  # what it needs is an extra of its own
    with session.spark_workers(master or LOCAL, folder) as workers:
        yield workers
