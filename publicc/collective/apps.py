"""Registers the room with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from publicc.collective.trail_guard import put_guards


class CollectiveConfig(AppConfig):
    """The collective."""

    name = "publicc.collective"
    label = "collective"

    def ready(self) -> None:
        """Guard the trail after every migration."""
        post_migrate.connect(put_guards, sender=self, dispatch_uid="trail guards")
