"""Every field that is kept is classed personal, pseudonymous or open; what leaves a vault is never personal."""

from collections.abc import Iterator

import duckdb
import pytest
from django.apps import apps

from publicc.config.field_classes import FieldClass, class_of, classed_fields
from publicc.harmonise.gather import IDENTITIES
from publicc.harmonise.linkage.kept import TABLES as KEPT
from publicc.intake.schema import TRACE, create_schema
from publicc.store.tables import TABLES

TRACED = {"source", "ticket_no", "superseded_by", *TRACE}


def fields_of_models() -> dict[str, set[str]]:
    return {model._meta.label: {field.name for field in model._meta.concrete_fields} for model in apps.get_models()}


def fields_of_vaults() -> dict[str, set[str]]:
    vault = duckdb.connect()
    create_schema(vault)
    vault.execute(IDENTITIES)
    found = vault.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    fields: dict[str, set[str]] = {}
    for table, column in found:
        if not table.startswith("current_"):
            fields.setdefault(table, set()).add(column)
    return {table: names if "deposit_id" not in names or table.startswith(("deposit", "refused")) else names - TRACED
            for table, names in fields.items()}  # fmt: skip


PLACES = {
    "models": fields_of_models,
    "vault": fields_of_vaults,
    "linkage": lambda: {table: {"any"} for table in KEPT},
    "pool": lambda: {table: set(columns) for table, columns in TABLES.items()},
}


def every_field(place: str) -> Iterator[tuple[str, str]]:
    for table, fields in PLACES[place]().items():
        yield from ((table, field) for field in sorted(fields))


@pytest.mark.parametrize("place", PLACES)
def test_every_field_has_a_class(place: str) -> None:
    unclassed = [field for field in every_field(place) if class_of(place, *field) is None]
    assert unclassed == [], "say in publicc/config/field_classes.toml what these say of people"


@pytest.mark.parametrize("place", PLACES)
def test_no_class_is_kept_for_a_field_that_is_gone(place: str) -> None:
    known = PLACES[place]()
    gone = {table: named - known.get(table, set()) for table, named in classed_fields(place).items()}
    assert {table: fields for table, fields in gone.items() if fields} == {}
    assert set(classed_fields(place)) <= set(known)


def test_nothing_personal_is_in_the_pool() -> None:
    assert [field for field in every_field("pool") if class_of("pool", *field) is FieldClass.PERSONAL] == []


@pytest.mark.parametrize("name", ["last_name", "email", "phone", "address", "postal_code", "customer_key"])
def test_what_names_a_customer_is_personal(name: str) -> None:
    assert class_of("vault", "customers", name) is FieldClass.PERSONAL


def test_a_field_nobody_classed_has_none() -> None:
    assert class_of("models", "intake.Deposit", "shoe_size") is None
    assert class_of("pool", "nowhere", "shoe_size") is None
