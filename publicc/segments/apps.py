"""Registers the room with Django, for the versions of the model."""

from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    """The common segmentation."""

    name = "publicc.segments"
    label = "segments"
