"""What a person should know of a deposit beside its figures: tables that are missing, events that are tests."""

from collections.abc import Iterator, Sequence
from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable
from publicc.intake.canonical.lookups import missing_tables
from publicc.intake.deposits.report import RefusedRows
from publicc.intake.grain import Grain
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text


def notices_of(bench: Bench) -> Iterator[Text]:
    """One sentence each. Called when the rows of the deposit are built."""
    for file_name, missing in missing_tables(bench.tables).items():
        yield Text(
            fr="{file} renvoie à des listes absentes du dépôt ({missing}) : sans elles, un don ou des frais peuvent y "
            "compter comme un billet. Les déposer ensemble.",
            en="{file} points to lists that the deposit lacks ({missing}): without them, a donation or a fee in it may "
            "count as a ticket. Deposit them together.",
        ).filled(file=file_name, missing=", ".join(missing))
    (tests,) = bench.one(
        "SELECT (SELECT count(*) FROM scratch.new_performances WHERE is_test) "
        "+ (SELECT count(*) FROM scratch.new_totals WHERE is_test)"
    )
    if tests:
        yield Text(
            fr="Événements ou représentations marqués comme essais : {n}. Gardés dans les listes, hors des chiffres.",
            en="Events or performances marked as tests: {n}. Kept in the lists, out of the figures.",
        ).filled(n=tests)


def refusals_of(bench: Bench) -> tuple[RefusedRows, ...]:
    """The rows refused, by table and reason, in the order of the files."""
    places = {table.file_no: table.table.place for table in bench.tables}
    found = bench.db.execute(
        "SELECT file_no, coalesce(header, ''), reason_fr, reason_en, count(*), "
        f"list(row_number ORDER BY row_number)[:{_ROWS_SHOWN}] FROM scratch.new_refused GROUP BY ALL ORDER BY 1, 2, 3"
    ).fetchall()
    return tuple(
        RefusedRows(places[file_no], header, tuple(rows), count, Text(fr, en))
        for file_no, header, fr, en, count, rows in found
    )


def nothing_to_keep(tables: Sequence[ReadTable]) -> BadInput:
    """Tables were read and none of them tells of customers, orders or performances."""
    known = any(table.grain is Grain.REFERENCE for table in tables)
    names = sorted({table.table.file_name for table in tables})
    columns = sum(len(table.table.headers) for table in tables)
    return BadInput(
        _ONLY_LISTS if known else _NOT_RECOGNISED,
        where=Text(fr="Fichiers : {names}.", en="Files: {names}.").filled(names=", ".join(names)),
        found=Text(fr="{n} colonnes, trop peu d'un sens connu.", en="{n} columns, too few of a known meaning.").filled(
            n=columns
        ),
        do=Text(
            fr="La déposer avec les ventes qu'elle complète.", en="Deposit it together with the sales it completes."
        )
        if known
        else Text(
            fr="Vérifier que ce sont les bons fichiers, ou dire ce que sont leurs colonnes.",
            en="Check that these are the right files, or say what their columns are.",
        ),
    )


_ROWS_SHOWN: Final = 50
_ONLY_LISTS: Final = Text(
    fr="Cette liste (produits, quotas, canaux…) en complète d'autres; seule, elle n'a rien à compter.",
    en="This list (products, quotas, channels…) completes others; alone, it has nothing to count.",
)
_NOT_RECOGNISED: Final = Text(
    fr="Aucune table reconnue : ni clients, ni transactions, ni représentations.",
    en="No table is recognised: no customers, no orders, no performances.",
)
