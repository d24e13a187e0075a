"""What tests of several rooms stand on."""

import pytest
from django.db import connection


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls come in as a server's do, and would end the connection that holds the test's own rows."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
