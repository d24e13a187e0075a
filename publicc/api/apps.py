"""Registers the room with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The HTTP API."""

    name = "publicc.api"
    label = "api"
