"""A deposit report in plain words, for a terminal."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from publicc.intake.deposits.report import DepositReport, TableReport
from publicc.kernel.formats import money, number
from publicc.kernel.text import Lang, Text, count_form


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
    for refused in report.refusals:
        more = ", …" if refused.count > _ROWS_SAID else ""
        rows = ", ".join(number(row, lang) for row in refused.rows[:_ROWS_SAID]) + more
        word = count_form(refused.count, lang, *(("ligne", "lignes") if lang == "fr" else ("row", "rows")))
        yield _REFUSED.said(lang, file=refused.file_name, word=word, rows=rows, why=refused.why)
    if not report.already_received:
        yield from _changes(report, lang)
    yield _held(report, lang)
    for question in report.questions:
        default = next((c.label for c in question.choices if c.code == question.default), Text("", ""))
        label = f" « {question.label} »" if question.label else ""
        yield _Q.said(lang, text=question.text, label=label, file=question.file_name, default=default)


_Q = Text(fr="? {text}{label} ({file}). En attendant : {default}", en="? {text}{label} ({file}). Meanwhile: {default}")
_REFUSED = Text(fr="✗ {file}, {word} {rows} : {why}", en="✗ {file}, {word} {rows}: {why}")
_ROWS_SAID: Final = 8
_TABLE = Text(
    fr="{place} : {sentence} {read}, {accepted}, {apart}, {refused}.",
    en="{place}: {sentence} {read}, {accepted}, {apart}, {refused}.",
)
_DROPPED = Text(fr="  Colonnes non gardées : {names}.", en="  Columns not kept: {names}.")
_CHANGE = Text(
    fr="{what} : {added} de plus, {changed}, {unchanged}.", en="{what}: {added} added, {changed}, {unchanged}."
)
_MISSING = Text(
    fr="  {removed} de cette période, déjà reçues, n'y sont plus : gardées. Pour les retirer : --replace-period.",
    en="  {removed} of this period, already received, are no longer there: kept. To remove them: --replace-period.",
)
_REMOVED = Text(fr="  {removed} en moins.", en="  {removed} fewer.")
_HELD = Text(
    fr="Au coffre : {tickets}, {orders}, {customers}, {performances}, {revenue} de revenus hors taxes.",
    en="In the vault: {tickets}, {orders}, {customers}, {performances}, {revenue} of revenue before taxes.",
)
_FORMS: Final = {
    "read": (Text("{n} ligne lue", "{n} row read"), Text("{n} lignes lues", "{n} rows read")),
    "accepted": (Text("{n} acceptée", "{n} accepted"), Text("{n} acceptées", "{n} accepted")),
    "apart": (Text("{n} mise à part", "{n} set apart"), Text("{n} mises à part", "{n} set apart")),
    "refused": (Text("{n} refusée", "{n} refused"), Text("{n} refusées", "{n} refused")),
    "changed_f": (Text("{n} modifiée", "{n} changed"), Text("{n} modifiées", "{n} changed")),
    "unchanged_f": (Text("{n} inchangée", "{n} unchanged"), Text("{n} inchangées", "{n} unchanged")),
    "changed_m": (Text("{n} modifié", "{n} changed"), Text("{n} modifiés", "{n} changed")),
    "unchanged_m": (Text("{n} inchangé", "{n} unchanged"), Text("{n} inchangés", "{n} unchanged")),
    "tickets": (Text("{n} billet valide", "{n} valid ticket"), Text("{n} billets valides", "{n} valid tickets")),
    "orders": (Text("{n} transaction", "{n} order"), Text("{n} transactions", "{n} orders")),
    "customers": (Text("{n} client", "{n} customer"), Text("{n} clients", "{n} customers")),
    "performances": (Text("{n} représentation", "{n} performance"), Text("{n} représentations", "{n} performances")),
}
"""What is counted → its words for one and for several. `_m` and `_f` agree with what changed, in French."""

_NOTHING_KEPT = Text(fr="Répétition seulement : rien n'a été gardé.", en="Rehearsal only: nothing was kept.")


def _counted(n: int, what: str, lang: Lang) -> str:
    one, many = _FORMS[what]
    return count_form(n, lang, one.said(lang), many.said(lang)).format(n=number(n, lang))


def _table(table: TableReport, lang: Lang) -> Iterator[str]:
    yield _TABLE.said(
        lang,
        place=f"{table.file_name} › {table.part}" if table.part else table.file_name,
        sentence=table.grain.sentence,
        read=_counted(table.rows_read, "read", lang),
        accepted=_counted(table.accepted, "accepted", lang),
        apart=_counted(table.set_apart, "apart", lang),
        refused=_counted(table.refused, "refused", lang),
    )
    if table.dropped:
        yield _DROPPED.said(lang, names=", ".join(table.dropped))


def _changes(report: DepositReport, lang: Lang) -> Iterator[str]:
    named = (
        (Text("Transactions", "Orders"), report.orders, "f"),
        (Text("Clients", "Customers"), report.customers, "m"),
        (Text("Représentations", "Performances"), report.performances, "f"),
    )
    for what, change, gender in named:
        yield _CHANGE.said(
            lang,
            what=what,
            added=number(change.added, lang),
            changed=_counted(change.changed, f"changed_{gender}", lang),
            unchanged=_counted(change.unchanged, f"unchanged_{gender}", lang),
        )
        if change.removed:
            kept = _MISSING if change.removed_kept else _REMOVED
            yield kept.said(lang, removed=_counted(change.removed, "orders", lang))
    if report.dry_run:
        yield _NOTHING_KEPT.said(lang)


def _held(report: DepositReport, lang: Lang) -> str:
    held = report.held
    return _HELD.said(
        lang,
        tickets=_counted(held.tickets, "tickets", lang),
        orders=_counted(held.orders, "orders", lang),
        customers=_counted(held.customers, "customers", lang),
        performances=_counted(held.performances, "performances", lang),
        revenue=money(Decimal(held.revenue_cents) / 100, lang),
    )
