"""Registers the room with Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys."""

    name = "publicc.surveys"
    label = "surveys"
