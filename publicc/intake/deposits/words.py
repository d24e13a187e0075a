"""A deposit report in plain words, for a terminal."""

from collections.abc import Iterator
from decimal import Decimal

from publicc.intake.deposits.report import Change, DepositReport, TableReport
from publicc.kernel.formats import money, number
from publicc.kernel.text import Lang, Text


def said_report(report: DepositReport, lang: Lang) -> str:
    """The report, one idea a line: how each table was read, what changed, what is held, what remains to be settled."""
    return "\n".join(_lines(report, lang))


def _lines(report: DepositReport, lang: Lang) -> Iterator[str]:
    for notice in report.notices:
        yield notice.said(lang)
    for problem in report.problems:
        yield f"✗ {problem.file_name}: {problem.problem.said(lang)}"
    for table in report.tables:
        yield from _table(table, lang)
    if not report.already_received:
        yield from _changes(report, lang)
    yield _held(report, lang)
    for question in report.questions:
        default = next((c.label for c in question.choices if c.code == question.default), Text("", ""))
        label = f" « {question.label} »" if question.label else ""
        yield _Q.said(lang, text=question.text, label=label, file=question.file_name, default=default)


_Q = Text(fr="? {text}{label} ({file}). En attendant : {default}", en="? {text}{label} ({file}). Meanwhile: {default}")
_TABLE = Text(
    fr="{place} : {sentence} {read} lignes lues, {accepted} acceptées, {apart} mises à part, {refused} refusées.",
    en="{place}: {sentence} {read} rows read, {accepted} accepted, {apart} set apart, {refused} refused.",
)
_DROPPED = Text(fr="  Colonnes non gardées : {names}.", en="  Columns not kept: {names}.")
_CHANGE = Text(
    fr="{what} : {added} de plus, {changed} modifiées, {unchanged} inchangées.",
    en="{what}: {added} added, {changed} changed, {unchanged} unchanged.",
)
_MISSING = Text(
    fr="  {removed} transactions déjà reçues pour cette période n'y sont plus ; elles sont gardées. "
    "Pour les retirer : --replace-period.",
    en="  {removed} orders already received for this period are no longer there; they are kept. "
    "To remove them: --replace-period.",
)
_REMOVED = Text(fr="  {removed} transactions retirées.", en="  {removed} orders removed.")
_HELD = Text(
    fr="Au coffre : {tickets} billets valides, {orders} transactions, {customers} clients, "
    "{performances} représentations, {revenue} de revenus hors taxes.",
    en="In the vault: {tickets} valid tickets, {orders} orders, {customers} customers, "
    "{performances} performances, {revenue} of revenue before taxes.",
)
_NOTHING_KEPT = Text(fr="Répétition seulement : rien n'a été gardé.", en="Rehearsal only: nothing was kept.")


def _table(table: TableReport, lang: Lang) -> Iterator[str]:
    yield _TABLE.said(
        lang,
        place=f"{table.file_name} › {table.part}" if table.part else table.file_name,
        sentence=table.grain.sentence,
        read=number(table.rows_read, lang),
        accepted=number(table.accepted, lang),
        apart=number(table.set_apart, lang),
        refused=number(table.refused, lang),
    )
    if table.dropped:
        yield _DROPPED.said(lang, names=", ".join(table.dropped))


def _changes(report: DepositReport, lang: Lang) -> Iterator[str]:
    named = (
        (Text("Transactions", "Orders"), report.orders),
        (Text("Clients", "Customers"), report.customers),
        (Text("Représentations", "Performances"), report.performances),
    )
    for what, change in named:
        yield _change(what, change, lang)
        if change.removed:
            kept = _MISSING if change.removed_kept else _REMOVED
            yield kept.said(lang, removed=number(change.removed, lang))
    if report.dry_run:
        yield _NOTHING_KEPT.said(lang)


def _change(what: Text, change: Change, lang: Lang) -> str:
    return _CHANGE.said(
        lang,
        what=what,
        added=number(change.added, lang),
        changed=number(change.changed, lang),
        unchanged=number(change.unchanged, lang),
    )


def _held(report: DepositReport, lang: Lang) -> str:
    held = report.held
    return _HELD.said(
        lang,
        tickets=number(held.tickets, lang),
        orders=number(held.orders, lang),
        customers=number(held.customers, lang),
        performances=number(held.performances, lang),
        revenue=money(Decimal(held.revenue_cents) / 100, lang),
    )
