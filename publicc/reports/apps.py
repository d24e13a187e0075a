"""Registers the room with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Documents."""

    name = "publicc.reports"
    label = "reports"
