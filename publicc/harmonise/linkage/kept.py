"""What a linkage keeps aside so that more rows can be linked into it without comparing the former ones again.

The tables hold identities: they belong where the vaults are. They are written in one transaction, and say together what
was linked: whoever is killed in the middle leaves the former ones.

| table | one row a | holds |
|---|---|---|
| `rows` | record | hashes of its name and of what was written of it, its group |
| `compared` | record | what comparisons look at, as one text (see `told`), with rarities |
| `keys` | key of the model, and run that added some | `block.sorted_keys`, those of rows now gone among them |
| `pairs` | scored pair | as `linkage_pairs` |
| `usage` | value | how often first names, surnames, domains and sectors occur: what cleaning goes by |
| `courtesies`, `rarities` | value | what was found at the full run |
| `decisions` | decision | those that were obeyed |
| `state` | one row | what was learned, in JSON |
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from publicc.harmonise.clean.records import INPUT_COLUMNS
from publicc.harmonise.linkage.block import RECORD_BITS, Keys, distinct
from publicc.harmonise.linkage.engine import LinkResult, LinkSettings, forget_left
from publicc.harmonise.linkage.group import Floats, Ints, Links
from publicc.harmonise.linkage.model import Model
from publicc.harmonise.linkage.told import told_columns, told_sql
from publicc.harmonise.linkage.train import Trained

BELONG: Final = 0.5
"""Chance of one person or one household from which two rows are grouped together or not at all."""
TABLES: Final = ("rows", "compared", "keys", "pairs", "usage", "courtesies", "rarities", "decisions", "state")
PERSONS: Final = "(SELECT * FROM {} WHERE buyer_kind <> 'GENERIC')"
MOST: Final = 1 << RECORD_BITS
"""Rows of a linkage that can be kept: what a key has room for."""

_USAGE: Final = """SELECT 'given' AS kind, given AS value, count(*) AS n FROM {0} WHERE given IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'surname', surname, count(*) FROM {0} WHERE surname IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'domain', email_domain, count(*) FROM {0} WHERE email_domain IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'sector', fsa || ' ' || municipality, count(*) FROM {0}
        WHERE fsa IS NOT NULL AND municipality IS NOT NULL GROUP BY 2"""
_RECORD: Final = np.uint64(RECORD_BITS)
_PAIRS: Final = ", ".join(
    f"{name} {kind} USING COMPRESSION uncompressed"
    for name, kind in (
        ("l", "INTEGER"),
        ("r", "INTEGER"),
        ("pattern", "BIGINT"),
        ("same", "DOUBLE"),
        ("home", "DOUBLE"),
    )
)
"""Columns of `pairs`. All of them are read at each run: that costs more of the processor when they are compressed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A linkage put aside. `where`: the schema or database of its tables."""

    where: str
    trained: Trained
    across: bool
    """Whether rows of two organizations may be one person."""
    rows: int
    """Rows of the full run that taught it."""
    last: int
    """The greatest number that a record was ever given."""
    changed: int = 0
    """Rows that came, changed or went since."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What its owner wants to find again."""

    @property
    def within(self) -> str:
        """SQL: what two records must agree on to be brought together."""
        return "''" if self.across else "organization"

    @property
    def model(self) -> Model:
        """The model that was trained."""
        return self.trained.model


