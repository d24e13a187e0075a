"""From performances as a system names them to shows, venues and performances of the pool.

A show is what the source calls one, else the title once case, accents and words such as *supplémentaire* or *première*
are folded away; inside one organization for now. Titles and room names are the organization's own.
"""

from typing import Final

import duckdb
import pyarrow as pa

from publicc.directory.disciplines import discipline_of
from publicc.directory.names import words
from publicc.directory.recognition.marks import Mark, lift
from publicc.kernel.blind import BlindKey, blinded_sql
from publicc.kernel.vocabulary import Discipline


def base_title(title: str) -> str:
    """The title by which dates of one show are grouped: folded, without what tells one date from another.

    `Le Lac des cygnes - SUPPLÉMENTAIRE`, `LE LAC DES CYGNES (première)` → `le lac des cygnes`.
    """
    return words(plain_title(title)) or words(title) or title.strip().lower()


def plain_title(title: str) -> str:
    """The title as written, without markup nor the marks that stand apart: `COMPLET - L'Étoile` → `L'Étoile`."""
    return lift(title).title or title.strip()


def is_extra(title: str) -> bool:
    """Whether the title says that this date was added: *supplémentaire*, *extra*."""
    return Mark.EXTRA in lift(title).marks


def group_shows(connection: duckdb.DuckDBPyConnection, *, key: BlindKey, only: Discipline | None) -> None:
    """Make `shows_` (one row a show) and `show_of(perf_no, show_id, discipline, extra)` from `performances`.

    `only`: the organization's single declared discipline, taken where a performance says none.
    """
    _read_titles(connection)
    _read_disciplines(connection, only)
    code = "CASE WHEN p.show_key IS NULL THEN '' ELSE p.source || chr(31) || p.show_key END"  # its system's own
    name = blinded_sql("show", code, "CASE WHEN p.show_key IS NULL THEN t.base ELSE '' END")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE show_of AS
        SELECT p.perf_no, CASE WHEN p.title IS NOT NULL OR p.show_key IS NOT NULL THEN {name} END AS show_id,
            d.discipline, coalesce(p.is_extra, t.extra, false) AS extra
        FROM performances p LEFT JOIN _titles t USING (title)
        LEFT JOIN _disciplines d ON d.label IS NOT DISTINCT FROM {_LABEL}
            AND d.language IS NOT DISTINCT FROM p.language""",
        key.parameters,
    )
    connection.execute(
        """CREATE OR REPLACE TABLE shows_ AS
        SELECT show_id, arg_min(plain, (-n, plain)) AS title,
            mode(discipline ORDER BY discipline) AS discipline, mode(language ORDER BY language) AS language
        FROM (SELECT show_id, plain, discipline, language, count(*) OVER (PARTITION BY show_id, plain) AS n
            FROM performances JOIN show_of USING (perf_no) LEFT JOIN _titles USING (title) WHERE show_id IS NOT NULL)
        GROUP BY show_id ORDER BY show_id"""
    )
    connection.execute("DROP TABLE _titles; DROP TABLE _disciplines")


_LABEL: Final = "nullif(concat_ws(' › ', p.discipline_label, p.genre_label), '')"


def _read_titles(connection: duckdb.DuckDBPyConnection) -> None:
    titles = [
        row[0]
        for row in connection.execute("SELECT DISTINCT title FROM performances WHERE title IS NOT NULL").fetchall()
    ]
    columns = {
        "title": titles,
        "base": [base_title(title) for title in titles],
        "extra": [is_extra(title) for title in titles],
        "plain": [plain_title(title) for title in titles],
    }
    kinds = pa.schema([("title", pa.string()), ("base", pa.string()), ("extra", pa.bool_()), ("plain", pa.string())])
    _store(connection, pa.table(columns, schema=kinds), "_titles")


def _read_disciplines(connection: duckdb.DuckDBPyConnection, only: Discipline | None) -> None:
    asked = connection.execute(f"SELECT DISTINCT {_LABEL}, p.language FROM performances p").fetchall()
    told = [discipline_of(label or "", language=language) for label, language in asked]
    disciplines = [(only or found).value if found is Discipline.UNKNOWN else found.value for found in told]
    columns = {"label": [a[0] for a in asked], "language": [a[1] for a in asked], "discipline": disciplines}
    _store(connection, pa.table(columns, schema=pa.schema([(name, pa.string()) for name in columns])), "_disciplines")


def _store(connection: duckdb.DuckDBPyConnection, table: pa.Table, name: str) -> None:
    connection.register("_handed_over", table)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM _handed_over")
    connection.unregister("_handed_over")
