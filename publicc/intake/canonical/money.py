"""What one ticket brought: taxes, fees and refunds out of the amount, cents shared without losing one."""

from publicc.intake.canonical.bench import ReadTable
from publicc.intake.mapping.targets import Target

_UNKNOWN_WHEN_FREE = "('SUBSCRIPTION', 'PACKAGE', 'PASS')"
_PAID_GROUPS = "['FULL', 'REDUCED', 'PROMO', 'GROUP', 'OTHER']"
"""A list and not `IN (…)`, of which DuckDB 1.5 makes a join of every row as soon as it has five words."""


def ticket_money(table: ReadTable) -> str:
    """SQL columns `price_group, net_cents, fees_cents, taxes_cents` of the whole row.

    A pass or subscription at 0 $ has an unknown price, not a price of zero. A paid category at 0 $ is a comp; a comp or
    free category that was paid is OTHER.
    """
    taken = ["coalesce(refunded, 0)"]
    if table.has(Target.TAXES) and table.option("taxes") == "included":
        taken.append("coalesce(taxes, 0)")
    if table.has(Target.FEES) and table.option("fees") == "included":
        taken.append("coalesce(fees, 0)")
    group = (
        f"CASE WHEN row_cents = 0 AND list_contains({_PAID_GROUPS}, price_category_code) THEN 'COMP' "
        "WHEN row_cents > 0 AND price_category_code IN ('COMP', 'FREE') THEN 'OTHER' ELSE price_category_code END"
    )
    net = (
        f"CASE WHEN row_cents = 0 AND price_category_code IN {_UNKNOWN_WHEN_FREE} THEN NULL "
        f"ELSE row_cents - {' - '.join(taken)} END"
    )
    return f"{group} AS price_group, {net} AS net_cents, fees AS fees_cents, taxes AS taxes_cents"


def share(cents: str) -> str:
    """SQL of the part of one of `quantity` tickets, numbered `nth` from 0: parts add up to the whole, to the cent."""
    return f"({cents} // quantity + CASE WHEN nth < {cents} % quantity THEN 1 ELSE 0 END)"
