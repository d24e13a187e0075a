"""Defects of whole sources: a change of system, several bases, refused rows, months that are missing, old data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import duckdb

from publicc.intake.checks.report import ROWS_SHOWN, Fill, Freshness
from publicc.intake.checks.rows import Place, first_rows
from publicc.kernel.text import Text

_FRESHNESS: Final = """
SELECT source, min(ordered_on), max(ordered_on) FROM (
    SELECT source, ordered_on FROM current_tickets UNION ALL SELECT source, ordered_on FROM current_orders
) GROUP BY source ORDER BY source
"""
_REUSED: Final = """
SELECT count(*) FILTER (several), count(*) FROM (
    SELECT customer_key, count(DISTINCT lower(strip_accents(coalesce(last_name, full_name)))) > 1 AS several
    FROM current_customers WHERE customer_key NOT LIKE '~%' GROUP BY customer_key HAVING count(DISTINCT source) > 1
)
"""
_TWICE: Final = """
SELECT coalesce(sum(n), 0)::BIGINT, (SELECT count(*) FROM current_customers) FROM (
    SELECT count(*) AS n FROM current_customers WHERE email LIKE '%@%'
    GROUP BY lower(trim(email)), lower(strip_accents(coalesce(last_name, full_name, ''))),
             lower(strip_accents(coalesce(first_name, '')))
    HAVING count(DISTINCT (source, customer_key)) > 1
)
"""
_SOLD_TWICE: Final = """
WITH sold AS (
    SELECT t.source, t.ordered_on, p.starts_on, lower(trim(c.email)) AS email,
           lower(strip_accents(trim(p.title))) AS title, t.net_cents, count(*) AS n
    FROM current_tickets t JOIN current_customers c ON c.source = t.source AND c.customer_key = t.customer_key
    JOIN current_performances p ON p.source = t.source AND p.performance_key = t.performance_key
    WHERE t.ticket_status = 'VALID' AND c.email LIKE '%@%' AND t.ordered_on IS NOT NULL GROUP BY ALL)
SELECT coalesce(sum(least) FILTER (systems > 1), 0)::BIGINT, coalesce(sum(n), 0)::BIGINT FROM (
    SELECT count(*) AS systems, min(n) AS least, sum(n) AS n FROM sold
    GROUP BY ordered_on, starts_on, email, title, net_cents)
"""
_REFUSED: Final = f"""
SELECT r.deposit_id, r.file_no, r.reason, coalesce(r.header, ''), any_value(r.reason_fr ORDER BY r.row_number),
       any_value(r.reason_en ORDER BY r.row_number), count(*), min(r.row_number, {ROWS_SHOWN})
FROM refused_rows r JOIN deposits d USING (deposit_id) WHERE d.state = 'active'
GROUP BY ALL ORDER BY 1, 2, 3, 4
"""
_ACCOUNT: Final = """
SELECT coalesce(sum(row_count), 0)::BIGINT, coalesce(sum(refused), 0)::BIGINT
FROM deposit_files JOIN deposits USING (deposit_id) WHERE state = 'active'
"""
_UNMAPPED: Final = """
SELECT count(*) FILTER (price_group = 'UNMAPPED'), count(*) FROM current_tickets WHERE price_category <> ''
"""
FILL_FIELDS: Final = {
    "postal_code": Text("Code postal", "Postal code"),
    "email": Text("Courriel", "E-mail"),
    "phone": Text("Téléphone", "Phone number"),
    "net_cents": Text("Montant", "Amount"),
    "price_category": Text("Catégorie de prix", "Price type"),
    "channel_label": Text("Canal", "Channel"),
    "customer_key": Text("Acheteur", "Buyer"),
    "performance_key": Text("Représentation", "Performance"),
}
_FILL: Final = """
SELECT strftime(ordered_on, '%Y'), count(*), count(nullif(c.postal_code, '')), count(nullif(c.email, '')),
       count(nullif(c.phone, '')), count(net_cents), count(nullif(price_category, '')), count(nullif(channel_label,
       '')),
       count(t.customer_key), count(performance_key)
