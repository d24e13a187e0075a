"""Entry point of web servers."""

import gc
import os

import duckdb

gc.disable()  # nothing that loading makes is thrown away: looking for it again and again costs a fifth of the start

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import get_resolver  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")

application = get_wsgi_application()

# What a server loads stays until it stops: the collector that goes through it again and again makes pages wait 100 ms.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.enable()

# Imported, DuckDB opens a connection with a thread of its own. A server forks: its children have the connection without
# the thread, and would wait for it for ever (or fall) when they stop.
duckdb.close()
