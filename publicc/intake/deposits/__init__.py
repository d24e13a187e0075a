"""A deposit: received whole or not at all, rehearsed, listed, undone."""

from publicc.intake.deposits.books import Entry, deposits_of, undo_last
from publicc.intake.deposits.receiving import receive_deposit, remembered_mapping
from publicc.intake.deposits.report import Change, DepositReport, FileProblem, Holdings, TableReport

__all__ = [
    "Change",
    "DepositReport",
    "Entry",
    "FileProblem",
    "Holdings",
    "TableReport",
    "deposits_of",
    "receive_deposit",
    "remembered_mapping",
    "undo_last",
]
