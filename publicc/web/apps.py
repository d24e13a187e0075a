"""Registers the room with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The site's shell."""

    name = "publicc.web"
    label = "web"
