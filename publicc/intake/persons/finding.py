"""Finding a person by what they say of themselves, and everything that the vault holds of the records found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from publicc.intake.canonical.keys import folded_sql
from publicc.intake.persons.marks import RECORD, key_of
from publicc.intake.schema import CUSTOMER_COLUMNS
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

FIELDS: Final = tuple(name for name in CUSTOMER_COLUMNS if name != "customer_key")
_PURCHASE: Final = (
    "ordered_on", "order_key", "title", "starts_on", "room_label", "price_category", "channel_label", "ticket_status",
    "tickets", "net_cents",
)  # fmt: skip
_MOST: Final = 200
"""Records of one search: a person has a few, a name alone may have many."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a person says of themselves. Each field that is filled must agree; an empty text is no condition."""

    name: str = ""
    email: str = ""
    phone: str = ""
    postal_code: str = ""
    code: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether it can be about one person: a postal code alone is about a street."""
        return any(one.strip() for one in (self.name, self.email, self.phone, self.code))


@dataclass(frozen=True, slots=True)
class Found:
    """One record and what is held of it. `mark` names it outside the vault."""

    mark: str
    source: str
    code: str
    fields: Mapping[str, str]
    """As given; empty texts where nothing was."""
    purchases: Sequence[Mapping[str, Any]]
    """One of each order, performance and price: day, title, number of tickets, net amount in cents."""


def find(vault: duckdb.DuckDBPyConnection, sought: Sought) -> list[Found]:
    """The records that agree with everything said, current or superseded. Raises BadInput when too little is said."""
    if not sought.is_enough:
        raise BadInput(
            Text("Il manque de quoi trouver une personne.", "There is not enough to find a person."),
            do=Text(
                "Donner un nom, un courriel, un téléphone ou un numéro de client.",
                "Give a name, an e-mail, a telephone or a customer number.",
            ),
        )
    conditions, values = _conditions(sought)
    return _told(vault, f"SELECT DISTINCT source, customer_key FROM customers WHERE {conditions} LIMIT {_MOST}", values)


def records(vault: duckdb.DuckDBPyConnection, marks: Sequence[str]) -> list[Found]:
    """The records of these marks, those that only tickets name included."""
    every = "SELECT source, customer_key FROM customers UNION SELECT source, customer_key FROM tickets"
    wanted = (
        f"SELECT source, customer_key FROM ({every}) WHERE customer_key IS NOT NULL AND list_contains($m, {RECORD})"
    )
    return _told(vault, wanted, {"m": list(marks), **key_of(vault).parameters})


def _conditions(sought: Sought) -> tuple[str, dict[str, str]]:
    """SQL over `customers`, its parameters. Names compare whole words, in any order, without accents or capitals."""
    name = f"regexp_split_to_array({folded_sql('concat_ws(chr(32), first_name, last_name, full_name)')}, '[^a-z0-9]+')"
    digits = "right(regexp_replace({}, '[^0-9]', '', 'g'), 10)"
    compact = "upper(regexp_replace({}, '[^A-Za-z0-9]', '', 'g'))"
    tests = {
        "name": f"list_has_all({name}, regexp_split_to_array({folded_sql('$name')}, '[^a-z0-9]+'))",
        "email": f"{folded_sql('email')} = {folded_sql('$email')}",
        "phone": f"{digits.format('phone')} = {digits.format('$phone')}",
        "postal_code": f"{compact.format('postal_code')} = {compact.format('$postal_code')}",
        "code": "customer_key = trim($code)",
    }
    said = {name: str(getattr(sought, name)) for name in tests if getattr(sought, name).strip()}
    return " AND ".join(tests[name] for name in said), said


def _told(vault: duckdb.DuckDBPyConnection, wanted: str, parameters: Mapping[str, Any]) -> list[Found]:
    key = key_of(vault)
    vault.execute(f"CREATE OR REPLACE TEMP TABLE wanted AS {wanted}", dict(parameters))
    filled = " + ".join(f"({name} IS NOT NULL)::INT" for name in FIELDS)
    names = ", ".join(f"c.{name}" for name in FIELDS)
    found = vault.execute(
        f"""SELECT w.source, w.customer_key, w.mark, {names}
        FROM (SELECT *, {RECORD} AS mark FROM wanted) w LEFT JOIN customers c USING (source, customer_key)
        QUALIFY row_number() OVER (
            PARTITION BY w.source, w.customer_key ORDER BY superseded_by IS NOT NULL, {filled} DESC, {names}) = 1
        ORDER BY 1, 2""",
        key.parameters,
    ).fetchall()
    bought = _purchases(vault)
    vault.execute("DROP TABLE wanted")
    return [
        Found(
            mark=mark,
            source=source,
            code=code,
            fields={name: value or "" for name, value in zip(FIELDS, values, strict=True)},
            purchases=bought.get((source, code), []),
        )
        for source, code, mark, *values in found
    ]


def _purchases(vault: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """What the records of `wanted` bought, oldest first."""
    rows = vault.execute(
        """WITH shown AS (SELECT source, performance_key, any_value(title) AS title, any_value(starts_on) AS starts_on,
                any_value(room_label) AS room_label FROM current_performances GROUP BY ALL)
        SELECT t.source, t.customer_key, ordered_on, order_key, title, starts_on, room_label, price_category,
            channel_label, coalesce(status_label, ticket_status), count(*) AS tickets, sum(net_cents)
        FROM current_tickets t SEMI JOIN wanted USING (source, customer_key)
        LEFT JOIN shown USING (source, performance_key)
        GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    bought: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for source, code, *values in rows:
        bought.setdefault((source, code), []).append(dict(zip(_PURCHASE, values, strict=True)))
    return bought