def keep(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    result: LinkResult,
    settings: LinkSettings,
    *,
    across: bool,
    where: str,
    notes: Mapping[str, Any] | None = None,
) -> Kept:
    """Put aside, in place of what was, the linkage of `relation` that has just ended, and say what it is.

    Needs the tables that it left: its settings were `to_keep`. `relation` may have the columns of `marks_sql`, by which
    a record is known from one time to the next; else it is by its organization and its `customer_number`.
    """
    kept = Kept(where, result.trained, across, result.rows, last=result.rows, notes=notes or {})
    _find_components(connection, result)
    _name_rows(connection, relation)
    _name_decisions(connection, settings.constraints)
    connection.execute("BEGIN")
    connection.execute(
        f"""CREATE OR REPLACE TABLE {where}.rows AS
        SELECT record_no, id, digest, person_no, household_no, confidence, buyer_kind, component
        FROM {result.relation} JOIN _kept_names USING (organization, customer_number)
        JOIN _kept_components USING (record_no)"""
    )
    for table, source in (
        ("keys", "FROM linkage_keys"),
        ("usage", _USAGE.format("linkage_records")),
        ("courtesies", "FROM linkage_courtesies"),
        ("rarities", "FROM linkage_rarities"),
        ("decisions", "FROM _kept_decisions"),
    ):
        connection.execute(f"CREATE OR REPLACE TABLE {where}.{table} AS {source}")
    connection.execute(f"CREATE OR REPLACE TABLE {where}.pairs ({_PAIRS})")
    connection.execute(f"INSERT INTO {where}.pairs SELECT l, r, pattern, same, home FROM {result.pairs}")
    connection.execute(f"CREATE OR REPLACE TABLE {where}.compared ({told_columns(kept.model)})")
    connection.execute(f"INSERT INTO {where}.compared {told_sql(connection, 'linkage_compared_records', kept.model)}")
    connection.execute(f"CREATE OR REPLACE TABLE {where}.state (told VARCHAR)")
    write_state(connection, kept)
    connection.execute("COMMIT")
    forget_left(connection)
    for scrap in ("components", "names", "decisions"):
        connection.execute(f"DROP TABLE _kept_{scrap}")
    return kept


def kept_in(connection: duckdb.DuckDBPyConnection, where: str, model: Model) -> Kept | None:
    """What was put aside there under `model`; None when nothing was."""
    there = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'state' AND $where IN (database_name, schema_name)",
        {"where": where},
    ).fetchone()
    if there is None:
        return None
    told = json.loads(connection.execute(f"SELECT told FROM {where}.state").fetchall()[0][0])
    trained = _trained_of(told["trained"], model)
    return Kept(where, trained, told["across"], told["rows"], told["last"], told["changed"], told["notes"])


