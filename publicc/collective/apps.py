"""Registers the room with Django."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from publicc.collective.row_wall import put_walls, tell_all
from publicc.collective.trail_guard import put_guards


class CollectiveConfig(AppConfig):
    """The collective."""

    name = "publicc.collective"
    label = "collective"

    def ready(self) -> None:
        """Guard the trail and wall the organizations' tables after every migration."""
        post_migrate.connect(put_guards, sender=self, dispatch_uid="trail guards")
        post_migrate.connect(put_walls, dispatch_uid="walls between organizations")
        connection_created.connect(tell_all, dispatch_uid="about every organization")
