"""Registers the room with Django."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Own screens."""

    name = "publicc.dashboards"
    label = "dashboards"
