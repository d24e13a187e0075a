"""Registers the room with Django."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Sharing by show."""

    name = "publicc.sharing"
    label = "sharing"
