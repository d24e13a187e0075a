"""A raw table becomes a source table: headers made distinct, empty columns let go, the view that others read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from publicc.intake.reading import refusals
from publicc.intake.reading.delimited import Loaded
from publicc.intake.reading.scratch import nothing_in
from publicc.intake.reading.tables import Evidence, Form, Limits, SourceTable
from publicc.kernel.text import Text


def distinct_headers(headers: Sequence[str], columns: int) -> tuple[str, ...]:
    """Trimmed headers for `columns` columns: `#3` where there is none, ` (2)` after the second of the same name."""
    given = [" ".join(header.split()) for header in headers[:columns]] + [""] * (columns - len(headers))
    named = [header or f"#{i}" for i, header in enumerate(given, start=1)]
    taken: Counter[str] = Counter()
    result: list[str] = []
    for header in named:
        taken[header] += 1
        candidate = header if taken[header] == 1 else f"{header} ({taken[header]})"
        while candidate in result:
            taken[header] += 1
            candidate = f"{header} ({taken[header]})"
        result.append(candidate)
    return tuple(result)


def published(
    scratch: duckdb.DuckDBPyConnection,
    name: str,
    loaded: Loaded,
    *,
    place: str,
    part: str = "",
    headers: Sequence[str],
    evidence: Evidence,
    limits: Limits,
) -> SourceTable:
    """Make the view `name` over `<name>_raw` and say what it is.

    Columns without header nor values are let go. Raises BadInput when no row is left, or a header is absurdly long.
    """
    where_it_is = f"{place} › {part}" if part else place
    if loaded.rows == 0 and not loaded.has_refused:
        raise refusals.no_rows(where_it_is)
    if any(len(header) > limits.header_characters for header in headers):
        raise refusals.not_a_table(where_it_is)
    kept = _columns_with_something(scratch, name, headers, loaded)
    cells = ", ".join(f"c{old} AS c{new}" for new, old in enumerate(kept, start=1))
    number = "row_number" if loaded.first_row_number is None else f"rowid + {loaded.first_row_number} AS row_number"
    where = f" WHERE NOT ({nothing_in(loaded.columns)})" if loaded.empty_rows and loaded.first_row_number else ""
    scratch.execute(f"CREATE VIEW {name} AS SELECT {number}, {cells} FROM {name}_raw{where}")
    names = distinct_headers([*headers, *[""] * loaded.columns], loaded.columns)
    return SourceTable(
        file_name=place,
        part=part,
        relation=name,
        headers=tuple(names[i - 1] for i in kept),
        row_count=loaded.rows,
        evidence=_with_notes(evidence, headers, loaded),
        problems=loaded.tally.problems(),
        refused_relation=f"{name}_refused" if loaded.has_refused else None,
    )


def _columns_with_something(
    scratch: duckdb.DuckDBPyConnection, name: str, headers: Sequence[str], loaded: Loaded
) -> list[int]:
    every = range(1, loaded.columns + 1)
    nameless = [i for i in every if not (i <= len(headers) and headers[i - 1].strip())]
    if not nameless or not loaded.rows:
        return list(every)
    counts = scratch.execute(f"SELECT {', '.join(f'count(c{i})' for i in nameless)} FROM {name}_raw").fetchone() or ()
    void = {i for i, count in zip(nameless, counts, strict=True) if count == 0}
    return [i for i in every if i not in void]


def _with_notes(evidence: Evidence, headers: Sequence[str], loaded: Loaded) -> Evidence:
    notes = list(evidence.notes)
    twice = [name for name, n in Counter(" ".join(h.split()) for h in headers if h.strip()).items() if n > 1]
    if twice:
        notes.append(
            Text(
                fr="Colonnes de même nom, numérotées : {names}.", en="Columns of the same name, numbered: {names}."
            ).filled(names=", ".join(twice))
        )
    if evidence.header_row is None and evidence.form is not Form.PARQUET:
        notes.append(
            Text(
                fr="Aucune ligne d'en-tête : les colonnes sont appelées #1, #2…",
                en="No header row: the columns are called #1, #2…",
            )
        )
    elif evidence.header_row is not None and evidence.header_row > 1:
        notes.append(
            Text(
                fr="Lignes au-dessus de l'en-tête laissées de côté : {n}.", en="Rows above the header left aside: {n}."
            ).filled(n=evidence.header_row - 1)
        )
    return replace(evidence, notes=tuple(notes), empty_rows=loaded.empty_rows)
