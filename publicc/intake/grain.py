"""One row is what? The grain of a table, and the sentence that says it to a person."""

from enum import StrEnum
from typing import Self

from publicc.kernel.text import Text


class Grain(StrEnum):
    """What one row of a table is, finest first: a finer table is counted, a coarser one completes it."""

    rank: int
    sentence: Text

    def __new__(cls, value: str, rank: int = 0, fr: str = "", en: str = "") -> Self:
        """Build the member from its code, its fineness and its sentence in both languages."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.rank = rank
        member.sentence = Text(fr, en)
        return member

    TICKET = "ticket", 1, "Une ligne est un billet.", "One row is one ticket."
    ORDER_LINE = (
        "order_line",
        2,
        "Une ligne est un lot de billets pareils d'une transaction: elle compte pour sa quantité.",
        "One row is a bundle of equal tickets of an order: it counts for its quantity.",
    )
    LEDGER = (
        "ledger",
        3,
        "Une ligne est une opération (vente, retour): les opérations d'un même billet s'additionnent.",
        "One row is an operation (sale, return): the operations of one ticket add up.",
    )
    AGGREGATE = (
        "aggregate",
        4,
        "Une ligne est un total par représentation et catégorie de prix: des billets sans acheteurs connus.",
        "One row is a total by performance and price type: tickets whose buyers are not known.",
    )
    ORDER = (
        "order",
        5,
        "Une ligne est une transaction entière: elle donne l'acheteur et le total, pas les billets par représentation.",
        "One row is a whole order: it gives the buyer and the total, not the tickets by performance.",
    )
    CUSTOMER = "customer", 6, "Une ligne est un client.", "One row is one customer."
    PERFORMANCE = "performance", 7, "Une ligne est une représentation.", "One row is one performance."
    EVENT = (
        "event",
        8,
        "Une ligne est un spectacle entre deux dates: ses représentations ne sont pas détaillées.",
        "One row is a show between two dates: its performances are not listed.",
    )
    TOTALS = (
        "totals",
        9,
        "Une ligne est un total par semaine ou par spectacle: il sert de contrôle, rien n'en devient billet.",
        "One row is a total by week or by show: it serves as a control, nothing in it becomes a ticket.",
    )
    APART = (
        "apart",
        10,
        "Une ligne est une vente qui n'est pas un billet (don, frais, carte-cadeau, marchandise): mise à part.",
        "One row is a sale which is no ticket (donation, fee, gift card, merchandise): set apart.",
    )
    REFERENCE = (
        "reference",
        11,
        "Une ligne complète d'autres tables (produits, quotas, canaux): rien n'y est compté.",
        "One row completes other tables (products, quotas, channels): nothing in it is counted.",
    )
    UNKNOWN = (
        "unknown",
        12,
        "Cette table n'est pas reconnue: rien n'en est gardé.",
        "This table is not recognised: nothing of it is kept.",
    )


SALES_GRAINS = (Grain.TICKET, Grain.ORDER_LINE, Grain.LEDGER, Grain.AGGREGATE)
"""Grains that become tickets."""
