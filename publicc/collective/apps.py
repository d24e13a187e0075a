"""Registers the room with Django."""

from django.apps import AppConfig


class CollectiveConfig(AppConfig):
    """The collective."""

    name = "publicc.collective"
    label = "collective"
