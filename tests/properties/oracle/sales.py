"""How many came, how many of them paid, through which channel."""

from collections import Counter
from fractions import Fraction

from tests.properties.oracle.rows import NO_BASE, NO_DATA, UNKNOWN, Figure, Rows, Table, over


def admission_count(rows: Rows) -> Figure:
    return len(rows.tv), len(rows.tv)


def paid_admission_count(rows: Rows) -> Figure:
    return len(rows.tp), len(rows.tp)


def comp_rate(rows: Rows) -> Figure:
    comps = sum(1 for t in rows.tv if t.comp)
    return over(comps, comps + len(rows.tp))


def party_size(rows: Rows) -> Figure:
    ordered = [(t.performance.organization, t.order, t.performance.key) for t in rows.tp if t.order is not None]
    return over(len(ordered), len(set(ordered)))


def refund_rate(rows: Rows) -> Figure:
    sold = [t for t in rows.rows if t.ever_paid and t.status in ("VALID", "CANCELLED", "REFUNDED")]
    return over(sum(1 for t in sold if not t.valid), len(sold))


def channel_share(rows: Rows) -> Table:
    """TP per channel ÷ TP: what was sold through an unknown channel is a line of its own."""
    counts = Counter(t.channel for t in rows.tp)
    if set(counts) <= {UNKNOWN}:
        return {(UNKNOWN,): NO_DATA if counts else NO_BASE}
    return {(channel,): (Fraction(n, len(rows.tp)), len(rows.tp)) for channel, n in counts.items()}
