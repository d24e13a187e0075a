"""Registers the room with Django, for its tasks."""

from django.apps import AppConfig


class HarmoniseConfig(AppConfig):
    """Harmonisation."""

    name = "publicc.harmonise"
    label = "harmonise"
