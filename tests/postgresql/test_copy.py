"""A copy of the control database holds the rows of every organization, and puts them back."""

from pathlib import Path

import psycopg
import pytest
from django.db import connection

from publicc.collective.models import Organization, Right
from publicc.store.control_copy import PostgresControl

FRESH = "publicc_copy"


@pytest.mark.django_db(transaction=True)
def test_a_copy_passes_the_walls_and_comes_back_with_them(tmp_path: Path) -> None:
    for slug in ("theatre", "opera"):
        organization = Organization.objects.create(slug=slug, name=slug)
        Right.objects.create(organization=organization, purpose="OWN_DASHBOARD")
    PostgresControl(connection.settings_dict).copy_into(tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {FRESH}")
        cursor.execute(f"CREATE DATABASE {FRESH}")
    fresh = PostgresControl({**connection.settings_dict, "NAME": FRESH})
    assert fresh.is_empty()
    fresh.put_back(tmp_path)
    reached = {**connection.get_connection_params(), "dbname": FRESH, "cursor_factory": psycopg.Cursor}
    with psycopg.connect(**reached) as other:
        assert other.execute("SELECT count(*) FROM collective_right").fetchone() == (0,)
        other.execute("SET app.organization = '*'")
        assert other.execute("SELECT count(*) FROM collective_right").fetchone() == (2,)
