"""`publicc blind`: from a customer table to tokens, on the organization's own machine."""

import json
import tempfile
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from publicc.cli import installation
from publicc.cli.app import spoken_language
from publicc.cli.customer_tables import read_customers
from publicc.cli.shown import Shown
from publicc.harmonise.tokens.encode import Encoded, encode
from publicc.harmonise.tokens.files import write_tokens
from publicc.harmonise.tokens.keyfile import make_key, read_key
from publicc.kernel.text import Text

app = typer.Typer()


@app.command()
def blind(
    inputs: Annotated[list[Path], typer.Argument(help="Customer tables: CSV, TSV, XLSX or Parquet.", metavar="FILE…")],
    *,
    key_file: Annotated[Path, typer.Option(help="Key shared by the organizations that encode; never the hub's.")],
    out: Annotated[Path, typer.Option(help="Parquet file of tokens to write: what is handed to the hub.")],
    new_key: Annotated[bool, typer.Option("--new-key", help="Make the key file first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON on standard output.")] = False,
) -> None:
    """Make linkage tokens of customer tables here, so that names, addresses and contacts never leave this machine.

    Example: publicc blind clients.csv --key-file cercle.key --out jetons.parquet
    """
    if new_key:
        make_key(key_file)
    key = read_key(key_file)
    with (
        tempfile.TemporaryDirectory(prefix="publicc-blind-") as folder,
        duckdb.connect(f"{folder}/blind.duckdb") as connection,
    ):
        read_customers(inputs, connection, into="read")
        connection.execute("CREATE VIEW customers AS SELECT * REPLACE ('' AS organization) FROM read")
        with Shown(spoken_language()) as progress:
            made = encode(connection, "customers", key, progress=progress)
        write_tokens(connection, made.relation, key, out)
    _say(made, key.mark, as_json=as_json)


def _say(made: Encoded, mark: str, *, as_json: bool) -> None:
    if as_json:
        told = {
            "rows": made.rows,
            "persons": made.persons,
            "without_tokens": made.without_tokens,
            "stripped_tokens": made.stripped,
            "key_mark": mark,
        }
        typer.echo(json.dumps(told, indent=1))
        return
    installation.say(
        Text(
            "{rows} fiches, {persons} personnes; {without} fiches sans jeton; {stripped} jetons trop partagés "
            "laissés de côté. Clé {mark}.",
            "{rows} records, {persons} persons; {without} records without a token; {stripped} tokens too widely "
            "shared left out. Key {mark}.",
        ).filled(
            rows=made.rows, persons=made.persons, without=made.without_tokens, stripped=made.stripped, mark=mark[:8]
        )
    )
