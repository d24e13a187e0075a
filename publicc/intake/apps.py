"""Registers the room with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake."""

    name = "publicc.intake"
    label = "intake"
