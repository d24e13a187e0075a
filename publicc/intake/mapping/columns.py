"""Headers and values → meanings, for a table of no known system."""

from collections.abc import Mapping, Sequence
from typing import Final

from publicc.intake.mapping.dictionary import PLACES, meanings_of
from publicc.intake.mapping.facts import DATES, ColumnFacts
from publicc.intake.mapping.targets import About, Target

Meanings = dict[str, Target | None]
"""Column (`c1`…) → its meaning."""

_PERSON: Final = frozenset({Target.FIRST_NAME, Target.EMAIL, Target.PHONE, Target.POSTAL_CODE, Target.CUSTOMER_KEY})
_SALE: Final = frozenset({
    Target.ORDER_KEY, Target.ORDERED_AT, Target.AMOUNT, Target.LINE_TOTAL, Target.ORDER_TOTAL, Target.TICKET_KEY,
    Target.QUANTITY, Target.PRICE_CATEGORY, Target.CHANNEL,
})  # fmt: skip
_SHOW: Final = frozenset({Target.PERFORMANCE_KEY, Target.ROOM, Target.STARTS_AT, Target.CAPACITY, Target.DISCIPLINE})
_BY_LOOKS: Final[Mapping[str, Target]] = {
    "email": Target.EMAIL,
    "phone": Target.PHONE,
    "postal_code": Target.POSTAL_CODE,
}
_SEVERAL: Final = frozenset({Target.PRICE_CATEGORY, Target.ADDRESS, Target.FEES, Target.TAXES, Target.GENRE})
"""Meanings that several columns may share: they are joined or added up."""


def meanings_by_header_and_value(facts: Sequence[ColumnFacts]) -> Meanings:
    """A first meaning for each column; None for what has none. Every pair header-value must agree."""
    found: Meanings = {}
    sure = {m[0] for fact in facts if len(m := meanings_of(fact.header)) == 1}
    for fact in facts:
        possible = tuple(t for t in meanings_of(fact.header) if fact.can_be(t))
        found[fact.column] = _settled(possible, sure) or _by_value(fact, possible)
    found = _settle_places(found)
    found = _settle_names(found, facts)
    return _one_column_each(found, facts)


def _settled(possible: tuple[Target, ...], sure: set[Target]) -> Target | None:
    """The likeliest meaning given the neighbours whose meaning is sure."""
    if len(possible) < 2:
        return possible[0] if possible else None
    persons, sales, shows = len(sure & _PERSON), len(sure & _SALE), len(sure & _SHOW)
    room = {
        About.CUSTOMER: persons if not sales else persons - 1,
        About.SALE: sales,
        About.PERFORMANCE: shows if shows > 1 or not sales else shows - 1,
        About.TOTAL: 0,
    }
    free = [t for t in possible if t not in sure] or list(possible)
    return max(free, key=lambda t: (room[t.about], -possible.index(t)))


def _by_value(fact: ColumnFacts, possible: tuple[Target, ...]) -> Target | None:
    """What the cells alone say: an e-mail is an e-mail whatever its header; a price under `Tarif` is an amount."""
    if possible:
        return possible[0]
    known = meanings_of(fact.header)
    if fact.looks == "money" and Target.PRICE_CATEGORY in known:
        return Target.AMOUNT
    return _BY_LOOKS.get(fact.looks)


def _settle_places(found: Meanings) -> Meanings:
    """In a table without customers, a city is that of the venue and a status that of the performance."""
    used = {t for t in found.values() if t}
    if used & (_PERSON - {Target.POSTAL_CODE}) or used & _SALE or not used & _SHOW:
        return found
    return {column: PLACES.get(t, t) if t else None for column, t in found.items()}


def _settle_names(found: Meanings, facts: Sequence[ColumnFacts]) -> Meanings:
    """`Nom` alone is a whole name; two titles where a first name stands: the varied one is the show's."""
    used = {t for t in found.values() if t}
    settled = dict(found)
    if Target.LAST_NAME in used and Target.FIRST_NAME not in used:
        settled = {c: Target.FULL_NAME if t is Target.LAST_NAME else t for c, t in settled.items()}
    if Target.SALUTATION in used:
        by_column = {fact.column: fact for fact in facts}
        for column, target in settled.items():
            if target is Target.SALUTATION and by_column[column].distinct > 40:
                settled[column] = Target.SHOW_TITLE if used & _SHOW else None
    return settled


def _one_column_each(found: Meanings, facts: Sequence[ColumnFacts]) -> Meanings:
    """Of several columns with one meaning, the fullest keeps it; split date columns are told from each other."""
    kept: Meanings = {}
    for target in {t for t in found.values() if t}:
        rivals = [fact for fact in facts if found[fact.column] is target]
        if target in _SEVERAL or len(rivals) == 1:
            kept.update((fact.column, target) for fact in rivals)
            continue
        best = max(rivals, key=lambda fact: fact.filled)
        kept[best.column] = target
        if target in (Target.ORDERED_AT, Target.STARTS_AT):
            kept.update(_other_moment(target, [r for r in rivals if r is not best], found))
    return {fact.column: kept.get(fact.column) for fact in facts}


def _other_moment(target: Target, rivals: Sequence[ColumnFacts], found: Meanings) -> Meanings:
    """A second date column takes the other moment of a sale when nothing else carries it."""
    other = Target.STARTS_AT if target is Target.ORDERED_AT else Target.ORDERED_AT
    if len(rivals) == 1 and other not in found.values() and rivals[0].looks in DATES:
        return {rivals[0].column: other}
    return {}
