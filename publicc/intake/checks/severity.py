"""How urgent a finding is: what the check stops, and the share of rows it touches."""

from typing import Final

from publicc.intake.checks.report import Severity

STOPS_FIGURES: Final = frozenset(
    {
        "order_has_performance", "no_orphan", "no_history_gap", "unique_ticket_key", "totals_match", "filled_price",
        "filled_capacity", "codes_reused", "refused", "sold_twice",
    }
)  # fmt: skip
"""Checks whose failing rows make figures wrong or impossible, not only less precise."""
GOOD_TO_KNOW: Final = frozenset(
    {
        "accents_capitals",
        "cancelled_tickets",
        "exceptional_titles",
        "several_sources",
        "several_bases",
        "tax_detail",
        "date_forms",
    }
)
"""Facts of life of a box office: said so that figures are understood; nothing has to be mended."""


def severity_of(check: str, count: int, tested: int | None) -> Severity:
    """The urgency of `count` failing rows out of `tested`.

    | share of rows | figures stop | else |
    |---|---|---|
    | ≥ 20 % | high | high |
    | ≥ 5 % | high | medium |
    | ≥ 1 % | medium | low |
    | less | low | low |

    Facts good to know are notes whatever their count; findings that are no share are medium, or high when they stop
    figures.
    """
    if check in GOOD_TO_KNOW:
        return Severity.NOTE
    stops = check in STOPS_FIGURES
    if tested is None:
        return Severity.HIGH if stops else Severity.MEDIUM
    share = count / tested if tested else 0.0
    if share >= 0.20 or (share >= 0.05 and stops):
        return Severity.HIGH
    if share >= 0.05 or (share >= 0.01 and stops):
        return Severity.MEDIUM
    return Severity.LOW


OPTIONAL_FIELDS: Final = frozenset({"phone", "email", "address"})
"""Fields that the public call of 2021 does not ask for, or that nobody should be forced to give."""


def severity_of_field(field: str, count: int, tested: int) -> Severity:
    """The urgency of a field of customers left empty: never more than medium, and low for an optional one."""
    if field in OPTIONAL_FIELDS or count < 0.20 * tested:
        return Severity.LOW
    return Severity.MEDIUM
