"""Registers the room with Django, for the life of releases."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Releases."""

    name = "publicc.releases"
    label = "releases"
