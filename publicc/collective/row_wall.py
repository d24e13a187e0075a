"""PostgreSQL's own wall between organizations, second to `Scope`: a forgotten filter gives nothing of another one.

Every table with a column `organization_id` has it, found in the list of models, so that a new one cannot escape. A page
of an organization reads and writes inside `only(organization)`; our other work (the hub's pages, the worker, commands)
says on connecting that it is about all of them; a connection that says nothing reads no row.

Told to those who install it in `docs/how-to/postgresql.en.md`. SQLite has no such wall: there, `Scope`, imports and
tests stand alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.apps import AppConfig, apps
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ALL: Final = "*"
"""What the setting holds where work is about every organization."""
NOT_WALLED: Final = {
    "collective.Membership": "a person's places in several organizations are read together to let them choose one",
    "collective.TrailEntry": "each entry is sealed to the one before, whoever that one tells of",
    "directory.Label": "what several organizations call a show or a room is what makes an entry common",
    "collective.Application": "it has no organization before it is accepted",
}
_TOLD: Final = "current_setting('app.organization', true)"
_COLUMN: Final = "organization_id"
_WALL: Final = "one_organization"


def walled(room: AppConfig | None = None) -> set[str]:
    """The tables that have a wall: those of one room, or of all."""
    kept = [model._meta for model in (room or apps).get_models()]  # noqa: SLF001 - Django's documented way
    own = [one for one in kept if any(field.column == _COLUMN for field in one.concrete_fields)]
    return {one.db_table for one in own if one.label not in NOT_WALLED}


def put_walls(sender: AppConfig, **_: Any) -> None:  # noqa: ANN401 - called by Django after a migration
    """Wall the tables of a room that are not yet. The owner of a table is held by it too."""
    if connection.vendor != "postgresql":
        return
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(walled(sender) & present - standing()):
            for statement in _statements(table):
                cursor.execute(statement)


def standing() -> set[str]:
    """The tables whose wall is in place and holds their owner too. Empty on SQLite."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
            WHERE p.polname = %s AND NOT p.polpermissive AND c.relrowsecurity AND c.relforcerowsecurity""",
            [_WALL],
        )
        return {str(name) for (name,) in cursor.fetchall()}


def is_above_walls() -> bool:
    """Whether the database's role passes every wall: a superuser, or one with BYPASSRLS."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def tell_all(connection: BaseDatabaseWrapper, **_: Any) -> None:  # noqa: ANN401 - called by Django on connecting
    """Say that what this process does is about every organization, until a block says otherwise."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.organization', %s, false)", [ALL])


@contextmanager
def only(organization: int) -> Iterator[None]:
    """A block, in one transaction, where no row of another organization can be read, written or removed."""
    with _telling(str(organization)):
        yield


@contextmanager
def everyone() -> Iterator[None]:
    """A block inside `only` that is about every organization: say beside it why."""
    with _telling(ALL):
        yield


@contextmanager
def _telling(told: str) -> Iterator[None]:
    """The setting for a block. It ends with the transaction, so that no later request reads as this one."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {_TOLD}")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('app.organization', %s, true)", [told])
        yield
        if not transaction.get_rollback():
            cursor.execute("SELECT set_config('app.organization', %s, true)", [before or ""])


def _statements(table: str) -> tuple[str, ...]:
    """A restrictive policy, which no other can open again, and the one that PostgreSQL wants beside it."""
    name, owner = connection.ops.quote_name(table), f"{_COLUMN}::text"
    return (
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS anyone ON {name}",
        f"DROP POLICY IF EXISTS {_WALL} ON {name}",
        f"CREATE POLICY anyone ON {name} USING (true)",
        f"""CREATE POLICY {_WALL} ON {name} AS RESTRICTIVE
        USING ({_TOLD} = '{ALL}' OR nullif({_TOLD}, '') = {owner} OR ({owner} IS NULL AND {_TOLD} <> ''))""",
    )
