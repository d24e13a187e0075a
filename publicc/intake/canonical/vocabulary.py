"""Labels of one table → codes, once for each distinct label. Labels nobody knows become questions."""

from collections.abc import Iterator, Mapping
from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable, quoted
from publicc.intake.canonical.cells import cell
from publicc.intake.mapping.model import Choice, Question, QuestionKind, Words
from publicc.intake.mapping.targets import Target
from publicc.intake.sources.layouts import known_systems
from publicc.intake.words import LISTS, NOT_A_TICKET_AS_PRICE, folded
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import Channel, DealType, EventType, PerformanceStatus, PriceGroup, TicketStatus

LABELS_ASKED: Final = 5_000
"""A column with more distinct labels is no list of words: its labels stay unmapped and are not asked one by one."""

DEFAULTS: Final[Mapping[str, str]] = {
    "price_category": PriceGroup.UNMAPPED,
    "channel": Channel.UNKNOWN,
    "product_kind": "TICKET",
    "performance_status": PerformanceStatus.SCHEDULED,
    "event_type": EventType.PERFORMING_ARTS,
    "deal_type": DealType.UNKNOWN,
}
"""What an unknown word counts as until somebody answers."""

_MISSING: Final[Mapping[str, str]] = {
    "price_category": PriceGroup.UNMAPPED,
    "channel": Channel.UNKNOWN,
    "ticket_status": TicketStatus.VALID,
    "order_status": TicketStatus.VALID,
    "product_kind": "TICKET",
    "performance_status": PerformanceStatus.SCHEDULED,
    "deal_type": DealType.UNKNOWN,
}
"""What the absence of a label counts as."""

_EMPTY_WORDS: Final = frozenset({"", "none", "null", "nan", "na", "n a"})

_TERMS: Final = {
    "price_category": PriceGroup, "channel": Channel, "ticket_status": TicketStatus, "order_status": TicketStatus,
    "performance_status": PerformanceStatus, "event_type": EventType, "deal_type": DealType,
}  # fmt: skip
_PRODUCTS: Final = {
    "TICKET": Text("Billet", "Ticket"),
    "DONATION": Text("Don", "Donation"),
    "GIFT_CARD": Text("Carte-cadeau", "Gift card"),
    "MERCHANDISE": Text("Marchandise", "Merchandise"),
    "MEMBERSHIP": Text("Adhésion", "Membership"),
    "FEE": Text("Frais", "Fee"),
}


def code_labels(bench: Bench, table: ReadTable, words: Words) -> list[Question]:
    """Create `words_<n>(list, label, code)` for a table's columns of words; give the questions of unknown labels."""
    bench.db.execute(f"CREATE TABLE words_{table.file_no} (list VARCHAR, label VARCHAR, code VARCHAR)")
    asked: list[Question] = []
    for target in (Target(name) for name in LISTS):
        if table.has(target):
            asked += _code_list(bench, table, target, words)
    return asked


def _code_list(bench: Bench, table: ReadTable, target: Target, words: Words) -> list[Question]:
    columns = ", ".join(quoted(column) for column in table.mapping.columns_of(target))
    groups = f"SELECT {columns}, count(*) AS n FROM {table.relation} GROUP BY {columns}"
    found = bench.db.execute(
        f"SELECT label, sum(n)::BIGINT FROM (SELECT {cell(table, target)} AS label, n FROM ({groups})) "
        f"WHERE label IS NOT NULL GROUP BY label ORDER BY sum(n) DESC, label LIMIT {LABELS_ASKED + 1}"
    ).fetchall()
    if len(found) > LABELS_ASKED:
        return []
    rows = sum(n for _, n in found)
    coded, asked = [], []
    for label, n in found:
        code = _known(table, target.value, label, words) or _no_word(target, table, label)
        if code is None:
            default = _default(target.value, n, rows)
            asked.append(_question(table, target, label, rows=n, default=default))
            code = default
        coded.append((target.value, label, code))
    coded += list(_apart_prices(target, found, words))
    if coded:
        bench.db.executemany(f"INSERT INTO words_{table.file_no} VALUES (?, ?, ?)", coded)
    return asked