FROM current_tickets t LEFT JOIN current_customers c ON c.source = t.source AND c.customer_key = t.customer_key
WHERE ordered_on IS NOT NULL GROUP BY 1 ORDER BY 1
"""
DROP: Final = 0.30
"""A field filled that much less than the year before was lost on the way."""
_ENOUGH_ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows of a table refused for one reason."""

    place: Place
    reason: str
    header: str
    why: Text
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seam:
    """Where one system gives way to the next."""

    before: str
    after: str
    days: int
    """Days without a sale between them; negative: days during which both sold."""

    @property
    def said(self) -> Text:
        """The seam in words."""
        if self.days < 0:
            found = Text("{n} jours de ventes dans les deux à la fois", "{n} days of sales in both at once")
        elif self.days == 0:
            found = Text("sans jour vide ni commun", "without a day empty or common")
        else:
            found = Text("{n} jours sans vente entre les deux", "{n} days without a sale between them")
        return Text("De {before} à {after} : {found}.", "From {before} to {after}: {found}.").filled(
            before=self.before, after=self.after, found=found.filled(n=abs(self.days))
        )


def seams(fresh: tuple[Freshness, ...]) -> tuple[Seam, ...]:
    """Each change of system, in the order of time: the gap or the overlap of the periods of sale."""
    dated = sorted((one for one in fresh if one.last_order_on), key=lambda one: (one.first_order_on, one.source))
    found = []
    for before, after in pairwise(dated):
        if before.last_order_on and after.first_order_on and after.last_order_on:
            common = (min(before.last_order_on, after.last_order_on) - after.first_order_on).days + 1
            between = (after.first_order_on - before.last_order_on).days - 1
            found.append(Seam(before.source, after.source, -common if common > 0 else between))
    return tuple(found)


def freshness(vault: duckdb.DuckDBPyConnection, as_of: date) -> tuple[Freshness, ...]:
    """By source: first and last sale, and how many days ago the last one was."""
    return tuple(
        Freshness(source, first, last, (as_of - last).days if last else None)
        for source, first, last in vault.execute(_FRESHNESS).fetchall()
    )


def codes_reused(vault: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Customer codes that two systems give to different people, of those that both have."""
    return _two(vault, _REUSED)


def records_repeated(vault: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Customer records that share e-mail and name with another one, of all."""
    return _two(vault, _TWICE)


def sold_twice(vault: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Tickets that two systems both tell (same buyer, day, show, date and price), of those whose buyer is known."""
    return _two(vault, _SOLD_TWICE)


def rows_account(vault: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Rows read and rows refused by the active deposits."""
    return _two(vault, _ACCOUNT)


def unmapped_share(vault: duckdb.DuckDBPyConnection) -> float | None:
    """Tickets under price types not mapped ÷ tickets with a price type."""
    unmapped, labelled = _two(vault, _UNMAPPED)
    return unmapped / labelled if labelled else None


def refused_rows(vault: duckdb.DuckDBPyConnection) -> Iterator[Refused]:
    """Rows of active deposits that were not taken, by table and reason."""
    for deposit, file_no, reason, header, fr, en, count, rows in vault.execute(_REFUSED).fetchall():
        yield Refused(Place(deposit, file_no), reason, header, Text(fr, en), count, first_rows(rows))


def fill_by_year(vault: duckdb.DuckDBPyConnection) -> tuple[Fill, ...]:
    """How often tickets have each field filled, by year of sale."""
    return tuple(
        Fill(field, label, year, rows, filled)
        for year, rows, *counts in vault.execute(_FILL).fetchall()
        for (field, label), filled in zip(FILL_FIELDS.items(), counts, strict=True)
    )


def drops(fill: tuple[Fill, ...]) -> Iterator[Fill]:
    """Fields and years filled far less than the year before."""
    previous: dict[str, Fill] = {}
    for one in sorted(fill, key=lambda f: (f.field, f.period)):
        before = previous.get(one.field)
        previous[one.field] = one
        if before is None or min(before.rows, one.rows) < _ENOUGH_ROWS:
            continue
        if before.filled / before.rows - one.filled / one.rows > DROP:
            yield one


def _two(vault: duckdb.DuckDBPyConnection, query: str) -> tuple[int, int]:
    first, second = vault.execute(query).fetchone() or (0, 0)
    return int(first), int(second)
