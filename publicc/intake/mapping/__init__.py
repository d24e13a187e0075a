"""Which column means what: the dictionary of headers, the proposal, the memory a person can edit."""

from publicc.intake.mapping.model import ColumnUse, Mapping, Question, QuestionKind, TableMapping, Words
from publicc.intake.mapping.targets import Target, ValueKind

__all__ = ["ColumnUse", "Mapping", "Question", "QuestionKind", "TableMapping", "Target", "ValueKind", "Words"]
