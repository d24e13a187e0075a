"""What the proposal knows of a column: its header, what its cells look like, how full and how varied it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from publicc.intake.mapping.targets import Target, ValueKind

DATES: Final = frozenset({"date", "datetime"})
NUMBERS: Final = frozenset({"integer", "money", "decimal"})

_READS: Final = {
    ValueKind.MOMENT: DATES | {"epoch"},
    ValueKind.TIME: frozenset({"time", "datetime"}),
    ValueKind.MONEY: NUMBERS,
    ValueKind.NUMBER: NUMBERS,
}


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column of a table read. `looks` is the kind found in its cells, in lower case; `empty` when it has none."""

    column: str
    header: str
    looks: str
    filled: int
    distinct: int
    samples: tuple[str, ...] = ()

    def can_be(self, target: Target) -> bool:
        """Whether the cells can carry this meaning; an empty column can carry any."""
        if self.looks == "empty":
            return True
        reads = _READS.get(target.kind)
        if reads is not None:
            return self.looks in reads
        if target in _NEVER_DATES:
            return self.looks not in DATES | {"money", "time"}
        if target is Target.EMAIL_CONSENT:
            return self.looks == "boolean"
        return not (target is Target.EMAIL and self.looks in DATES | NUMBERS)


_NEVER_DATES: Final = frozenset({
    Target.SHOW_TITLE, Target.ROOM, Target.PRICE_CATEGORY, Target.CHANNEL, Target.FIRST_NAME, Target.LAST_NAME,
    Target.FULL_NAME, Target.CITY, Target.ORDER_KEY, Target.CUSTOMER_KEY, Target.PERFORMANCE_KEY, Target.TICKET_KEY,
})  # fmt: skip


def among(facts: Sequence[ColumnFacts], looks: frozenset[str]) -> tuple[ColumnFacts, ...]:
    """The columns whose cells look like one of these kinds."""
    return tuple(fact for fact in facts if fact.looks in looks)