def _no_word(target: Target, table: ReadTable, label: str) -> str | None:
    """What counts for a label that asks nothing: an empty word of a program, a kind set apart anyway."""
    if target is Target.PRICE_CATEGORY and NOT_A_TICKET_AS_PRICE.code_of(label):
        return PriceGroup.OTHER
    apart = target is Target.PRODUCT_KIND and table.option("apart_when_filled")
    return DEFAULTS.get(target.value) if apart or folded(label) in _EMPTY_WORDS else None


def _known(table: ReadTable, name: str, label: str, words: Words) -> str | None:
    """The code of a label: what was answered before, else what the system means, else what the trade means."""
    plain = folded(label)
    remembered = words.get(name, {})
    if label in remembered or plain in remembered:
        return remembered.get(label) or remembered.get(plain)
    system = known_systems().get(table.mapping.kind)
    of_system = system.words.get("ticket_status" if name == "order_status" else name, {}) if system else {}
    return of_system.get(plain) or LISTS[name].code_of(label)


def _apart_prices(target: Target, found: list[tuple[str, int]], words: Words) -> Iterator[tuple[str, str, str]]:
    if target is Target.PRICE_CATEGORY:
        answered = words.get("price_category", {})
        for label, _ in found:
            code = NOT_A_TICKET_AS_PRICE.code_of(label)
            if code and label not in answered:
                yield "price_apart", label, code


def _default(name: str, rows: int, of: int) -> str:
    """A status nobody knows counts as valid only when it is the common one; else it waits as reserved, not counted."""
    if name in ("ticket_status", "order_status"):
        return TicketStatus.VALID if rows * 2 > of else TicketStatus.RESERVED
    return DEFAULTS[name]


def _question(table: ReadTable, target: Target, label: str, *, rows: int, default: str) -> Question:
    if target is Target.PRODUCT_KIND:
        choices = tuple(Choice(code, text) for code, text in _PRODUCTS.items())
    else:
        choices = tuple(Choice(term.value, term.label) for term in _TERMS[target.value])
    header = next((use.header for use in table.mapping.columns if use.target is target), "")
    return Question(
        id=f"{target.value}:{label}",
        kind=QuestionKind.WORD,
        text=Text(
            fr="Que veut dire ce mot de la colonne « {column} » ?", en="What does this word of column “{column}” mean?"
        ).filled(column=header),
        file_name=table.table.file_name,
        choices=choices,
        default=default,
        column=header,
        label=label,
        rows=rows,
    )


def code_join(table: ReadTable, word: str) -> str:
    """SQL join that brings the code of one list."""
    label = _LABEL_OF[word]
    if not table.has(Target(word)):
        return ""
    listed = f"SELECT label, max(CASE list WHEN '{word}' THEN code END) AS code"
    if word == "price_category":
        listed += ", max(CASE list WHEN 'price_apart' THEN code END) AS apart"
    return f"LEFT JOIN ({listed} FROM words_{table.file_no} GROUP BY label) AS w_{word} ON w_{word}.label = {label}"


def code_of(table: ReadTable, word: str) -> str:
    """SQL of the code itself, with what an absent label counts as; for price categories, `price_apart` comes along."""
    missing = f"'{default_type(table) if word == 'event_type' else _MISSING[word]}'"
    if not table.has(Target(word)):
        apart = "NULL::VARCHAR AS price_apart, " if word == "price_category" else ""
        return f"{apart}{missing}"
    apart = "w_price_category.apart AS price_apart, " if word == "price_category" else ""
    return f"{apart}coalesce(w_{word}.code, {missing})"


def default_type(table: ReadTable) -> str:
    """The type of events of a source that does not say it, or not of each."""
    return table.option("event_type", EventType.PERFORMING_ARTS)


_LABEL_OF: Final = {
    "price_category": "price_category",
    "channel": "channel_label",
    "ticket_status": "status_label",
    "order_status": "status_label",
    "product_kind": "product_label",
    "performance_status": "status_label",
    "event_type": "event_type_label",
    "deal_type": "deal_type_label",
}
