"""Rows that were not taken → `new_refused`: each with its reason and its mapped cells as they were given."""

from collections.abc import Iterator
from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable, quoted
from publicc.intake.grain import SALES_GRAINS, Grain
from publicc.intake.mapping.targets import Target
from publicc.kernel.text import Text

REASONS: Final = {
    "unreadable": Text(
        fr="La cellule de la colonne « {column} » ne se lit pas comme celles du reste de la colonne.",
        en="The cell of column “{column}” cannot be read like the rest of the column.",
    ),
    "too_early": Text(
        fr="La date de la colonne « {column} » est avant 1970 : c'est une date de remplissage.",
        en="The date in column “{column}” is before 1970: it only fills the cell.",
    ),
    "too_late": Text(
        fr="La date de la colonne « {column} » est trop loin dans l'avenir.",
        en="The date in column “{column}” is too far in the future.",
    ),
    "no_key": Text(
        fr="« {column} » est vide, et rien ne le remplace.", en="“{column}” is empty, and nothing replaces it."
    ),
    "no_quantity": Text(fr="La quantité est vide ou nulle.", en="The quantity is empty or zero."),
    "too_many": Text(
        fr="La quantité dépasse ce qu'une salle peut contenir.", en="The quantity is more than any hall can hold."
    ),
    "negative_alone": Text(
        fr="Le montant est négatif et aucune vente de la même transaction ne lui répond.",
        en="The amount is negative and no sale of the same order answers it.",
    ),
    "layout": Text(
        fr="La ligne ne suit pas les colonnes du fichier : trop ou trop peu de cellules.",
        en="The row does not follow the file's columns: too many or too few cells.",
    ),
}
"""Reason → why. `{column}` is the header of the file, or our name when no column has that meaning."""

_STAGED: Final = {
    **dict.fromkeys(SALES_GRAINS, "sales"), Grain.ORDER: "orders", Grain.PERFORMANCE: "performances",
    Grain.TOTALS: "totals", Grain.EVENT: "totals", Grain.APART: "apart",
}  # fmt: skip
_CENTS: Final = {
    **dict.fromkeys(SALES_GRAINS, "row_cents"), Grain.ORDER: "order_total", Grain.TOTALS: "revenue_cents",
    Grain.EVENT: "revenue_cents", Grain.APART: "cents",
}  # fmt: skip


def build_refused(bench: Bench) -> None:
    """Create `new_refused(file_no, row_number, reason, target, header, reason_fr, reason_en, amount_cents, cells)`."""
    bench.db.execute(
        "CREATE TABLE new_refused (file_no INTEGER, row_number BIGINT, reason VARCHAR, target VARCHAR, header VARCHAR, "
        "reason_fr VARCHAR, reason_en VARCHAR, amount_cents BIGINT, cells VARCHAR)"
    )
    for table in bench.tables:
        if table.grain in (Grain.UNKNOWN, Grain.REFERENCE):
            continue
        relation = _staged(table)
        if relation:
            _take(bench, table, relation)
        _take_unread(bench, table)


def _staged(table: ReadTable) -> str | None:
    if table.grain is Grain.CUSTOMER:
        return f"people_{table.file_no}_rows"
    return f"{_STAGED[table.grain]}_{table.file_no}" if table.grain in _STAGED else None


def _take(bench: Bench, table: ReadTable, relation: str) -> None:
    cents = _CENTS.get(table.grain, "NULL::BIGINT")
    refusals = bench.db.execute(
        f"SELECT DISTINCT refusal FROM {relation} WHERE refusal IS NOT NULL ORDER BY refusal"
    ).fetchall()
    for (refusal,) in refusals:
        reason, target = refusal.split(":", 1)
        header = _header(table, Target(target))
        why = REASONS[reason].filled(column=header)
        bench.db.execute(
            f"INSERT INTO new_refused SELECT {table.file_no}, s.row_number, ?, ?, ?, ?, ?, {cents}, "
            f"{_cells_json(table)} "
            f"FROM {relation} AS s JOIN {table.relation} AS r ON r.row_number = s.row_number WHERE s.refusal = ?",
            [reason, target, header, why.said("fr"), why.said("en"), *_headers(table), refusal],
        )


def _take_unread(bench: Bench, table: ReadTable) -> None:
    """Rows that could not be laid in columns: kept as the line stands, since which cell is which is not known."""
    relation = table.table.refused_relation
    if relation is None:
        return
    why = REASONS["layout"]
    bench.db.execute(
        f"INSERT INTO new_refused SELECT {table.file_no}, row_number, 'layout', NULL, NULL, ?, ?, NULL, "
        f"json_object('', raw) FROM {relation}",
        [why.said("fr"), why.said("en")],
    )
    bench.count(table.file_no, refused=table.table.refused_count)


def _header(table: ReadTable, target: Target) -> str:
    return next((use.header for use in table.mapping.columns if use.target is target), target.label.fr)


def _headers(table: ReadTable) -> list[str]:
    return [use.header for use in table.mapping.columns if use.target is not None]


def _cells_json(table: ReadTable) -> str:
    """JSON of the mapped columns, header → cell as given; the headers are parameters."""
    return f"CAST(json_object({', '.join(_pairs(table))}) AS VARCHAR)"


def _pairs(table: ReadTable) -> Iterator[str]:
    for use in table.mapping.columns:
        if use.target is not None:
            yield f"?, r.{quoted(use.column)}"