def write_state(connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    """Put down what was learned, and how far rows went since."""
    told = {
        "trained": _told(kept.trained),
        "across": kept.across,
        "rows": kept.rows,
        "last": kept.last,
        "changed": kept.changed,
        "notes": dict(kept.notes),
    }
    connection.execute(f"DELETE FROM {kept.where}.state")
    connection.execute(f"INSERT INTO {kept.where}.state VALUES (?)", [json.dumps(told)])


def kept_keys(connection: duckdb.DuckDBPyConnection, where: str, number: int) -> list[Keys]:
    """The keys of this number, as each run added them: each part is sorted."""
    found = connection.execute(f"SELECT keys FROM {where}.keys WHERE number = ?", [number]).fetchnumpy()["keys"]
    return [np.frombuffer(keys, dtype=np.uint64) for keys in found]


def records_of(keys: Keys) -> Ints:
    """The record of each key."""
    return np.asarray(keys & np.uint64(MOST - 1), dtype=np.int64)


def sharing(keys: Keys, values: Keys) -> Keys:
    """Those of `keys` that have the same hash as one of `values`; both are sorted."""
    wanted = distinct(values >> _RECORD)
    first = np.searchsorted(keys, wanted << _RECORD)
    there = keys[np.minimum(first, len(keys) - 1)] >> _RECORD == wanted if len(keys) else np.zeros(len(wanted), bool)
    wanted, first = wanted[there], first[there]
    size = np.searchsorted(keys, (wanted + np.uint64(1)) << _RECORD) - first
    before = np.cumsum(size) - size
    return np.asarray(keys[np.arange(int(size.sum())) + np.repeat(first - before, size)], dtype=np.uint64)


def marks_sql(present: Collection[str], organization: str, name: str) -> str:
    """SQL: `id`, which stays with a record, and `digest` of all that linking reads of it."""
    content = [c for c in INPUT_COLUMNS if c in present and c not in ("organization", "customer_number")]
    return f"hash({organization}, {name}) AS id, hash({', '.join(content) or 'NULL'}) AS digest"


def marked_columns(names: Iterable[str]) -> str:
    """SQL: the columns of a table of texts with their marks. They are read once or twice: compressing costs more."""
    texts = ", ".join(f"{name} VARCHAR USING COMPRESSION uncompressed" for name in names)
    return f"{texts}, id UBIGINT, digest UBIGINT"


def marked_sql(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """SQL: the rows of `relation` with their `id` and `digest`, which are there, or made of its columns."""
    present = _columns(connection, relation)
    if {"id", "digest"} <= present:
        return f"SELECT * FROM {relation}"
    return f"SELECT *, {marks_sql(present, _organization_sql(present), 'customer_number')} FROM {relation}"


def named_sql(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """SQL: `organization, customer_number, id, digest` of each row."""
    organization = _organization_sql(_columns(connection, relation))
    return f"""SELECT {organization} AS organization, customer_number, id, digest
        FROM ({marked_sql(connection, relation)})"""


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> set[str]:
    return {row[0] for row in connection.execute(f"DESCRIBE {relation}").fetchall()}


def _organization_sql(present: Collection[str]) -> str:
    return "coalesce(nullif(trim(organization), ''), '')" if "organization" in present else "''"


def _name_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _kept_names AS {named_sql(connection, relation)}")


def _name_decisions(connection: duckdb.DuckDBPyConnection, decisions: str | None) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE _kept_decisions AS {decisions_sql(decisions, '_kept_names')}")


def decisions_sql(decisions: str | None, names: str) -> str:
    """SQL: `left_id, right_id, decision` of the decisions that bind, between records of `names`."""
    if decisions is None:
        return "SELECT NULL::UBIGINT AS left_id, NULL::UBIGINT AS right_id, NULL::VARCHAR AS decision LIMIT 0"
    return f"""SELECT l.id AS left_id, r.id AS right_id, decision FROM {decisions}
        JOIN {names} l ON l.organization = left_organization AND l.customer_number = left_customer
        JOIN {names} r ON r.organization = right_organization AND r.customer_number = right_customer"""


def _find_components(connection: duckdb.DuckDBPyConnection, result: LinkResult) -> None:
    """`_kept_components`: for each record the first of those it may be grouped with, near or far."""
    near = connection.execute(
        f"SELECT l - 1 AS l, r - 1 AS r FROM {result.pairs} WHERE same + home >= {BELONG}"
    ).fetchnumpy()
    grouped = connection.execute(
        f"SELECT person_no - 1 AS person, household_no - 1 AS household FROM {result.relation} ORDER BY record_no"
    ).fetchnumpy()
    component = components(near["l"], near["r"], grouped["person"], grouped["household"])
    table = pa.table({"record_no": np.arange(1, len(component) + 1, dtype=np.int32), "component": component + 1})
    connection.register("_components", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE _kept_components AS FROM _components")
    connection.unregister("_components")


def components_of(links: Links, at_home: Floats, person: Ints, household: Ints) -> Ints:
    """For each row the first of those it may be grouped with, near or far."""
    strong = at_home >= BELONG
    return components(links.left[strong], links.right[strong], person, household)


def components(left: Ints, right: Ints, person: Ints, household: Ints) -> Ints:
    """For each row the first of all those that links, persons and households reach from it."""
    rows = np.arange(len(person))
    one, other = np.concatenate([left, person, household]), np.concatenate([right, rows, rows])
    first = _to_the_first(np.minimum(person, household))
    while len(one):
        first_of_one, first_of_other = first[one], first[other]
        apart = first_of_one != first_of_other
        one, other, first_of_one, first_of_other = (a[apart] for a in (one, other, first_of_one, first_of_other))
        np.minimum.at(first, np.maximum(first_of_one, first_of_other), np.minimum(first_of_one, first_of_other))
        first = _to_the_first(first)
    return first


def _to_the_first(before: Ints) -> Ints:
    """Where each row ends that goes from one to the one before it, as long as there is one."""
    while True:
        further = before[before]
        if np.array_equal(further, before):
            return before
        before = further


def _told(trained: Trained) -> dict[str, Any]:
    return {
        "by_comparison": [{name: logs.tolist() for name, logs in one.items()} for one in trained.by_comparison],
        "pairs": dict(trained.pairs),
        "households": trained.model.households,
    }


def _trained_of(told: Mapping[str, Any], model: Model) -> Trained:
    by_comparison: Sequence[Mapping[str, list[Any]]] = told["by_comparison"]
    none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Trained(
        tuple({name: _floats(logs) for name, logs in one.items()} for one in by_comparison),
        dict(told["pairs"]),
        none,
        nothing,
        np.zeros((0, 3)),
        none,
        replace(model, households=told["households"]),
    )


def _floats(logs: list[Any]) -> Floats:
    return np.asarray(logs, dtype=np.float64)
