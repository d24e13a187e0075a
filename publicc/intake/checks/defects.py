"""The defects named by the sector in 2019, as SQL over customers, tickets and performances."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import duckdb

from publicc.intake.checks.contacts import EMAIL_COURTESY
from publicc.intake.checks.rows import Measured, RowCheck, measure

CUSTOMER_FIELDS: Final = {
    "first_name": "coalesce(first_name, full_name)",
    "last_name": "coalesce(last_name, full_name)",
    "address": "address",
    "city": "city",
    "province": "province",
    "country": "country",
    "phone": "phone",
    "email": "email",
}
"""Field → what fills it. The postal code has its own scored check."""

_MOJIBAKE: Final = (
    "Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u0192\u02c6\u02dc\u2013-\u2122]"
    "|Â[\u00a0-\u00bf]|â€|ï¿½|\ufffd|√[©®™†¥]"
)
_SALUTATIONS: Final = (
    r"^(m|mr|mrs|ms|mx|miss|mme|mmes|mlle|mm|dr|dre|me|mes|pr|pre|prof|professeure?|docteure?|maitre|"
    r"sir|madame|monsieur|"
    r"mademoiselle|rev|pere|soeur|frere|hon|honorable|famille|family|"
    r"m et mme|mme et m|mr and mrs|m mme|mr mrs|dr et mme)$"
)
_LANGUAGES: Final = (
    r"^(fr|en|es|it|pt|de|ar|zh|fra|fre|eng|francais|anglais|espagnol|italien|french|english|spanish|other|autre|bilingue|"
    r"bilingual|(fr|en)[-_ ][a-z]{2})$"
)
_FOLDED: Final = "regexp_replace(lower(strip_accents(trim({0}))), '[^a-z0-9]+', ' ', 'g')"
_DAMAGED: Final = f"regexp_matches({{0}}, '{_MOJIBAKE}')"
_NAMES: Final = ("first_name", "last_name", "full_name", "city")


def _any(predicate: str, columns: tuple[str, ...] = _NAMES) -> str:
    return "(" + " OR ".join(f"coalesce({predicate.format(column)}, FALSE)" for column in columns) + ")"


_SHOUTED: Final = "({0} = upper({0}) AND {0} <> lower({0}) AND length({0}) > 3)"
_UNACCENTED: Final = "({0} = strip_accents({0}) AND lower({0}) IN (SELECT plain FROM accented_names))"
_LOOSE: Final = "({0} LIKE '%  %' OR regexp_matches({0}, '[0-9@]'))"
_TWO_PEOPLE: Final = "regexp_matches(lower({0}), '\\S (et|and|&|\\+) \\S')"
_FORMULA: Final = "(regexp_matches({0}, '^[=@]') OR regexp_matches({0}, '^[+-].*[!|(]'))"

CUSTOMERS: Final = (
    RowCheck("accents_capitals", "TRUE", f"NOT ({_any(_SHOUTED)} OR {_any(_UNACCENTED, ('first_name', 'city'))})"),
    RowCheck("mojibake", "TRUE", f"NOT {_any(_DAMAGED, (*_NAMES, 'address'))}"),
    RowCheck("several_uses_title", "title <> ''", f"regexp_matches(trim({_FOLDED.format('title')}), '{_SALUTATIONS}')"),
    RowCheck(
        "several_uses_language", "language <> ''", f"regexp_matches(trim({_FOLDED.format('language')}), '{_LANGUAGES}')"
    ),
    RowCheck("two_people", "TRUE", f"NOT {_any(_TWO_PEOPLE, ('first_name', 'full_name'))}"),
    RowCheck("courtesy_email", "email <> ''", f"NOT {EMAIL_COURTESY}"),
    RowCheck(
        "manual_entry",
        "TRUE",
        f"NOT ({_any(_LOOSE, ('first_name', 'last_name', 'city'))} "
        "OR coalesce(city IN (SELECT spelling FROM rare_cities), FALSE) "
        "OR coalesce(regexp_extract(lower(email), '@(.+)$', 1) IN (SELECT domain FROM odd_domains), FALSE))",
    ),
    RowCheck("formula_cells", "TRUE", f"NOT {_any(_FORMULA, (*_NAMES, 'address', 'email'))}"),
    RowCheck(
        "never_bought",
        "TRUE",
        "EXISTS (SELECT 1 FROM buyers b WHERE b.source = j.source AND b.customer_key = j.customer_key)",
    ),
    *(
        RowCheck(f"empty:{field}", "TRUE", f"coalesce(trim({cell}), '') <> ''")
        for field, cell in CUSTOMER_FIELDS.items()
    ),
)
PERFORMANCES: Final = (
    RowCheck("exceptional_titles", "title <> ''", "suggestion IS NULL"),
    RowCheck("room_spellings", "room_label <> ''", "room_label NOT IN (SELECT spelling FROM rare_rooms)"),
    RowCheck("mojibake", "title <> ''", f"NOT {_any(_DAMAGED, ('title', 'room_label'))}"),
)
TICKETS: Final = (
    RowCheck("tax_detail", "ticket_status = 'VALID' AND net_cents > 0", "taxes_cents IS NOT NULL"),
    RowCheck("cancelled_tickets", "TRUE", "ticket_status IN ('VALID', 'RESERVED')"),
    RowCheck("valid_of_cancelled", "performance_status = 'CANCELLED'", "ticket_status <> 'VALID'"),
)

_SPELLINGS: Final = """
CREATE OR REPLACE TEMP TABLE {table} AS
WITH spelled AS (
    SELECT {column} AS spelling, regexp_replace(lower(strip_accents({column})), '[^a-z0-9]', '', 'g') AS folded,
           count(*) AS n
    FROM {relation} WHERE {column} <> '' GROUP BY ALL
)
SELECT spelling FROM spelled
QUALIFY row_number() OVER (PARTITION BY folded ORDER BY n DESC, spelling) > 1
"""
_REFERENCES: Final = (
    _SPELLINGS.format(table="rare_rooms", column="room_label", relation="current_performances"),
    _SPELLINGS.format(table="rare_cities", column="city", relation="current_customers"),
    """
    CREATE OR REPLACE TEMP TABLE accented_names AS
    SELECT DISTINCT lower(strip_accents(name)) AS plain FROM (
        SELECT first_name AS name FROM current_customers UNION ALL SELECT city FROM current_customers
    ) WHERE name <> strip_accents(name) AND NOT regexp_matches(name, '[ÃÂ√]')
    GROUP BY lower(name), lower(strip_accents(name)) HAVING count(*) >= 3
    """,
    """
    CREATE OR REPLACE TEMP TABLE odd_domains AS
    WITH domains AS (
        SELECT regexp_extract(lower(trim(email)), '@(.+)$', 1) AS domain, count(*) AS n FROM current_customers
        WHERE email LIKE '%@%' GROUP BY 1
    ), frequent AS (SELECT * FROM domains WHERE n >= 40 ORDER BY n DESC, domain LIMIT 60)
    SELECT DISTINCT d.domain FROM domains d JOIN frequent f
    ON d.domain <> f.domain AND d.n * 20 <= f.n AND abs(length(d.domain) - length(f.domain)) <= 1
       AND damerau_levenshtein(d.domain, f.domain) = 1
    """,
    """
    CREATE OR REPLACE TEMP TABLE buyers AS
    SELECT DISTINCT source, customer_key FROM current_tickets WHERE customer_key IS NOT NULL
    UNION SELECT source, customer_key FROM current_orders WHERE customer_key IS NOT NULL
    """,
)


def row_defects(vault: duckdb.DuckDBPyConnection, as_of: date) -> Iterator[Measured]:
    """The defects of single rows, one scan for each of the three tables (after `judge_contacts` and `judge_rows`)."""
    for statement in _REFERENCES:
        vault.execute(statement)
    yield from measure(vault, "judged_customers j", CUSTOMERS)
    yield from measure(
        vault, "judged_performances", (*PERFORMANCES, _dates("starts_on", as_of + timedelta(days=3 * 366)))
    )
    yield from measure(vault, "judged_tickets", (*TICKETS, _dates("ordered_on", as_of)))


def _dates(column: str, last: date) -> RowCheck:
    """Dates that only fill a cell: long before any ticketing system, or after the day the export was made."""
    possible = f"{column} BETWEEN DATE '1990-01-01' AND DATE '{last.isoformat()}'"
    return RowCheck(f"date_forms:{column}", f"{column} IS NOT NULL", possible)
