"""The database's own refusal to change or remove what the trail holds.

Put in place after every migration, since SQLite forgets the guards of a table it remakes. An entry may go once it is
older than the trail is kept; whoever owns an SQLite file can drop a guard: the seals, whose head backups carry away,
make that visible.
"""

from typing import Any, Final

from django.db import connection

KEPT_MONTHS: Final = 24
"""How long an entry cannot be removed."""
_TABLE: Final = "collective_trailentry"

_SQLITE: Final = (
    f"""CREATE TRIGGER IF NOT EXISTS trail_never_changes BEFORE UPDATE ON {_TABLE}
    BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS trail_is_kept BEFORE DELETE ON {_TABLE}
    WHEN OLD.at > datetime('now', '-{KEPT_MONTHS} months')
    BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END""",
)
_POSTGRESQL: Final = (
    f"""CREATE OR REPLACE FUNCTION trail_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{KEPT_MONTHS} months' THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'the trail is only added to' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE OR REPLACE TRIGGER trail_never_changes BEFORE UPDATE OR DELETE ON {_TABLE}
    FOR EACH ROW EXECUTE FUNCTION trail_refuses()""",
    f"""CREATE OR REPLACE TRIGGER trail_is_kept BEFORE TRUNCATE ON {_TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuses()""",
)


def put_guards(**_: Any) -> None:  # noqa: ANN401 - called by Django after a migration, with what we do not need
    """Have the database refuse changes to the trail, whatever the last migration did to its table."""
    if _TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def guards() -> set[str]:
    """The names of the guards in place."""
    asked = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [_TABLE])
        return {str(name) for (name,) in cursor.fetchall()}


GUARDS: Final = frozenset({"trail_never_changes", "trail_is_kept"})
