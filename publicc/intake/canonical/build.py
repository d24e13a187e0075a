"""All the steps from tables read to rows for the vault, in their order."""

from publicc.intake.canonical.apart import build_apart
from publicc.intake.canonical.bench import Bench
from publicc.intake.canonical.customers import build_customers
from publicc.intake.canonical.orders import apply_order_status, build_orders
from publicc.intake.canonical.performances import build_performances
from publicc.intake.canonical.refused import build_refused
from publicc.intake.canonical.tickets import build_tickets
from publicc.intake.canonical.totals import build_totals
from publicc.intake.canonical.vocabulary import code_labels
from publicc.intake.grain import Grain
from publicc.intake.mapping.model import Question, Words
from publicc.kernel.progress import Progress
from publicc.kernel.text import Text


def build_rows(bench: Bench, words: Words, progress: Progress) -> list[Question]:
    """Create every `new_…` table in the scratch database; give the questions of words nobody knows.

    After it, `bench.counts` accounts for every row of every table: read = accepted + set apart + refused.
    """
    asked: list[Question] = []
    for table in bench.tables:
        asked += code_labels(bench, table, words)
    progress.step(Text("Lecture des billets", "Reading the tickets"))
    build_tickets(bench)
    build_orders(bench)
    apply_order_status(bench)
    progress.step(Text("Lecture des représentations", "Reading the performances"))
    build_totals(bench)
    build_performances(bench)
    progress.step(Text("Lecture des clients", "Reading the customers"))
    build_customers(bench)
    build_apart(bench)
    build_refused(bench)
    for table in bench.tables:
        if table.grain in (Grain.REFERENCE, Grain.UNKNOWN):
            bench.count(table.file_no, set_apart=table.table.row_count + table.table.refused_count)
    return asked
