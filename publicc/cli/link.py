"""`publicc link`: linkage alone, on customer tables."""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any, Final

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from publicc.cli.app import spoken_language
from publicc.cli.customer_tables import read_customers
from publicc.cli.engines import Engine, EngineOption, MasterOption, workers_of
from publicc.harmonise.linkage import LinkResult, LinkScope, LinkSettings, link
from publicc.harmonise.linkage.group import LARGEST
from publicc.harmonise.linkage.measures import Measures, measures
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

app = typer.Typer()

MEMORY_LIMIT: Final = "2GB"
"""Of DuckDB; what does not fit goes to a temporary folder."""


@app.command(name="link")
def link_command(
    inputs: Annotated[list[Path], typer.Argument(help="Customer tables: CSV, TSV, XLSX or Parquet.", metavar="INPUT…")],
    *,
    out: Annotated[Path, typer.Option(help="Parquet file to write: one row an input row, in input order.")],
    scope: Annotated[LinkScope, typer.Option(help="Who may be one person: inside each organization, or all rows.")] = (
        LinkScope.POOL
    ),
    engine: EngineOption = Engine.DUCKDB,
    master: MasterOption = None,
    truth: Annotated[Path | None, typer.Option(help="True persons: organization, customer_number, entity.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON on standard output.")] = False,
) -> None:
    """Say which rows of customer tables are the same person, and which persons share a household.

    Example: publicc link clients.csv abonnes.xlsx --out personnes.parquet --scope pool
    """
    start = time.perf_counter()
    with (
        tempfile.TemporaryDirectory(prefix="publicc-link-") as folder,
        duckdb.connect(f"{folder}/link.duckdb") as connection,
        workers_of(engine, master, Path(folder)) as workers,
    ):
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        read_customers(inputs, connection, into="customers")
        with _Spoken() as progress:
            settings = LinkSettings(workers=workers)
            result = link(connection, "customers", scope=scope, settings=settings, progress=progress)
        _write(connection, result, out)
        quality = _against(connection, result, truth, scope) if truth else None
    seconds = time.perf_counter() - start
    _say(result, quality, seconds, as_json=as_json)


class _Spoken:
    """The stages of the work on a terminal's standard error; nothing where no one watches."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self.status = console.status("") if console.is_terminal else None

    def __enter__(self) -> "_Spoken":
        if self.status:
            self.status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.status:
            self.status.stop()

    def step(self, what: Text, done: int = 0, total: int | None = None) -> None:  # noqa: ARG002
        """Show the stage."""
        if self.status:
            self.status.update(what.said(spoken_language()))


def _write(connection: duckdb.DuckDBPyConnection, result: LinkResult, out: Path) -> None:
    partial = out.with_name(out.name + ".partial")
    try:
        connection.sql(
            f"""SELECT organization, customer_number, 'p' || person_no AS person_id,
                'h' || household_no AS household_id, confidence
            FROM {result.relation} ORDER BY input_row"""
        ).write_parquet(str(partial), compression="zstd")
        partial.replace(out)
    except (duckdb.Error, OSError) as problem:
        partial.unlink(missing_ok=True)
        raise BadInput(
            Text("Le fichier de sortie ne s'écrit pas.", "The output file cannot be written."),
            where=Text(f"Fichier {out.name}.", f"File {out.name}."),
            do=Text("Choisir un dossier qui existe.", "Choose a folder that exists."),
        ) from problem


def _against(connection: duckdb.DuckDBPyConnection, result: LinkResult, truth: Path, scope: LinkScope) -> Measures:
    """The measures over the rows that the truth knows; inside organizations, a person is another in each of them."""
    read_customers([truth], connection, into="truth")
    apart = "t.organization || '/' || " if scope is LinkScope.ORGANIZATION else ""
    found = connection.execute(
        f"""SELECT r.person_no, {apart}t.entity AS entity FROM {result.relation} r
        JOIN truth t ON t.organization = r.organization AND t.customer_number = r.customer_number
        WHERE t.entity IS NOT NULL ORDER BY r.input_row"""
    ).fetchnumpy()
    if not len(found["entity"]):
        raise BadInput(
            Text("Aucune ligne de la vérité ne correspond aux tables.", "No row of the truth matches the tables."),
            where=Text(f"Fichier {truth.name}.", f"File {truth.name}."),
            do=Text(
                "Y mettre les colonnes organization, customer_number, entity.",
                "Give it the columns organization, customer_number, entity.",
            ),
        )
    return measures(found["person_no"].tolist(), found["entity"].tolist())


def _say(result: LinkResult, quality: Measures | None, seconds: float, *, as_json: bool) -> None:
    report: dict[str, Any] = {
        "rows": result.rows,
        "persons": result.persons,
        "households": result.households,
        "candidate_pairs": result.candidates,
        "held_joins": result.held,
        "courtesy_values": result.courtesies,
        "capped": [
            {"key": c.label.en, "values": c.values, "largest": c.largest, "example": c.example} for c in result.capped
        ],
        "seconds": round(seconds, 3),
        "stages": result.seconds,
        "records_per_second": round(result.rows / max(seconds, 1e-9)),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if quality:
        report["quality"] = quality.as_json()
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return
    _print(result, quality, seconds)


def _print(result: LinkResult, quality: Measures | None, seconds: float) -> None:
    lang = spoken_language()
    said = Text(
        fr="{rows} lignes, {persons} personnes, {households} ménages, en {seconds} s.",
        en="{rows} rows, {persons} persons, {households} households, in {seconds} s.",
    )
    typer.echo(
        said.said(
            lang, rows=result.rows, persons=result.persons, households=result.households, seconds=round(seconds, 1)
        )
    )
    for capped in result.capped:
        notice = Text(
            fr="Trop de lignes ({largest}) partagent une valeur ({key} « {example} ») : elle ne rapproche personne.",
            en='Too many rows ({largest}) share one value ({key} "{example}"): it brings no one together.',
        )
        typer.echo(notice.said(lang, key=capped.label, example=capped.example, largest=capped.largest), err=True)
    if result.held:
        held = Text(
            fr="{n} réunions laissées à une personne : un groupe aurait eu plus de {most} lignes.",
            en="{n} joins left to a person: a group would have had more than {most} rows.",
        )
        typer.echo(held.said(lang, n=result.held, most=LARGEST), err=True)
    if quality:
        table = Table("", "precision", "recall", "F1")
        for name, one in (("pairwise", quality.pairs), ("cluster", quality.groups), ("B-cubed", quality.b_cubed)):
            table.add_row(name, f"{one.precision:.4f}", f"{one.recall:.4f}", f"{one.f1:.4f}")
        Console().print(table)
