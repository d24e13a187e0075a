"""Entry point of web servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicc.config.settings")

application = get_wsgi_application()

# What a server loads stays until it stops: the collector that goes through it again and again makes pages wait 100 ms.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
