"""Registers the room with Django, for the common directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The common directory."""

    name = "publicc.directory"
    label = "directory"
