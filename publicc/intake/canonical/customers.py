"""Customers of every table → `new_customers`, one row a key. The fullest table speaks first, the others complete it."""

from typing import Final

from publicc.intake.canonical.bench import Bench, ReadTable, text_literal
from publicc.intake.canonical.cells import cell
from publicc.intake.canonical.keys import PERSON, customer_key
from publicc.intake.canonical.sales import names_people
from publicc.intake.canonical.staging import own_rows
from publicc.intake.grain import SALES_GRAINS, Grain
from publicc.intake.mapping.targets import Target
from publicc.intake.schema import CUSTOMER_COLUMNS

_COLUMN_OF: Final[dict[Target, str]] = {
    Target.SALUTATION: "title",
    Target.BUYER_LANGUAGE: "language",
    **{target: target.value for target in PERSON if target not in (Target.SALUTATION, Target.BUYER_LANGUAGE)},
}
CUSTOMER_FIELDS: Final = {target: (name,) for target, name in _COLUMN_OF.items()} | {Target.ADDRESS_2: ("address",)}
"""Meaning → the columns of `customers` it fills."""

_FIELDS: Final = tuple(name for name in CUSTOMER_COLUMNS if name != "customer_key")
_TRACE: Final = ("file_no", "row_number")


def build_customers(bench: Bench) -> None:
    """Create `new_customers(source, customer_key, …, file_no, row_number)` and fill the accounts of customer tables.

    It may be a view of what was read: `staging.own_rows` before changing it.
    """
    people = sorted(_tables_of_people(bench), key=_fullness)
    if people:
        _stage(bench, people[0])
        bench.db.execute(f"CREATE VIEW new_customers AS {_people_of(people[0])}")
    else:
        columns = ", ".join(f"{name} {kind}" for name, kind in CUSTOMER_COLUMNS.items())
        bench.db.execute(f"CREATE TABLE new_customers (source VARCHAR, {columns}, file_no INTEGER, row_number BIGINT)")
    for table in people[1:]:
        _stage(bench, table)
        _merge(bench, table)
    _known_by_code_only(bench)


def _known_by_code_only(bench: Bench) -> None:
    """Where a source brings no table of customers at all, the codes of its sales are its customers.

    With such a table, a code that is not in it stays an orphan: a defect to show, not to cover up.
    """
    told = {table.source for table in _tables_of_people(bench)}
    for table in bench.of_grain(*SALES_GRAINS):
        if table.source in told or not table.has(Target.CUSTOMER_KEY):
            continue
        own_rows(bench.db, "new_customers")
        bench.db.execute(
            "INSERT INTO new_customers (source, customer_key, file_no, row_number) "
            f"SELECT ?, customer_key, {table.file_no}, min(row_number) FROM sales_{table.file_no} "
            "WHERE refusal IS NULL AND apart IS NULL AND customer_key IS NOT NULL AND customer_key NOT IN "
            "(SELECT customer_key FROM new_customers WHERE source = ?) GROUP BY customer_key",
            [table.source, table.source],
        )


def _tables_of_people(bench: Bench) -> list[ReadTable]:
    tables = bench.of_grain(Grain.CUSTOMER, Grain.ORDER, *SALES_GRAINS)
    return [table for table in tables if table.grain is Grain.CUSTOMER or names_people(table)]


def _fullness(table: ReadTable) -> tuple[int, int]:
    return (-sum(table.has(target) for target in PERSON), table.file_no)


def _stage(bench: Bench, table: ReadTable) -> None:
    """`people_<n>`: one row a key of one table, that of its latest row."""
    name = f"people_{table.file_no}"
    if table.grain is Grain.CUSTOMER:
        bench.db.execute(f"CREATE TABLE {name}_rows AS {_read_customers(table)}")
        _account(bench, table)
        taken = "refusal IS NULL"
    else:
        fields = ", ".join(f"{target.value} AS {column}" for target, column in _COLUMN_OF.items())
        when = "ordered_ts" if table.grain is not Grain.ORDER else "ordered_at"
        relation = f"sales_{table.file_no}" if table.grain is not Grain.ORDER else f"orders_{table.file_no}"
        bench.db.execute(
            f"CREATE VIEW {name}_rows AS SELECT customer_key, {fields}, row_number, {when} AS seen_at, refusal FROM "
            f"{relation}"
        )
        taken = "refusal IS NULL AND customer_key IS NOT NULL"
    rows, keys = bench.one(f"SELECT count(*), count(DISTINCT customer_key) FROM {name}_rows WHERE {taken}")
    if rows == keys:
        bench.db.execute(f"CREATE VIEW {name} AS FROM {name}_rows WHERE {taken}")
        return
    latest = "arg_max(people, (coalesce(seen_at, TIMESTAMP '1900-01-01'), row_number))"
    bench.db.execute(
        f"CREATE TABLE {name} AS SELECT unnest(latest) FROM "
        f"(SELECT {latest} AS latest FROM (FROM {name}_rows WHERE {taken}) AS people GROUP BY customer_key)"
    )


def _read_customers(table: ReadTable) -> str:
    code = cell(table, Target.CUSTOMER_KEY)
    cells = ", ".join(f"{cell(table, target)} AS {target.value}" for target in PERSON)
    read = f"SELECT row_number, {code} AS customer_code, {cells} FROM {table.relation}"
    fields = ", ".join(f"{target.value} AS {column}" for target, column in _COLUMN_OF.items())
    keyed = f"SELECT {customer_key(table, order_scoped=False)} AS customer_key, * FROM ({read})"
    return (
        f"SELECT customer_key, {fields}, row_number, NULL::TIMESTAMP AS seen_at, "
        f"CASE WHEN customer_key IS NULL THEN 'no_key:customer_key' END AS refusal FROM ({keyed})"
    )


def _people_of(table: ReadTable) -> str:
    return (
        f"SELECT {text_literal(table.source)} AS source, customer_key, {', '.join(_FIELDS)}, "
        f"{table.file_no} AS file_no, row_number FROM people_{table.file_no}"
    )


def _merge(bench: Bench, table: ReadTable) -> None:
    """Add the people of one table; those already known only get what they lacked."""
    own_rows(bench.db, "new_customers")
    completed = ", ".join(f"coalesce(c.{name}, p.{name}) AS {name}" for name in _FIELDS)
    bench.db.execute(
        f"CREATE TABLE merged_customers AS SELECT coalesce(c.source, p.source) AS source, "
        f"coalesce(c.customer_key, p.customer_key) AS customer_key, {completed}, "
        "coalesce(c.file_no, p.file_no) AS file_no, CASE WHEN c.source IS NULL THEN p.row_number ELSE c.row_number "
        "END AS row_number "
        f"FROM new_customers AS c FULL JOIN ({_people_of(table)}) AS p "
        "ON p.source = c.source AND p.customer_key = c.customer_key"
    )
    bench.db.execute("DROP TABLE new_customers")
    bench.db.execute("ALTER TABLE merged_customers RENAME TO new_customers")


def _account(bench: Bench, table: ReadTable) -> None:
    accepted, refused = bench.one(
        "SELECT count(*) FILTER (refusal IS NULL), count(*) FILTER (refusal IS NOT NULL) FROM "
        f"people_{table.file_no}_rows"
    )
    bench.count(table.file_no, accepted=accepted, refused=refused)
